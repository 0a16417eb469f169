"""What the counter's views show, as frozen rows: words already translated, nothing to look up. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from counter_app.domain.paper.lines import ThermalLines
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.plan_bars import ChartBar

Part = Literal["applicant", "item", "materials"]
Tone = Literal["", "good", "warn", "bad", "hold"]


@dataclass(frozen=True, slots=True)
class TicketShown:
    """One who waits, is held or was missed. `ours` False: another counter serves it."""

    id: str
    number: str
    title: str
    chip: str = ""
    minutes: str = ""
    ours: bool = True


@dataclass(frozen=True, slots=True)
class ServingShown:
    """The ticket at this counter. `began` is when its service (or its call) began."""

    id: str
    number: str
    caption: str
    matters: str
    began: datetime
    started: bool


@dataclass(frozen=True, slots=True)
class LineShown:
    serving: ServingShown | None = None
    waiting: tuple[TicketShown, ...] = ()
    held: tuple[TicketShown, ...] = ()
    missed: tuple[TicketShown, ...] = ()
    waiting_words: str = ""
    longest_words: str = ""


@dataclass(frozen=True, slots=True)
class CourseShown:
    """A case's course: its title, when it is due, lines on steps and departments, the plan's bars, what
    moved."""

    title: str
    due: str
    lines: tuple[str, ...]
    bars: tuple[ChartBar, ...]
    today: date
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlarmsShown:
    """What rings: a line each call for help, a line each waiting line past its promise, a line each post that
    waits for who stands in."""

    help: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person of the case: role, identity as it may be shown, whether the face matched."""

    id: str
    role: str
    name: str
    detail: str
    number: str
    source: str
    state: State
    match_words: str


@dataclass(frozen=True, slots=True)
class HeadShown:
    """The one line of a part."""

    state: State
    summary: str = ""
    note: str = ""
    chips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionShown:
    key: str
    code: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A situation question; `kind` as the catalogue has it. `answer` is the chosen answer in words."""

    code: str
    text: str
    kind: str
    options: tuple[OptionShown, ...]
    answer: str
    effect: str = ""


@dataclass(frozen=True, slots=True)
class CheckShown:
    """One line of the checklist, and the judgement on it."""

    code: str
    name: str
    because: str
    originals: str
    copies: str
    handling: str
    state: State | None
    mark_words: str
    reason: str
    detail: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """`words` is the suggested outcome on the key F9; empty while something must be done first."""

    state: State = State.IDLE
    tone: Tone = ""
    title: str = ""
    detail: str = ""
    words: str = ""
    hold_words: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class WorkShown:
    """The whole middle. `hint` invites when there is no case."""

    case: str | None = None
    hint: str = ""
    applicant: HeadShown = HeadShown(State.IDLE)
    persons: tuple[PersonShown, ...] = ()
    item: HeadShown = HeadShown(State.IDLE)
    warnings: tuple[str, ...] = ()
    questions: tuple[QuestionShown, ...] = ()
    materials: HeadShown = HeadShown(State.IDLE)
    checks: tuple[CheckShown, ...] = ()
    verdict: VerdictShown = VerdictShown()


@dataclass(frozen=True, slots=True)
class EarlierShown:
    """An earlier case of this citizen."""

    id: str
    day: str
    title: str
    words: str
    state: State


@dataclass(frozen=True, slots=True)
class PaperShown:
    caption: str = ""
    note: str = ""
    lines: ThermalLines | None = None
    earlier: tuple[EarlierShown, ...] = ()


@dataclass(frozen=True, slots=True)
class DotShown:
    state: State
    word: str


@dataclass(frozen=True, slots=True)
class FootShown:
    """`many`: this machine belongs to a hall with a centre, so the third dot is the centre's. `beside`: what
    else hangs here and needs somebody, None while nothing does."""

    printer: DotShown
    reader: DotShown
    centre: DotShown
    draft: str = ""
    many: bool = False
    beside: DotShown | None = None


@dataclass(frozen=True, slots=True)
class DeviceShown:
    """One device of the hall; times as text, a dash for none."""

    id: str
    name: str
    role: str
    state: State
    words: str
    agreed: str
    unsent: str
    epoch: str


@dataclass(frozen=True, slots=True)
class PeripheralShown:
    """One of what hangs on this machine."""

    id: str
    name: str
    kind: str
    state: State
    words: str
    where: str
    used: str


@dataclass(frozen=True, slots=True)
class PeripheralsShown:
    """The page of all: a sentence above the table, one below."""

    rows: tuple[PeripheralShown, ...]
    summary: str
    told: str
    in_hand: str = ""  # id of the row to take in hand; "" leaves it as it is


@dataclass(frozen=True, slots=True)
class HeadBarShown:
    hall: str
    counter: str
    clerk: str
    clock: str
    training: str = ""
