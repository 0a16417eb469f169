"""What the counter's window needs for cards; drawing them is imported with the first one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path

from counter_app.domain.journal import Actor
from counter_app.home import open_home
from counter_app.peripherals import Kind
from counter_app.ui.counter.deps import CardTools
from counter_app.use_cases.papers.cards import Printing
from counter_app.use_cases.ports.printing import PrintOutcome
from counter_app.use_cases.program import Program


def card_tools(program: Program, held: ExitStack) -> CardTools:
    @lru_cache(maxsize=1)
    def files() -> Callable[[str], Path]:
        from counter_app.bootstrap.cards import private_cards

        return private_cards(program, held)

    def write(card: str) -> Path:
        return files()(card)

    def send(actor: Actor, noted: Printing) -> PrintOutcome:
        from counter_app.bootstrap.cards import print_card

        return print_card(program, actor, noted.card, lambda: noted)

    def has_printer() -> bool:
        return open_home(program.home.path).peripherals.first(Kind.CARD_PRINTER, "counter") is not None

    return CardTools(program.cards, write, has_printer, send)
