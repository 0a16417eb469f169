"""A logo over a receipt printer's papers: made of a picture, kept in the home and, where it can, by it.

From the next paper on it is printed, dot by dot until the printer holds it. A printer's memory wears out by
writing: the same logo is never ordered into it twice, and what it holds is written beside it in `home.toml`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.peripherals.desk import PeripheralDesk
from counter_app.use_cases.ports.logo import HELD, LOGO, Logo
from counter_app.use_cases.ports.peripherals import Condition, Seen

LARGEST_FILE: Final = 20_000_000
THERE: Final = mark("The logo is in the printer already: nothing was written.")
BY_DOTS: Final = mark("The logo stands over its papers from now on, sent dot by dot.")


@dataclass(frozen=True, slots=True)
class LogoTools:
    """`make` draws a file's picture for a printer, `memory` tells how that printer keeps one ("": not)."""

    make: Callable[[bytes, Peripheral], Logo]
    memory: Callable[[Peripheral], str]


class LogoDesk:
    """For one home; `folder` is where its logos lie. Calls may block as long as a printer does."""

    def __init__(self, desk: PeripheralDesk, folder: Path, tools: LogoTools) -> None:
        self._desk = desk
        self._folder = folder
        self._tools = tools

    def put_on(self, actor: Actor, name: str, picture: Path) -> Seen:
        """UserFacingError `peripheral.unknown`, `logo.*`."""
        printer = self._need(name)
        logo = self._tools.make(_read(picture), printer)
        memory = self._tools.memory(printer)
        if printer.text(HELD) == logo.digest and memory:
            self._keep(printer, logo)
            return Seen(Condition.READY, advice=THERE)
        self._keep(printer, logo)
        if not memory:
            return Seen(Condition.READY, advice=BY_DOTS)
        seen = self._desk.order(actor, name, "logo")
        if seen.condition.works:
            self._desk.keep_options(name, **{HELD: logo.digest})
        return seen

    def take_off(self, name: str) -> None:
        """No logo any more; the printer's memory stays as it is. UserFacingError `peripheral.unknown`."""
        if self._need(name).text(LOGO):
            self._desk.keep_options(name, **{LOGO: ""})

    def _keep(self, printer: Peripheral, logo: Logo) -> None:
        """In the home: at once over the next paper."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        fresh = self._folder / f".{logo.digest}.new"
        fresh.write_bytes(logo.packed())
        fresh.replace(self._folder / f"{logo.digest}.pbm")
        if printer.text(LOGO) != logo.digest:
            self._desk.keep_options(printer.name, **{LOGO: logo.digest})

    def _need(self, name: str) -> Peripheral:
        found = self._desk.declared(name)
        if found.kind is not Kind.PRINTER:
            raise UserFacingError(
                "logo.no-printer",
                "Only receipt printers have a logo over their papers.",
                kept="Nothing was changed.",
                remedy="Choose a receipt printer.",
            )
        return found


def _read(picture: Path) -> bytes:
    try:
        if picture.stat().st_size > LARGEST_FILE:
            raise OSError("too large")
        return picture.read_bytes()
    except OSError as error:
        raise UserFacingError(
            "logo.no-file",
            "The file {path} cannot be read.",
            kept="The papers stay as they were.",
            remedy="Name a picture of at most 20 MB.",
            path=str(picture),
        ) from error
