"""Raw bytes from a camera, a scanner or a file as an image, or a reason why not.

What an image says of its size is looked at before a single pixel is unpacked, and only a few plain formats
are read at all: a picture is what strangers bring.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from counter_app.errors import UserFacingError

FORMATS: Final = ("JPEG", "PNG", "PPM", "BMP")
MOST_BYTES: Final = 160 << 20  # an A4 page at 600 dpi in colour, not packed
MOST_PIXELS: Final = 80_000_000
LEAST_SIDE: Final = 16
_BROKEN: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    OverflowError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def read_image(raw: bytes) -> Image.Image:
    """Unpacked, upright, without anything the file said beside its pixels: `L` or `RGB`.

    UserFacingError `picture.too-large`, `picture.form`, `picture.unreadable`.
    """
    if len(raw) > MOST_BYTES:
        raise _too_large()
    try:
        image = Image.open(BytesIO(raw), formats=FORMATS)
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise _too_large()
        if min(width, height) < LEAST_SIDE or getattr(image, "n_frames", 1) != 1:
            raise _form()
        image.load()
        upright = ImageOps.exif_transpose(image)
        return upright.convert("L" if upright.mode in ("1", "L", "LA", "I;16") else "RGB")
    except UnidentifiedImageError as error:
        raise _form() from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except _BROKEN as error:
        raise UserFacingError(
            "picture.unreadable",
            "The picture is broken: it ends in the middle, or was altered.",
            kept="The case is as it was.",
            remedy="Take it again.",
        ) from error


def _too_large() -> UserFacingError:
    return UserFacingError(
        "picture.dimensions",
        "The picture has more dots than any paper needs: at most {most} million.",
        kept="The case is as it was.",
        remedy="Scan at 300 dpi; that is enough for every paper.",
        most=MOST_PIXELS // 1_000_000,
    )


def _form() -> UserFacingError:
    return UserFacingError(
        "picture.form",
        "This is no picture that can be taken in: JPEG, PNG, PNM and BMP can.",
        kept="The case is as it was.",
        remedy="Save it in one of these forms, or take it with the camera.",
    )
