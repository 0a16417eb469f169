"""The receipt printers of a home as the keeper holds them: one lane for each printer with a place of its own.

A lane looks at `home.toml` before each step: what was changed on the page of the peripherals is in force at
the next paper, and nothing has to be started again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from counter_app.bootstrap.logos import home_logo
from counter_app.bootstrap.parts import bench, queue_owner
from counter_app.devices.attached import real_only
from counter_app.devices.drawer.profiles import BEHIND, is_behind_printer, is_open, printer_of, pulse
from counter_app.devices.printer.escpos_printer import EscPosPrinter
from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.peripheral import profile_of
from counter_app.domain.paper.builders.printer_page import PrinterPage, printer_page
from counter_app.errors import UserFacingError, mark
from counter_app.home import DESCRIPTION, Home, open_home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.papers.printers import PlacedPrinter, workspace_of
from counter_app.use_cases.peripherals.asking import Wish
from counter_app.use_cases.peripherals.drawer_seen import PRINTER_IN_TROUBLE, seen_drawer
from counter_app.use_cases.ports.papers import PaperRenderer
from counter_app.use_cases.ports.papers_rows import Places
from counter_app.use_cases.ports.peripherals import Condition, Seen
from counter_app.use_cases.ports.printing import PrinterProfile, PrinterState, PrintOutcome, Why

DRAWER_JOB: Final = 1
UNDECLARED: Final = Peripheral(Kind.DRAWER, "", BEHIND)  # the usual pulse
PAGE_JOB: Final = 2
LOGO_JOB: Final = 3
log = logging.getLogger(__name__)

_ABILITIES: Final = (
    ("chinese_rom", mark("own Chinese font")),
    ("cutter", mark("cutter")),
    ("drawer", mark("cash drawer")),
    ("native_qr", mark("own QR code")),
    ("nv_logo", mark("keeps a logo")),
    ("status", mark("tells its state")),
    ("automatic_status", mark("tells changes by itself")),
    ("process_id", mark("confirms each paper")),
    ("clear_buffer", mark("can forget a broken paper")),
)


class HomePrinters:
    """`LanePrinters` of the counter or the kiosk of a home. All calls but `close` come from one thread."""

    def __init__(
        self, home: Home, workspace: Literal["counter", "kiosk"], renderer: PaperRenderer, t: Translator
    ) -> None:
        self._home = home
        self._workspace: Literal["counter", "kiosk"] = workspace
        self._renderer = renderer
        self._t = t
        self._written = 0
        self._places: Places = workspace
        self._at_work = False
        self._chain: tuple[PlacedPrinter, ...] = ()
        self._declared: tuple[Peripheral, ...] = ()
        self._drawers: dict[str, Peripheral] = {}

    @property
    def places(self) -> Places:
        return self._places

    @property
    def at_work(self) -> bool:
        return self._at_work

    @property
    def is_counters(self) -> bool:
        return self._workspace == "counter"

    @property
    def all(self) -> tuple[PlacedPrinter, ...]:
        return self._chain

    def at(self, place: str) -> tuple[PlacedPrinter, ...]:
        return self._chain if self._places in ("", workspace_of(place)) else ()

    def refresh(self) -> bool:
        """See `LanePrinters.refresh`. A description that cannot be read changes nothing."""
        try:
            written = (self._home.path / DESCRIPTION).stat().st_mtime_ns
            if written == self._written:
                return False
            home = open_home(self._home.path)
        except (OSError, UserFacingError) as error:
            log.warning("%s cannot be looked at: %s", DESCRIPTION, error)
            return False
        self._written = written
        return self._take_up(home)

    def do(self, placed: PlacedPrinter, wish: Wish) -> PrintOutcome:
        """See `LanePrinters.do`."""
        if wish.wanted == "drawer":
            return placed.printer.print_job(DRAWER_JOB, pulse(self._drawers.get(wish.peripheral, UNDECLARED)))
        if wish.wanted == "logo":
            known = placed.printer if isinstance(placed.printer, EscPosPrinter) else None
            return known.keep_logo(LOGO_JOB) if known else PrintOutcome.failed(Why.FILE_REFUSED)
        declared = next(one for one in self._declared if one.name == placed.name)
        page = test_page(declared, placed.profile, self._renderer, self._t, training=self._home.training)
        return placed.printer.print_job(PAGE_JOB, page)

    def drawers(self, placed: PlacedPrinter, state: PrinterState) -> Mapping[str, Seen]:
        """See `LanePrinters.drawers`. The counter's first printer has those that name none."""
        first = self.is_counters and self._chain[:1] == (placed,)
        behind = (placed.name, "") if first else (placed.name,)
        told = _seen_behind(placed, state)
        return {name: told(one) for name, one in self._drawers.items() if printer_of(one) in behind}

    def close(self) -> None:
        """Let go of every line; from any thread."""
        for placed in self._chain:
            placed.printer.close()

    def _take_up(self, home: Home) -> bool:
        found = home.peripherals
        own = found.first(Kind.PRINTER, self._workspace)
        other = found.first(Kind.PRINTER, "kiosk" if self._workspace == "counter" else "counter")
        shared = own == other
        places: Places = "" if shared else self._workspace
        at_work = self._workspace == "counter" or not shared
        chain = [own, found.stand_in(own)] if own else []
        declared = tuple(one for one in chain if one is not None and at_work)
        self._drawers = {one.name: one for one in found.used(Kind.DRAWER) if is_behind_printer(one)}
        if (declared, places, at_work) == (self._declared, self._places, self._at_work):
            return False
        self.close()
        self._places, self._at_work, self._declared = places, at_work, declared
        self._chain = tuple(filter(None, map(self._opened, declared)))
        return True

    def _opened(self, declared: Peripheral) -> PlacedPrinter | None:
        asks = bench(self._home, "keeper")
        try:
            profile = replace(profile_of(declared), logo=home_logo(self._home, declared))
            printer = open_printer(
                declared.url,
                profile,
                lock_folder=asks.locks,
                owner=asks.owner,
                own=queue_owner(self._home),
                real_only=real_only(declared, asks),
            )
        except UserFacingError as error:
            log.warning("printer %s: %s", declared.name, error)
            return None
        return PlacedPrinter(declared.name, printer, profile)


