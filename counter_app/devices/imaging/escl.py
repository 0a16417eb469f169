"""Scanners that speak eSCL (AirScan): most of those with a network plug, and many on USB through `ipp-usb`.

A job is posted, its pages are fetched until there are no more, and it is deleted: also when something went
wrong in the middle, so that the next one is not told that the scanner is busy. XML that comes is only
searched for plain words, never built into a tree: what a device says cannot name files or grow.
"""

from __future__ import annotations

import contextlib
import re
from typing import Final
from urllib.parse import urlsplit

from counter_app.devices.imaging.trouble import Jammed, NoPaper, SourceBusy, SourceGarbled, SourceSilent
from counter_app.devices.imaging.web import Answer, WebDevice
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.peripherals import Identity

SECONDS: Final = 45.0  # a page at 300 dpi in colour takes a slow one half a minute
QUICKLY: Final = 4.0
MOST_XML: Final = 65536
LONGEST_WORD: Final = 80
HTTP: Final = 80
MOST_PAGES: Final = 50
CREATED, OK, GONE, MISSING, CONFLICT, BUSY = 201, 200, 410, 404, 409, 503
INPUTS: Final = {"flatbed": "Platen", "feeder": "Feeder"}
A4_WIDTH, A4_HEIGHT = 2480, 3508  # eSCL counts in 1/300 inch

_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" \
xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"><pwg:Version>2.0</pwg:Version>\
<scan:Intent>Document</scan:Intent><pwg:ScanRegions><pwg:ScanRegion>\
<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>\
<pwg:Width>{width}</pwg:Width><pwg:Height>{height}</pwg:Height>\
<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>\
</pwg:ScanRegion></pwg:ScanRegions><pwg:InputSource>{input}</pwg:InputSource>\
<scan:ColorMode>RGB24</scan:ColorMode><scan:XResolution>{dpi}</scan:XResolution>\
<scan:YResolution>{dpi}</scan:YResolution><pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>\
</scan:ScanSettings>"""


class EsclSource:
    """`PictureSource` of one scanner. ValueError when the address is none."""

    source: Final = "document-scanner"

    def __init__(self, url: str, *, feeder: bool = False, dpi: int = 300, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        self._root = parts.path.rstrip("/") or "/eSCL"
        self._device = WebDevice.at(url, HTTP, seconds)
        self._quick = WebDevice.at(url, HTTP, min(seconds, QUICKLY))
        self._feeder = feeder
        self._dpi = dpi

    def take(self) -> tuple[bytes, ...]:
        job = self._begin()
        pages: list[bytes] = []
        try:
            while len(pages) < MOST_PAGES:
                answer = self._device.ask("GET", f"{job}/NextDocument")
                if answer.status in (MISSING, GONE):
                    break
                pages.append(self._page(answer))
                if not self._feeder:
                    break
        finally:
            with contextlib.suppress(UserFacingError):
                self._quick.ask("DELETE", job)
        if not pages:
            raise NoPaper(self._where)
        return tuple(pages)

    def kept(self) -> None:
        """The scanner keeps nothing."""

    def status(self) -> str:
        """`Idle`, `Processing`, `Stopped` …, as it says. UserFacingError `imaging.*`."""
        return self._word(self._quick.ask("GET", f"{self._root}/ScannerStatus"), "State")

    def identity(self) -> Identity:
        """What it says it is. UserFacingError `imaging.*`."""
        answer = self._quick.ask("GET", f"{self._root}/ScannerCapabilities")
        named = {key: word_in(answer.body, key) for key in ("MakeAndModel", "SerialNumber")}
        return Identity(model=named["MakeAndModel"], serial=named["SerialNumber"])

    @property
    def _where(self) -> str:
        return self._device.where

    def _begin(self) -> str:
        """Post a job; its path."""
        chosen = "feeder" if self._feeder else "flatbed"
        settings = _SETTINGS.format(width=A4_WIDTH, height=A4_HEIGHT, input=INPUTS[chosen], dpi=self._dpi)
        answer = self._quick.ask("POST", f"{self._root}/ScanJobs", settings.encode())
        if answer.status in (BUSY, CONFLICT):
            raise self._why_not()
        location = urlsplit(answer.headers.get("location", "")).path
        if answer.status != CREATED or not location.startswith("/"):
            raise SourceGarbled(self._where)
        return location.rstrip("/")

    def _why_not(self) -> UserFacingError:
        body = self._quick.ask("GET", f"{self._root}/ScannerStatus").body
        adf = word_in(body, "AdfState")
        if self._feeder and "Empty" in adf:
            return NoPaper(self._where)
        if "Jam" in adf or "CoverOpen" in adf:
            return Jammed(self._where)
        return SourceBusy(self._where)

    def _page(self, answer: Answer) -> bytes:
        if answer.status in (BUSY, CONFLICT):
            raise self._why_not()
        if answer.status != OK:
            raise SourceSilent(self._where)
        if not answer.body:
            raise SourceGarbled(self._where)
        return answer.body

    def _word(self, answer: Answer, name: str) -> str:
        word = word_in(answer.body, name)
        if answer.status != OK or not word:
            raise SourceGarbled(self._where)
        return word


def word_in(xml: bytes, name: str) -> str:
    """The text of the first element of this name, whatever its prefix; empty where there is none.

    Every repetition is bounded: what a spoilt answer makes of it takes a moment, not minutes.
    """
    pattern = rb"<(?:[A-Za-z0-9]{1,40}:)?" + name.encode() + rb"(?:\s[^<>]{0,400})?>([^<]{1,200})</"
    found = re.search(pattern, xml[:MOST_XML])
    word = found[1].strip() if found else b""
    return word.decode("utf-8", "replace") if len(word) <= LONGEST_WORD else ""
