"""A logo over the papers of a printer: its dots, and the names under which a printer keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Self

LOGO: Final = "logo"  # the printer's option: digest of the picture over its papers
HELD: Final = "logo_in"  # the printer's option: digest of what its own memory holds
MAGIC: Final = b"P4"  # how it lies in the home: a portable bitmap, 1 is ink
_KEY_FIRST, _KEYS = 0x20, 95  # GS ( L takes key codes of two bytes 20..7E


@dataclass(frozen=True, slots=True)
class Logo:
    """`width` is a multiple of 8; `bits` are rows of packed dots. `stored`: the printer holds it already."""

    width: int
    bits: bytes
    stored: bool = False

    @property
    def across(self) -> int:
        """Bytes of a row."""
        return self.width // 8

    @property
    def height(self) -> int:
        return len(self.bits) // self.across

    @property
    def digest(self) -> str:
        return sha256(self.packed()).hexdigest()[:16]

    @property
    def key(self) -> bytes:
        """Its two key codes in a printer's memory, made of the digest: another picture has others."""
        number = int(self.digest, 16)
        return bytes((_KEY_FIRST + number % _KEYS, _KEY_FIRST + number // _KEYS % _KEYS))

    def packed(self) -> bytes:
        return MAGIC + f"\n{self.width} {self.height}\n".encode() + self.bits

    @classmethod
    def unpacked(cls, data: bytes, *, stored_as: str = "") -> Self:
        """`stored_as` is the digest that the printer holds. ValueError for what is none."""
        magic, sizes, bits = data.split(b"\n", 2)
        width, height = (int(size) for size in sizes.split())
        if magic != MAGIC or width < 8 or width % 8 or len(bits) != width // 8 * height or not height:
            raise ValueError("no logo")
        plain = cls(width, bits)
        return cls(width, bits, stored=plain.digest == stored_as)
