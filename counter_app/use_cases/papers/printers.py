"""Which receipt printers a place prints at: its own, then whoever stands in for it (mission: M1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol

from counter_app.use_cases.ports.papers_rows import Places
from counter_app.use_cases.ports.printing import PrinterProfile, ReceiptPrinter

KIOSK: Final = "kiosk"  # how the places of kiosks begin


def workspace_of(place: str) -> Literal["kiosk", "counter"]:
    """Whose peripherals a place works with."""
    return "kiosk" if place.startswith(KIOSK) else "counter"


@dataclass(frozen=True, slots=True)
class PlacedPrinter:
    """A declared printer with its driver; `name` is its name on the machine."""

    name: str
    printer: ReceiptPrinter
    profile: PrinterProfile


class Printers(Protocol):
    """The receipt printers of this machine."""

    @property
    def places(self) -> Places:
        """Whose jobs they print; other lanes of the machine print the others'."""
        ...

    def at(self, place: str) -> tuple[PlacedPrinter, ...]:
        """Those of a counter or kiosk, the usual one first; none where none is set up."""
        ...
