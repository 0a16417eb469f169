"""Frozen rows that windows, commands and papers show of a case's time. No behaviour.

A row that is `hidden` is of a sensitive case that whoever asks may not see: its number is all that is told of
it (mission: I10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.intake.case import MarkKind, Stage
from counter_app.domain.time.alarms import Level
from counter_app.domain.time.clock import Ask, Clock, Standing
from counter_app.domain.time.ledger import Due

RECEIVED: Final = "received"
ASKED_LATE: Final = "asked_late"


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A request for time on a case, with who asked and who answered it by name."""

    ask: Ask
    by: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """A case's time as of now. `left` working days to the promised day, negative when past, None while it
    stands. `suspended_until` is the last day a suspension may last; `warn` that it is near."""

    case: str
    number: str
    item: str
    department: str
    stage: Stage
    clock: Clock
    promised: Due | None
    legal: Due | None
    level: Level
    left: int | None
    today: date
    warn: bool = False
    urges: tuple[UrgeRow, ...] = ()
    asked: tuple[AskedRow, ...] = ()

    @property
    def standing(self) -> Standing | None:
        return self.clock.standing

    @property
    def ledger(self) -> Due | None:
        """The one that is shown first."""
        return self.promised or self.legal


@dataclass(frozen=True, slots=True)
class LateRow:
    """One case on the late board, or with `step` one piece of work of `code`. `left` as in `ClockView`;
    `due_at` the minute of a limit in hours; `by_law` whether the legal day has passed too; `reply_by` of an
    urging order that nobody has answered, else when and by whom the last one was (`answered_at`)."""

    case: str
    number: str
    item: str
    department: str
    due: date | None
    level: Level
    left: int
    by_law: bool
    urged: int
    reply_by: date | None
    answered_at: datetime | None = None
    answered_by: str = ""
    code: str = ""
    step: str = ""
    hidden: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A case whose papers were received and that nobody has accepted yet (mission: I7). `lead_by` is the last
    of the lead's two working days to say what is short, `decide_by` the day after which silence accepts it;
    `short` counts what is marked missing or to be corrected. Of one whose notice was late, that day
    (`asked_on`), and when and before whom its papers came: it stays until it is accepted."""

    case: str
    number: str
    item: str
    department: str
    received_on: date
    lead_by: date
    lead_level: Level
    lead_late: int
    decide_by: date
    level: Level
    short: int
    asked_on: date | None = None
    answered_on: date | None = None
    answered_by: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """One material as it was received; `reasons` are the standard ones for what is to be corrected."""

    material: str
    name: str
    originals: int
    copies: int
    mark: MarkKind | None
    reason: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """A received case for whoever handles it; `party` is the applicant's, `may_say` whether this person may
    say what is short."""

    row: ReceivedRow
    applicant: str
    party: str
    lines: tuple[ReceivedLine, ...]
    may_say: bool


@dataclass(frozen=True, slots=True)
class FlaggedRow:
    """A meeting of another level than the table gives (mission: C15): `flag` needless or missed; `on` the day
    it was held, or waited for from."""

    case: str
    number: str
    item: str
    department: str
    step: str
    level: str
    table: str
    flag: str
    on: date | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BoardLine:
    """Counts of one sort of work: `step` and `cause` empty for whole cases; of received cases, and those
    asked late, `step` is RECEIVED and `cause` ASKED_LATE."""

    code: str
    department: str
    step: str
    cause: str
    yellow: int
    reminder: int
    warning: int
    alarm: int

    @property
    def late(self) -> int:
        return self.reminder + self.warning + self.alarm


@dataclass(frozen=True, slots=True)
class SuspendedRow:
    """An open suspension: why, what is done to end it, until when it may last."""

    case: str
    number: str
    item: str
    department: str
    since: date
    expected: date | None
    until: date | None
    reason: str
    does: str
    approver: str
    warn: bool
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class AskRow:
    """A request that waits for another's approval."""

    case: str
    ask: str
    number: str
    item: str
    department: str
    kind: str
    amount: int
    unit: str
    expected: date | None
    by: str
    reason: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class UrgeRow:
    """An urging order; `late` when its day has passed without a reply. `answered_at` None while it waits."""

    case: str
    urge: str
    number: str
    item: str
    department: str
    by: str
    by_leader: bool
    text: str
    reply_by: date
    late: bool
    at: datetime
    step: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class UrgeTo:
    """Somebody an order can go to: a department with open work in the case, `step` its name; "" the lead for
    the whole case."""

    department: str
    department_name: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class UrgeOffer:
    """Whom an order on a case can go to, and by which day a reply is due unless another is named."""

    to: tuple[UrgeTo, ...]
    reply_by: date


@dataclass(frozen=True, slots=True)
class Board:
    """The late board as of `today` (mission: S1); `flagged` meetings against the table of levels; `unsigned`
    departments where no post approves what is to be approved there (mission: C9)."""

    today: date
    lines: tuple[BoardLine, ...]
    flagged: int = 0
    unsigned: tuple[str, ...] = ()

    def total(self, level: Level) -> int:
        return sum(getattr(line, level) for line in self.lines if not line.step) if level else 0
