"""A store in memory for proofs by the hundred thousand: acts, folds and published rows, nothing durable.

It takes acts as the real one does (a refused act leaves nothing, a key acts once, folds are extended event by
event) and answers only the row queries that a case's life asks. What it leaves out (bytes, hashes, SQL) is
what the same histories on the real store prove (`tests/stateful`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final, TypeVar, cast

from counter_app.domain.casework.task import TASKS, Task
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.deeming import i7_asked_late
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor, Fact, Recorded
from counter_app.domain.streams import Published, Stream
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.dates import reach
from counter_app.errors import UserFacingError
from counter_app.store.rooms import PROJECTIONS
from counter_app.use_cases.ports.clock import Clock as WallClock
from counter_app.use_cases.ports.store import Outcome, Reader, Store, Transaction

T = TypeVar("T")
STREAMS: Final[Mapping[str, Stream[Any]]] = {entry.stream.kind: entry.stream for entry in PROJECTIONS}
DEVICE: Final = "3"


class MemoryStore:
    """`Store` as far as a case's life needs it; see `as_store`."""

    def __init__(self, clock: WallClock) -> None:
        self.clock = clock
        self.events: list[Recorded] = []
        self.states: dict[tuple[str, str], Any] = {}
        self.serials: dict[str, int] = {}
        self.notes: dict[str, bytes] = {}
        self.rows: dict[str, Mapping[str, Any]] = {}
        self._keys: dict[str, tuple[Recorded, ...]] = {}

    def fork(self, clock: WallClock) -> MemoryStore:
        """Another that begins where this one stands."""
        other = MemoryStore(clock)
        other.events = list(self.events)
        other.states = dict(self.states)
        other.serials = dict(self.serials)
        other.notes = dict(self.notes)
        other.rows = dict(self.rows)
        return other

    @property
    def as_store(self) -> Store:
        return cast("Store", self)

    def act(self, actor: Actor, key: str, work: Callable[[Transaction], None]) -> Outcome:
        done = self._keys.get(key, ()) if key else ()
        if done:
            return Outcome(done, replayed=True)
        under_way = _Act(self, actor, key)
        work(cast("Transaction", under_way))
        self.events.extend(under_way.recorded)
        self.states.update(under_way.states)
        self.serials.update(under_way.serials)
        self.notes.update(under_way.notes)
        self.rows.update(under_way.rows)
        if key:
            self._keys[key] = tuple(under_way.recorded)
        return Outcome(tuple(under_way.recorded), replayed=False)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        yield cast("Reader", _Act(self, Actor(""), ""))

    def close(self) -> None:
        """Nothing is open."""


