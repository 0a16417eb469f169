"""What may stop a citizen's clock and what may be added to it, as rules (mission: T2, C8).

Each rule raises UserFacingError with what to do instead. Not here: who is asked to approve
(`use_cases/time`), the days themselves (`ledger.py`).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

from counter_app.domain.time.clock import Ask, Clock, Standing
from counter_app.domain.time.limits import Limit, Unit
from counter_app.domain.time.suspended import c8_latest_end
from counter_app.errors import UserFacingError, mark

Ground = Literal[
    "hearing",
    "tender",
    "auction",
    "inspection",
    "testing",
    "quarantine",
    "appraisal",
    "expert_review",
    "other",
]
ARTICLE_45: Final = "《行政许可法》第四十五条"
ARTICLE_42: Final = "《行政许可法》第四十二条"
GROUNDS: Final[dict[Ground, str]] = {
    "hearing": mark("hearing"),
    "tender": mark("tender"),
    "auction": mark("auction"),
    "inspection": mark("inspection of goods"),
    "testing": mark("testing"),
    "quarantine": mark("quarantine"),
    "appraisal": mark("appraisal"),
    "expert_review": mark("expert review"),
    "other": mark("another ground, by its own article"),
}
SITE_VISIT: Final = "site_visit"
EXTENSION_DAYS: Final = 10
JOINT_EXTENSION_DAYS: Final = 15
REWORK_PERCENT: Final = 30
BEYOND: Final = ("prolonged", "supervisor")
# A year at one word: whatever is longer is a slip of the pen.
A_YEAR: Final[dict[Unit, int]] = {
    "on_the_spot": 0,
    "hours": 8784,
    "working_days": 366,
    "natural_days": 366,
    "months": 12,
    "years": 1,
}
WARN_DAYS: Final = 14  # before a suspension's three months are over


def t2_ground(ground: str, article: str) -> tuple[Ground, str]:
    """The ground and the basis to quote: the closed list of art. 45, others by their own article.

    UserFacingError `time.site-visit`, `time.ground`, `time.article`.
    """
    if ground == SITE_VISIT:
        raise UserFacingError(
            "time.site-visit",
            "A site visit counts: it is part of the work, no time is left out for it.",
            kept="The clock runs on.",
            remedy="Where experts judge or something is tested there, name that ground.",
        )
    known = next((entry for entry in GROUNDS if entry == ground), None)
    if known is None:
        raise UserFacingError(
            "time.ground",
            "“{ground}” is not on the law's closed list.",
            kept="The clock runs on.",
            remedy="Choose one of the list, or “other” with the article that leaves this time out.",
            ground=ground,
        )
    if known == "other" and ("第" not in article or "条" not in article):
        raise UserFacingError(
            "time.article",
            "A ground that is not in article 45 needs its own law and article.",
            kept="The clock runs on.",
            remedy="Quote it like 《…法》第…条.",
        )
    return known, article.strip() or ARTICLE_45


def t2_needed(expected: date | None, today: date) -> None:
    """The applicant is told in writing how long it takes (art. 45). UserFacingError `time.needed`."""
    if expected is None or expected < today:
        raise UserFacingError(
            "time.needed",
            "Say until when this is expected to take: the law wants the applicant told in writing.",
            kept="The clock runs on.",
            remedy="Name the expected last day; time runs again when you say so.",
        )


def t2_may_stop(clock: Clock) -> None:
    """UserFacingError `time.stands-already`, `time.ended`."""
    need_running(clock)
    if clock.standing is not None:
        raise UserFacingError(
            "time.stands-already",
            "The clock of this case stands already.",
            kept="It stands as before.",
            remedy="End that first.",
        )


def c8_suspension(start: date, expected: date | None, reason: str, does: str) -> None:
    """UserFacingError `time.reason`, `time.does`, `time.expected`."""
    need_reason(reason)
    if not does.strip():
        raise UserFacingError(
            "time.does",
            "Say what the lead department does to end the suspension.",
            kept="Nothing was asked for.",
            remedy="A suspension without work on its cause is a delay.",
        )
    c8_expected(start, expected)


def c8_expected(start: date, expected: date | None) -> None:
    """UserFacingError `time.expected`."""
    if expected is None or not start <= expected <= c8_latest_end(start):
        raise UserFacingError(
            "time.expected",
            "A suspension needs an expected end, within three months: by {day}.",
            kept="The clock is as it was.",
            remedy="Name an earlier day; only a supervisor prolongs it later.",
            day=c8_latest_end(start),
        )


def c8_beyond(clock: Clock, asked: Ask, today: date) -> bool:
    """Whether only a supervisor approves this: also a suspension that goes beyond three months with those
    before it."""
    if asked.kind != "suspension" or asked.expected is None:
        return asked.kind in BEYOND
    return asked.expected > c8_latest_end(today, clock.suspensions)


def c8_prolonged(stop: Standing, expected: date | None, reason: str) -> None:
    """Beyond three months a supervisor's word is needed, with a reason and a new end."""
    need_reason(reason)
    by_rule = stop.latest or c8_latest_end(stop.start.date())
    if expected is None or expected <= by_rule:
        raise UserFacingError(
            "time.prolonged",
            "Up to {day} the suspension runs anyway.",
            kept="Nothing was asked for.",
            remedy="Name a later expected end.",
            day=by_rule,
        )


