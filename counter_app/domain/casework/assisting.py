"""The rules between lead and assisting departments: one batch, five answers, a second request only with a
cause.

协办事项…在同一辦文中同一协办事项只允许提出一次…; 因未达到要求而导致二次协办的, 协办单位按延误处理,
主办单位的办文时限相应增加一个该协办 事项的办文时限; 由于主办单位…导致二次协办的, 二次协办时间由主办单位负责
(mission: C4–C7). Pure functions, one a row. Not here: who was silent past the date, which the
inbox of the management asks of the rows (`silent`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from counter_app.domain.casework.state import Answer, Assist, Cause, Handling
from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.time.limits import Limit
from counter_app.errors import UserFacingError

# Answers that need words: why not, and on which law.
WITH_REASON: Final[frozenset[Answer]] = frozenset({"disagree", "agree_report", "need_material", "not_ours"})
WITH_ARTICLE: Final[frozenset[Answer]] = frozenset({"disagree"})


def c4_check_answer(answer: Answer, reason: str, law: str, article: str) -> None:
    """UserFacingError `assist.reason-needed`, `assist.article-needed`."""
    if answer in WITH_REASON and not reason.strip():
        raise UserFacingError(
            "assist.reason-needed",
            "This answer needs its reason.",
            kept="Nothing was answered yet.",
            remedy="Say what is lacking, to whom it is reported, or whose duty it is.",
        )
    if answer in WITH_ARTICLE and not (law.strip() and article.strip()):
        raise UserFacingError(
            "assist.article-needed",
            "A department that does not agree names law and article.",
            kept="Nothing was answered yet.",
            remedy="Name the law and its article.",
        )


def c5_check_batch(
    handling: Handling, wanted: Sequence[str], offered: Sequence[AssistMatter]
) -> tuple[AssistMatter, ...]:
    """The matters to ask, all at once. UserFacingError `assist.once`, `assist.nothing`, `assist.unknown`."""
    if handling.assists or handling.looked_up:
        raise UserFacingError(
            "assist.once",
            "Assistance was asked for already: it is asked once, for all matters together.",
            kept="Nothing was sent.",
            remedy="A second request needs an answer first, and a cause.",
        )
    known = {matter.code: matter for matter in offered}
    strange = [code for code in wanted if code not in known]
    if strange or not wanted:
        raise UserFacingError(
            "assist.unknown" if strange else "assist.nothing",
            "Choose from the matters the catalogue gives for this case: {offered}.",
            kept="Nothing was sent.",
            remedy="Name one or more of them.",
            offered="、".join(f"{matter.name} ({matter.code})" for matter in offered) or "—",
        )
    return tuple(known[code] for code in dict.fromkeys(wanted))


@dataclass(frozen=True, slots=True)
class Booked:
    """What a second request does to the clocks: whose delay it is, and what is added to the lead's."""

    late: str
    lead_added: Limit | None


def c6_book(cause: Cause, limit: Limit) -> Booked:
    """The cause books the delay. The assist fell short: it counts as late and the lead's time grows by one
    assist's limit. The lead was unclear: the time of the second round is the lead's own. The citizen's date
    never moves."""
    if cause == "assist_short":
        return Booked("assist", limit)
    return Booked("lead", None)


def c6_check_repeat(assist: Assist | None, matter: str, reason: str) -> Assist:
    """UserFacingError `assist.unknown`, `assist.not-answered`, `assist.twice`, `assist.cause-needed`."""
    if assist is None:
        raise UserFacingError(
            "assist.not-asked",
            "{matter} was never asked in this case.",
            kept="Nothing was sent.",
            remedy="Look at the assists of the case.",
            matter=matter,
        )
    if assist.answer is None:
        raise UserFacingError(
            "assist.not-answered",
            "This assist has not been answered yet.",
            kept="Nothing was sent.",
            remedy="Wait for the answer, or have it urged.",
        )
    if assist.rounds > 1:
        raise UserFacingError(
            "assist.twice",
            "This was asked a second time already.",
            kept="Nothing was sent.",
            remedy="Bring it before the counter's management.",
        )
    if not reason.strip():
        raise UserFacingError(
            "assist.cause-needed",
            "A second request needs its cause in words.",
            kept="Nothing was sent.",
            remedy="Say in what the answer fell short, or what the first request left unclear.",
        )
    return assist


def c7_check_dispute(assist: Assist | None, matter: str, reason: str) -> Assist:
    """Only the cause of a second request is disputed, once. UserFacingError `dispute.*`."""
    if assist is None or assist.rounds < 2 or assist.disputed_by:
        raise UserFacingError(
            "dispute.nothing",
            "There is no booked cause of {matter} that could be disputed.",
            kept="Nothing was changed.",
            remedy="Look at the assists of the case.",
            matter=matter,
        )
    if not reason.strip():
        raise UserFacingError(
            "dispute.reason-needed",
            "Say why the cause is not accepted.",
            kept="Nothing was changed.",
            remedy="Give the reason in words.",
        )
    return assist
