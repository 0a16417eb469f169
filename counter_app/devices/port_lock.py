"""A port belongs to the process that opened it; everyone else learns which one that is.

The lock is a duty of the home (`locks.py`), so it dies with its process. A program that knows nothing
of the home is kept off by opening the port exclusively (`serial_line`), without a name.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.locks import DutyLock

READABLE: Final = 24


class PortBusy(UserFacingError):
    """Someone else has the port open; `holder` names the process where that is known."""

    def __init__(self, url: str, holder: str = "") -> None:
        super().__init__(
            "port.busy",
            mark("The port {url} is in use by {holder}.")
            if holder
            else mark("The port {url} is in use by another program."),
            remedy=mark("Close the other program, or choose another port; it is tried again by itself."),
            url=url,
            holder=holder,
        )


class PortLock:
    """One port's lock in `folder`. `owner` is the name others are shown (`counter`, `read-card`)."""

    def __init__(self, folder: Path, url: str, owner: str) -> None:
        readable = "".join(c if c.isalnum() else "-" for c in url)[-READABLE:]
        stem = f"port-{readable}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
        self._url = url
        self._owner = owner
        self._lock = DutyLock(folder, stem)
        # Windows lets nobody read a locked file, so the holder's name lies beside it
        self._holder = folder / f"{stem}.holder"

    def take(self) -> None:
        """Raises PortBusy when another process, or another line of this one, holds the port."""
        if not self._lock.take():
            raise PortBusy(self._url, self._read_holder())
        self._holder.write_text(json.dumps({"pid": os.getpid(), "owner": self._owner}), encoding="utf-8")

    def give_back(self) -> None:
        """Nothing happens when it is not held."""
        self._lock.release()

    def _read_holder(self) -> str:
        try:
            found = json.loads(self._holder.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        return f"{found['owner']} ({found['pid']})"
