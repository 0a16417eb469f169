"""A card drawn: as a picture of 1011 × 638 dots (300 dpi), and as a PDF whose pages are exactly as large as a
card.

A printer that puts its print a little aside is set right by `CardFit`: where everything goes, and how large,
from the middle. Not here: what stands where (`domain/paper/cards.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper.cards import (
    HEIGHT,
    SIDES,
    WIDTH,
    CardFacts,
    Fill,
    PhotoPlace,
    Piece,
    QrPlace,
    Side,
    Words,
    pieces,
)
from counter_app.domain.paper.width import clean
from counter_app.printing.fonts import FontFiles, font_runs
from counter_app.printing.pdf_fonts import SheetFonts

DPI: Final = 300
DOTS: Final = (1011, 638)
EDGE_DOTS: Final = (1016, 648)
A_MM: Final = DPI / 25.4
POINTS: Final = 72 / 25.4
MOST_PIXELS: Final = 40_000_000
PHOTO_DOTS: Final = (260, 338)
SMALLEST: Final = 0.4  # of its size, for words that do not fit
_GROUND: Final = "#eef1f4"
_MUTED: Final = "#8a949e"


@dataclass(frozen=True, slots=True)
class CardFit:
    """How one printer is set right: millimetres to the right and down, and a scale about the middle."""

    right: float = 0.0
    down: float = 0.0
    scale: float = 1.0


class CardPainter:
    """Opens its fonts with the first card. Belongs to one thread."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._fonts: SheetFonts | None = None

    def png(self, facts: CardFacts, side: Side, fit: CardFit | None = None) -> bytes:
        """One side as PNG at 300 dpi."""
        image = Image.new("RGB", DOTS, "white")
        pen = _DotPen(image, fit or CardFit(), self._files)
        for piece in pieces(facts, side):
            pen.draw(piece, facts.photo)
        stream = BytesIO()
        image.save(stream, "PNG", dpi=(DPI, DPI))
        return stream.getvalue()

    def pdf(self, facts: CardFacts, fit: CardFit | None = None, sides: tuple[Side, ...] = SIDES) -> bytes:
        """A page for each side; the same card gives the same bytes."""
        if self._fonts is None:
            self._fonts = SheetFonts(self._files)
        stream = BytesIO()
        canvas = Canvas(stream, pagesize=(WIDTH * POINTS, HEIGHT * POINTS), invariant=1, pageCompression=1)
        canvas.setTitle(clean(facts.number))
        canvas.setAuthor(clean(facts.hall))
        for side in sides:
            pen = _PagePen(canvas, fit or CardFit(), self._fonts)
            for piece in pieces(facts, side):
                pen.draw(piece, facts.photo)
            canvas.showPage()
        canvas.save()
        return stream.getvalue()


