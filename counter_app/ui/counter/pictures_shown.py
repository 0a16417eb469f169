"""What the viewer of pictures shows, as a frozen row. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PicturesShown:
    """The pages of one material. `image` None: none is taken yet, or it is on its way (`words` says which).

    `turn`: quarter turns clockwise that the picture is shown by. `working` while the device is at work.
    """

    material: str
    position: str = ""
    page: str = ""
    note: str = ""
    words: str = ""
    image: bytes | None = None
    turn: int = 0
    working: bool = False
    device: str = ""
