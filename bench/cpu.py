"""Processor time of this process and of a PostgreSQL server: what work costs whoever else wants the machine.

From /proc, so on Linux only; elsewhere a server's share is not seen.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")


def spent(server: Path | None = None) -> float:
    """Seconds so far: of this process, and of all processes that live in the folder `server`."""
    return time.process_time() + sum(_seconds(pid) for pid in _living_in(server))


def _living_in(folder: Path | None) -> Iterable[Path]:
    """Processes whose working folder is below `folder`; those that end meanwhile are left out."""
    if folder is None or not PROC.is_dir():
        return
    for process in PROC.glob("[0-9]*"):
        try:
            if (process / "cwd").readlink().is_relative_to(folder):
                yield process
        except OSError:
            continue


def _seconds(process: Path) -> float:
    """Nanoseconds on a processor are the first word of `schedstat`."""
    try:
        return int((process / "schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0
