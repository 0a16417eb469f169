"""Devices that another program speaks to, out of process: SANE's `scanimage`, ffmpeg for cameras, WIA by
PowerShell.

The picture comes on the program's standard output, or from a file of its own that is deleted at once. A
program that hangs is ended; one that crashes takes nothing of ours with it."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from counter_app.devices.imaging.trouble import (
    Jammed,
    NoPaper,
    NoProgram,
    SourceAbsent,
    SourceBusy,
    SourceGarbled,
    SourceSilent,
)
from counter_app.errors import UserFacingError
from counter_app.peripherals import Kind
from counter_app.use_cases.ports.peripherals import Found

SCAN_SECONDS: Final = 60.0
CAMERA_SECONDS: Final = 10.0
FIND_SECONDS: Final = 15.0
SCANIMAGE: Final = "scanimage"
FFMPEG: Final = "ffmpeg"
POWERSHELL: Final = "powershell"
NO_WINDOW: Final = 0x08000000 if sys.platform == "win32" else 0
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f]{1,200}")

# WIA's own dialog is not used: the chosen device's first item, saved as BMP and read from there
_WIA: Final = """
$ErrorActionPreference = 'Stop'
$wanted = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{device}'))
$info = (New-Object -ComObject WIA.DeviceManager).DeviceInfos |
  Where-Object {{ $_.Type -eq {type} }} |
  Where-Object {{ $wanted -eq '' -or $_.Properties.Item('Name').Value -eq $wanted }} |
  Select-Object -First 1
if (-not $info) {{ exit 3 }}
$item = $info.Connect().Items.Item(1)
foreach ($id in '6147','6148') {{ try {{ $item.Properties.Item($id).Value = {dpi} }} catch {{ }} }}
$item.Transfer('{{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}}').SaveFile(
  [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{file}')))
"""


def said(command: Sequence[str], seconds: float, where: str) -> subprocess.CompletedProcess[bytes]:
    """Run it to its end. UserFacingError `imaging.no-program`, `imaging.silent`."""
    program = shutil.which(command[0])
    if program is None:
        raise NoProgram(command[0])
    try:
        return subprocess.run(
            [program, *command[1:]],
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


class SaneSource:
    """A scanner by SANE. `device` "": the first that SANE knows."""

    source: Final = "document-scanner"

    def __init__(
        self, device: str, *, dpi: int = 300, mode: str = "Color", seconds: float = SCAN_SECONDS
    ) -> None:
        self._device = checked_name(device)
        self._dpi = dpi
        self._mode = mode
        self._seconds = seconds

    def take(self) -> tuple[bytes, ...]:
        named = [f"--device-name={self._device}"] if self._device else []
        command = [SCANIMAGE, *named, "--format=pnm", f"--resolution={self._dpi}", f"--mode={self._mode}"]
        done = said(command, self._seconds, f"sane:{self._device}")
        if done.returncode:
            raise _sane_trouble(done.stderr, f"sane:{self._device}")
        if not done.stdout:
            raise SourceGarbled(f"sane:{self._device}")
        return (done.stdout,)

    def kept(self) -> None:
        """The scanner keeps nothing."""


def sane_found() -> tuple[Found, ...]:
    """Scanners that SANE sees; none where SANE is not installed."""
    try:
        done = said([SCANIMAGE, "--formatted-device-list=%d\t%v %m%n"], FIND_SECONDS, "sane:")
    except UserFacingError:
        return ()
    rows = (line.partition("\t") for line in done.stdout.decode("utf-8", "replace").splitlines())
    return tuple(
        Found(Kind.DOCUMENT_SCANNER, f"sane:{device}", what.strip()) for device, tab, what in rows if tab
    )


class FfmpegSource:
    """A camera of the system by ffmpeg: `v4l2` and a file under /dev, or Windows' `dshow` and a name."""

    source: Final = "camera"

    def __init__(self, system: str, device: str, *, size: str = "", seconds: float = CAMERA_SECONDS) -> None:
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
            raise _camera_trouble(done.stderr, self._where)
        return (done.stdout,)

    def kept(self) -> None:
        """The camera keeps nothing."""

    @property
    def _where(self) -> str:
        return f"{self._system}:{self._device}"


class WiaSource:
    """A scanner or camera by Windows Image Acquisition. Written from its documentation, tried on nothing."""

    def __init__(self, device: str, kind: Kind, *, dpi: int = 300, seconds: float = SCAN_SECONDS) -> None:
        self._device = checked_name(device)
        self._kind = kind
        self._dpi = dpi
        self._seconds = seconds

    @property
    def source(self) -> str:
        return "camera" if self._kind is Kind.CAMERA else "document-scanner"

    def take(self) -> tuple[bytes, ...]:
        where = f"wia:{self._device}"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "page.bmp"
            script = _WIA.format(
                device=_base64(self._device),
                file=_base64(str(file)),
                type=2 if self._kind is Kind.CAMERA else 1,
                dpi=self._dpi,
            )
            packed = base64.b64encode(script.encode("utf-16-le")).decode()
            done = said([POWERSHELL, "-NoProfile", "-EncodedCommand", packed], self._seconds, where)
            if done.returncode:
                raise SourceAbsent(where)
            try:
                return (file.read_bytes(),)
            except OSError as error:
                raise SourceGarbled(where) from error

    def kept(self) -> None:
        """The device keeps nothing."""


def checked_name(device: str) -> str:
    """A device's name as an argument: never an option of the program. ValueError."""
    if device and (device.startswith("-") or not _NAME.fullmatch(device)):
        raise ValueError(device)
    return device


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _sane_trouble(stderr: bytes, where: str) -> UserFacingError:
    text = stderr.decode("utf-8", "replace").casefold()
    if "out of documents" in text:
        return NoPaper(where)
    if "jam" in text or "cover" in text:
        return Jammed(where)
    if "busy" in text:
        return SourceBusy(where)
    return SourceAbsent(where)


def _camera_trouble(stderr: bytes, where: str) -> UserFacingError:
    text = stderr.decode("utf-8", "replace").casefold()
    return SourceBusy(where) if "busy" in text or "in use" in text else SourceAbsent(where)
