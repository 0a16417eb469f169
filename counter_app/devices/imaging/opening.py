"""Which address leads to which kind of source."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from counter_app.devices.imaging.escl import EsclSource
from counter_app.devices.imaging.ffmpeg import FfmpegSource
from counter_app.devices.imaging.folder import FolderSource
from counter_app.devices.imaging.sane import SaneSource
from counter_app.devices.imaging.snapshot import SnapshotSource
from counter_app.devices.imaging.trouble import AddressUnknown
from counter_app.devices.imaging.turns import Turns
from counter_app.devices.imaging.wia import WiaSource
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.imaging import PictureSource

EXAMPLES: Final = {
    Kind.CAMERA: (
        "http://camera/snapshot.jpg",
        "folder:/home/clerk/camera",
        "v4l2:/dev/video0",
        "dshow:NAME",
    ),
    Kind.DOCUMENT_SCANNER: ("escl://scanner", "sane:DEVICE", "folder:/home/clerk/scans", "wia:NAME"),
}
DPI: Final = 300
SECONDS: Final = {Kind.CAMERA: 10.0, Kind.DOCUMENT_SCANNER: 60.0}


def open_source(peripheral: Peripheral, locks: Path | None = None) -> PictureSource:
    """UserFacingError `imaging.bad-url`; whether anything is there shows when a picture is taken. `locks` is
    where the home's processes keep their turns with SANE."""
    scheme, colon, rest = peripheral.url.partition(":")
    try:
        found = _opened(peripheral, scheme.casefold(), rest, locks) if colon else None
    except ValueError:
        found = None
    if found is None:
        raise AddressUnknown(peripheral.url, " · ".join(EXAMPLES[peripheral.kind]))
    return found


def _opened(peripheral: Peripheral, scheme: str, rest: str, locks: Path | None) -> PictureSource | None:
    """ValueError for an address that cannot be."""
    dpi = int(peripheral.number("dpi", DPI))
    seconds = peripheral.number("seconds", SECONDS[peripheral.kind])
    feeder = peripheral.text("input", "flatbed") == "feeder"
    if scheme == "folder" and rest:
        return FolderSource(Path(rest), peripheral.number("seconds", 20.0))
    if scheme == "wia":
        return WiaSource(rest, peripheral.kind, dpi=dpi, seconds=seconds, feeder=feeder)
    if peripheral.kind is Kind.CAMERA:
        if scheme == "http":
            return SnapshotSource(peripheral.url, seconds)
        if scheme in ("v4l2", "dshow") and rest:
            return FfmpegSource(scheme, rest, size=peripheral.text("size"), seconds=seconds)
    else:
        if scheme == "escl":
            return EsclSource(peripheral.url, feeder=feeder, dpi=dpi, seconds=seconds)
        if scheme == "sane":
            mode = peripheral.text("mode", "Color")
            turns = Turns(locks)
            return SaneSource(rest, dpi=dpi, mode=mode, seconds=seconds, feeder=feeder, turns=turns)
    return None
