"""Papers on the A4 printer: each order is written down before it is sent, and how it ended after it (M1, P1).

A queue of the system is no paper: what it cannot tell, a person says (`confirm`).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PAPERS
from counter_app.domain.paper.sheets import SheetEnded, SheetFact, SheetOrdered, SheetPrint, sheet_prints
from counter_app.errors import UserFacingError
from counter_app.use_cases.papers.on_their_way import OnItsWay, arrived, set_out
from counter_app.use_cases.ports.papers import SheetSize
from counter_app.use_cases.ports.printing import PrintEnd, PrintOutcome, SheetPrinter, Why
from counter_app.use_cases.ports.store import Reader, Store, Transaction


@dataclass(frozen=True)
class SheetTarget:
    """The machine's A4 printer as it is declared now: its name and address, its driver for as long as it is
    used; and the paper as it wants it. `at_work` holds a lock of this process while it prints: its name."""

    name: str
    url: str
    size: SheetSize
    pdf: Callable[[], bytes]
    opened: Callable[[], AbstractContextManager[SheetPrinter]]
    at_work: Callable[[], AbstractContextManager[str]]


class SheetPrinting:
    """For one home. `print` blocks as long as the system's printing does."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def print(self, actor: Actor, key: str, paper: str, target: SheetTarget) -> PrintOutcome:
        """Hand it over once for this key; again gives what was known of it. UserFacingError `paper.*`,
        `queue.*`."""
        with self._store.reading() as reader:
            number = reader.need(PAPERS, paper).number
        pdf = target.pdf()
        with target.opened() as printer, target.at_work() as lock:

            def order(tx: Transaction) -> None:
                set_out(tx, OnItsWay(tx.next_id, "sheet", paper, number, target.url, lock))
                tx.record(SheetOrdered(paper=paper, size=target.size, printer=target.name))

            done = self._store.act(actor, key, order)
            event = next(one for one in done.events if isinstance(one.fact, SheetOrdered))
            if done.replayed:
                return self._known(paper, event.id)
            outcome = printer.print_sheet(number, pdf, target.size, event.id)
            ended = SheetEnded(paper=paper, order=event.id, end=outcome.end.value, code=outcome.why.value)

            def end(tx: Transaction) -> None:
                arrived(tx, event.id)
                tx.record(ended)

            self._store.act(actor, f"{event.id}/end", end)
        return outcome

    def confirm(self, actor: Actor, key: str, paper: str, printed: bool) -> SheetPrint:
        """What came out of the newest order. UserFacingError `sheet.none`."""
        end = PrintEnd.PRINTED if printed else PrintEnd.FAILED
        with self._store.reading() as reader:
            newest = _prints(reader, paper)[-1:]
        if not newest:
            raise UserFacingError(
                "sheet.none",
                "This paper was never handed to an A4 printer here.",
                kept="Nothing was changed.",
                remedy="Print it first.",
            )
        said = SheetEnded(paper=paper, order=newest[0].id, end=end.value, by_hand=True)
        self._store.act(actor, key, _records(said))
        return self.of_paper(paper)[-1]

    def of_paper(self, paper: str) -> tuple[SheetPrint, ...]:
        """Every order, oldest first."""
        with self._store.reading() as reader:
            return _prints(reader, paper)

    def _known(self, paper: str, order: str) -> PrintOutcome:
        found = next(one for one in self.of_paper(paper) if one.id == order)
        if not found.end:
            return PrintOutcome.unconfirmed(0, Why.NO_ANSWER)
        return PrintOutcome(PrintEnd(found.end), Why(found.code), 0, found.end != PrintEnd.FAILED)


def _prints(reader: Reader, paper: str) -> tuple[SheetPrint, ...]:
    return sheet_prints(reader.history(PAPERS.subject(paper)))


def _records(fact: SheetFact) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        tx.record(fact)

    return work
