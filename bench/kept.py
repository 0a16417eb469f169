"""Where big benchmark stores are kept between runs, under `build/bench`: made once, thrown away when stale.

A kept store fits the code that made it: its folder is named after a digest of the store's sources, so a
changed table or file format makes a new one, and the old one, which may be gigabytes, is removed.
"""

from __future__ import annotations

import hashlib
import shutil
from functools import cache
from pathlib import Path
from typing import Final

from counter_app.i18n import RESOURCES

KEPT: Final = RESOURCES.parent / "build" / "bench"
SOURCES: Final = RESOURCES.parent / "counter_app" / "store"
DIGITS: Final = 10


def kept_folder(name: str) -> Path:
    """The folder of the store called `name` (`tickets-100`); it exists, and is empty when it is new."""
    folder = KEPT / f"{name}-{_stamp()}"
    for old in KEPT.glob(f"{name}-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@cache
def _stamp() -> str:
    digest = hashlib.sha256()
    for source in sorted(SOURCES.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:DIGITS]
