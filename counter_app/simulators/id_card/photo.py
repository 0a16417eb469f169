"""A photo decoder for practice: it speaks the plug-in's protocol and draws a made-up face from the bytes.

Nobody is to be seen in its pictures: a real WLT photo needs its maker's closed library.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Final

from counter_app.domain.identity.photo import WLT_MAGIC, WLT_SIZE

WIDTH: Final = 102
HEIGHT: Final = 126


def decode(photo: bytes) -> bytes:
    """1024 WLT bytes → a grey PNG of 102 × 126. Raises ValueError for anything else."""
    if len(photo) != WLT_SIZE or not photo.startswith(WLT_MAGIC):
        raise ValueError("no WLT photo")
    seed = hashlib.sha256(photo).digest()
    rows = b"".join(b"\0" + bytes(_grey(x, y, seed) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">2I5B", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _grey(x: int, y: int, seed: bytes) -> int:
    """A head and shoulders, eyes and mouth; hair and width hang on the seed."""
    wide, hair = 26 + seed[0] % 6, 34 + seed[1] % 14
    across, down = (x - 51) / wide, (y - 58) / 38
    if across * across + down * down > 1:
        return 90 + seed[2] % 60 if y > 100 and abs(x - 51) < 20 + (y - 96) else 235
    if y < hair or (abs(x - 51) > wide - 3 and y < 60):
        return 40
    eye = abs(abs(x - 51) - 11) < 4 and abs(y - 55) < 2 + seed[3] % 2
    mouth = abs(x - 51) < 9 and abs(y - 78) < 2
    return 60 if eye or mouth else 200 - seed[4] % 30


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
