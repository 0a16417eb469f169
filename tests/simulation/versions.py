"""Programs of different age in one hall: types of events that an older one has never heard of.

All machines live in one process and share one registry of types, so an older machine's turn is a moment in
which those types are not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from counter_app.domain.journal import Fact, type_registry

NEWER: Final = frozenset({"MatterAdded", "MatterFinished", "TicketPrioritised", "NoteWritten"})


class TicketSungAbout(Fact):
    """What a program later than all of these records: everybody keeps it, nobody knows what it says."""

    ticket: str
    song: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"ticket:{self.ticket}",)


del type_registry[TicketSungAbout.__name__]


@contextmanager
def knowing_all_but(types: frozenset[str]) -> Iterator[None]:
    """A moment in which these types of events are unknown."""
    hidden = {name: type_registry.pop(name) for name in types if name in type_registry}
    try:
        yield
    finally:
        type_registry.update(hidden)


@contextmanager
def knowing(types: dict[str, type[Fact]]) -> Iterator[None]:
    """A moment in which these are known again, within one in which they are not."""
    missing = {name: fact for name, fact in types.items() if name not in type_registry}
    type_registry.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del type_registry[name]


ALL_NEWER: Final = {name: type_registry[name] for name in NEWER if name in type_registry}
