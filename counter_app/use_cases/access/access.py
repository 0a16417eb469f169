"""Log-in by badge and PIN, screen lock, log-off, and what a shift may do (mission: H3, H4, X3).

A try is counted before the PIN is looked at, so no race gives free guesses. One person is at one
counter: logging in elsewhere moves the shift, unless a citizen is being served there. Another clerk
logging in at a counter relieves the one before. All of it holds across the hall's machines as far as their
events are here; tries are counted by person and machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from counter_app.domain.access.lockout import (
    LOCK_PAIRS,
    LOCK_PLACES,
    LOCK_STAFF,
    LogInTried,
    waits_until,
)
from counter_app.domain.access.shift import (
    SHIFTS,
    ScreenLocked,
    ScreenUnlocked,
    ShiftBegan,
    ShiftEnded,
    ShiftState,
    is_desk,
    lock_place,
    pair_key,
)
from counter_app.domain.hall.plan import StaffMember
from counter_app.domain.hall.rights import Right, rights_of
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.duty import DUTIES, CounterClosed
from counter_app.domain.waiting.ticket import AT_COUNTER
from counter_app.errors import UserFacingError
from counter_app.use_cases.access.credentials import Credentials
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.sync.neighbours import is_silent
from counter_app.use_cases.waiting.calling import leave_counter, show_life
from counter_app.use_cases.waiting.reference import HallNow, Reference, hall_now


@dataclass(frozen=True, slots=True)
class Shift:
    """A clerk at work. `staff` is the badge; `post` A (own) or B (standing in)."""

    id: str
    staff: str
    name: str
    roles: frozenset[str]
    counter: str
    post: str
    locked: bool = False

    @property
    def actor(self) -> Actor:
        return Actor(self.staff, self.counter)


class Access:
    def __init__(self, store: Store, reference: Reference, credentials: Credentials) -> None:
        self._store = store
        self._reference = reference
        self._credentials = credentials

    def log_in(self, badge: str, pin: str, counter: str, key: str) -> Shift:
        """Begin a shift at a counter, or at a desk (`domain.access.shift.desk_place`).

        Raises `access.wrong`, `access.wait`, `access.elsewhere`, `access.counter-busy`, `counter.unknown`.
        """
        staff = badge.strip()
        done = self._shift_of_key(staff, key)
        if done is not None:
            return done
        self._prove(staff, pin, counter, key)
        actor = Actor(staff, counter)
        self._store.act(actor, f"{key}/in", lambda tx: self._begin(tx, staff, counter, key))
        with self._store.reading() as reader:
            return self._shift(reader, _of_key(reader, staff, key))

    def lock(self, shift: Shift, key: str, reason: str = "") -> Shift:
        """The screen asks for the PIN again; the shift goes on."""
        fact = ScreenLocked(shift=shift.id, staff=shift.staff, counter=shift.counter, reason=reason)
        return self._on(shift, key, lambda tx: tx.record(fact))

    def unlock(self, shift: Shift, pin: str, key: str) -> Shift:
        """Raises `access.wrong`, `access.wait`, `access.ended`."""
        self._prove(shift.staff, pin, shift.counter, key)

        def work(tx: Transaction) -> None:
            show_life(tx, shift.counter)
            tx.record(
                ScreenUnlocked(shift=shift.id, staff=shift.staff, counter=shift.counter, device=tx.device)
            )

        return self._on(shift, f"{key}/in", work)

    def log_off(self, shift: Shift, key: str) -> int:
        """Sign out: open tickets go back to their place, the counter closes. Gives how many went back."""

        def work(tx: Transaction) -> None:
            _need_open(tx, shift)
            _end(tx, hall_now(self._reference, tx), shift.id, shift.staff, shift.counter, "log-off")

        events = self._store.act(shift.actor, key, work).events
        return sum(event.type in ("TicketReturned", "TicketTransferred") for event in events)

    def lasts(self, shift: Shift) -> bool:
        """Whether this shift still goes on: a log-in at another machine ends it too."""
        with self._store.reading() as reader:
            return _open(reader, shift.id) is not None

    def who(self, counter: str) -> Shift | None:
        """Who is signed in at this counter."""
        with self._store.reading() as reader:
            state = reader.waiting.access.shift_at(counter)
            return None if state is None else self._shift(reader, state)

    def attendance(self, staff: str, since: datetime, limit: int = 400) -> tuple[ShiftState, ...]:
        """Sign-ins and sign-outs of a clerk, newest first (mission: H4)."""
        with self._store.reading() as reader:
            return reader.waiting.access.shifts_of(staff, since, limit)

    def may(self, shift: Shift, right: Right) -> bool:
        return right in rights_of(shift.roles)

    def need(self, shift: Shift, right: Right) -> None:
        """Raises `access.no-right`."""
        if not self.may(shift, right):
            raise UserFacingError(
                "access.no-right",
                "Your role does not allow this.",
                remedy="Ask somebody who may, or the administrator for the right.",
                right=right,
            )

    def prove(self, badge: str, pin: str, place: str, key: str) -> None:
        """That somebody of the staff stands at `place` (a kiosk): counted and locked out like a log-in,
        but no shift begins. Raises `access.wrong`, `access.wait`."""
        self._try(badge.strip(), pin, place, key)

    def _prove(self, staff: str, pin: str, counter: str, key: str) -> None:
        if not is_desk(counter):
            with self._store.reading() as reader:
                hall_now(self._reference, reader).counter(counter)
        self._try(staff, pin, counter, key)

    def _try(self, staff: str, pin: str, place: str, key: str) -> None:
        """Count the try, then look at the PIN."""
        known = staff if self._member(staff) else ""

        def count(tx: Transaction) -> None:
            _check_wait(tx, known, place)
            tx.record(LogInTried(staff=known, place=place, device=tx.device))

        if self._store.act(Actor(known or "nobody", place), key, count).replayed:
            raise UserFacingError(
                "access.tried", "This try was already answered.", remedy="Enter badge and PIN again."
            )
        if not self._credentials.right(known or None, pin):
            raise UserFacingError(
                "access.wrong",
                "Badge or PIN is not right.",
                remedy="Try again; after several wrong tries one has to wait.",
            )

    def _begin(self, tx: Transaction, staff: str, counter: str, key: str) -> None:
        hall = hall_now(self._reference, tx)
        access = tx.waiting.access
        own = access.shift_of(staff)
        if own is not None and own.counter != counter:
            _check_free(tx, hall, own.counter)
            _end(tx, hall, own.id, own.staff, own.counter, "moved")
        other = access.shift_at(counter)
        if other is not None and other.staff != staff:
            _check_relief(tx, counter)
            _end(tx, hall, other.id, other.staff, counter, "relieved")
        elif own is not None and own.counter == counter:  # the window crashed: the shift and its ticket go on
            tx.record(ShiftEnded(shift=own.id, staff=staff, counter=counter, cause="resumed"))
        post = _post(hall, staff, counter)
        begun = ShiftBegan(
            shift=tx.next_id, staff=staff, counter=counter, post=post, key=key, device=tx.device
        )
        tx.record(begun)
        show_life(tx, counter)

    def _shift_of_key(self, staff: str, key: str) -> Shift | None:
        with self._store.reading() as reader:
            state = _of_key(reader, staff, key)
            return self._shift(reader, state) if state is not None else None

    def _on(self, shift: Shift, key: str, work: Callable[[Transaction], object]) -> Shift:
        def checked(tx: Transaction) -> None:
            _need_open(tx, shift)
            work(tx)

        self._store.act(shift.actor, key, checked)
        with self._store.reading() as reader:
            return self._shift(reader, _open(reader, shift.id))

    def _member(self, badge: str) -> StaffMember | None:
        with self._store.reading() as reader:
            return self._reference.plan(reader).member(badge)

    def _shift(self, reader: Reader, state: ShiftState | None) -> Shift:
        if state is None:
            raise _ended()
        member = self._reference.plan(reader).member(state.staff)
        name = member.name if member else state.staff
        roles = frozenset(member.roles) if member else frozenset[str]()
        return Shift(state.id, state.staff, name, roles, state.counter, state.post, state.locked)


def _check_wait(tx: Transaction, staff: str, place: str) -> None:
    where = lock_place(place, tx.device)
    pair = tx.get(LOCK_PAIRS, pair_key(staff, where)) if staff else None
    anywhere = tx.get(LOCK_STAFF, staff) if staff else None
    until = waits_until(pair, anywhere, tx.get(LOCK_PLACES, where), tx.now)
    if until is not None:
        raise UserFacingError(
            "access.wait",
            "Too many wrong tries. The next one is possible in {seconds} s.",
            remedy="Wait, or log in at another counter.",
            seconds=ceil((until - tx.now).total_seconds()),
        )


def _check_free(tx: Transaction, hall: HallNow, counter: str) -> None:
    duty = tx.get(DUTIES, counter)
    if duty is not None and is_silent(tx, duty.device, hall.rules.unattended_after):
        return  # that machine is out of order, and its clerk stands here
    for ticket in tx.waiting.at_counter(counter):
        if ticket.state in AT_COUNTER:
            raise UserFacingError(
                "access.elsewhere",
                "You are signed in at counter {counter}, where {number} is being served.",
                remedy="Finish or hold {number} there, then log in here.",
                counter=counter,
                number=ticket.number,
            )


def _check_relief(tx: Transaction, counter: str) -> None:
    for ticket in tx.waiting.at_counter(counter):
        if ticket.state in AT_COUNTER:
            raise UserFacingError(
                "access.counter-busy",
                "Another clerk is serving {number} at this counter.",
                remedy="Let it be finished first.",
                number=ticket.number,
            )


def _end(tx: Transaction, hall: HallNow, shift: str, staff: str, counter: str, cause: str) -> None:
    leave_counter(tx, hall, counter, staff, "log-off")
    tx.record(ShiftEnded(shift=shift, staff=staff, counter=counter, cause=cause))
    duty = tx.get(DUTIES, counter)
    if duty is not None and duty.state != "closed":
        tx.record(CounterClosed(counter=counter, cause=cause))


def _need_open(tx: Transaction, shift: Shift) -> None:
    if _open(tx, shift.id) is None:
        raise _ended()


def _open(reader: Reader, shift: str) -> ShiftState | None:
    """This very shift while it lasts: two machines cut off from each other may each have begun one."""
    state = reader.get(SHIFTS, shift)
    return state if state is not None and state.ended_at is None else None


def _of_key(reader: Reader, staff: str, key: str) -> ShiftState | None:
    """The clerk's open shift that this log-in began."""
    shifts = reader.waiting.access.open_shifts()
    return next((shift for shift in shifts if shift.staff == staff and shift.key == key), None)


def _ended() -> UserFacingError:
    return UserFacingError("access.ended", "This shift has ended.", remedy="Log in again.")


def _post(hall: HallNow, staff: str, counter: str) -> str:
    """B where somebody stands in for the post's own clerk (AB岗制, mission: H5)."""
    posts = [post for post in hall.plan.posts if str(post.counter) == counter]
    return "B" if any(post.b == staff and post.a != staff for post in posts) else "A"
