"""The folder in which a vendor's document-camera program saves its pictures: for devices nobody else can
speak to.

The oldest whole picture is taken. It goes from the folder only once the case holds it; nothing else in the
folder is touched.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from counter_app.devices.imaging.trouble import NoPaper, SourceAbsent, SourceGarbled

SECONDS: Final = 20.0
LOOK_SECONDS: Final = 0.1
SETTLED_SECONDS: Final = 0.3  # not written to for so long: whole
MOST_BYTES: Final = 160 << 20
ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".pnm", ".ppm"})


class FolderSource:
    """`PictureSource` of one folder; waits for a picture so long."""

    source: Final = "folder"

    def __init__(self, folder: Path, seconds: float = SECONDS) -> None:
        self._folder = folder
        self._seconds = seconds
        self._taken: Path | None = None

    def take(self) -> tuple[bytes, ...]:
        ends = time.monotonic() + self._seconds
        while True:
            for file in self.waiting():
                data = self._whole(file)
                if data is not None:
                    self._taken = file
                    return (data,)
            if time.monotonic() >= ends:
                raise NoPaper(str(self._folder))
            time.sleep(LOOK_SECONDS)

    def kept(self) -> None:
        if self._taken is not None:
            self._taken.unlink(missing_ok=True)
            self._taken = None

    def waiting(self) -> list[Path]:
        """Pictures in the folder, the oldest first. UserFacingError `imaging.absent`."""
        try:
            files = [(entry.stat().st_mtime, entry) for entry in self._folder.iterdir() if _is_picture(entry)]
        except OSError as error:
            raise SourceAbsent(str(self._folder)) from error
        return [entry for _, entry in sorted(files)]

    def _whole(self, file: Path) -> bytes | None:
        """None while somebody still writes it."""
        try:
            stat = file.stat()
            if stat.st_size > MOST_BYTES:
                raise SourceGarbled(str(file))
            if not stat.st_size or abs(time.time() - stat.st_mtime) < SETTLED_SECONDS:
                return None
            return file.read_bytes()
        except OSError:
            return None  # gone again, or locked by the program that writes it


def _is_picture(entry: Path) -> bool:
    return entry.suffix.casefold() in ENDINGS and entry.is_file() and not entry.is_symlink()