def c8_near_end(clock: Clock, today: date) -> bool:
    """A suspension is warned of before its three months are over."""
    stop = clock.standing
    until = stop.until if stop else None
    return until is not None and today >= until - timedelta(days=WARN_DAYS)


def c8_room(department: str, open_now: int, most: int) -> None:
    """Open suspensions of a department are capped. UserFacingError `time.suspensions`."""
    if open_now >= most:
        raise UserFacingError(
            "time.suspensions",
            "{department} has {count} suspended cases already; {most} is the most.",
            kept="Nothing was approved.",
            remedy="Take up one of them first (`clock suspended` lists them).",
            department=department,
            count=open_now,
            most=most,
        )


def c8_rework_most(original: Limit) -> Limit:
    """At most 30 % of the original limit, in its unit, rounded down to whole units; a month is 30 days."""
    amount, unit = original.amount, original.unit
    if unit in ("months", "years"):
        amount, unit = amount * (360 if unit == "years" else 30), "natural_days"
    return Limit(amount * REWORK_PERCENT // 100, unit)


def c8_rework(clock: Clock, original: Limit, more: Limit, order: str) -> None:
    """Only when a decision orders work redone, and 30 % of the case's limit in all, however often.

    UserFacingError `time.order`, `time.rework`.
    """
    if not order.strip():
        raise UserFacingError(
            "time.order",
            "Time is added only when a decision orders work to be redone.",
            kept="Nothing was asked for.",
            remedy="Name that decision by its number.",
        )
    most = c8_rework_most(original)
    used = sum(added.limit.amount for added in clock.added if added.kind == "rework")
    if more.unit != most.unit or not 0 < more.amount <= most.amount - used:
        raise UserFacingError(
            "time.rework",
            "Work redone adds 30 % of the original limit at most: {most}, rounded down to whole units; "
            "{used} were added before.",
            kept="The clock is as it was.",
            remedy="Ask for less, or ask the supervisor with a reason.",
            most=most.amount,
            used=used,
        )


def t2_extension(clock: Clock, more: Limit, today: date) -> None:
    """Once, before the legal day, 10 working days or 15 when several decide together.

    UserFacingError `time.extended`, `time.extension`, `time.too-late`.
    """
    most = JOINT_EXTENSION_DAYS if clock.joint else EXTENSION_DAYS
    if any(entry.kind == "extension" for entry in clock.added):
        raise UserFacingError(
            "time.extended",
            "This case was extended already; the law allows it once.",
            kept="Nothing was asked for.",
            remedy="Only a supervisor may give more, with a reason.",
        )
    if more.unit != "working_days" or not 0 < more.amount <= most:
        raise UserFacingError(
            "time.extension",
            "An extension is {most} working days at most.",
            kept="Nothing was asked for.",
            remedy="Ask for less, or ask the supervisor with a reason.",
            most=most,
        )
    last = clock.legal_due or clock.promised_due
    if last is not None and today > last:
        raise UserFacingError(
            "time.too-late",
            "The last day, {day}, is past: what is late cannot be extended any more.",
            kept="The case stays late.",
            remedy="Decide it; only a supervisor may give more, with a reason.",
            day=last,
        )


def t2_supervisor(original: Limit, more: Limit, reason: str) -> None:
    """Beyond the rules only with a reason; hours are added to hours only.

    UserFacingError `time.reason`, `time.amount`, `time.unit`, `time.most`.
    """
    need_reason(reason)
    if more.unit == "hours" and original.unit != "hours":
        raise UserFacingError(
            "time.unit",
            "Hours are added to a limit in hours only.",
            kept="Nothing was asked for.",
            remedy="Name working days, natural days or months.",
        )
    if more.amount <= 0:
        raise UserFacingError(
            "time.amount", "Say how much time is added.", remedy="A number and a unit: 5 working days."
        )
    if more.amount > A_YEAR[more.unit]:
        raise UserFacingError(
            "time.most",
            "More than a year is not given at once.",
            kept="Nothing was asked for.",
            remedy="Look at number and unit again.",
        )


def t2_nobodys_own(ask: Ask, staff: str) -> None:
    """Nobody approves what he asked for. UserFacingError `time.own`."""
    if ask.by == staff:
        raise UserFacingError(
            "time.own",
            "Nobody approves what he has asked for himself.",
            kept="The request waits for another.",
            remedy="Let your approver log in, or pass it to the post's B.",
        )


def open_ask(clock: Clock, id: str) -> Ask:
    """UserFacingError `time.no-ask` when nothing of that id waits."""
    asked = clock.ask(id)
    if asked is None or asked.answer:
        raise UserFacingError(
            "time.no-ask",
            "Nothing waits for approval under this number.",
            kept="Nothing was changed.",
            remedy="Look at the case's clock: it may have been answered already.",
        )
    return asked


def need_running(clock: Clock) -> None:
    """UserFacingError `time.ended`."""
    if not clock.running:
        raise UserFacingError(
            "time.ended",
            "The case has ended; its clock no longer runs.",
            kept="Nothing was changed.",
            remedy="Take the case up again first, if that is meant.",
        )


def unit_of(original: Limit) -> Unit:
    """In which unit time is added to a limit: hours to hours, days to days."""
    return "hours" if original.unit == "hours" else "working_days"


def need_reason(reason: str) -> None:
    """UserFacingError `time.reason`."""
    if not reason.strip():
        raise UserFacingError(
            "time.reason",
            "This needs a reason.",
            kept="Nothing was asked for.",
            remedy="Say why, in a sentence.",
        )
