"""Cards as windows and commands make them: drawn for this home's card printer, and sent to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from counter_app.bootstrap.left_behind import at_work
from counter_app.bootstrap.parts import queue_owner
from counter_app.domain.journal import Actor
from counter_app.domain.paper.cards import SIDES, CardFacts, Side
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.peripherals import Kind, Peripheral
from counter_app.printing.cards import CardFit, CardPainter, full_face
from counter_app.printing.fonts import FontFiles
from counter_app.use_cases.papers.cards import Printing
from counter_app.use_cases.papers.on_their_way import OnItsWay, arrived, set_out
from counter_app.use_cases.ports.printing import CardPrinter, DrawnCard, PrintOutcome, Why
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.program import Program

WORKSPACE: Final = "counter"
TRIAL: Final = CardFacts(
    kind="service",
    number="试-0000",
    name="试打卡",
    sex="0",
    birth=None,
    hall="试打",
    line="",
    issued=date(2026, 1, 1),
    qr="TRIAL",
    training=True,
)


@lru_cache(maxsize=1)
def painter() -> CardPainter:
    return CardPainter(FontFiles.bundled())


def fit_of(declared: Peripheral | None) -> CardFit:
    if declared is None:
        return CardFit()
    number = declared.number
    return CardFit(number("right"), number("down"), number("scale", 1.0))


def trial_card(declared: Peripheral) -> DrawnCard:
    """What tries a card printer: one side."""
    return drawn(TRIAL, declared, ("front",))


def drawn(facts: CardFacts, declared: Peripheral, sides: tuple[Side, ...] = SIDES) -> DrawnCard:
    """A card as this printer wants it."""
    fit = fit_of(declared)
    return DrawnCard(
        lambda: painter().pdf(facts, fit, sides),
        lambda: tuple(full_face(painter().png(facts, side, fit)) for side in sides),
    )


def card_printer(home: Home) -> Peripheral | None:
    return home.peripherals.first(Kind.CARD_PRINTER, WORKSPACE)


def print_card(program: Program, actor: Actor, card: str, note: Callable[[], Printing]) -> PrintOutcome:
    """Send both sides to the home's card printer; `note` writes the print down once there is one, before
    anything is sent. One that was noted before is not sent again: how it ended is for people to see.

    UserFacingError `card.no-printer`, `card.*`."""
    declared = card_printer(program.home)
    if declared is None:
        raise UserFacingError(
            "card.no-printer",
            "This machine has no card printer.",
            kept="The card is issued; nothing was printed.",
            remedy="Declare one on the page of the peripherals, or print the PDF.",
        )
    facts = program.cards.facts(card)
    with at_work(program.home) as lock, closing(_opened(program, declared)) as printer:
        noted = note()
        if not noted.fresh:
            return PrintOutcome.unconfirmed(0, Why.NO_ANSWER)
        order = f"{card}/{noted.count}"
        one = OnItsWay(order, "card", card, facts.number, declared.url, lock)
        program.store.act(actor, "", lambda tx: set_out(tx, one))
        outcome = printer.print_card(facts.number, drawn(facts, declared), order)
        program.cards.ended(actor, order, noted, outcome)
        program.store.act(actor, "", lambda tx: _arrived(tx, order))
        return outcome


def _opened(program: Program, declared: Peripheral) -> CardPrinter:
    from counter_app.devices.queue.cards import open_card_printer

    return open_card_printer(declared, queue_owner(program.home))


def _arrived(tx: Transaction, order: str) -> None:
    arrived(tx, order)


def private_cards(program: Program, held: ExitStack) -> Callable[[str], Path]:
    """`card_file(card)` writes the card's PDF for this account's eyes only, gone when the window closes."""
    made = TemporaryDirectory(prefix="counter-app-cards-", ignore_cleanup_errors=True)
    folder = Path(held.enter_context(made))

    def write(card: str) -> Path:
        facts = program.cards.facts(card)
        path = folder / f"{''.join(sign if sign.isalnum() else '-' for sign in facts.number)}.pdf"
        path.write_bytes(painter().pdf(facts))
        return path

    return write
