"""A case's time as it stands: its two limits, what stopped them, what was added, what was asked and urged.

The fold of `clock:<case>` (mission: T1–T4, C8, S1). Who may do what is `stopping.py`; how late it is
`alarms.py`; the days one by one `ledger.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal, cast, get_args

import msgspec

from counter_app.domain.changing import replace
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.facts import (
    CLOCK,
    CaseUrged,
    ClockEnded,
    ClockFact,
    ClockReceived,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    ClockTakenUp,
    DuePassed,
    DuesRecomputed,
    StopProlonged,
    TimeAdded,
    TimeAsked,
    TimeRefused,
    UrgeAnswered,
)
from counter_app.domain.time.ledger import Added, AddedKind, Due, Running, Stop, StopKind, reckon
from counter_app.domain.time.limits import Limit, fitting, read_limit
from counter_app.domain.time.suspended import Span, c8_latest_end
from counter_app.domain.time.urges import Urge, urge_answered, urge_given

AskKind = Literal["suspension", "prolonged", "extension", "rework", "supervisor"]
ASKS: Final[dict[str, AskKind]] = {kind: kind for kind in get_args(AskKind)}
Which = Literal["promised", "legal"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One stop of this case. `until` is the last day it may last: `latest` by rule, `prolonged` by a
    supervisor's word."""

    id: str
    kind: StopKind
    start: datetime
    end: datetime | None = None
    expected: date | None = None
    ground: str = ""
    basis: str = ""
    notice: str = ""
    reason: str = ""
    does: str = ""
    asked_by: str = ""
    by: str = ""
    prolonged: date | None = None
    latest: date | None = None

    @property
    def until(self) -> date | None:
        """Suspensions last three months at most (mission: C8); other stops as long as they take."""
        if self.kind != "suspension":
            return None
        return self.prolonged or self.latest or c8_latest_end(self.start.date())

    def ended_as_of(self, now: datetime) -> datetime | None:
        """Its end, also where nobody wrote it down: a suspension whose time is over runs no longer."""
        if self.end is not None or self.until is None or now.date() <= self.until:
            return self.end
        return datetime.combine(self.until, datetime.min.time(), self.start.tzinfo) + timedelta(hours=23)


@dataclass(frozen=True, slots=True)
class Ask:
    """What waits for another's approval; `answer` "" while it does."""

    id: str
    kind: AskKind
    at: datetime
    by: str
    amount: int = 0
    unit: str = ""
    expected: date | None = None
    basis: str = ""
    order: str = ""
    reason: str = ""
    does: str = ""
    answer: Literal["", "approved", "refused"] = ""
    answered_by: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class More:
    """Time that was added."""

    kind: AddedKind
    limit: Limit
    at: datetime
    basis: str = ""
    order: str = ""
    notice: str = ""
    reason: str = ""
    by: str = ""

    def on_top_of(self, limit: Limit) -> Added:
        return Added(self.kind, fitting(self.limit, limit), self.basis, self.notice)


@dataclass(frozen=True, slots=True)
class Move:
    """A visible change of the dates, and why: a stop, an addition, a calendar that came."""

    at: datetime
    cause: str
    was: date | None
    now: date | None


@dataclass(frozen=True, slots=True)
class Clock:
    """Both dates are None while it stands. `level`: the highest written down; `counts`: of its dates."""

    case: str
    item: str
    department: str
    started_at: datetime
    legal: Limit | None = None
    promised: Limit | None = None
    joint: bool = False
    legal_due: date | None = None
    promised_due: date | None = None
    provisional: bool = False
    stops: tuple[Standing, ...] = ()
    added: tuple[More, ...] = ()
    asks: tuple[Ask, ...] = ()
    urges: tuple[Urge, ...] = ()
    moves: tuple[Move, ...] = ()
    level: str = ""
    counts: int = 0
    ended_at: datetime | None = None
    outcome: str = ""
    overtaken: tuple[str, ...] = ()

    @property
    def running(self) -> bool:
        return self.ended_at is None

    @property
    def standing(self) -> Standing | None:
        """The stop that nobody has ended."""
        return next((stop for stop in self.stops if stop.end is None), None)

    def ask(self, id: str) -> Ask | None:
        return next((ask for ask in self.asks if ask.id == id), None)

    def stop(self, id: str) -> Standing | None:
        return next((stop for stop in self.stops if stop.id == id), None)

    @property
    def suspensions(self) -> tuple[Span, ...]:
        """First and last day of each suspension that is over."""
        return tuple(
            (stop.start.date(), stop.end.date())
            for stop in self.stops
            if stop.kind == "suspension" and stop.end is not None
        )

    def limit(self, which: Which) -> Limit | None:
        """The promised limit is the legal one where the hall promised nothing shorter."""
        return self.legal if which == "legal" else self.promised or self.legal

    def counted(self, which: Which, calendar: WorkCalendar, now: datetime) -> Due | None:
        """The due date of one of the two, with its ledger, as of now; None without such a limit."""
        limit = self.limit(which)
        if limit is None:
            return None
        stops = tuple(
            Stop(stop.kind, stop.start, stop.ended_as_of(now), stop.basis, stop.notice) for stop in self.stops
        )
        added = tuple(more.on_top_of(limit) for more in self.added)
        return reckon(Running(limit, self.started_at, stops, added), calendar, now)


