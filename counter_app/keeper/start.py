"""Starting a keeper for a home that has none, from a window or a command."""

from __future__ import annotations

import subprocess
import sys

from counter_app.home import Home
from counter_app.locks import is_free


def ensure_keeper(home: Home) -> subprocess.Popen[bytes] | None:
    """Start one in the background when none runs; None when one already does."""
    if not is_free(home.locks, "keeper"):
        return None
    home.make_folders()
    log = (home.logs / "keeper.log").open("ab")
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    with log:
        return subprocess.Popen(
            [sys.executable, "-m", "counter_app", "keeper", "--home", str(home.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            creationflags=flags,
            start_new_session=sys.platform != "win32",
        )
