"""From raw bytes to the picture that is kept: straight, at most 300 dpi of an A4 page, grey where it has no
colour.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image

from counter_app.imaging.reading import read_image
from counter_app.imaging.straighten import Straight, straightened
from counter_app.use_cases.ports.pictures import MadePicture

FORM: Final = "image/jpeg"
LONGEST: Final = 3508  # A4 at 300 dpi
QUALITIES: Final = (80, 60, 40)
ENOUGH: Final = 3 << 20
COLOURLESS: Final = 14  # mean saturation of 255: paper and ink, and the light's own tint
SMALL: Final = 160
QUARTERS: Final = (
    None,
    Image.Transpose.ROTATE_270,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_90,
)


class PillowPictureMaker:
    """`PictureMaker`."""

    def make(self, raw: bytes, *, straighten: bool = True, turn: int = 0) -> MadePicture:
        image = read_image(raw)
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.BILINEAR, reducing_gap=2.0)
        straight = straightened(image) if straighten else Straight(image)
        quarter = QUARTERS[turn % 4]
        upright = straight.image if quarter is None else straight.image.transpose(quarter)
        kept = upright.convert("L") if _colourless(upright) else upright
        data = _packed(kept)
        return MadePicture(data, FORM, kept.width, kept.height, straight.turned, straight.cut)


def _packed(image: Image.Image) -> bytes:
    data = b""
    for quality in QUALITIES:
        stream = BytesIO()
        image.save(stream, "JPEG", quality=quality)
        data = stream.getvalue()
        if len(data) <= ENOUGH:
            break
    return data


def _colourless(image: Image.Image) -> bool:
    if image.mode == "L":
        return True
    small = image.copy() if max(image.size) <= SMALL else image.resize(_fitted(image), Image.Resampling.BOX)
    saturation = small.convert("HSV").getchannel("S").histogram()
    seen = sum(saturation)
    mean = sum(level * count for level, count in enumerate(saturation)) / seen
    strong = sum(saturation[80:]) / seen  # a red seal on a white page is little, and must stay red
    return mean < COLOURLESS and strong < 0.001


def _fitted(image: Image.Image) -> tuple[int, int]:
    scale = SMALL / max(image.size)
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))
