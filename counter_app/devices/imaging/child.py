"""Other programs that speak to devices, run out of process: to their end, or as long as pages come.

A program that hangs is ended; one that crashes takes nothing of ours with it. Which program says what is in
`sane.py`, `ffmpeg.py` and `wia.py`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from counter_app.devices.imaging.trouble import NoProgram, SourceSilent

FIND_SECONDS: Final = 15.0
MOST_PAGES: Final = 50  # of a feeder at once: the rest stays in it and is taken next
NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0
_LOOK_SECONDS: Final = 0.1
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f]{1,200}")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended; `code` is None when it was ended because nothing came for too long."""

    code: int | None
    stderr: bytes


def program(name: str) -> str:
    """Where it is. UserFacingError `imaging.no-program`."""
    found = shutil.which(name)
    if found is None:
        raise NoProgram(name)
    return found


def said(command: Sequence[str], seconds: float, where: str) -> subprocess.CompletedProcess[bytes]:
    """Run it to its end. UserFacingError `imaging.no-program`, `imaging.silent`."""
    try:
        return subprocess.run(
            [program(command[0]), *command[1:]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
            creationflags=NO_WINDOW,
        )
    except subprocess.TimeoutExpired as error:
        raise SourceSilent(where) from error
    except OSError as error:
        raise NoProgram(command[0]) from error


def paged(command: Sequence[str], seconds: float, pages: Callable[[], int]) -> Ended:
    """Run it while another of `pages` comes within `seconds`. UserFacingError `imaging.no-program`."""
    with tempfile.TemporaryFile() as told:
        try:
            running = subprocess.Popen(
                [program(command[0]), *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=told,
                creationflags=NO_WINDOW,
            )
        except OSError as error:
            raise NoProgram(command[0]) from error
        with running:
            code = _awaited(running, seconds, pages)
            if code is None:
                running.kill()
        told.seek(0)
        return Ended(code, told.read())


def _awaited(running: subprocess.Popen[bytes], seconds: float, pages: Callable[[], int]) -> int | None:
    seen, until = 0, time.monotonic() + seconds
    while True:
        try:
            return running.wait(_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            there, now = pages(), time.monotonic()
            if there > seen:
                seen, until = there, now + seconds
            elif now >= until:
                return None


def checked_name(device: str) -> str:
    """A device's name as an argument: never an option of the program. ValueError."""
    if device and (device.startswith("-") or not _NAME.fullmatch(device)):
        raise ValueError(device)
    return device
