"""A vendor's photo decoder, outside this process: it may crash, hang or talk nonsense without harm.

The plug-in is a program, named with its words in the ID reader's option `photo_decoder`. It is started once
for each card: the photo as it lies on the chip (WLT, 1024 bytes) is on its standard input; one PNG of at most
512 × 640 pixels and 512 KiB is expected on its standard output, and exit code 0 within three seconds. Nothing
is written to a disk (docs/devices.md).
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import Final

from counter_app.domain.identity.photo import PhotoState, photo_state
from counter_app.errors import UserFacingError, mark

SECONDS: Final = 3.0
LARGEST: Final = 512 * 1024
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = 24  # signature, length, IHDR, width, height
_WIDEST, _HIGHEST = 512, 640


class NoPhoto(UserFacingError):
    """No picture: `photo.none`, `photo.no-decoder` or `photo.failed`. `params["why"]` is for the log."""

    def __init__(self, code: str, message: str, why: str = "") -> None:
        super().__init__(
            code,
            message,
            kept=mark("The photo is kept as it came off the card."),
            remedy=mark("Compare the face with the card itself."),
            why=why,
        )


class PhotoPlugin:
    """Calls the program; blocks up to three seconds, so never on a window's thread."""

    def __init__(self, command: str, *, seconds: float = SECONDS) -> None:
        self._words = shlex.split(command, posix=sys.platform != "win32")
        self._seconds = seconds

    def __call__(self, photo: bytes) -> bytes:
        """The picture as PNG. Raises NoPhoto, and nothing else."""
        if photo_state(photo) is not PhotoState.NO_DECODER:
            raise NoPhoto("photo.none", mark("The card gives no photo that could be decoded."))
        if not self._words:
            raise NoPhoto("photo.no-decoder", mark("No decoder is installed to show the photo."))
        try:
            done = subprocess.run(
                self._words, input=photo, capture_output=True, timeout=self._seconds, check=False
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise _failed(type(error).__name__) from error
        if done.returncode != 0:
            raise _failed(f"exit {done.returncode}")
        if not _is_small_png(done.stdout):
            raise _failed("no PNG")
        return done.stdout


def _failed(why: str) -> NoPhoto:
    return NoPhoto("photo.failed", mark("The photo decoder did not give a picture."), why)


def _is_small_png(data: bytes) -> bool:
    if not data.startswith(_PNG) or not _HEADER <= len(data) <= LARGEST or data[12:16] != b"IHDR":
        return False
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    return 0 < width <= _WIDEST and 0 < height <= _HIGHEST
