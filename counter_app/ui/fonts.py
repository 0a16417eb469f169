"""Loads the two fonts the product brings, which together hold every character of GB 18030-2022.

`load_fonts` is called once by the composition root after the application object exists. A machine
without them would show boxes for rare names, so a missing file is said plainly, with what to run.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from counter_app.errors import UserFacingError
from counter_app.i18n import RESOURCES
from counter_app.ui.theme.look import FAMILIES

FONTS: Final = RESOURCES / "build" / "fonts"
FILES: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")


def load_fonts(application: QApplication, folder: Path = FONTS) -> None:
    """Add the fonts and make them the application's. Raises UserFacingError `fonts.missing`."""
    for name in FILES:
        path = folder / name
        if not path.is_file() or QFontDatabase.addApplicationFont(str(path)) < 0:
            raise UserFacingError(
                "fonts.missing",
                "The font {name} is missing or damaged.",
                remedy="Run installer/prepare.py, or install the program again.",
                name=name,
            )
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(14)
    application.setFont(font)
