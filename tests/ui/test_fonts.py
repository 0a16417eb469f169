"""The product's fonts draw every name; a machine without them is told so plainly."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from counter_app.errors import UserFacingError
from counter_app.ui.fonts import load_fonts
from counter_app.ui.theme.look import FAMILIES


def test_rare_names_have_their_characters(qapp: QApplication) -> None:
    fonts = [QRawFont.fromFont(QFontDatabase.font(family, "", 12)) for family in FAMILIES]
    for character in "𠅤䶮㐂·仇Aé":
        assert any(font.supportsCharacter(ord(character)) for font in fonts), character


def test_missing_fonts_say_what_to_run(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"NotoSansSC-Regular\.ttf is missing") as caught:
        load_fonts(qapp, tmp_path)
    assert caught.value.code == "fonts.missing"
    assert "installer/prepare.py" in str(caught.value)
