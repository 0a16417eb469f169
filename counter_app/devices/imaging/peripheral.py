"""Cameras and scanners on the page of the peripherals: found, asked, tried by one picture.

A camera can only be asked by letting it take a picture: its probe does, and looks at nothing of it but
whether it is one. A scanner over eSCL says how it is; over SANE, WIA and ffmpeg is looked only whether it is
there, since more would move its lamp.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from counter_app.devices.imaging.escl import EsclSource
from counter_app.devices.imaging.ffmpeg import FfmpegSource
from counter_app.devices.imaging.folder import FolderSource
from counter_app.devices.imaging.opening import EXAMPLES, SECONDS, open_source
from counter_app.devices.imaging.sane import SaneSource, sane_found
from counter_app.devices.imaging.snapshot import SnapshotSource
from counter_app.devices.imaging.turns import Turns
from counter_app.devices.imaging.wia import WiaSource
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.imaging import PictureSource
from counter_app.use_cases.ports.peripherals import Bench, Condition, Found, Identity, Option, Seen

PROBE_SECONDS: Final = 4.0
SHORTEST: Final = 100  # bytes of the smallest picture
STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG", b"BM", b"P4", b"P5", b"P6")
_CONDITIONS: Final = {
    "imaging.absent": Condition.ABSENT,
    "imaging.silent": Condition.SILENT,
    "imaging.busy": Condition.BUSY,
    "imaging.scanning": Condition.BUSY,
    "imaging.no-paper": Condition.READY,
}
_SECONDS: Final = mark("how many seconds a picture may take")
_DPI: Final = Option("dpi", 300, mark("dots per inch"), (150, 200, 300, 600))


class ImagingDriver:
    """`PeripheralDriver` of cameras, or of document scanners."""

    models: Final[tuple[str, ...]] = ()

    def __init__(self, kind: Kind, locks: Path | None = None) -> None:
        """`locks`: see `open_source`."""
        self._kind = kind
        self._locks = locks
        self._listed: tuple[Found, ...] = ()

    @property
    def kind(self) -> Kind:
        return self._kind

    @property
    def example(self) -> str:
        return EXAMPLES[self._kind][0]

    @property
    def options(self) -> tuple[Option, ...]:
        seconds = Option("seconds", SECONDS[self._kind], _SECONDS)
        if self._kind is Kind.CAMERA:
            return (seconds, Option("size", "", mark("width x height of a camera's picture, as 3264x2448")))
        words = mark("where the paper lies")
        inputs = Option("input", "flatbed", words, ("flatbed", "feeder"))
        mode = Option("mode", "Color", mark("colour mode as SANE names it"))
        return (seconds, _DPI, inputs, mode)

    def supported(self, peripheral: Peripheral) -> None:
        open_source(peripheral)

    def find(self) -> tuple[Found, ...]:
        """While a page is being scanned, what was found last."""
        if self._kind is not Kind.DOCUMENT_SCANNER:
            return _video_devices()
        found = sane_found(Turns(self._locks))
        self._listed = self._listed if found is None else found
        return self._listed

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            return _asked(open_source(peripheral, bench.locks), peripheral.url)
        except UserFacingError as error:
            return _seen(error)

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        try:
            pages = open_source(peripheral, bench.locks).take()
        except UserFacingError as error:
            return _seen(error)
        if not all(_looks_like_one(page) for page in pages):
            return Seen(Condition.FAULT, advice=mark("What came is no picture."))
        size = " · ".join(f"{len(page) // 1024} KiB" for page in pages)
        return Seen(Condition.READY, advice=mark("A picture was taken."), lines=(size,))


def _asked(source: PictureSource, url: str) -> Seen:
    if isinstance(source, EsclSource):
        state = source.status()
        condition = {"Idle": Condition.READY, "Processing": Condition.BUSY}.get(state, Condition.FAULT)
        return Seen(condition, identity=source.identity(), lines=(state,))
    if isinstance(source, FolderSource):
        return Seen(Condition.READY, lines=(str(len(source.waiting())),))
    if isinstance(source, SnapshotSource):
        (page,) = SnapshotSource(url, PROBE_SECONDS).take()
        return Seen(Condition.READY) if _looks_like_one(page) else Seen(Condition.FAULT, identity=Identity())
    if isinstance(source, SaneSource | FfmpegSource | WiaSource):
        source.look()
        return Seen(Condition.READY)
    return Seen(Condition.UNKNOWN)


def _looks_like_one(page: bytes) -> bool:
    return len(page) >= SHORTEST and page.startswith(STARTS)


def _seen(error: UserFacingError) -> Seen:
    return Seen.refused(error, _CONDITIONS.get(error.code, Condition.FAULT))


def _video_devices() -> tuple[Found, ...]:
    """What Linux lists as video devices; Windows has none to list without its own libraries."""
    if sys.platform == "win32":
        return ()
    found = []
    for entry in sorted(Path("/sys/class/video4linux").glob("video*")):
        try:
            name = (entry / "name").read_text(encoding="utf-8").strip()
        except OSError:
            continue
        found.append(Found(Kind.CAMERA, f"v4l2:/dev/{entry.name}", name))
    return tuple(found)
