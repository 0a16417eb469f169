"""Colours of the kiosk from the theme; every pair that is read together keeps 4.5:1 (a test holds it).

Sizes are not here: fonts are set in pixels by `Measures`, so that no style sheet makes a text smaller.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import Final

from PySide6.QtGui import QFont

from counter_app.ui.kiosk.page import KeyKind
from counter_app.ui.theme.look import FAMILIES
from counter_app.ui.theme.tokens import Theme

ELDER_GROUND: Final = "#fdf1cf"
ELDER_TEXT: Final = "#3b2a00"
ELDER_LINE: Final = "#c98a00"

_SHEET: Final = Template(
    """
QWidget#kiosk { background: $ground; }
QLabel { color: $text; background: transparent; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="number"] { color: $accent_text; }
QFrame[part="head"] { background: $bar; }
QFrame[part="head"] QLabel { color: $on_bar; }
QLabel[part="training"] { background: $training; color: $on_training; }
QFrame[part="head"] QLabel[part="training"] { color: $on_training; }
QFrame[part="foot"] { background: $surface; border-top: 1px solid $line; }
QFrame[part="idle"] { background: $training; }
QFrame[part="idle"] QLabel { color: $on_training; }
QFrame[part="banner"] { background: $surface; border: 2px solid $accent; border-radius: 8px; }
QFrame[part="banner"][tone="good"] { border-color: $good; }
QFrame[part="banner"][tone="warn"] { border-color: $warn; }
QFrame[part="banner"][tone="bad"] { border-color: $bad; }
QFrame[part="banner"][tone="good"] QLabel { color: $good; }
QFrame[part="banner"][tone="warn"] QLabel { color: $warn; }
QFrame[part="banner"][tone="bad"] QLabel { color: $bad; }
QFrame[part="text"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QLabel[part="typed"] { background: $surface; border: 2px solid $accent; border-radius: 8px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
"""
)


@dataclass(frozen=True, slots=True)
class KeyColours:
    ground: str
    line: str
    text: str
    detail: str
    edge: int = 2


def sheet(theme: Theme) -> str:
    return _SHEET.substitute({name: getattr(theme, name) for name in theme.__slots__})


def key_colours(theme: Theme, kind: KeyKind) -> KeyColours:
    return {
        "tile": KeyColours(theme.surface, theme.line, theme.text, theme.muted),
        "plain": KeyColours(theme.surface, theme.accent, theme.accent_text, theme.muted),
        "primary": KeyColours(theme.accent, theme.accent, theme.on_accent, theme.on_accent),
        "elder": KeyColours(ELDER_GROUND, ELDER_LINE, ELDER_TEXT, ELDER_TEXT),
        "off": KeyColours(theme.raised, theme.line, theme.muted, theme.muted),
    }[kind]


def font(pixels: int, *, bold: bool = False) -> QFont:
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made
