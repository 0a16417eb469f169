"""The keeper's care for pictures: sent to the centre piece by piece, cleared away when nothing needs them
here.

Beside the journal, and never before it: the centre takes bytes only once it has the event that names them. A
sending that broke off goes on where the centre says. Not here: fetching what another counter took
(`link.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, Literal

from counter_app.domain.intake.pictures import KEY, PIECE, MaterialPictured, blob_subject
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import Centre, CentreAway
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.ports.pictures import KeptBlob, PictureVault
from counter_app.use_cases.ports.store import Reader, Store

log = logging.getLogger(__name__)

SWEEP_SECONDS: Final = 600.0
ORPHAN_SECONDS: Final = 24 * 3600.0
SENT_SECONDS: Final = 90 * 24 * 3600.0  # a device keeps what happened in the last 90 days
ALBUMS_AT_ONCE: Final = 200
Named = Literal["named", "erased", "unnamed"]


class PictureCare:
    """One home's. `step` is for one thread. `centre` opens the line at the first need; None: it works
    alone.
    """

    def __init__(
        self, store: Store, vault: PictureVault, clock: Clock, centre: Callable[[], Centre] | None
    ) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._open = centre
        self._line: Centre | None = None
        self._sweep_at = 0.0

    def step(self) -> bool:
        """One piece sent, or one look around; True when there is more at once. UserFacingError `store.*`."""
        now = self._clock.monotonic()
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP_SECONDS
            self.sweep()
        if self._open is None:
            return False
        for digest in self._vault.unsent():
            try:
                if self._send(digest):
                    return True
            except CentreAway:
                return False
            except UserFacingError as error:
                if not error.code.startswith(("centre.", "device.")):
                    raise
                log.info("a picture waits: %s", error)
        return False

    def close(self) -> None:
        if self._line is not None:
            self._line.close()

    def sweep(self) -> int:
        """Drop what was erased, what no event names after a day, and what the centre has had for long. Gives
        how many.
        """
        now = self._clock.now().timestamp()
        dropped = 0
        for blob in tuple(self._vault.kept()):
            if self._is_over(blob, now):
                self._vault.drop(blob.digest)
                dropped += 1
        return dropped

    def _is_over(self, blob: KeptBlob, now: float) -> bool:
        with self._store.reading() as reader:
            named = name_of(reader, blob.digest)
        if named == "erased":
            return True
        age = now - blob.since
        if named == "unnamed":
            return age > ORPHAN_SECONDS
        return self._open is not None and blob.sent and age > SENT_SECONDS

    def _send(self, digest: str) -> bool:
        """Whether a piece was sent, or nothing is left of this one to send."""
        data = self._vault.get(digest)
        with self._store.reading() as reader:
            named = name_of(reader, digest)
        if named == "erased":
            self._vault.drop(digest)
            return True
        if data is None or named == "unnamed":
            return False
        line = self._centre()
        held = line.picture_wanted(digest)
        come = held if held >= len(data) else line.send_piece(digest, held, data[held : held + PIECE])
        if come == len(data):
            self._vault.mark_sent(digest)
            return True
        return held < come

    def _centre(self) -> Centre:
        if self._line is None and self._open is not None:
            self._line = self._open()
        if self._line is None:
            raise CentreAway
        return self._line


def name_of(reader: Reader, digest: str) -> Named:
    """Whether an event here names these bytes, and still holds their key."""
    found: Named = "unnamed"
    for event in reader.history(blob_subject(digest)):
        if isinstance(event.fact, MaterialPictured):
            if KEY in event.private:
                return "named"
            found = "erased"
    return found


def check_pictures(store: Store, vault: PictureVault, report: CheckReport, *, alone: bool) -> CheckReport:
    """The report of the journal, with the first picture whose bytes are not what was taken. On a machine that
    works alone they must all be here; elsewhere what the centre has may be gone from here.
    """
    if not report.sound:
        return report
    for digest in _digests(store):
        if vault.altered(digest):
            return CheckReport(report.events, report.rows, f"picture {digest}: its bytes were altered")
        if alone and vault.get(digest) is None:
            return CheckReport(report.events, report.rows, f"picture {digest}: its bytes are missing")
    return report


def _digests(store: Store) -> list[str]:
    """Of every picture whose key is here."""
    found: list[str] = []
    after = ""
    while True:
        with store.reading() as reader:
            albums = reader.cases.albums(after, ALBUMS_AT_ONCE)
        if not albums:
            return found
        found += [picture.digest for album in albums for picture in album.pictures if not picture.gone]
        after = albums[-1].case
