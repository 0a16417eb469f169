"""Sheets and cards that are being handed to the system's printing just now, as a local note.

Written with the order and gone with its end: what stands here though nobody works at it any more is a dead
process's. It is taken out of its queue before it comes out late (M1), and its end is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Final, Literal, Protocol

import msgspec

from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PAPERS
from counter_app.domain.paper.sheets import SheetEnded, sheet_prints
from counter_app.errors import UserFacingError
from counter_app.use_cases.papers.cards import Cards, Printing
from counter_app.use_cases.ports.printing import PrintOutcome, Why
from counter_app.use_cases.ports.store import Reader, Store, Transaction

KEEPER: Final = Actor("keeper")
_NOTE: Final = "sheets-on-their-way"


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """`order` is the event of a sheet's order, or card and count; `id` the paper or card; `name` and `order`
    are what its printer at `url` calls it. `lock` is held by the process at work."""

    order: str
    kind: Literal["sheet", "card"]
    id: str
    name: str
    url: str
    lock: str


class Removing(Protocol):
    """A printer as far as it is needed here."""

    def take_out(self, name: str, order: str) -> PrintOutcome | None: ...


def all_on_their_way(reader: Reader) -> tuple[OnItsWay, ...]:
    note = reader.note(_NOTE)
    return () if note is None else msgspec.json.decode(note, type=tuple[OnItsWay, ...])


def set_out(tx: Transaction, one: OnItsWay) -> None:
    _keep(tx, (*all_on_their_way(tx), one))


def arrived(tx: Transaction, order: str) -> bool:
    """It has its end, or gets it in this act; False where it had one already."""
    found = all_on_their_way(tx)
    left = tuple(one for one in found if one.order != order)
    if left != found:
        _keep(tx, left)
    return left != found


def _keep(tx: Transaction, ones: tuple[OnItsWay, ...]) -> None:
    tx.keep_note(_NOTE, msgspec.json.encode([asdict(one) for one in ones]) if ones else None)


class LeftBehind:
    """The keeper's duty, for one thread. `dead` tells whether nobody holds a lock any more; `opened` opens
    the printer of one for as long as it is needed, and raises UserFacingError where that cannot be."""

    def __init__(
        self,
        store: Store,
        cards: Cards,
        dead: Callable[[str], bool],
        opened: Callable[[OnItsWay], AbstractContextManager[Removing]],
    ) -> None:
        self._store = store
        self._cards = cards
        self._dead = dead
        self._opened = opened

    def step(self) -> bool:
        """Take out what dead processes left; what its queue does not let go waits for the next time."""
        with self._store.reading() as reader:
            found = all_on_their_way(reader)
        for one in found:
            if self._dead(one.lock):
                outcome = self._taken_out(one)
                if outcome is not None:
                    self._ended(one, outcome)
        return False

    def _taken_out(self, one: OnItsWay) -> PrintOutcome | None:
        try:
            with self._opened(one) as printer:
                return printer.take_out(one.name, one.order)
        except UserFacingError:  # its address leads nowhere here: only a person can tell
            return PrintOutcome.unconfirmed(0, Why.STOPPED)

    def _ended(self, one: OnItsWay, outcome: PrintOutcome) -> None:
        """Unless its process wrote the end down just before it went, or a person said what came out."""

        def work(tx: Transaction) -> None:
            if arrived(tx, one.order) and one.kind == "sheet" and _is_open(tx, one):
                ended = SheetEnded(
                    paper=one.id, order=one.order, end=outcome.end.value, code=outcome.why.value
                )
                tx.record(ended)

        if one.kind == "card":
            noted = Printing(one.id, int(one.order.rpartition("/")[2]), "", fresh=False)
            self._cards.ended(KEEPER, one.order, noted, outcome)
        self._store.act(KEEPER, "", work)


def _is_open(reader: Reader, one: OnItsWay) -> bool:
    prints = sheet_prints(reader.history(PAPERS.subject(one.id)))
    return any(known.id == one.order and not known.end for known in prints)
