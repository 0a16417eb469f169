"""How long an A4 page at 300 dpi takes into the case: read, straightened, packed, sealed, durable, recorded.

Three kinds of page, since each goes another way: a scan that is level, one that is askew, and one
photographed on a table. Not here: the camera's or scanner's own time.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from bench.homes import demo_program
from bench.results import Result, at_most, figure, interleaved, median
from counter_app.domain.journal import Actor
from counter_app.use_cases.intake.pictures import PictureInput
from counter_app.use_cases.program import Program

BAR_MS: Final = 1000.0
A4: Final = (2480, 3508)
PAPER: Final = (250, 249, 245)
TABLE: Final = (58, 52, 48)
CLERK: Final = Actor("1002", "3")


def run(quick: bool) -> list[Result]:
    pages = {
        "level": _page(),
        "askew": _page().rotate(2.0, Image.Resampling.BICUBIC, fillcolor=PAPER),
        "on a table": _on_a_table(),
    }
    raws = {name: _packed(page) for name, page in pages.items()}
    with demo_program() as program:
        case = program.intake.open_case(CLERK, "open")
        tries = 2 if quick else 9
        times = interleaved(tries, *(_taking(program, case, name, raw) for name, raw in raws.items()))
        sizes = [picture.size for picture in program.pictures.album(case).pictures]
    rows = [
        at_most(f"A4 page at 300 dpi into the case, {name}, median", median(ms), "ms", BAR_MS)
        for name, ms in zip(raws, times, strict=True)
    ]
    return [*rows, figure("size as kept, mean", math.fsum(sizes) / len(sizes) / 1024, "KiB")]


def _taking(program: Program, case: str, name: str, raw: bytes) -> Callable[[int], object]:
    def take(n: int) -> None:
        program.pictures.add(CLERK, f"{name}{n}", case, PictureInput("", raw, "document-scanner"))

    return take


def _page() -> Image.Image:
    image = Image.new("RGB", A4, PAPER)
    draw = ImageDraw.Draw(image)
    for y in range(220, A4[1] - 220, 62):
        for n, x in enumerate(range(220, A4[0] - 260, 48)):
            draw.rectangle((x, y, x + 18 + (n * 7 + y) % 22, y + 34), fill=(30, 30, 34))
    draw.ellipse((1600, 2700, 2100, 3200), outline=(200, 20, 20), width=14)
    return image


def _on_a_table() -> Image.Image:
    sheet = _page().convert("RGBA").rotate(3.0, Image.Resampling.BICUBIC, expand=True)
    table = Image.new("RGB", (3264, 4352), TABLE)
    table.paste(sheet, (250, 300), sheet)
    return table


def _packed(page: Image.Image) -> bytes:
    stream = BytesIO()
    page.save(stream, "JPEG", quality=88)
    return stream.getvalue()
