"""A picture of a material as a page of a volume (mission: C14): as large as fits, what it is below it.

The picture is read as dots by Pillow, never as a file by name. Not here: papers (`pdf.py`).
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from counter_app.domain.paper.width import clean
from counter_app.printing.pdf_fonts import SheetFonts
from counter_app.printing.sheet import Geometry

_CAPTION: Final = 10.0
_GAP: Final = 24.0


def picture_page(data: bytes, caption: str, fonts: SheetFonts) -> bytes:
    """One A4 page as PDF. The same picture gives the same bytes."""
    geometry = Geometry.of("A4")
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(geometry.width, geometry.height), invariant=1, pageCompression=1)
    with Image.open(io.BytesIO(data)) as picture:
        shown = picture.convert("RGB")
    room = (geometry.inner, geometry.height - 2 * geometry.margin - _GAP)
    share = min(room[0] / shown.width, room[1] / shown.height)
    size = (shown.width * share, shown.height * share)
    left = (geometry.width - size[0]) / 2
    canvas.drawImage(ImageReader(shown), left, geometry.height - geometry.margin - size[1], *size)
    fonts.draw(canvas, geometry.margin, geometry.margin, clean(caption), _CAPTION)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()
