"""What happens to a case's time, as facts (mission: T2, T4, C8, S1, I7).

The stream `clock:<case>` stands beside the case's own: who handles, what is asked of whom and how it ends are
other rooms' facts. Reasons in own words travel as private parts (`reason`, `does`, `text`); laws stand in the
body. A fact that moves the dates carries the new ones, so that no fold needs a calendar; a date is left out
while the clock stands. Not here: what the facts come to (`clock.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from counter_app.domain.journal import Fact

CLOCK: Final = "clock"  # the private part of `ClockReceived`


class ClockFact(Fact):
    """Base of every fact about one case's time. Views of the case hear of it too."""

    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"clock:{self.case}", f"case:{self.case}")


class ClockStarted(ClockFact):
    """受理: two limits begin, each (amount, unit) (mission: T1). `joint`: several decide together."""

    item: str
    department: str
    since: str
    legal: tuple[int, str] | None
    promised: tuple[int, str] | None
    legal_due: str | None
    promised_due: str | None
    provisional: bool = False
    joint: bool = False


class ClockReceived(ClockFact):
    """The clock as it stood when the case left `from_hall`, written by the centre that takes the case over.

    `clock` is all of it but the words (`moving.py`); the whole is the private part `clock`.
    """

    from_hall: str
    clock: Mapping[str, Any]


class TimeAsked(ClockFact):
    """Somebody asks for what only another may approve: `kind` is suspension, prolonged, extension, rework or
    supervisor.

    `amount` of `unit` is added; a suspension has its expected end. `order` is the number of the decision that
    orders work redone. Private: `reason`, and `does`, what the lead does to end it.
    """

    kind: str
    amount: int = 0
    unit: str = ""
    expected: str | None = None
    basis: str = ""
    order: str = ""


class TimeRefused(ClockFact):
    """The approver says no; the reason is private."""

    ask: str


class ClockStopped(ClockFact):
    """挂起, 除外时间, 补正: the clock stands (mission: T2, C8).

    `ask` is what was approved, "" where nobody need approve; `ground` names the entry of the closed list of
    art. 45; `notice` is the paper's number. With `until` it has ended already.
    """

    kind: str
    since: str
    ground: str = ""
    basis: str = ""
    expected: str | None = None
    until: str | None = None
    notice: str = ""
    ask: str = ""
    promised_due: str | None = None
    legal_due: str | None = None
    provisional: bool = False


class StopProlonged(ClockFact):
    """A suspension goes on beyond three months: a supervisor's word only (mission: C8)."""

    stop: str
    ask: str
    expected: str
    notice: str = ""


class ClockResumed(ClockFact):
    """The stop ends; its last day is the day of this. `cause` lapsed: its three months were over."""

    stop: str
    at: str
    cause: str = ""
    notice: str = ""
    promised_due: str | None = None
    legal_due: str | None = None
    provisional: bool = False


class TimeAdded(ClockFact):
    """Extension, work redone by order, a supervisor's word (mission: T2, C8), or the limit of the body it was
    reported up to (I9), which nobody asked for: both dates move."""

    kind: str
    amount: int
    unit: str
    basis: str
    ask: str
    order: str = ""
    notice: str = ""
    promised_due: str | None = None
    legal_due: str | None = None
    provisional: bool = False


class DuesRecomputed(ClockFact):
    """The calendar of `year` came, or was mended: the dates are worked out again (mission: T1)."""

    year: int
    promised_due: str | None
    legal_due: str | None
    provisional: bool


class DuePassed(ClockFact):
    """`level` reminder, warning or alarm was reached on `day`; written once each (mission: T4)."""

    level: str
    day: str


class CaseUrged(ClockFact):
    """催办 / 督办: an order to `department` to answer by `reply_by`; what is wanted is the private `text`
    (mission: S1)."""

    department: str
    by_leader: bool
    reply_by: str
    step: str = ""


class UrgeAnswered(ClockFact):
    """The reply to an urging order; its words are private."""

    urge: str


class ClockEnded(ClockFact):
    """The case ended; whatever was late stays on record."""

    outcome: str


class ClockTakenUp(ClockFact):
    """The end of the case was set aside: its limits go on as they were."""
