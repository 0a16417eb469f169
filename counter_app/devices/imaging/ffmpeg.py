"""Cameras of the system by ffmpeg: `v4l2` and a file under /dev, or Windows' `dshow` and a name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from counter_app.devices.imaging.child import FIND_SECONDS, checked_name, program, said
from counter_app.devices.imaging.trouble import SourceAbsent, SourceBusy
from counter_app.errors import UserFacingError

FFMPEG: Final = "ffmpeg"


class FfmpegSource:
    """One picture a taking, on the program's standard output."""

    source: Final = "camera"

    def __init__(self, system: str, device: str, *, size: str, seconds: float) -> None:
        self._system = system
        self._device = checked_name(device)
        self._size = size
        self._seconds = seconds

    def take(self) -> tuple[bytes, ...]:
        given = self._device if self._system == "v4l2" else f"video={self._device}"
        size = ["-video_size", self._size] if self._size else []
        # the first pictures of a camera are dark: it settles over some twenty
        settled = ["-vf", "select=gte(n\\,20)", "-frames:v", "1", "-q:v", "2"]
        command = [FFMPEG, "-v", "error", "-f", self._system, *size, "-i", given, *settled]
        done = said([*command, "-f", "image2pipe", "-c:v", "mjpeg", "-"], self._seconds, self._where)
        if done.returncode or not done.stdout:
            raise _trouble(done.stderr, self._where)
        return (done.stdout,)

    def kept(self) -> None:
        """The camera keeps nothing."""

    def look(self) -> None:
        """Whether it is there, without a picture. UserFacingError `imaging.*`."""
        program(FFMPEG)
        if self._system == "v4l2":
            there = Path(self._device).exists()
        else:
            # ffmpeg tells the devices on its standard error and then fails: there is no device "dummy"
            command = [FFMPEG, "-hide_banner", "-list_devices", "true", "-f", "dshow", "-i", "dummy"]
            told = said(command, min(self._seconds, FIND_SECONDS), self._where)
            there = f'"{self._device}"' in told.stderr.decode("utf-8", "replace")
        if not there:
            raise SourceAbsent(self._where)

    @property
    def _where(self) -> str:
        return f"{self._system}:{self._device}"


def _trouble(stderr: bytes, where: str) -> UserFacingError:
    text = stderr.decode("utf-8", "replace").casefold()
    return SourceBusy(where) if "busy" in text or "in use" in text else SourceAbsent(where)