def _seen_behind(placed: PlacedPrinter, state: PrinterState) -> Callable[[Peripheral], Seen]:
    """Open or closed where the printer tells it; the printer's own trouble is told once, beside it."""
    high = placed.printer.drawer_high if isinstance(placed.printer, EscPosPrinter) else None

    def seen(drawer: Peripheral) -> Seen:
        if not state.can_print or state is PrinterState.SILENT:
            return Seen(Condition.UNKNOWN, advice=PRINTER_IN_TROUBLE)
        return seen_drawer(None if high is None else is_open(drawer, high))

    return seen


def test_sheet(declared: Peripheral, seen: Seen, t: Translator, *, training: bool) -> bytes:
    """The PDF that tries a printer for sheets, with what was `seen` of it."""
    from counter_app.printing.printer_sheet import PrinterSheet, printer_sheet

    moved = t(
        "right {right} mm · down {down} mm · scale {scale}",
        right=f"{declared.number('right'):g}",
        down=f"{declared.number('down'):g}",
        scale=f"{declared.number('scale', 1.0):g}",
    )
    identity = seen.identity
    page = PrinterSheet(
        name=declared.name,
        address=declared.url,
        model=" ".join(filter(None, (identity.maker, identity.model))),
        state=t(seen.says),
        moved=moved,
        made_at=_now(),
        size="A5" if declared.text("size", "A4") == "A5" else "A4",
        training=training,
    )
    return printer_sheet(page, t)


def _now() -> str:
    return f"{datetime.now():%Y-%m-%d %H:%M}"  # noqa: DTZ005 - the wall clock of the room the page lies in


def test_page(
    declared: Peripheral, profile: PrinterProfile, renderer: PaperRenderer, t: Translator, *, training: bool
) -> bytes:
    """The bytes of the page that tries a printer."""
    page = PrinterPage(
        name=declared.name,
        address=declared.url,
        model=profile.name,
        columns=profile.columns,
        made_at=_now(),
        abilities=tuple(t(words) for ability, words in _ABILITIES if getattr(profile, ability)),
        training=training,
    )
    return renderer.encoded(printer_page(page, t), profile)