def fold_clock(clock: Clock | None, event: Recorded) -> Clock | None:
    fact = event.fact
    if not isinstance(fact, ClockFact):
        return clock
    if isinstance(fact, ClockReceived) and (clock is None or not clock.running):
        return _received(fact, event)
    if clock is None:
        return _started(fact, event) if isinstance(fact, ClockStarted) else None
    if isinstance(fact, ClockStarted):
        return clock  # two machines accepted at once: whose acceptance counts is said of the case
    folder = _FOLDERS.get(type(fact))
    changed = folder(clock, fact, event) if folder else None
    return replace(clock, overtaken=(*clock.overtaken, event.id)) if changed is None else changed


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(event: Recorded, slot: str) -> str:
    return event.private.get(slot, b"").decode()


def _started(fact: ClockStarted, event: Recorded) -> Clock:
    return Clock(
        case=fact.case,
        item=fact.item,
        department=fact.department,
        started_at=datetime.fromisoformat(fact.since),
        legal=read_limit(fact.legal),
        promised=read_limit(fact.promised),
        joint=fact.joint,
        legal_due=_day(fact.legal_due),
        promised_due=_day(fact.promised_due),
        provisional=fact.provisional,
    )


def _received(fact: ClockReceived, event: Recorded) -> Clock:
    """It goes on here as it stood there; words only where they were sent."""
    words = event.private.get(CLOCK)
    clock = CLOCKS.decode(words) if words else msgspec.convert(fact.clock, Clock)
    return replace(clock, case=fact.case, ended_at=None, outcome="")


def _moved(clock: Clock, fact: Any, event: Recorded, cause: str) -> Clock:
    """The dates as the fact says them, with the change in the books."""
    now = _day(fact.promised_due)
    moves, level = clock.moves, clock.level
    if now != clock.promised_due:
        moves, level = (*moves, Move(event.at, cause, clock.promised_due, now)), ""
    legal, counts = _day(fact.legal_due), clock.counts + 1
    return replace(
        clock,
        promised_due=now,
        legal_due=legal,
        provisional=fact.provisional,
        moves=moves,
        level=level,
        counts=counts,
    )


def _asked(clock: Clock, fact: TimeAsked, event: Recorded) -> Clock | None:
    kind = ASKS.get(fact.kind)
    if kind is None or not clock.running:
        return None
    ask = Ask(
        id=event.id,
        kind=kind,
        at=event.at,
        by=event.actor.staff,
        amount=fact.amount,
        unit=fact.unit,
        expected=_day(fact.expected),
        basis=fact.basis,
        order=fact.order,
        reason=_text(event, "reason"),
        does=_text(event, "does"),
    )
    return replace(clock, asks=(*clock.asks, ask))


def _answered(clock: Clock, id: str, event: Recorded, answer: Literal["approved", "refused"]) -> Clock | None:
    """None when nothing of that id waits any more: two may have answered on two machines."""
    if not id:
        return clock
    asked = clock.ask(id)
    if asked is None or asked.answer:
        return None
    why = _text(event, "reason") if answer == "refused" else ""
    done = replace(asked, answer=answer, answered_by=event.actor.staff, why_not=why)
    return replace(clock, asks=tuple(done if ask.id == id else ask for ask in clock.asks))


def _refused(clock: Clock, fact: TimeRefused, event: Recorded) -> Clock | None:
    return _answered(clock, fact.ask, event, "refused")


