"""Why data is erased and why it is not, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from counter_app.domain.intake.erasing import Basis, Reach, State
from counter_app.errors import UserFacingError, mark
from counter_app.i18n import Translator

BASIS_WORDS: Final[dict[Basis, str]] = {
    "retention_over": mark("the time of keeping is over"),
    "purpose_ended": mark("it is not needed any more"),
    "consent_withdrawn": mark("the person has withdrawn consent"),
    "unlawful": mark("it was collected against the law"),
    "recorded_in_error": mark("it was recorded in error"),
}

STATE_WORDS: Final[dict[State, str]] = {
    "asked": mark("asked for"),
    "done": mark("erased"),
    "refused": mark("refused"),
}

# code → what is so, what to do
REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "erase.basis": (
        mark("“{basis}” is no ground on which data is erased."),
        mark("Name one of the grounds that are listed."),
    ),
    "erase.case-open": (
        mark("Case {number} is still under way: this person's data is needed for it."),
        mark("Decide the case or have it withdrawn; erase after that."),
    ),
    "erase.in-hand": (
        mark("This person's ticket {number} has not ended."),
        mark("Finish it or close the day; erase after that."),
    ),
    "erase.nothing": (
        mark("There is nothing of this person left to erase."),
        mark("`counter-app party erased` shows what was erased, and when."),
    ),
    "erase.too-early": (
        mark("Case {number} must be kept until {until}."),
        mark("Ask again after that day. Only what was recorded in error or against the law goes sooner."),
    ),
    "erase.too-many": (
        mark("More persons were named at once than can be erased together."),
        mark("Erase them one by one."),
    ),
    "erase.no-right": (
        mark("Your role does not allow a person's data to be erased."),
        mark("Supervision or the administrator erases."),
    ),
    "erase.device": (
        mark("Persons are erased at a counter or desk only."),
        mark("Do it at a machine where clerks work."),
    ),
}
MOST_NAMED: Final = 5
NOT_ERASED: Final = mark("Nothing was erased.")


def refused(code: str, detail: Mapping[str, str]) -> UserFacingError:
    """The refusal as an error to show; a code of a newer program is told by its code alone."""
    message, remedy = REFUSALS.get(code, (mark("The centre refused it: {refusal}."), ""))
    return UserFacingError(code, message, kept=NOT_ERASED, remedy=remedy, **{"refusal": code, **detail})


def reach_lines(reach: Reach, t: Translator) -> tuple[str, ...]:
    """What goes and what stays, one sentence a line: shown before what cannot be undone."""
    own = [case.number or case.id for case in reach.cases if case.own]
    others = [case.number or case.id for case in reach.cases if not case.own]
    said = [
        t(
            "{parts} private parts go: cards, addresses, fields, reasons, notes, what stands on papers.",
            parts=len(reach.parts),
        )
    ]
    if own:
        said.append(t("Cases that go whole: {cases}. Their numbers and dates stay.", cases=listed(own)))
    if others:
        said.append(t("In cases of others only this person goes: {cases}", cases=listed(others)))
    if reach.papers:
        said.append(
            t("{count} papers keep number and digest: they can still be proven genuine.", count=reach.papers)
        )
    if reach.others_papers:
        said.append(
            t(
                "{count} papers of others may name this person; they stay as they are.",
                count=reach.others_papers,
            )
        )
    if reach.halls:
        said.append(t("Other halls erase for themselves: {halls}", halls=listed(reach.halls)))
    said.append(t("Backups made before keep what they hold: let them expire, or make them anew."))
    return tuple(said)


def listed(names: Sequence[str]) -> str:
    """The first few by name, the rest by their count."""
    shown = "、".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown} … ({len(names)})"
