"""Cards as windows and commands make them: drawn for this home's card printer, and sent to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from counter_app.domain.paper.cards import CardFacts
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.peripherals import Kind, Peripheral
from counter_app.printing.cards import CardFit, CardPainter
from counter_app.printing.fonts import FontFiles
from counter_app.use_cases.ports.printing import PrintOutcome
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


def trial_card(declared: Peripheral) -> bytes:
    """The PDF that tries a card printer."""
    return painter().pdf(TRIAL, fit_of(declared), ("front",))


def card_printer(home: Home) -> Peripheral | None:
    return home.peripherals.first(Kind.CARD_PRINTER, WORKSPACE)


def print_card(program: Program, card: str, note: Callable[[], object] = lambda: None) -> PrintOutcome:
    """Send both sides to the home's card printer; `note` is done once there is one, before anything is sent.

    UserFacingError `card.no-printer`, `card.*`."""
    from counter_app.devices.queue.cards import SIZE
    from counter_app.devices.queue.sheets import open_sheet_printer

    declared = card_printer(program.home)
    if declared is None:
        raise UserFacingError(
            "card.no-printer",
            "This machine has no card printer.",
            kept="The card is issued; nothing was printed.",
            remedy="Declare one on the page of the peripherals, or print the PDF.",
        )
    facts = program.cards.facts(card)
    note()
    printer = open_sheet_printer(declared.url)
    try:
        return printer.print_sheet(facts.number, painter().pdf(facts, fit_of(declared)), SIZE)
    finally:
        printer.close()


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