class _Act:
    """`Transaction` and `Reader` in one: what it changes is its own until the act is done."""

    def __init__(self, store: MemoryStore, actor: Actor, key: str) -> None:
        self._store = store
        self._actor = actor
        self._key = key
        self.now: datetime = store.clock.now()
        self.device = DEVICE
        self.recorded: list[Recorded] = []
        self.states: dict[tuple[str, str], Any] = {}
        self.serials: dict[str, int] = {}
        self.notes: dict[str, bytes] = {}
        self.rows: dict[str, Mapping[str, Any]] = {}
        self.cases = self.casework = self.clocks = _Rows(self)

    def get(self, stream: Stream[T], id: str) -> T | None:
        key = (stream.kind, id)
        state = self.states[key] if key in self.states else self._store.states.get(key)
        return cast("T | None", state)

    def need(self, stream: Stream[T], id: str) -> T:
        state = self.get(stream, id)
        if state is None:
            raise UserFacingError(f"{stream.kind}.unknown", "There is none.", remedy="Look again.")
        return state

    def all(self, stream: Stream[T]) -> list[T]:
        """Every state of a kind, in the order in which they began."""
        found = {key: state for key, state in self._store.states.items() if key[0] == stream.kind}
        found.update((key, state) for key, state in self.states.items() if key[0] == stream.kind)
        return list(found.values())

    def history(self, subject: str) -> tuple[Recorded, ...]:
        return tuple(event for event in self._events() if subject in event.subjects)

    def _events(self) -> list[Recorded]:
        return [*self._store.events, *self.recorded]

    def event(self, id: str) -> Recorded | None:
        return next((event for event in self._events() if event.id == id), None)

    def published(self, kind: Published[T]) -> Mapping[str, T]:
        return self.rows.get(kind.kind) or self._store.rows.get(kind.kind) or {}

    def note(self, key: str) -> bytes | None:
        return self.notes.get(key) or self._store.notes.get(key)

    def keep_note(self, key: str, value: bytes | None) -> None:
        self.notes[key] = value or b""

    def head(self) -> tuple[int, str]:
        return len(self._store.events) + len(self.recorded), ""

    @property
    def next_id(self) -> str:
        return f"{DEVICE}.1.{self.head()[0] + 1}"

    def record(self, fact: Fact, *, private: Mapping[str, bytes] | None = None) -> Recorded:
        seq = self.head()[0] + 1
        event = Recorded(
            DEVICE, 1, seq, type(fact).__name__, fact.version, seq, self.now, self._actor, self._key,
            len(self.recorded), fact.subjects, fact, {}, "", "", private or {},
        )  # fmt: skip
        self.recorded.append(event)
        for subject in fact.subjects:
            kind, _, id = subject.partition(":")
            stream = STREAMS.get(kind)
            if stream is not None:
                self.states[kind, id] = stream.fold(self.get(stream, id), event)
        return event

    def serial(self, name: str) -> int:
        self.serials[name] = self.serials.get(name, self._store.serials.get(name, 0)) + 1
        return self.serials[name]

    def publish(self, kind: Published[T], rows: Mapping[str, T], *, replace: bool = False) -> None:
        self.rows[kind.kind] = dict(rows) if replace else {**self.published(kind), **rows}

    def index(self, kind: str, id: str, tokens: Sequence[str]) -> None:
        """Nobody searches here."""


class _Rows:
    """The row queries of cases, casework and clocks, by looking at everything."""

    def __init__(self, act: _Act) -> None:
        self._act = act

    def _clocks(self) -> list[Clock]:
        return [clock for clock in self._act.all(CLOCKS) if clock.running]

    def of_case(self, case: str) -> tuple[Task, ...]:
        found = [task for task in self._act.all(TASKS) if task.case == case]
        return tuple(sorted(found, key=lambda task: (task.opened_at, task.id)))

    def held_posts(self) -> tuple[()]:
        return ()

    def of_person(self, lookup: str, most: int) -> tuple[()]:
        return ()

    def person(self, lookup: str) -> None:
        return None

    def asked_late(self, most: int) -> tuple[Case, ...]:
        return tuple(case for case in self._act.all(CASES) if i7_asked_late(case) is not None)

    def due_from(self, day: date, most: int) -> tuple[Task, ...]:
        return tuple(
            task
            for task in self._act.all(TASKS)
            if task.open and task.limit is not None and task.due is not None and task.due >= day
        )

    def unasked(self, day: date, most: int) -> tuple[Case, ...]:
        return tuple(
            case
            for case in self._act.all(CASES)
            if case.stage == "received" and case.decide_by is not None and case.decide_by < day
        )

    def hours_due(self, day: date, most: int) -> tuple[Clock, ...]:
        return tuple(
            clock
            for clock in self._clocks()
            if clock.promised_due == day
            and (limit := clock.limit("promised")) is not None
            and limit.unit == "hours"
        )

    def unnoted(self, until: date, most: int) -> tuple[Clock, ...]:
        return tuple(
            clock
            for clock in self._clocks()
            if (due := clock.promised_due or clock.legal_due) and due <= until and clock.level != "alarm"
        )

    def reaching(self, day: date, most: int) -> tuple[Clock, ...]:
        return tuple(
            clock for clock in self._clocks() if (latest := reach(clock)) is not None and latest >= day
        )

    def suspended(self, department: str, most: int) -> tuple[Clock, ...]:
        return tuple(
            clock
            for clock in self._clocks()
            if (stop := clock.standing) is not None
            and stop.kind == "suspension"
            and department in ("", clock.department)
        )

    def suspended_count(self, department: str) -> int:
        return len(self.suspended(department, 0))
