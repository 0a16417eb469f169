"""The style sheet, built from a theme and a scale. Widgets ask for a style by property, never inline.

Properties: `panel` (card, bar, foot, hand, verdict, overlay, well), `tone` (muted, accent, good, warn,
bad, hold, on-bar), `textsize` (small, large, title, number), `kind` of a button (primary, plain, quiet,
tile, cell), `cap` and `chip` of a label. Not here: what is painted by hand (`glyphs.py`, delegates).
"""

from __future__ import annotations

from string import Template

from counter_app.ui.theme.tokens import (
    SPACE_S,
    SPACE_XS,
    TEXT,
    TEXT_LARGE,
    TEXT_NUMBER,
    TEXT_SMALL,
    Theme,
)

_TEMPLATE = Template(
    """
QWidget { color: $text; font-size: ${base}px; }
QWidget[panel="ground"] { background: $ground; }
QFrame[panel="card"] { background: $surface; border: 1px solid $line; border-radius: ${r}px; }
QFrame[panel="hand"] { background: $surface; border: 1px solid $line;
  border-left: ${edge}px solid $accent; border-radius: ${r}px;
  border-top-left-radius: 0; border-bottom-left-radius: 0; }
QFrame[panel="hand"][tone="bad"] { border-left-color: $bad; }
QFrame[panel="hand"][tone="good"] { border-left-color: $good; }
QFrame[panel="hand"][tone="warn"] { border-left-color: $warn; }
QFrame[panel="hand"][tone="hold"] { border-left-color: $hold; }
QFrame[panel="bar"] { background: $bar; }
QFrame[panel="bar"] QLabel { color: $on_bar; }
QFrame[panel="foot"] { background: $surface; border-top: 1px solid $line; }
QFrame[panel="well"] { background: $raised; border-radius: ${r}px; }
QFrame[panel="overlay"] { background: $surface; border: 2px solid $accent; border-radius: ${r}px; }
QFrame[panel="notice"] { background: $surface; border: 1px solid $line;
  border-left: ${edge}px solid $accent; border-radius: ${r}px;
  border-top-left-radius: 0; border-bottom-left-radius: 0; }
QFrame[panel="notice"][tone="bad"] { border-left-color: $bad; }
QFrame[panel="notice"][tone="warn"] { border-left-color: $warn; }
QFrame[panel="notice"][tone="good"] { border-left-color: $good; }
QFrame[rule="true"] { background: $line; max-height: 1px; min-height: 1px; border: none; }
QLabel { background: transparent; }
QLabel[tone="muted"], Elided[tone="muted"] { color: $muted; }
QLabel[tone="accent"] { color: $accent_text; }
QLabel[tone="good"] { color: $good; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="hold"] { color: $hold; }
QLabel[strong="true"] { font-weight: 700; }
QLabel[textsize="small"] { font-size: ${small}px; }
QLabel[textsize="large"] { font-size: ${large}px; }
QLabel[textsize="title"], Elided[textsize="title"] { font-size: ${large}px; font-weight: 700; }
QLabel[textsize="number"] { font-size: ${number}px; font-weight: 700; color: $accent_text; }
QLabel[cap="true"] { background: $raised; color: $text; font-size: ${small}px;
  border: 1px solid $line; border-bottom: 2px solid $line; border-radius: ${r4}px; padding: 0 ${p4}px; }
QLabel[chip="true"] { background: $raised; color: $text; font-size: ${small}px;
  border: 1px solid $line; border-radius: ${pill}px; padding: 1px ${p8}px; }
QLabel[chip="true"][tone="training"] { background: $training; color: $on_training; border: none;
  font-weight: 700; }
QLabel[chip="true"][tone="good"] { color: $good; }
QLabel[chip="true"][tone="warn"] { color: $warn; }
QLabel[chip="true"][tone="bad"] { color: $bad; }
QPushButton { background: $surface; border: 1px solid $line; border-radius: ${r}px;
  padding: ${p6}px ${p8}px; text-align: left; }
QPushButton:hover { border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; }
QPushButton:disabled { color: $muted; background: $raised; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 700; padding: ${p8}px ${p12}px; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $raised; color: $muted; border-color: $line; }
QLabel[inside="primary"] { color: $on_accent; }
QLabel[inside="off"] { color: $muted; }
QFrame[panel="bar"] Elided { color: $on_bar; }
QFrame[panel="bar"] QLabel[cap="true"] { color: $text; }
QFrame[panel="bar"] QFrame[panel="overlay"] QLabel { color: $text; }
QPushButton[kind="quiet"] { border: none; background: transparent; padding: ${p4}px; }
QPushButton[kind="quiet"]:focus { border: 1px solid $accent; }
QPushButton[kind="cell"] { text-align: center; font-size: ${large}px; min-width: ${cell}px;
  min-height: ${cell}px; }
QLineEdit, QPlainTextEdit { background: $surface; color: $text; border: 1px solid $line;
  border-radius: ${r4}px; padding: ${p4}px ${p8}px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; }
QLineEdit[find="true"] { padding: ${p6}px ${p12}px; border-radius: ${r}px; }
QTableView, QListView { background: transparent; border: none; outline: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $muted; border: none;
  border-bottom: 1px solid $line; padding: ${p4}px ${p8}px; font-size: ${small}px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[clear="true"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: ${p8}px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: ${r4}px; min-height: ${cell}px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QScrollBar:horizontal { background: transparent; height: ${p8}px; margin: 0; }
QScrollBar::handle:horizontal { background: $line; border-radius: ${r4}px; min-width: ${cell}px; }
QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal { width: 0; }
"""
)


def stylesheet(theme: Theme, scale: float) -> str:
    """The sheet for `theme`, all sizes multiplied by `scale` (1.0–2.0)."""

    def px(size: float) -> int:
        return round(size * scale)

    colours = {name: getattr(theme, name) for name in theme.__slots__}
    return _TEMPLATE.substitute(
        colours,
        base=px(TEXT),
        small=px(TEXT_SMALL),
        large=px(TEXT_LARGE),
        number=px(TEXT_NUMBER),
        r=px(6),
        r4=px(SPACE_XS),
        pill=px(9),
        edge=px(4),
        p4=px(SPACE_XS),
        p6=px(6),
        p8=px(SPACE_S),
        p12=px(12),
        cell=px(40),
    )
