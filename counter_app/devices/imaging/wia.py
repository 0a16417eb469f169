"""Scanners and cameras by Windows Image Acquisition, through PowerShell. Written from its documentation,
tried on nothing.

WIA's own dialog is not used. Pages are saved as BMP into a folder of their own, which goes at once. A
feeder is chosen by the device's property 3088 (1 feeder, 2 flatbed), where 3086 says that it has one, and
gives pages until WIA says that the paper is out.
"""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import Final

from counter_app.devices.imaging.child import FIND_SECONDS, MOST_PAGES, checked_name, paged, said
from counter_app.devices.imaging.trouble import (
    Jammed,
    NoFeeder,
    NoPaper,
    SourceAbsent,
    SourceBusy,
    SourceGarbled,
    SourceSilent,
)
from counter_app.errors import UserFacingError
from counter_app.peripherals import Kind

POWERSHELL: Final = "powershell"
_TROUBLES: Final = {4: NoFeeder, 5: NoPaper, 6: Jammed, 7: SourceBusy}
_FIND: Final = """
$ErrorActionPreference = 'Stop'
$wanted = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{device}'))
$info = (New-Object -ComObject WIA.DeviceManager).DeviceInfos |
  Where-Object {{ $_.Type -eq {type} }} |
  Where-Object {{ $wanted -eq '' -or $_.Properties.Item('Name').Value -eq $wanted }} |
  Select-Object -First 1
if (-not $info) {{ exit 3 }}
"""
# 0x80210003 the paper is out, 0x80210002 it is stuck, 0x80210016 the cover is open, 0x80210006 in use
_TAKE: Final = """
$folder = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('{folder}'))
$device = $info.Connect()
try {{ $can = $device.Properties.Item('3086').Value }} catch {{ $can = 0 }}
if ({feeder}) {{
  if (-not ($can -band 1)) {{ exit 4 }}
  $device.Properties.Item('3088').Value = 1
}} elseif ($can -band 2) {{ try {{ $device.Properties.Item('3088').Value = 2 }} catch {{ }} }}
$item = $device.Items.Item(1)
foreach ($id in '6147','6148') {{ try {{ $item.Properties.Item($id).Value = {dpi} }} catch {{ }} }}
for ($page = 1; $page -le {most}; $page++) {{
  try {{ $image = $item.Transfer('{{B96B3CAB-0728-11D3-9D7B-0000F81EF32E}}') }}
  catch {{
    switch ('{{0:X8}}' -f $_.Exception.GetBaseException().HResult) {{
      '80210003' {{ if ($page -gt 1) {{ exit 0 }}; exit 5 }}
      '80210002' {{ exit 6 }}
      '80210016' {{ exit 6 }}
      '80210006' {{ exit 7 }}
      default {{ exit 3 }}
    }}
  }}
  $file = Join-Path $folder ('p{{0:D5}}' -f $page)
  $image.SaveFile($file + '.part')
  Rename-Item ($file + '.part') ($file + '.bmp')
}}
"""


class WiaSource:
    """`device` "": the first of its kind. `seconds` are for each page."""

    def __init__(self, device: str, kind: Kind, *, dpi: int, seconds: float, feeder: bool = False) -> None:
        self._device = checked_name(device)
        self._kind = kind
        self._dpi = dpi
        self._seconds = seconds
        self._feeder = feeder

    @property
    def source(self) -> str:
        return "camera" if self._kind is Kind.CAMERA else "document-scanner"

    def take(self) -> tuple[bytes, ...]:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            script = self._script() + _TAKE.format(
                folder=_base64(folder),
                feeder="$true" if self._feeder else "$false",
                most=MOST_PAGES if self._feeder else 1,
                dpi=self._dpi,
            )

            def pages() -> list[Path]:
                return sorted(place.glob("*.bmp"))

            ended = paged(_command(script), self._seconds, lambda: len(pages()))
            taken = tuple(page.read_bytes() for page in pages())
        if ended.code is None:
            raise SourceSilent(self._where)
        if ended.code:
            raise self._trouble(ended.code)
        if not taken:
            raise SourceGarbled(self._where)
        return taken

    def kept(self) -> None:
        """The device keeps nothing."""

    def look(self) -> None:
        """Whether Windows lists it. UserFacingError `imaging.*`."""
        done = said(_command(self._script()), min(self._seconds, FIND_SECONDS), self._where)
        if done.returncode:
            raise self._trouble(done.returncode)

    def _script(self) -> str:
        return _FIND.format(device=_base64(self._device), type=2 if self._kind is Kind.CAMERA else 1)

    def _trouble(self, code: int) -> UserFacingError:
        return _TROUBLES.get(code, SourceAbsent)(self._where)

    @property
    def _where(self) -> str:
        return f"wia:{self._device}"


def _command(script: str) -> list[str]:
    packed = base64.b64encode(script.encode("utf-16-le")).decode()
    return [POWERSHELL, "-NoProfile", "-EncodedCommand", packed]


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
