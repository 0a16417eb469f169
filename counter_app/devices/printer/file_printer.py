"""A printer that is a file or a folder: papers for tests, tours and practice; a real home uses none for its
receipts (decision 034).

Nothing here claims that paper came out: a job ends *sent, unconfirmed* at best, and says that it is a file.
"""

from __future__ import annotations

import os
from pathlib import Path

from counter_app.use_cases.ports.printing import PrinterState, PrintOutcome, Why


class FilePrinter:
    """Appends each job to the file, or writes it to `JOB.escpos` in the folder (`JOB-2` next time)."""

    def __init__(self, path: Path, *, folder: bool) -> None:
        self._path = path
        self._folder = folder

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        """See `ReceiptPrinter.print_job`."""
        try:
            if self._folder:
                self._write_own(job_id, data)
            else:
                self._append(data)
        except OSError:
            return PrintOutcome.failed(Why.FILE_REFUSED)
        return PrintOutcome.unconfirmed(len(data), Why.FILED)

    def interrupted(self, data: bytes) -> None:
        """A file keeps no half-done command; an unfinished paper of a folder was never visible."""

    def state(self) -> PrinterState:
        """See `ReceiptPrinter.state`: absent when the place is missing or not writable."""
        place = self._path if self._folder or self._path.exists() else self._path.parent
        return PrinterState.FILED if os.access(place, os.W_OK) else PrinterState.ABSENT

    def close(self) -> None:
        """Nothing is held open."""

    def _append(self, data: bytes) -> None:
        with self._path.open("ab") as file:
            start = file.tell()
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(start)  # a full disk leaves no half paper behind
                raise

    def _write_own(self, job_id: int, data: bytes) -> None:
        """Written aside and moved, so that a paper is there whole or not at all."""
        fresh = self._path / f".{job_id}.new"
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        tries = 1
        name = self._path / f"{job_id}.escpos"
        while name.exists():
            tries += 1
            name = self._path / f"{job_id}-{tries}.escpos"
        fresh.rename(name)
