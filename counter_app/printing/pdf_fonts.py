"""Fonts of a sheet: which font draws which run, how wide it is, and text that can be copied out.

Not here: what is drawn where (`sheet_blocks.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFStream
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from counter_app.printing.fonts import FontFiles, font_runs

_REGULAR: Final = "PaperRegular"
_BOLD: Final = "PaperBold"
_RARE: Final = "PaperRare"
_AT_ONCE: Final = 100  # entries a bfchar block may hold


def to_unicode_map(name: str, subset: list[int]) -> str:
    """The ToUnicode CMap of a subset, UTF-16BE as the PDF rules ask.

    reportlab writes characters beyond U+FFFF as five hex digits, and copied text comes out wrong.
    """
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be', 'replace').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    blocks = []
    for start in range(0, len(pairs), _AT_ONCE):
        block = pairs[start : start + _AT_ONCE]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


class CopyableFont(TTFont):
    """A TrueType font whose text can be copied out of the PDF for every character."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802  # reportlab's name
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        streams = [
            (name.removeprefix("toUnicodeCMap:"), found)
            for name, found in doc.idToObject.items()
            if name.startswith("toUnicodeCMap:") and name.endswith(self._face_name())
        ]
        for subset, (name, stream) in zip(subsets, streams, strict=True):
            if isinstance(stream, PDFStream):
                stream.content = to_unicode_map(name, subset)

    def _face_name(self) -> str:
        name = self.face.name + self.face.subfontNameX
        return name.decode("pdfdoc") if isinstance(name, bytes) else str(name)


class SheetFonts:
    """Measures and draws text with the bundled fonts; opens the rare one when first needed."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._common = CopyableFont(_REGULAR, str(files.regular))
        self._bold = CopyableFont(_BOLD, str(files.bold))
        pdfmetrics.registerFont(self._common)
        pdfmetrics.registerFont(self._bold)
        self._rare: TTFont | None = None
        self._char = lru_cache(maxsize=1 << 14)(self._measured)

    def _is_common(self, character: str) -> bool:
        return ord(character) in self._common.face.charToGlyph

    def _font(self, common: bool, bold: bool) -> TTFont:
        if common:
            return self._bold if bold else self._common
        if self._rare is None:
            self._rare = CopyableFont(_RARE, str(self._files.rare))
            pdfmetrics.registerFont(self._rare)
        return self._rare

    def _measured(self, character: str, bold: bool) -> float:
        return float(self._font(self._is_common(character), bold).stringWidth(character, 1))

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Width of cleaned text in points."""
        return size * sum(self._char(character, bold) for character in text)

    def draw(self, canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        """Draw cleaned text with its baseline at (x, y): plain strings only, nothing is interpreted."""
        for common, run in font_runs(text, self._is_common):
            font = self._font(common, bold)
            canvas.setFont(font.fontName, size)
            canvas.drawString(x, y, run)
            x += self.width(run, size, bold)