def _stopped(clock: Clock, fact: ClockStopped, event: Recorded) -> Clock | None:
    if not clock.running or fact.kind not in get_args(StopKind) or (clock.standing and not fact.until):
        return None
    answered = _answered(clock, fact.ask, event, "approved")
    if answered is None:
        return None
    asked, start, expected = clock.ask(fact.ask), datetime.fromisoformat(fact.since), _day(fact.expected)
    latest = c8_latest_end(start.date(), clock.suspensions) if fact.kind == "suspension" else None
    stop = Standing(
        id=event.id,
        kind=cast("StopKind", fact.kind),
        start=start,
        end=datetime.fromisoformat(fact.until) if fact.until else None,
        expected=expected,
        ground=fact.ground,
        basis=fact.basis,
        notice=fact.notice,
        reason=asked.reason if asked else _text(event, "reason"),
        does=asked.does if asked else _text(event, "does"),
        asked_by=asked.by if asked else event.actor.staff,
        by=event.actor.staff,
        prolonged=expected if latest and expected and expected > latest else None,
        latest=latest,
    )
    return _moved(replace(answered, stops=(*clock.stops, stop)), fact, event, fact.kind)


def _with_stop(clock: Clock, changed: Standing) -> Clock:
    return replace(clock, stops=tuple(changed if stop.id == changed.id else stop for stop in clock.stops))


def _prolonged(clock: Clock, fact: StopProlonged, event: Recorded) -> Clock | None:
    stop, day = clock.stop(fact.stop), _day(fact.expected)
    answered = _answered(clock, fact.ask, event, "approved")
    if stop is None or stop.end is not None or answered is None:
        return None
    return _with_stop(answered, replace(stop, expected=day, prolonged=day))


def _resumed(clock: Clock, fact: ClockResumed, event: Recorded) -> Clock | None:
    stop = clock.stop(fact.stop)
    if stop is None or stop.end is not None:
        return None
    ended = replace(stop, end=datetime.fromisoformat(fact.at))
    return _moved(_with_stop(clock, ended), fact, event, "lapsed" if fact.cause == "lapsed" else "resumed")


def _added(clock: Clock, fact: TimeAdded, event: Recorded) -> Clock | None:
    limit = read_limit((fact.amount, fact.unit))
    answered = _answered(clock, fact.ask, event, "approved")
    if limit is None or answered is None or not clock.running or fact.kind not in get_args(AddedKind):
        return None
    asked = clock.ask(fact.ask)
    more = More(
        kind=cast("AddedKind", fact.kind),
        limit=limit,
        at=event.at,
        basis=fact.basis,
        order=fact.order,
        notice=fact.notice,
        reason=asked.reason if asked else "",
        by=event.actor.staff,
    )
    return _moved(replace(answered, added=(*clock.added, more)), fact, event, fact.kind)


def _recomputed(clock: Clock, fact: DuesRecomputed, event: Recorded) -> Clock | None:
    return _moved(clock, fact, event, "calendar") if clock.running else None


def _passed(clock: Clock, fact: DuePassed, event: Recorded) -> Clock:
    return replace(clock, level=fact.level)


def _urged(clock: Clock, fact: CaseUrged, event: Recorded) -> Clock:
    return replace(clock, urges=(*clock.urges, urge_given(fact, event)))


def _urge_answered(clock: Clock, fact: UrgeAnswered, event: Recorded) -> Clock | None:
    urges = urge_answered(clock.urges, fact, event)
    return None if urges is None else replace(clock, urges=urges)


def _ended(clock: Clock, fact: ClockEnded, event: Recorded) -> Clock | None:
    return replace(clock, ended_at=event.at, outcome=fact.outcome) if clock.running else None


def _taken_up(clock: Clock, fact: ClockTakenUp, event: Recorded) -> Clock | None:
    return None if clock.running else replace(clock, ended_at=None, outcome="")


_FOLDERS: Final[dict[type, Callable[[Clock, Any, Recorded], Clock | None]]] = {
    TimeAsked: _asked,
    TimeRefused: _refused,
    ClockStopped: _stopped,
    StopProlonged: _prolonged,
    ClockResumed: _resumed,
    TimeAdded: _added,
    DuesRecomputed: _recomputed,
    DuePassed: _passed,
    CaseUrged: _urged,
    UrgeAnswered: _urge_answered,
    ClockEnded: _ended,
    ClockTakenUp: _taken_up,
}

CLOCKS: Final = Stream("clock", Clock, fold_clock)
