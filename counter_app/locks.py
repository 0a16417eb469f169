"""Locks between the processes of one home: one holder per duty, and who is present at all.

OS file locks: they go with the process, however it ends, so nothing has to be cleaned up after a
crash. The writers' lock of the store is its own (`store/`).
"""

from __future__ import annotations

from pathlib import Path
from typing import IO

import portalocker


class DutyLock:
    """Held by the one process that does a duty of this home: `keeper`, a port in use …

    A second lock of the same name in this process is kept off like one of another process.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / f"{name}.lock"
        self._file: IO[bytes] | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Try to take it without waiting; True when this process holds it now."""
        if self._file is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        stream = self._path.open("a+b")
        kind = portalocker.LockFlags.SHARED if shared else portalocker.LockFlags.EXCLUSIVE
        try:
            portalocker.lock(stream, kind | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.LockException:
            stream.close()
            return False
        self._file = stream
        return True

    def release(self) -> None:
        if self._file is not None:
            portalocker.unlock(self._file)
            self._file.close()
            self._file = None


def presence(folder: Path) -> DutyLock:
    """The lock every front end holds shared; the keeper ends when it can have it alone."""
    return DutyLock(folder, "presence")


def is_free(folder: Path, name: str) -> bool:
    """Whether nobody holds the duty `name` right now."""
    lock = DutyLock(folder, name)
    if not lock.take():
        return False
    lock.release()
    return True
