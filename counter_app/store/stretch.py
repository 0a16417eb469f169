"""A stretch of the hall's order before it is stored: read, and each event found to be what it says.

This needs no lock and no file, so it is done before the writers' turn is taken. Not here: whether the events
continue their chains (`taking_in.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from counter_app.domain.journal import Recorded, part_digest, read
from counter_app.domain.publication import RowsPublished
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import OrderedEvent, SealedPart


@dataclass(frozen=True, slots=True)
class Checked:
    """An event whose parts and rows fit their digests. `parts` are those that came with data."""

    event: Recorded
    data: bytes
    parts: tuple[SealedPart, ...]
    rows: tuple[tuple[str, bytes | None], ...]

    @property
    def place(self) -> int:
        return self.event.hall_seq or 0


def checked(events: Iterable[OrderedEvent]) -> list[Checked]:
    """UserFacingError `sync.forged` at the first that does not fit."""
    return [_checked(ordered) for ordered in events]


def forged(name: str, why: str) -> UserFacingError:
    return UserFacingError(
        "sync.forged",
        "What the centre sent does not hold together at {name}: {why}",
        kept="Nothing of it was kept.",
        remedy="Have the centre's store checked; this counter works on alone.",
        name=name,
        why=why,
    )


def _checked(ordered: OrderedEvent) -> Checked:
    parts = tuple(part for part in ordered.parts if part.data is not None)
    private = {part.slot: part.data for part in parts if part.data is not None}
    try:
        event = read(ordered.data, private, ordered.hall_seq)
    except ValueError as error:
        raise forged(str(ordered.hall_seq), str(error)) from error
    for part in parts:
        stated = event.parts.get(part.slot)
        if part.salt is None or part.data is None or part_digest(part.salt, part.data) != stated:
            raise forged(event.id, f"private part {part.slot}")
    return Checked(event, ordered.data, parts, _rows(event, ordered) if ordered.rows else ())


def _rows(event: Recorded, ordered: OrderedEvent) -> tuple[tuple[str, bytes | None], ...]:
    """The published rows, exactly those that the event vouches for."""
    fact = event.fact
    if not isinstance(fact, RowsPublished):
        raise forged(event.id, "rows")
    rows = {row.key: row.body for row in ordered.rows if row.body is not None}
    stated = dict(zip(fact.changed, fact.digests, strict=False))
    if {key: sha256(body).hexdigest() for key, body in rows.items()} != stated:
        raise forged(event.id, "rows")
    return (*rows.items(), *((key, None) for key in fact.withdrawn))
