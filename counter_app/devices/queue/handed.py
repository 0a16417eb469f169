"""Files that another program was told to print: it opens them when it pleases, so they outlive who wrote.

What is older than an hour goes when the next one is written or the next process looks. They name persons: the
folder is this account's own.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

PREFIX: Final = "counter-app-print-"
KEPT_SECONDS: Final = 3600.0


class HandedFiles:
    """`folder` is the system's for passing files; each file gets a folder of its own in it."""

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder or Path(tempfile.gettempdir())
        self._clock = clock

    def keep(self, name: str, data: bytes) -> Path:
        """Raises OSError."""
        self.sweep()
        path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._folder)) / name
        path.write_bytes(data)
        return path

    def sweep(self) -> None:
        """What is still open somewhere (Windows) stays until the next time."""
        for old in self._folder.glob(f"{PREFIX}*"):
            try:
                aged = self._clock() - old.stat().st_mtime > KEPT_SECONDS
            except OSError:  # another process was faster
                continue
            if aged:
                shutil.rmtree(old, ignore_errors=True)
