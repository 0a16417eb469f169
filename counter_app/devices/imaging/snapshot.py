"""A camera that gives a picture at an address: network cameras, and the little servers of vendors' document
cameras.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from counter_app.devices.imaging.trouble import SourceBusy, SourceGarbled, SourceSilent
from counter_app.devices.imaging.web import WebDevice

SECONDS: Final = 8.0
HTTP: Final = 80
OK: Final = 200
BUSY: Final = (409, 423, 429, 503)


class SnapshotSource:
    """`PictureSource` of one address. ValueError when that is none."""

    source: Final = "camera"

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._device = WebDevice.at(url, HTTP, seconds)

    def take(self) -> tuple[bytes, ...]:
        answer = self._device.ask("GET", self._path)
        if answer.status in BUSY:
            raise SourceBusy(self._device.where)
        if answer.status != OK:
            raise SourceSilent(self._device.where)
        if not answer.body:
            raise SourceGarbled(self._device.where)
        return (answer.body,)

    def kept(self) -> None:
        """The camera keeps nothing."""
