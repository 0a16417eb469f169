"""What hangs beside reader and printer in a training home: camera, document scanner, strip, and a folder that
takes the place of a card printer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from counter_app.home import Home
from counter_app.peripherals import Kind, Peripheral
from counter_app.simulators.frames.serve import RunningFramed
from counter_app.simulators.imaging.serve import RunningImaging
from counter_app.simulators.serving import DeviceServing

ANY_PORT: Final = "127.0.0.1:0"
COUNTER: Final = "counter"


@contextmanager
def simulated_beside(home: Home) -> Iterator[tuple[Peripheral, ...]]:
    """They run until the block ends."""
    with ExitStack() as stack:
        serving = DeviceServing(tcp=ANY_PORT)
        camera, scanner = (RunningImaging(kind, serving) for kind in (Kind.CAMERA, Kind.DOCUMENT_SCANNER))
        strip = RunningFramed(Kind.LED_STRIP, serving)
        for running in (camera, scanner, strip):
            stack.callback(running.stop)
        cards = home.path / "simulated-cards"
        cards.mkdir(exist_ok=True, mode=0o700)
        yield (
            Peripheral(Kind.CAMERA, "高拍仪", camera.url, used_by=COUNTER, simulated=True),
            Peripheral(Kind.DOCUMENT_SCANNER, "扫描仪", scanner.url, used_by=COUNTER, simulated=True),
            Peripheral(Kind.LED_STRIP, "窗口屏", strip.url, used_by=COUNTER, simulated=True),
            Peripheral(
                Kind.CARD_PRINTER, "证卡打印机", f"{cards.as_uri()}/", used_by=COUNTER, simulated=True
            ),
        )
