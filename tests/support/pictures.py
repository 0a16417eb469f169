"""Pages to photograph: print on paper, straight, crooked, or lying on a table."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw

A4_150 = (1240, 1754)
PAPER = (250, 249, 245)
TABLE = (60, 50, 45)


def page(size: tuple[int, int] = A4_150, *, seal: bool = False) -> Image.Image:
    """Lines of something like print."""
    image = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(image)
    chance = random.Random(5)
    width, height = size
    step = height // 58
    for y in range(height // 16, height - height // 16, step):
        x = width // 12
        while x < width - width // 10:
            long = chance.randint(width // 120, width // 40)
            draw.rectangle((x, y, x + long, y + step // 2), fill=(30, 30, 30))
            x += long + chance.randint(width // 200, width // 80)
    if seal:
        middle = (width * 2 // 3, height * 5 // 6)
        radius = width // 9
        box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
        draw.ellipse(box, outline=(200, 20, 20), width=max(3, width // 120))
    return image


def crooked(degrees: float) -> Image.Image:
    return page().rotate(degrees, Image.Resampling.BICUBIC, fillcolor=PAPER)


def on_a_table(degrees: float = 4.0) -> Image.Image:
    """The page smaller than the picture, turned, on a dark ground."""
    sheet = (
        page((868, 1228), seal=True).convert("RGBA").rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    )
    table = Image.new("RGB", (1632, 1450), TABLE)
    table.paste(sheet, (340, 60), sheet)
    return table


def packed(image: Image.Image, form: str = "JPEG") -> bytes:
    stream = BytesIO()
    image.save(stream, form)
    return stream.getvalue()
