"""Taking in what a device pushes: all of a batch or nothing, and never from anybody else.

What is forged is refused before the hall's head row is locked. A branch that parts from the chain that stands
closes the epoch at once: the device goes on in the next. Not here: what the events come to (`store/centre`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from counter_app.domain.centre.facts import (
    ConflictFound,
    DayTotalled,
    DeviceEnrolled,
    DeviceRevoked,
    EpochOpened,
    GrantLapsed,
    NumbersLeased,
    TicketGranted,
    TicketsLeased,
)
from counter_app.domain.centre.order import RULE_VERSION, batch_digest
from counter_app.domain.journal import Recorded, part_digest, read
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre import claims, conflicts, day_totals, erasing
from counter_app.use_cases.centre.needs import MOST_EPOCH, MOST_NUMBER, CentreNeeds, is_plain, need_device
from counter_app.use_cases.ports.centre import MOST_PULLED, MOST_PUSHED, Ack, Batch, SealedEvent, SealedPart
from counter_app.use_cases.ports.centre_store import CentreStore, CentreTransaction, DeviceRow, Incoming

LARGEST_EVENT: Final = 1 << 20
LARGEST_PART: Final = 8 << 20
LARGEST_BATCH: Final = 32 << 20
MOST_SUBJECTS: Final = 100
MOST_PARTS: Final = 100
SHORT: Final = 64  # bytes a salt may have
# where events wait for the rules of a newer program
UNDECIDED: Final = "undecided"
CENTRE_ONLY: Final = (
    ConflictFound,
    DayTotalled,
    DeviceEnrolled,
    DeviceRevoked,
    GrantLapsed,
    NumbersLeased,
    TicketGranted,
    TicketsLeased,
)


def push(store: CentreStore, needs: CentreNeeds, device: str, batch: Batch) -> Ack:
    """See `Centre.push`. UserFacingError `centre.forged`, `centre.too-large`: nothing was stored."""
    _need_small(batch)
    with store.reading() as reader:
        row = need_device(reader, device)
    events = _events(store.hall, row, batch)
    message = batch_digest(store.hall, device, batch.epoch, (event.hash for event in events))
    if not needs.verify(bytes.fromhex(row.public), batch.signature, message):
        raise forged("the signature is another's")
    try:
        with store.deciding(by_rules=False) as tx:
            if need_device(tx, device).public != row.public:
                raise forged("the key was replaced")
            return _take(tx, need_device(tx, device), batch, events)
    except ValueError as error:
        raise forged(str(error)) from error


def _take(tx: CentreTransaction, row: DeviceRow, batch: Batch, events: list[Recorded]) -> Ack:
    seq, hashed = tx.chain_end(row.device, batch.epoch)
    if batch.epoch != row.epoch:
        return Ack("closed", seq, hashed, tx.head().hall_seq)
    fresh = [event.seq for event in events].index(seq + 1) if _reaches(events, seq + 1) else len(events)
    if events and not _stands(tx, row, events[:fresh], seq):
        return _fork(tx, row, seq, hashed)
    if fresh == len(events):
        gap = bool(events) and events[0].seq > seq + 1
        return Ack("gap" if gap else "ok", seq, hashed, tx.head().hall_seq)
    if events[fresh].prev != hashed:
        return _fork(tx, row, seq, hashed)
    new = events[fresh:]
    first = tx.head().hall_seq + 1
    tx.take_in(
        [
            Incoming(event, sealed.data, sealed.parts)
            for event, sealed in zip(new, batch.events[fresh:], strict=True)
        ]
    )
    tx.keep_batch(row.device, batch.epoch, events[0].seq, events[-1].seq, batch.signature)
    decide(tx, new, first)
    return Ack("ok", new[-1].seq, new[-1].hash, tx.head().hall_seq)


def _reaches(events: list[Recorded], seq: int) -> bool:
    return bool(events) and events[0].seq <= seq <= events[-1].seq


def _stands(tx: CentreTransaction, row: DeviceRow, known: list[Recorded], seq: int) -> bool:
    """Whether what the centre has already is the very same."""
    again = [event for event in known if event.seq <= seq]
    if not again:
        return True
    stored = tx.chain(row.device, row.epoch, again[0].seq - 1, len(again))
    return stored == tuple((event.seq, event.hash) for event in again)


def _fork(tx: CentreTransaction, row: DeviceRow, seq: int, hashed: str) -> Ack:
    tx.keep_device(replace(row, epoch=row.epoch + 1))
    return Ack("fork", seq, hashed, tx.head().hall_seq)


def decide(tx: CentreTransaction, new: list[Recorded], first: int) -> None:
    """What follows from new events by rule. With the rules of a newer program it waits for that one."""
    day_totals.count(tx, new)
    waiting = tx.note(UNDECIDED)
    if tx.head().rules > RULE_VERSION:
        if waiting is None:
            tx.keep_note(UNDECIDED, str(first).encode())
        return
    if waiting is not None:
        catch_up(tx, first)
    _judge(tx, new)


def catch_up(tx: CentreTransaction, before: int) -> None:
    """Decide about everything that older programs only ordered, up to before this place."""
    waiting = tx.note(UNDECIDED)
    place = int(waiting) - 1 if waiting is not None else before
    while place + 1 < before:
        stretch = tx.after(place, min(MOST_PULLED, before - 1 - place), "centre")
        events = [read(entry.data, None, entry.hall_seq) for entry in stretch]
        _judge(tx, [event for event in events if event.device != tx.centre])
        place = stretch[-1].hall_seq
    tx.keep_note(UNDECIDED, None)


def _judge(tx: CentreTransaction, events: list[Recorded]) -> None:
    tx.foresee(note for event in events for note in (*claims.asks(event), *conflicts.asks(event)))
    for event in events:
        claims.called(tx, event)
    conflicts.find(tx, events)
    erasing.decide(tx, events)


def _need_small(batch: Batch) -> None:
    """UserFacingError `centre.too-large`."""
    sizes = [len(event.data) for event in batch.events]
    parts = [len(part.data or b"") for event in batch.events for part in event.parts]
    if (
        len(sizes) > MOST_PUSHED
        or any(len(event.parts) > MOST_PARTS for event in batch.events)
        or max(sizes, default=0) > LARGEST_EVENT
        or max(parts, default=0) > LARGEST_PART
        or sum(sizes) + sum(parts) > LARGEST_BATCH
    ):
        raise UserFacingError(
            "centre.too-large",
            "This machine sent more at once than the centre takes.",
            kept="Nothing of it was stored at the centre; it is kept on the machine.",
            remedy="Show this to the person who looks after the hall's machines.",
        )


def forged(reason: str) -> UserFacingError:
    return UserFacingError(
        "centre.forged",
        "The centre refused what this machine sent.",
        kept="Nothing of it was stored at the centre; it is kept on the machine.",
        remedy="Show this to the person who looks after the hall's machines.",
        reason=reason,
    )


def _events(hall: str, row: DeviceRow, batch: Batch) -> list[Recorded]:
    """The batch read back. UserFacingError `centre.forged` when anything does not fit."""
    if not 0 < batch.epoch < MOST_EPOCH:
        raise forged("there is no such run")
    try:
        events = [_event(hall, sealed) for sealed in batch.events]
    except (ValueError, RecursionError) as error:
        raise forged(str(error)) from error
    for at, event in enumerate(events):
        if event.device != row.device or event.epoch != batch.epoch:
            raise forged("it belongs to another machine or run")
        if event.seq != events[0].seq + at or (at and event.prev != events[at - 1].hash):
            raise forged("its chain is broken")
    return events


def _event(hall: str, sealed: SealedEvent) -> Recorded:
    """ValueError when it cannot be an event that a device of this hall may write."""
    event = readable_event(hall, sealed)
    if isinstance(event.fact, CENTRE_ONLY):
        raise ValueError("only the centre may say this")
    if isinstance(event.fact, EpochOpened) and event.fact.device != event.device:
        raise ValueError("only the machine itself may say this")
    erasing.need_own(event)
    return event


def readable_event(hall: str, sealed: SealedEvent) -> Recorded:
    """ValueError when it cannot be an event of this hall, or its private parts are others."""
    event = read(sealed.data, hall=hall)
    if not (0 < event.seq < MOST_NUMBER and 0 < event.epoch < MOST_EPOCH) or event.at.tzinfo is None:
        raise ValueError("its number or time is out of range")
    if len(event.subjects) > MOST_SUBJECTS or not is_plain(event.type, event.key, *event.subjects):
        raise ValueError("a name is unreadable")
    if event.parts or sealed.parts:
        _need_parts(event, sealed.parts)
    return event


def _need_parts(event: Recorded, parts: tuple[SealedPart, ...]) -> None:
    """Each part is the one its digest names; what was erased is named without salt and bytes."""
    if sorted(part.slot for part in parts) != sorted(event.parts) or not is_plain(*event.parts):
        raise ValueError("private parts are missing or too many")
    for part in parts:
        if part.salt is None and part.data is None:
            continue
        if part.salt is None or part.data is None or len(part.salt) > SHORT:
            raise ValueError("a private part is cut")
        if part_digest(part.salt, part.data) != event.parts[part.slot]:
            raise ValueError("a private part was altered")
