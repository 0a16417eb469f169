"""Commands on counters and shifts: open, pause, close; log-off, loss and closing (mission: Q5, Q7, H4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from counter_app.domain.access.shift import ShiftEnded, is_desk
from counter_app.domain.journal import Actor, device_of
from counter_app.domain.waiting.duty import (
    DUTIES,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    Duty,
    Shown,
    shown_state,
)
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.sync.neighbours import is_silent
from counter_app.use_cases.waiting.calling import leave_counter, seen_note, show_life
from counter_app.use_cases.waiting.guards import need_free_hands
from counter_app.use_cases.waiting.issue import no_reason
from counter_app.use_cases.waiting.reference import HallNow, Reference, hall_now


def last_seen(reader: Reader, counter: str) -> datetime | None:
    """The latest sign of life from the clerk's window at this counter, if it is one of this machine's."""
    note = reader.note(seen_note(counter))
    return datetime.fromisoformat(note.decode()) if note else None


def shown(reader: Reader, hall: HallNow, duty: Duty) -> Shown:
    """A counter's state as people see it, on whatever machine its window is.

    Windows' signs of life stay on their machine, whose keeper ends a lost shift there. Of another machine
    only its silence is seen: an open counter on a silent one is unattended as far as anybody knows.
    """
    patience = hall.rules.unattended_after
    if duty.device in ("", reader.device):
        return shown_state(duty, last_seen(reader, duty.counter), patience, hall.now)
    if duty.state == "open" and is_silent(reader, duty.device, patience):
        return "unattended"
    return duty.state


class Counters:
    """Open, paused with reason, closed. The counter is the actor's place."""

    def __init__(self, store: Store, reference: Reference) -> None:
        self._store = store
        self._reference = reference

    def open(self, actor: Actor, key: str) -> Duty:
        def work(tx: Transaction) -> None:
            hall_now(self._reference, tx).counter(actor.place)
            show_life(tx, actor.place)
            tx.record(CounterOpened(counter=actor.place, staff=actor.staff))

        return self._done(actor, key, work)

    def pause(self, actor: Actor, key: str, reason: str, until: datetime | None = None) -> Duty:
        """Raises `counter.in-hand` while a citizen is at the counter, `counter.not-open`."""

        def work(tx: Transaction) -> None:
            if not reason.strip():
                raise no_reason()
            need_free_hands(tx, actor.place)
            self._need(tx, actor.place, "open")
            ends = until.isoformat(timespec="minutes") if until else None
            tx.record(CounterPaused(counter=actor.place, reason=reason, until=ends))

        return self._done(actor, key, work)

    def resume(self, actor: Actor, key: str) -> Duty:
        def work(tx: Transaction) -> None:
            self._need(tx, actor.place, "paused")
            show_life(tx, actor.place)
            tx.record(CounterResumed(counter=actor.place, staff=actor.staff))

        return self._done(actor, key, work)

    def close(self, actor: Actor, key: str) -> Duty:
        """Whatever was here, or waited for this counter, goes back to its place in the line."""

        def work(tx: Transaction) -> None:
            hall = hall_now(self._reference, tx)
            hall.counter(actor.place)
            leave_counter(tx, hall, actor.place, "", "closing")
            tx.record(CounterClosed(counter=actor.place))

        return self._done(actor, key, work)

    def _need(self, tx: Transaction, counter: str, state: str) -> None:
        duty = tx.get(DUTIES, counter)
        if duty is None or duty.state != state:
            raise UserFacingError(
                f"counter.not-{state}",
                "Counter {counter} is not in a state for this.",
                remedy="Look at the counter's state again.",
                counter=counter,
            )

    def _done(self, actor: Actor, key: str, work: Callable[[Transaction], None]) -> Duty:
        self._store.act(actor, key, work)
        with self._store.reading() as reader:
            return reader.need(DUTIES, actor.place)


class Shifts:
    """What a shift leaves behind when it ends, and the sign of life while it lasts."""

    def __init__(self, store: Store, reference: Reference) -> None:
        self._store = store
        self._reference = reference

    def beat(self, actor: Actor) -> None:
        """The clerk's window lives: call it every 30 s. A local note, no event."""
        self._store.act(actor, "", lambda tx: show_life(tx, actor.place))

    def end_lost(self, actor: Actor, key: str) -> tuple[str, ...]:
        """End shifts whose window gave no sign for too long (crash, power): their tickets wait again.

        Only shifts begun on this machine: no other's windows are heard here. The keeper calls this about
        once a minute. Gives the counters concerned.
        """
        with self._store.reading() as reader:
            if not self._lost(reader, hall_now(self._reference, reader)):
                return ()

        def work(tx: Transaction) -> None:
            hall = hall_now(self._reference, tx)
            for shift, staff, counter in self._lost(tx, hall):
                leave_counter(tx, hall, counter, staff, "crash")
                tx.record(ShiftEnded(shift=shift, staff=staff, counter=counter, cause="lost"))
                if not is_desk(counter):
                    tx.record(CounterClosed(counter=counter, cause="lost"))

        events = self._store.act(actor, key, work).events
        return tuple(event.fact.counter for event in events if isinstance(event.fact, ShiftEnded))

    def _lost(self, reader: Reader, hall: HallNow) -> list[tuple[str, str, str]]:
        patience = timedelta(seconds=hall.rules.unattended_after)
        lost = []
        for shift in reader.waiting.access.open_shifts():
            if device_of(shift.id) != reader.device:
                continue
            seen = last_seen(reader, shift.counter) or shift.began_at
            if hall.now - max(seen, shift.began_at) > patience:
                lost.append((shift.id, shift.staff, shift.counter))
        return lost
