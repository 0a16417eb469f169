"""The cash drawer of a machine: opened with a cause by who may, and by itself when cash moves (P5, M1).

The opening is recorded with the keeper's order in one act; the keeper holds the line and answers. What did
not open is recorded as such. An order that nobody took lapses (`asking.py`): nothing opens a minute later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.fees.drawer import (
    BY_HAND,
    DRAWERS,
    Cause,
    DrawerOpened,
    DrawerStayedShut,
    Opening,
)
from counter_app.domain.fees.fees import METHODS
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.peripherals.asking import Wish, Wishes, put_wish
from counter_app.use_cases.ports.peripherals import Condition, Seen
from counter_app.use_cases.ports.store import Store, Transaction

CASH: Final = METHODS[0]
WITH_CASH: Final = "with_cash"  # the drawer's option: opens by itself when cash moves
WORKSPACE: Final = "counter"
ANSWER_SECONDS: Final = 25.0
LOOK_SECONDS: Final = 0.05
LONGEST_REASON: Final = 200
NO_KEEPER: Final = mark("The printer's keeper did not answer: open a window of this machine, and try again.")


@dataclass(frozen=True, slots=True)
class Watch:
    """How an answer of the keeper is waited for."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    seconds: float = ANSWER_SECONDS


class CashDrawer:
    """For one machine; `declared` gives what hangs on it now."""

    def __init__(
        self, store: Store, declared: Callable[[], Peripherals] = Peripherals, watch: Watch | None = None
    ) -> None:
        self._store = store
        self._declared = declared
        self._watch = watch or Watch()

    def here(self) -> Peripheral | None:
        """The counter's drawer; None where none is declared."""
        return self._declared().first(Kind.DRAWER, WORKSPACE)

    def open(self, actor: Actor, key: str, cause: Cause, reason: str = "", *, name: str = "") -> Wish:
        """Tell it to open; `name` is another drawer of this machine, or a printer with one behind it.

        UserFacingError `drawer.none`, `drawer.cause`, `drawer.reason`.
        """
        reason = checked_text(reason, LONGEST_REASON)
        if cause not in BY_HAND:
            raise UserFacingError(
                "drawer.cause",
                "A drawer is opened by hand for change, to check it, or for another reason.",
                kept="It stays shut.",
                remedy="Choose one of them.",
            )
        if cause == "other" and not reason.strip():
            raise UserFacingError(
                "drawer.reason",
                "Say why the drawer is opened.",
                kept="It stays shut.",
                remedy="Type the reason.",
            )
        drawer = name or self._need().name
        outcome = self._store.act(actor, key, lambda tx: _order(tx, drawer, cause, reason=reason))
        opened = next(event for event in outcome.events if isinstance(event.fact, DrawerOpened))
        return Wish(opened.id, drawer, "drawer")

    def cash_moved(self, tx: Transaction, cause: Cause, method: str, receipt: str) -> None:
        """Within the act that moves the money: the drawer opens by itself where it is set to."""
        drawer = self.here()
        if method == CASH and drawer is not None and drawer.text(WITH_CASH, "yes") == "yes":
            _order(tx, drawer.name, cause, receipt=receipt)

    def answer(self, wish: Wish) -> Seen:
        """What came of it, waited for; SILENT when the keeper does not answer."""
        return answer_of(Wishes(self._store), wish, self._watch)

    def openings(self, day: date | None = None) -> tuple[Opening, ...]:
        """Of this machine on a day (today), oldest first."""
        with self._store.reading() as reader:
            wanted = (day or reader.now.date()).isoformat()
            found = DRAWERS.replay(reader.history(DRAWERS.subject(f"{reader.device}/{wanted}")))
        return found.openings if found is not None else ()

    def _need(self) -> Peripheral:
        found = self.here()
        if found is None:
            raise UserFacingError(
                "drawer.none",
                "This machine has no cash drawer.",
                kept="Nothing was opened.",
                remedy="Declare one on the page of the peripherals: printer: if it hangs behind the printer.",
            )
        return found


def stayed_shut(tx: Transaction, opening: str, code: str) -> None:
    """Record that it did not open; `opening` is the event that told it to."""
    tx.record(DrawerStayedShut(device=tx.device, day=tx.now.date().isoformat(), opening=opening, code=code))


def answer_of(wishes: Wishes, wish: Wish, watch: Watch) -> Seen:
    """Wait for the keeper's answer to this very wish."""
    end = watch.monotonic() + watch.seconds
    while watch.monotonic() < end:
        answer = wishes.answer(wish)
        if answer is not None:
            return answer
        watch.sleep(LOOK_SECONDS)
    return Seen(Condition.SILENT, advice=NO_KEEPER)


def _order(tx: Transaction, drawer: str, cause: Cause, *, reason: str = "", receipt: str = "") -> None:
    """The event, and the order to whoever holds the line."""
    opening = tx.next_id
    tx.record(
        DrawerOpened(
            device=tx.device,
            day=tx.now.date().isoformat(),
            drawer=drawer,
            cause=cause,
            reason=reason,
            receipt=receipt,
        )
    )
    put_wish(tx, Wish(opening, drawer, "drawer"))
