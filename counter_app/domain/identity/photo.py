"""What can be said about a card's photo: WLT bytes, 102 × 126 pixels.

Every known decoder is a closed vendor library and none comes with the program, so the bytes are
kept for the day one is installed and the place of the picture says so.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from counter_app.errors import mark

WLT_SIZE: Final = 1024
WLT_MAGIC: Final = bytes.fromhex("574C66007E003200")


class PhotoState(StrEnum):
    NONE = "none"
    NO_DECODER = "no-decoder"
    NOT_WLT = "not-wlt"


PHOTO_NOTES: Final = {
    PhotoState.NONE: mark("The card gives no photo."),
    PhotoState.NO_DECODER: mark("Photo kept; no decoder is installed to show it."),
    PhotoState.NOT_WLT: mark("Photo kept; its format is unknown."),
}


def photo_state(photo: bytes) -> PhotoState:
    """Why the photo's place stays empty."""
    if not photo:
        return PhotoState.NONE
    whole = len(photo) == WLT_SIZE and photo.startswith(WLT_MAGIC)
    return PhotoState.NO_DECODER if whole else PhotoState.NOT_WLT
