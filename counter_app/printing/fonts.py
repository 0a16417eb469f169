"""The bundled fonts and which of them draws a character: Noto Sans SC, and HanaMinB for the rare ones.

Together they hold every character of GB 18030-2022 level 3. Not here: drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from counter_app.errors import UserFacingError
from counter_app.i18n import RESOURCES


@dataclass(frozen=True, slots=True)
class FontFiles:
    """Where the fonts are. `rare` is asked only for what `regular` and `bold` lack."""

    regular: Path
    bold: Path
    rare: Path

    @classmethod
    def bundled(cls, folder: Path = RESOURCES / "build" / "fonts") -> FontFiles:
        """The fonts unpacked at set-up. Raises UserFacingError `paper.font-missing`."""
        names = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")
        for name in names:
            if not (folder / name).is_file():
                raise UserFacingError(
                    "paper.font-missing",
                    "The font {name} is missing.",
                    remedy="Run the set-up again (./run).",
                    name=name,
                )
        regular, bold, rare = (folder / name for name in names)
        return cls(regular, bold, rare)


def font_runs(text: str, common: Callable[[str], bool]) -> Iterator[tuple[bool, str]]:
    """Cut a text into (drawn by the common font, run)."""
    for is_common, characters in groupby(text, key=common):
        yield is_common, "".join(characters)