def full_face(png: bytes) -> bytes:
    """A side as printers take it that print to the edge: BMP, 1016 × 648 dots, the card in its middle."""
    image = Image.new("RGB", EDGE_DOTS, "white")
    side = Image.open(BytesIO(png), formats=("PNG",))
    image.paste(side, ((EDGE_DOTS[0] - side.width) // 2, (EDGE_DOTS[1] - side.height) // 2))
    stream = BytesIO()
    image.save(stream, "BMP")
    return stream.getvalue()


@lru_cache(maxsize=16)
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def photo_image(data: bytes) -> Image.Image | None:
    """The photo cut to its place, head at the top; None for none, or for what is no photo."""
    if not data:
        return None
    try:
        image = Image.open(BytesIO(data), formats=("JPEG", "PNG"))
        if image.width * image.height > MOST_PIXELS:
            return None
        upright = ImageOps.exif_transpose(image).convert("RGB")
        return ImageOps.fit(upright, PHOTO_DOTS, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def fitted(text: str, size: float, room: float, width: Callable[[str, float], float]) -> tuple[str, float]:
    """Words as they fit: smaller, and what is still too long ends in `…`."""
    wide = width(text, size)
    if wide > room:
        size *= max(SMALLEST, room / wide)
    while len(text) > 1 and width(text, size) > room:
        text = text[:-2] + "…"
    return text, size


class _DotPen:
    def __init__(self, image: Image.Image, fit: CardFit, files: FontFiles) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(image)
        self._fit = fit
        self._files = files

    def draw(self, piece: Piece, photo: bytes) -> None:
        match piece:
            case Fill():
                self._draw.rectangle(self._box(piece.x, piece.y, piece.wide, piece.high), fill=piece.colour)
            case Words():
                self._words(piece)
            case PhotoPlace():
                self._photo(piece, photo)
            case QrPlace():
                self._qr(piece)

    def _x(self, x: float) -> float:
        return ((x - WIDTH / 2) * self._fit.scale + WIDTH / 2 + self._fit.right) * A_MM

    def _y(self, y: float) -> float:
        return ((y - HEIGHT / 2) * self._fit.scale + HEIGHT / 2 + self._fit.down) * A_MM

    def _box(self, x: float, y: float, wide: float, high: float) -> tuple[int, int, int, int]:
        left, top = round(self._x(x)), round(self._y(y))
        return left, top, round(self._x(x + wide)) - 1, round(self._y(y + high)) - 1

    def _words(self, piece: Words) -> None:
        text = clean(piece.text).replace("\n", " ")
        size = piece.size * self._fit.scale * A_MM
        room = piece.wide * self._fit.scale * A_MM
        text, size = fitted(text, size, room, lambda words, high: self._width(words, high, piece.bold))
        wide = self._width(text, size, piece.bold)
        x = self._x(piece.x) - {"left": 0.0, "centre": wide / 2, "right": wide}[piece.align]
        for common, run in font_runs(text, self._is_common):
            font = self._font(round(size), piece.bold, common)
            self._draw.text((x, self._y(piece.y)), run, fill=piece.colour, font=font, anchor="ls")
            x += font.getlength(run)

    def _width(self, text: str, size: float, bold: bool) -> float:
        runs = font_runs(text, self._is_common)
        return sum(self._font(round(size), bold, common).getlength(run) for common, run in runs)

    def _font(self, size: int, bold: bool, common: bool) -> ImageFont.FreeTypeFont:
        usual = self._files.bold if bold else self._files.regular
        return _font(str(usual if common else self._files.rare), max(4, size))

    def _is_common(self, character: str) -> bool:
        return _has(str(self._files.regular), character)

    def _photo(self, piece: PhotoPlace, data: bytes) -> None:
        box = self._box(piece.x, piece.y, piece.wide, piece.high)
        image = photo_image(data)
        if image is None:
            self._draw.rectangle(box, fill=_GROUND, outline=_MUTED, width=2)
            middle = piece.y + piece.high / 2 + 1.2
            words = Words(
                piece.x + piece.wide / 2, middle, 3.2, piece.words, piece.wide, _MUTED, align="centre"
            )
            self._words(words)
            return
        size = (box[2] - box[0] + 1, box[3] - box[1] + 1)
        self._image.paste(image.resize(size, Image.Resampling.LANCZOS), box[:2])

    def _qr(self, piece: QrPlace) -> None:
        rows = _modules(piece.text)
        dots = int(piece.side * self._fit.scale * A_MM) // len(
            rows
        )  # whole dots: a scanner wants sharp edges
        left, top = round(self._x(piece.x)), round(self._y(piece.y))
        for down, row in enumerate(rows):
            for right, dark in enumerate(row):
                if dark:
                    x, y = left + right * dots, top + down * dots
                    self._draw.rectangle((x, y, x + dots - 1, y + dots - 1), fill="black")


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=1 << 14)
def _has(path: str, character: str) -> bool:
    """Whether a font draws the character: what it lacks looks like what every font lacks."""
    font = _font(path, 24)
    return character.isspace() or bytes(font.getmask(character)) != bytes(font.getmask("\U000f1e2d"))


class _PagePen:
    def __init__(self, canvas: Canvas, fit: CardFit, fonts: SheetFonts) -> None:
        self._canvas = canvas
        self._fit = fit
        self._fonts = fonts

    def draw(self, piece: Piece, photo: bytes) -> None:
        match piece:
            case Fill():
                self._rectangle(piece.x, piece.y, piece.wide, piece.high, piece.colour)
            case Words():
                self._words(piece)
            case PhotoPlace():
                self._photo(piece, photo)
            case QrPlace():
                self._qr(piece)

    def _x(self, x: float) -> float:
        return ((x - WIDTH / 2) * self._fit.scale + WIDTH / 2 + self._fit.right) * POINTS

    def _y(self, y: float) -> float:
        """From the bottom, as PDF counts."""
        return (HEIGHT - ((y - HEIGHT / 2) * self._fit.scale + HEIGHT / 2 + self._fit.down)) * POINTS

    def _rectangle(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        scale = self._fit.scale * POINTS
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.rect(self._x(x), self._y(y + high), wide * scale, high * scale, stroke=0, fill=1)

    def _words(self, piece: Words) -> None:
        text = clean(piece.text).replace("\n", " ")
        scale = self._fit.scale * POINTS
        size, room = piece.size * scale, piece.wide * scale
        text, size = fitted(text, size, room, lambda words, high: self._fonts.width(words, high, piece.bold))
        wide = self._fonts.width(text, size, piece.bold)
        x = self._x(piece.x) - {"left": 0.0, "centre": wide / 2, "right": wide}[piece.align]
        self._canvas.setFillColor(HexColor(piece.colour))
        self._fonts.draw(self._canvas, x, self._y(piece.y), text, size, piece.bold)

    def _photo(self, piece: PhotoPlace, data: bytes) -> None:
        image = photo_image(data)
        scale = self._fit.scale * POINTS
        if image is None:
            self._rectangle(piece.x, piece.y, piece.wide, piece.high, _GROUND)
            middle = piece.y + piece.high / 2 + 1.2
            self._words(
                Words(piece.x + piece.wide / 2, middle, 3.2, piece.words, piece.wide, _MUTED, align="centre")
            )
            return
        x, y = self._x(piece.x), self._y(piece.y + piece.high)
        self._canvas.drawImage(ImageReader(image), x, y, piece.wide * scale, piece.high * scale)

    def _qr(self, piece: QrPlace) -> None:
        rows = _modules(piece.text)
        side = piece.side * self._fit.scale * POINTS / len(rows)
        left, top = self._x(piece.x), self._y(piece.y)
        self._canvas.setFillColor(HexColor("#000000"))
        for down, row in enumerate(rows):
            for right, dark in enumerate(row):
                if dark:
                    self._canvas.rect(
                        left + right * side, top - (down + 1) * side, side, side, stroke=0, fill=1
                    )
