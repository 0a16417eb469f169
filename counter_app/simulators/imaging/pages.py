"""The paper that lies under the simulated camera, or in the scanner: a made-up form, a little crooked."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from counter_app.i18n import RESOURCES

A4: Final = (1240, 1754)  # 150 dpi
TABLE: Final = (58, 52, 48)
PAPER: Final = (251, 250, 246)
INK: Final = (40, 40, 44)
SEAL: Final = (196, 30, 30)
_FONT: Final = RESOURCES / "build" / "fonts" / "NotoSansSC-Regular.ttf"
_LINES: Final = (
    "本页由模拟设备生成，供演练使用，不是任何人的真实材料。",
    "姓名：张三（演练）　性别：男　民族：汉",
    "公民身份号码：11010119900307000X",
    "住址：南环街道演练路 1 号 2 单元 303 室",
    "兹证明上述人员情况属实，特此证明。",
)


@lru_cache(maxsize=8)
def form(page: int) -> Image.Image:
    """The n-th page of a made-up certificate."""
    image = Image.new("RGB", A4, PAPER)
    draw = ImageDraw.Draw(image)
    width, height = A4
    draw.text((width / 2, 150), "证 明 材 料", INK, ImageFont.truetype(str(_FONT), 64), anchor="mm")
    text = ImageFont.truetype(str(_FONT), 32)
    for row in range(20):
        y = 280 + row * 62
        draw.text((130, y), _LINES[row % len(_LINES)], INK, text)
    draw.text((width / 2, height - 80), f"第 {page} 页", INK, text, anchor="mm")
    draw.ellipse((760, 1240, 1060, 1540), outline=SEAL, width=9)
    seal = ImageFont.truetype(str(_FONT), 40)
    draw.text((910, 1390), "演练专用", SEAL, seal, anchor="mm")
    return image


@lru_cache(maxsize=8)
def under_camera(page: int) -> bytes:
    """Photographed from above: on a dark table, turned by some degrees."""
    sheet = form(page).convert("RGBA").rotate(3.0, Image.Resampling.BICUBIC, expand=True)
    table = Image.new("RGB", (1960, 2000), TABLE)
    table.paste(sheet, (300, 70), sheet)
    return _packed(table)


@lru_cache(maxsize=8)
def scanned(page: int) -> bytes:
    """As a feeder draws it in: slightly askew, the whole glass white."""
    return _packed(form(page).rotate(-1.4, Image.Resampling.BICUBIC, fillcolor=PAPER))


def _packed(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "JPEG", quality=88)
    return stream.getvalue()
