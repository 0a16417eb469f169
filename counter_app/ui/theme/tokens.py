"""Colours, spacing and states as data (`interface.md`: one accent, state colours each with its own shape).

Every pair in `READ_TOGETHER` keeps a contrast of at least 4.5:1 in both themes; a test holds it.
Not here: anything of Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SPACE_XS: Final = 4
SPACE_S: Final = 8

TEXT_SMALL: Final = 12
TEXT: Final = 14
TEXT_LARGE: Final = 18
TEXT_NUMBER: Final = 38

SCALE_MIN: Final = 1.0
SCALE_MAX: Final = 2.0


class Shape(StrEnum):
    """A drawn sign; no two states share one, so colour is never the only difference."""

    CHECK = "check"
    BLOCK = "block"
    HOURGLASS = "hourglass"
    BARS = "bars"
    CHEVRONS = "chevrons"
    DIAMOND = "diamond"
    CROSS = "cross"
    DISC = "disc"
    RING = "ring"
    HALF = "half"
    TRIANGLE = "triangle"


class State(StrEnum):
    """What a dot, a chip or a row can be in."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    STOPPED = "stopped"
    CRITICAL = "critical"
    PENDING = "pending"
    FAULT = "fault"
    READY = "ready"
    IDLE = "idle"
    LACKING = "lacking"
    CORRECT = "correct"


SHAPES: Final[dict[State, Shape]] = {
    State.DONE: Shape.CHECK,
    State.LATE: Shape.BLOCK,
    State.SOON: Shape.HOURGLASS,
    State.STOPPED: Shape.BARS,
    State.CRITICAL: Shape.CHEVRONS,
    State.PENDING: Shape.DIAMOND,
    State.FAULT: Shape.CROSS,
    State.READY: Shape.DISC,
    State.IDLE: Shape.RING,
    State.LACKING: Shape.HALF,
    State.CORRECT: Shape.TRIANGLE,
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours, `#rrggbb` each."""

    name: str
    ground: str  # behind the panels
    surface: str  # panels
    raised: str  # fields, chips, key caps
    line: str  # hairlines and borders
    text: str
    muted: str
    accent: str  # the one accent: keys that act, the part in hand
    accent_text: str  # words in the accent colour on a surface
    on_accent: str
    selected: str  # the row in hand
    bar: str  # head of the window
    on_bar: str
    good: str
    warn: str
    bad: str
    hold: str
    key_path: str
    training: str
    on_training: str
    paper: str
    ink: str

    def state(self, state: State) -> str:
        """The colour of a state's sign and word."""
        return {
            State.DONE: self.good,
            State.READY: self.good,
            State.LATE: self.bad,
            State.FAULT: self.bad,
            State.SOON: self.warn,
            State.CORRECT: self.warn,
            State.PENDING: self.warn,
            State.LACKING: self.hold,
            State.STOPPED: self.hold,
            State.CRITICAL: self.key_path,
            State.IDLE: self.muted,
        }[state]


LIGHT: Final = Theme(
    name="light",
    ground="#ebf0f4",
    surface="#ffffff",
    raised="#f2f6f9",
    line="#d2dce4",
    text="#16222d",
    muted="#52626f",
    accent="#0a58a8",
    accent_text="#0a58a8",
    on_accent="#ffffff",
    selected="#e3eef9",
    bar="#14365c",
    on_bar="#ffffff",
    good="#1a7040",
    warn="#8f5200",
    bad="#b3221c",
    hold="#5b4aa0",
    key_path="#a0186f",
    training="#ffd24d",
    on_training="#3b2a00",
    paper="#fffef8",
    ink="#1c1c1c",
)

DARK: Final = Theme(
    name="dark",
    ground="#10171e",
    surface="#19232d",
    raised="#22303c",
    line="#33424f",
    text="#e9eff4",
    muted="#a3b3c0",
    accent="#1f6fc4",
    accent_text="#79b8ff",
    on_accent="#ffffff",
    selected="#213a54",
    bar="#0b1f36",
    on_bar="#f2f6fa",
    good="#6fd398",
    warn="#f2b24d",
    bad="#ff8d85",
    hold="#b9a8ff",
    key_path="#ff8fce",
    training="#ffd24d",
    on_training="#3b2a00",
    paper="#f4f1e6",
    ink="#1c1c1c",
)

THEMES: Final[dict[str, Theme]] = {theme.name: theme for theme in (LIGHT, DARK)}

_ON: Final = ("surface", "raised", "selected")
READ_TOGETHER: Final[tuple[tuple[str, str], ...]] = (
    *((fore, back) for back in _ON for fore in ("text", "muted", "accent_text")),
    *((fore, back) for back in _ON for fore in ("good", "warn", "bad", "hold", "key_path")),
    ("text", "ground"),
    ("muted", "ground"),
    ("on_accent", "accent"),
    ("on_bar", "bar"),
    ("on_training", "training"),
    ("ink", "paper"),
)


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two `#rrggbb` colours, 1.0 to 21.0."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def fitting_scale(width: int) -> float:
    """The text scale a screen of this many logical pixels begins with: 1.0 at 1366, 1.15 at 1920."""
    return min(1.3, max(SCALE_MIN, round(1.0 + (width - 1366) * 0.15 / 554, 2)))
