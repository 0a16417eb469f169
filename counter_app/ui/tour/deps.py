"""What the tour is given: the real windows, the devices it works by hand, and where to look things up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication

from counter_app.domain.identity.document import IdentityDocument
from counter_app.peripherals import Kind
from counter_app.ui.counter.window import CounterWindow
from counter_app.ui.desk.window import DeskWindow
from counter_app.ui.display.window import DisplayWindow
from counter_app.ui.kiosk.window import KioskWindow
from counter_app.use_cases.program import Program


class Tray(Protocol):
    """The simulated reader of a desk: `lay("abdul")`, `lift()`."""

    def lay(self, card: str) -> None: ...

    def lift(self) -> None: ...


class AtCounter(Protocol):
    """What somebody works a counter by."""

    @property
    def program(self) -> Program: ...

    @property
    def counter(self) -> CounterWindow: ...

    @property
    def counter_tray(self) -> Tray: ...


@dataclass(frozen=True)
class PrintedPaper:
    """One paper as the simulated printer made it of the bytes it got."""

    data: bytes
    text: str
    save_picture: Callable[[Path], None]


@dataclass(frozen=True)
class Behind:
    """The departments' part: their window, and a citizen whose case needs several of them."""

    desk: DeskWindow
    citizen: IdentityDocument


@dataclass(frozen=True)
class TourDeps:
    """`printed` gives all papers of the 80 mm printer so far; `narrow` prints an issued paper on a 58 mm
    one; `pdf` makes its sheet; `pdf_pictures` shows a sheet's pages as PNG; `orders` take control lines of
    the simulators, by kind (none: no device fails); `behind` None leaves the departments out."""

    app: QApplication
    program: Program
    kiosk: KioskWindow
    counter: CounterWindow
    display: DisplayWindow
    counter_tray: Tray
    printed: Callable[[], tuple[PrintedPaper, ...]]
    narrow: Callable[[str], PrintedPaper]
    pdf: Callable[[str], bytes]
    pdf_pictures: Callable[[bytes], tuple[bytes, ...]]
    folder: Path
    orders: Mapping[Kind, Callable[[str], tuple[str, ...]]] = field(default_factory=dict)
    behind: Behind | None = None
