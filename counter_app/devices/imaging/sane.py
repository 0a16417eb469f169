"""Scanners by SANE's `scanimage`: a page from the glass on its standard output, or all of the feeder.

The feeder's pages come as files in a folder of their own, which goes at once. What a feeder is called differs
from driver to driver ("ADF", "Automatic Document Feeder"), so the driver is asked. `look` lists the scanners,
which moves no lamp; one that is in no list (of another machine, say) is opened and nothing more.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Final

from counter_app.devices.imaging.child import FIND_SECONDS, MOST_PAGES, checked_name, paged, said
from counter_app.devices.imaging.trouble import (
    BeingScanned,
    Jammed,
    NoFeeder,
    NoPaper,
    SourceAbsent,
    SourceBusy,
    SourceGarbled,
    SourceSilent,
)
from counter_app.devices.imaging.turns import Turns
from counter_app.errors import UserFacingError
from counter_app.peripherals import Kind
from counter_app.use_cases.ports.peripherals import Found

SCANIMAGE: Final = "scanimage"
NOBODYS: Final = Turns(None)
_SOURCES: Final = re.compile(rb"^\s+--source (.+?) \[", re.MULTILINE)
_FEEDER: Final = re.compile(r"\badf\b|feeder", re.IGNORECASE)
_EMPTY: Final = b"out of documents"


class SaneSource:
    """A scanner by SANE. `device` "": the first that SANE knows. `seconds` are for each page."""

    source: Final = "document-scanner"

    def __init__(
        self,
        device: str,
        *,
        dpi: int,
        mode: str,
        seconds: float,
        feeder: bool = False,
        turns: Turns = NOBODYS,
    ) -> None:
        self._device = checked_name(device)
        self._dpi = dpi
        self._mode = mode
        self._seconds = seconds
        self._feeder = feeder
        self._turns = turns

    def take(self) -> tuple[bytes, ...]:
        with self._turns.scanning(self._where):
            return self._fed() if self._feeder else (self._laid(),)

    def kept(self) -> None:
        """The scanner keeps nothing."""

    def look(self) -> None:
        """UserFacingError `imaging.*` when it is not there or is in use; `imaging.scanning` while a page is
        scanned, by whatever scanner: it is not disturbed."""
        with self._turns.looking(self._where):
            self._looked_for()

    def _looked_for(self) -> None:
        seconds = min(self._seconds, FIND_SECONDS)
        there = [found.url for found in _listed(seconds)]
        if self._where in there or (there and not self._device):
            return
        opened = said([SCANIMAGE, *self._named, "--dont-scan"], seconds, self._where)
        if opened.returncode:
            raise _trouble(opened.stderr, self._where)

    def _laid(self) -> bytes:
        done = said([*self._scan("pnm")], self._seconds, self._where)
        if done.returncode:
            raise _trouble(done.stderr, self._where)
        if not done.stdout:
            raise SourceGarbled(self._where)
        return done.stdout

    def _fed(self) -> tuple[bytes, ...]:
        feeder = self._feeder_name()
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            batch = [f"--source={feeder}", f"--batch={place / 'p%05d.png'}", f"--batch-count={MOST_PAGES}"]

            def pages() -> list[Path]:
                return sorted(place.glob("*.png"))

            ended = paged([*self._scan("png"), *batch], self._seconds, lambda: len(pages()))
            taken = tuple(page.read_bytes() for page in pages())
        emptied = _EMPTY in ended.stderr.lower()
        if ended.code != 0 and not (emptied and taken):
            raise _trouble(ended.stderr, self._where, silent=ended.code is None)
        if not taken:
            raise NoPaper(self._where)
        return taken

    def _feeder_name(self) -> str:
        told = said([SCANIMAGE, *self._named, "--all-options"], self._seconds, self._where)
        if told.returncode:
            raise _trouble(told.stderr, self._where)
        sources = _SOURCES.search(told.stdout)
        names = sources.group(1).decode("utf-8", "replace").split("|") if sources else []
        feeder = next((name for name in names if _FEEDER.search(name)), None)
        if feeder is None:
            raise NoFeeder(self._where)
        return feeder

    def _scan(self, form: str) -> list[str]:
        return [
            SCANIMAGE,
            *self._named,
            f"--format={form}",
            f"--resolution={self._dpi}",
            f"--mode={self._mode}",
        ]

    @property
    def _named(self) -> list[str]:
        return [f"--device-name={self._device}"] if self._device else []

    @property
    def _where(self) -> str:
        return f"sane:{self._device}"


def sane_found(turns: Turns = NOBODYS) -> tuple[Found, ...] | None:
    """Scanners that SANE sees; none where SANE is not installed, None while a page is scanned."""
    try:
        with turns.looking("sane:"):
            return _listed(FIND_SECONDS)
    except BeingScanned:
        return None
    except UserFacingError:
        return ()


def _listed(seconds: float) -> tuple[Found, ...]:
    done = said([SCANIMAGE, "--formatted-device-list=%d\t%v %m%n"], seconds, "sane:")
    rows = (line.partition("\t") for line in done.stdout.decode("utf-8", "replace").splitlines())
    return tuple(
        Found(Kind.DOCUMENT_SCANNER, f"sane:{device}", what.strip()) for device, tab, what in rows if tab
    )


def _trouble(stderr: bytes, where: str, *, silent: bool = False) -> UserFacingError:
    text = stderr.lower()
    if _EMPTY in text:
        return NoPaper(where)
    if b"jam" in text or b"cover" in text:
        return Jammed(where)
    if b"busy" in text:
        return SourceBusy(where)
    return SourceSilent(where) if silent else SourceAbsent(where)
