"""A logo made of any picture, and how a paper prints it: out of the printer's memory, else dot by dot."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, UnidentifiedImageError

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.logo import Logo
from counter_app.use_cases.ports.printing import PrinterProfile

TALLEST: Final = 120  # dots: 15 mm
MOST_PIXELS: Final = 40_000_000
_DARK: Final = 140
_CENTRED: Final = b"\x1ba\x01"
_LEFT: Final = b"\x1ba\x00"
_BREATH: Final = b"\x1bJ\x08"


def make_logo(raw: bytes, width_dots: int) -> Logo:
    """Any picture, as large as fits, at most 15 mm tall. UserFacingError `logo.unreadable`."""
    try:
        picture = Image.open(io.BytesIO(raw))
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many dots")
        flat = Image.new("RGBA", picture.size, "white")
        flat.alpha_composite(picture.convert("RGBA"))
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise UserFacingError(
            "logo.unreadable",
            "This file is no picture that can be printed.",
            kept="The papers stay as they were.",
            remedy="Take a PNG or JPEG file.",
        ) from error
    grey = flat.convert("L")
    scale = min(1.0, width_dots / grey.width, TALLEST / grey.height)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    small = grey.resize(size, Image.Resampling.LANCZOS)
    wide = min((size[0] + 7) // 8 * 8, width_dots)
    page = Image.new("L", (wide, size[1]), 255)
    page.paste(small, ((wide - size[0]) // 2, 0))
    ink = page.point(lambda light: 255 if light < _DARK else 0, "1")
    return Logo(wide, ink.tobytes())


def logo_bytes(profile: PrinterProfile) -> bytes:
    """What stands over the paper; nothing where the printer has no logo."""
    logo = profile.logo
    if logo is None or logo.width > profile.width_dots:
        return b""
    return _CENTRED + _printed(logo, profile.nv_logo) + _LEFT + _BREATH


def _printed(logo: Logo, memory: str) -> bytes:
    if logo.stored and memory == "gs":
        return b"\x1d(L\x06\x00\x30\x45" + logo.key + b"\x01\x01"
    if logo.stored and memory == "fs":
        return b"\x1cp\x01\x00"
    sizes = logo.across.to_bytes(2, "little") + logo.height.to_bytes(2, "little")
    return b"\x1dv0\x00" + sizes + logo.bits
