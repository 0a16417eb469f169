"""Printers of the tests: 80 mm and 58 mm, good ones and clones."""

from __future__ import annotations

from typing import Final

from counter_app.use_cases.ports.printing import PrinterProfile

WIDE: Final = PrinterProfile("wide", 576, 48)
NARROW: Final = PrinterProfile("narrow", 384, 32)
CLONE: Final = PrinterProfile("clone", 576, 48, swapped_chinese_size=True)
NO_CHINESE: Final = PrinterProfile("no-chinese", 576, 48, chinese_rom=False)
NO_QR: Final = PrinterProfile("no-qr", 384, 32, native_qr=False)
NO_CUTTER: Final = PrinterProfile("no-cutter", 576, 48, cutter=False)
