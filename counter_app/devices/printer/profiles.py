"""Kinds of receipt printers, as data. A hall adds its own by `dataclasses.replace`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from counter_app.use_cases.ports.printing import PrinterProfile

GENERIC_80: Final = PrinterProfile("generic-80", width_dots=576, columns=48)
GENERIC_58: Final = PrinterProfile("generic-58", width_dots=384, columns=32, cutter=False)
EPSON_80: Final = replace(GENERIC_80, name="epson-80", clear_buffer=True, drawer_pin=True, nv_logo="gs")
EPSON_58: Final = replace(
    GENERIC_58, name="epson-58", cutter=True, clear_buffer=True, drawer_pin=True, nv_logo="gs"
)
# clones that skip GS ( H and exchange the width and height bits of FS !
CLONE_80: Final = replace(GENERIC_80, name="clone-80", swapped_chinese_size=True, process_id=False)
CLONE_58: Final = replace(GENERIC_58, name="clone-58", swapped_chinese_size=True, process_id=False)
# bytes go out and nothing ever comes back: a one-way cable, a parallel converter
MUTE_80: Final = replace(GENERIC_80, name="mute-80", status=False, automatic_status=False, process_id=False)
MUTE_58: Final = replace(GENERIC_58, name="mute-58", status=False, automatic_status=False, process_id=False)
# by maker, after python-escpos' database of printers (cutter, own QR code); for the rest they count as clones
ZJIANG_58: Final = replace(
    CLONE_58, name="zjiang-58", swapped_chinese_size=False, native_qr=False, nv_logo="fs"
)  # POS-5890
NETUM_58: Final = replace(ZJIANG_58, name="netum-58")  # NT-5890K
NETUM_80: Final = replace(CLONE_80, name="netum-80", swapped_chinese_size=False, nv_logo="fs")  # NT-80-V
RONGTA_80: Final = replace(NETUM_80, name="rongta-80")  # RP326
SUNMI_58: Final = replace(
    CLONE_58, name="sunmi-58", swapped_chinese_size=False, drawer=False
)  # V2, in the hand
SEIKO_80: Final = replace(
    EPSON_80, name="seiko-80", clear_buffer=False, drawer_pin=False, nv_logo=""
)  # RP-F10
SEIKO_58: Final = replace(EPSON_58, name="seiko-58", clear_buffer=False, drawer_pin=False, nv_logo="")

_GENERAL: Final = (GENERIC_80, GENERIC_58, EPSON_80, EPSON_58, CLONE_80, CLONE_58, MUTE_80, MUTE_58)
_BY_MAKER: Final = (NETUM_80, NETUM_58, RONGTA_80, SEIKO_80, SEIKO_58, SUNMI_58, ZJIANG_58)
PROFILES: Final = {profile.name: profile for profile in (*_GENERAL, *_BY_MAKER)}
