"""What hangs beside reader and printer in a training home: camera, document scanner, strip, rating pad,
passport reader, and a folder that takes the place of a card printer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from counter_app.home import Home
from counter_app.peripherals import Kind, Peripheral
from counter_app.simulators.frames.serve import RunningFramed
from counter_app.simulators.imaging.serve import RunningImaging
from counter_app.simulators.scanner.serve import RunningScanner, ScannerServing
from counter_app.simulators.serving import DeviceServing, RunningDevice

ANY_PORT: Final = "127.0.0.1:0"
COUNTER: Final = "counter"
Order = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Beside:
    """As declared, and what takes each one's control lines, by kind."""

    declared: tuple[Peripheral, ...]
    orders: Mapping[Kind, Order]


@contextmanager
def simulated_beside(home: Home) -> Iterator[Beside]:
    """They run until the block ends."""
    with ExitStack() as stack:
        serving = DeviceServing(tcp=ANY_PORT)
        running: dict[Kind, RunningDevice] = {
            Kind.CAMERA: RunningImaging(Kind.CAMERA, serving),
            Kind.DOCUMENT_SCANNER: RunningImaging(Kind.DOCUMENT_SCANNER, serving),
            Kind.LED_STRIP: RunningFramed(Kind.LED_STRIP, serving),
            Kind.RATING_PAD: RunningFramed(Kind.RATING_PAD, serving),
            Kind.MRZ_READER: RunningScanner(ScannerServing(tcp=ANY_PORT, documents=True)),
        }
        for device in running.values():
            stack.callback(device.stop)
        cards = home.path / "simulated-cards"
        cards.mkdir(exist_ok=True, mode=0o700)
        urls = {kind: device.url for kind, device in running.items()}
        urls[Kind.CARD_PRINTER] = f"{cards.as_uri()}/"
        declared = tuple(
            Peripheral(kind, NAMES[kind], url, used_by=COUNTER, simulated=True) for kind, url in urls.items()
        )
        # behind the counter's printer, whose simulator opens it
        till = Peripheral(Kind.DRAWER, "钱箱", "printer:", used_by=COUNTER, simulated=True)
        orders: dict[Kind, Order] = {kind: device.run for kind, device in running.items()}
        yield Beside((*declared, till), orders | {Kind.CARD_PRINTER: _FolderOrders(cards)})


NAMES: Final = {
    Kind.CAMERA: "高拍仪",
    Kind.DOCUMENT_SCANNER: "扫描仪",
    Kind.LED_STRIP: "窗口屏",
    Kind.RATING_PAD: "评价器",
    Kind.MRZ_READER: "护照阅读器",
    Kind.CARD_PRINTER: "证卡打印机",
}


@dataclass(frozen=True)
class _FolderOrders:
    """A folder is unplugged by taking it away."""

    folder: Path

    def __call__(self, line: str) -> tuple[str, ...]:
        away = self.folder.with_name(f"{self.folder.name}-unplugged")
        if line == "unplug":
            self.folder.rename(away)
        elif line == "plug":
            away.rename(self.folder)
        return ("ok",)
