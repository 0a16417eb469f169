"""A piece of work that waits for somebody: what inboxes are made of (mission: C12, H5, T5).

Each has a stream of its own beside its case's, so an inbox is a seek in an index and a department's clock
stands in one row. Not here: what the work comes to for the case (`fold.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.domain.time.limits import Limit, Unit

TaskKind = Literal[
    "step", "assist", "question", "absence", "meeting", "order", "dispute", "prerequisite", "plan"
]
# what a case's clock asks of somebody stands among his work, too (`use_cases/casework/time_work.py`)
TimeKind = Literal["urge", "ask", "suspension"]
WorkKind = Literal[TaskKind, TimeKind]
TIME_KINDS: Final[tuple[TimeKind, ...]] = get_args(TimeKind)
# what another department is asked for: a copy-notice can be printed of it
NOTICED: Final[frozenset[WorkKind]] = frozenset({"step", "assist", "question", "absence", "meeting", "order"})


class HandlingFact(Fact):
    """Base of every fact about the handling of one case."""

    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"handling:{self.case}",)


class TaskFact(HandlingFact):
    """Base of every fact about one piece of work."""

    task: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"task:{self.task}", f"handling:{self.case}")


class TaskOpened(TaskFact):
    """Work for a department, a post in it, or a person. `code` is the step's, matter's … in the case.

    `limit` is (amount, unit) or empty; `due` its last day counted from now, or named. `lead` false: an
    assisting department's clock (主协办分别计时, mission: T5).
    """

    kind: str
    code: str
    name: str
    department: str
    post: str = ""
    staff: str = ""
    limit: tuple[int, str] | None = None
    due: str | None = None
    lead: bool = True
    on_paper: bool = False


class TaskTaken(TaskFact):
    """Somebody takes it on: from now on it stands in his inbox alone."""

    staff: str


class TaskPassed(TaskFact):
    """Handed over from person to person inside a department (部门内点对点, mission: C12); remark private."""

    from_staff: str
    to_staff: str


class TaskDueMoved(TaskFact):
    """The department's clock moves, for a cause that stands in the books (mission: C6). Never the citizen's
    date.

    `days` are working days added to its limit, or below nought taken back, `hours` the same where the limit
    is in hours; `late` books a delay, also to work
    that is done, `cleared` takes it back.
    """

    due: str
    cause: str
    days: int = 0
    late: bool = False
    cleared: bool = False
    hours: int = 0


class TaskLimitSet(TaskFact):
    """Its limit is another from its beginning on: the meeting's level was chosen (mission: C15). `limit` is
    (amount, unit), `due` its last day counted from when it was opened."""

    limit: tuple[int, str]
    due: str


class TaskRecounted(TaskFact):
    """A calendar came: its limit, with what was added, leads to another day (mission: T1, T5)."""

    due: str


class TaskClosed(TaskFact):
    """Done, answered, settled or no longer needed; `outcome` says which. `hand`: by whoever had it in hand,
    not by what became of the case."""

    version = 2

    outcome: str
    hand: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of a department's clock and its cause."""

    at: datetime
    due: date
    cause: str
    late: bool
    days: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """`late` is booked by a rule (a poor answer, mission: C6); being past `due` is seen by the calendar.
    `remark` is what `passed_by` wrote when handing it over."""

    id: str
    case: str
    kind: TaskKind
    code: str
    name: str
    department: str
    post: str
    staff: str
    opened_at: datetime
    lead: bool = True
    on_paper: bool = False
    limit: Limit | None = None
    due: date | None = None
    first_due: date | None = None
    taken_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""
    moves: tuple[Moved, ...] = ()
    late: bool = False
    hands: tuple[str, ...] = ()
    passed_by: str = ""
    remark: str = ""
    overtaken: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return self.closed_at is None


