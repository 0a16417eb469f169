"""What really lies in an encrypted store's files: every page decrypted by hand, free ones and the log's too.

The database engine shows rows; who has the key and a hex editor sees what a deleted row left behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from counter_app.store.connection import PAGE_BYTES

IV: Final = 16
SEAL: Final = 32  # HMAC-SHA256
SALT: Final = 16  # at the head of the file, in place of the first page's first bytes
LOG_HEAD: Final = 32
FRAME_HEAD: Final = 24


def raw(path: Path, key: bytes) -> bytes:
    """All bytes of the file and of its write-ahead log, decrypted."""
    file = path.read_bytes()
    pages = [file[at : at + PAGE_BYTES] for at in range(0, len(file), PAGE_BYTES)]
    found = [_opened(page, key, SALT if at == 0 else 0) for at, page in enumerate(pages)]
    log = path.with_name(path.name + "-wal")
    if log.exists():
        frames = log.read_bytes()[LOG_HEAD:]
        size = FRAME_HEAD + PAGE_BYTES
        for at in range(0, len(frames) - size + 1, size):
            number = int.from_bytes(frames[at : at + 4], "big")
            page = frames[at + FRAME_HEAD : at + size]
            found.append(_opened(page, key, SALT if number == 1 else 0))
    return b"".join(found)


def _opened(page: bytes, key: bytes, skip: int) -> bytes:
    body, iv = page[skip : PAGE_BYTES - IV - SEAL], page[PAGE_BYTES - IV - SEAL : PAGE_BYTES - SEAL]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def traces(data: bytes, *words: str) -> list[str]:
    """Which of the words stand in the bytes."""
    return [word for word in words if word.encode() in data]