def taker(holder: str, fact: TaskTaken | TaskPassed) -> str | None:
    """Who has it after this; None when somebody else had it already: the first to take it has it."""
    if isinstance(fact, TaskTaken):
        return fact.staff if holder in ("", fact.staff) else None
    return fact.to_staff if holder in ("", fact.from_staff) else None


def fold_task(task: Task | None, event: Recorded) -> Task | None:
    """A second opening or closing changes nothing; what comes too late is marked overtaken."""
    fact = event.fact
    if isinstance(fact, TaskOpened):
        return task or _opened(fact, event)
    if task is None or not isinstance(fact, TaskFact):
        return task
    if isinstance(fact, TaskTaken | TaskPassed):
        return _taken(task, fact, event)
    if isinstance(fact, TaskDueMoved):
        return _moved(task, fact, event)
    if isinstance(fact, TaskLimitSet):
        return _limited(task, fact) if task.open else task
    if isinstance(fact, TaskRecounted):
        day = date.fromisoformat(fact.due)
        return replace(task, due=day, first_due=day) if task.open else task
    return _closed(task, fact, event) if isinstance(fact, TaskClosed) and task.open else task


def _taken(task: Task, fact: TaskTaken | TaskPassed, event: Recorded) -> Task:
    staff = taker(task.staff, fact) if task.open else None
    if staff is None:
        return _overtaken(task, event)
    taken = replace(task, staff=staff, taken_at=event.at, hands=(*task.hands, staff))
    if not isinstance(fact, TaskPassed):
        return taken
    remark = event.private.get("text", b"").decode()
    return replace(taken, passed_by=fact.from_staff, remark=remark)


def _closed(task: Task, fact: TaskClosed, event: Recorded) -> Task:
    if fact.hand and task.staff not in ("", event.actor.staff):
        return _overtaken(task, event)
    return replace(task, closed_at=event.at, closed_by=event.actor.staff, outcome=fact.outcome)


def _overtaken(task: Task, event: Recorded) -> Task:
    return replace(task, overtaken=(*task.overtaken, event.id))


def _moved(task: Task, fact: TaskDueMoved, event: Recorded) -> Task:
    """Whose delay it was is booked also when the work is done already; its days count no more then."""
    late = (task.late or fact.late) and not fact.cleared
    if not task.open:
        return replace(task, late=late)
    day = date.fromisoformat(fact.due)
    moved = Moved(event.at, day, fact.cause, fact.late, fact.days, fact.hours)
    return replace(task, due=day, moves=(*task.moves, moved), late=late)


def _limited(task: Task, fact: TaskLimitSet) -> Task:
    due = date.fromisoformat(fact.due)
    return replace(task, limit=limit_of(*fact.limit), due=due, first_due=due)


def _opened(fact: TaskOpened, event: Recorded) -> Task | None:
    if fact.kind not in _KINDS:
        return None
    amount, unit = fact.limit or (0, "")
    due = date.fromisoformat(fact.due) if fact.due else None
    return Task(
        id=fact.task,
        case=fact.case,
        kind=_KINDS[fact.kind],
        code=fact.code,
        name=fact.name,
        department=fact.department,
        post=fact.post,
        staff=fact.staff,
        opened_at=event.at,
        lead=fact.lead,
        on_paper=fact.on_paper,
        limit=limit_of(amount, unit) if fact.limit else None,
        due=due,
        first_due=due,
        hands=(fact.staff,) if fact.staff else (),
    )


def limit_of(amount: int, unit: str) -> Limit:
    """A limit as facts carry it. ValueError for a unit that does not exist."""
    if unit not in _UNITS:
        raise ValueError(f"{unit} is no unit of time")
    return Limit(amount, _UNITS[unit])


_UNITS: Final[dict[str, Unit]] = {unit: unit for unit in get_args(Unit)}
_KINDS: Final[dict[str, TaskKind]] = {kind: kind for kind in get_args(TaskKind)}

TASKS: Final = Stream("task", Task, fold_task)
