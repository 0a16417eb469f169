"""Pictures on this machine's disk: sealed files under their digest, and which of them the centre has not yet.

Each is sealed by AES-256-GCM with a key of its own that stands in the journal, in an encrypted store: of the
file alone nobody sees more than its length. A file is written beside its place, made durable and renamed,
before the event that names it: an event never names bytes that a power cut took. `unsent/` holds one empty
file for each that the centre has not acknowledged. Not here: which pictures there are
(`domain/intake/pictures.py`).
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from counter_app.errors import UserFacingError
from counter_app.store.backup import write_durably
from counter_app.use_cases.ports.pictures import KeptBlob, Sealed

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
BOUND: Final = b"counter-app picture 1"
UNSENT: Final = "unsent"
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class FilePictureVault:
    """`PictureVault` in one folder of a home."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seal(self, data: bytes) -> Sealed:
        key, nonce = os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
        sealed = nonce + AESGCM(key).encrypt(nonce, data, BOUND)
        return Sealed(key, sha256(sealed).hexdigest(), sealed)

    def open(self, key: bytes, data: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], BOUND)
        except (InvalidTag, ValueError) as error:
            raise UserFacingError(
                "picture.altered",
                "This picture is not what was taken: its bytes were altered.",
                kept="The case and its other pictures are as they were.",
                remedy="Take the picture again; tell the person who looks after the machine.",
            ) from error

    def keep(self, digest: str, data: bytes, *, sent: bool) -> None:
        place = self._place(digest)
        with _told():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not sent:
                self._marks.mkdir(parents=True, exist_ok=True, mode=0o700)
                write_durably(self._marks / digest, b"")
            draft = place.with_name(f"{digest}.{os.getpid()}.partial")
            write_durably(draft, data)
            draft.replace(place)
            _flush_folder(place.parent)

    def get(self, digest: str) -> bytes | None:
        try:
            data = self._place(digest).read_bytes()
        except OSError:
            return None
        return data if sha256(data).hexdigest() == digest else None

    def altered(self, digest: str) -> bool:
        return self._place(digest).exists() and self.get(digest) is None

    def unsent(self) -> tuple[str, ...]:
        try:
            marks = [entry for entry in self._marks.iterdir() if _DIGEST.fullmatch(entry.name)]
            return tuple(entry.name for entry in sorted(marks, key=lambda entry: entry.stat().st_mtime))
        except OSError:
            return ()

    def mark_sent(self, digest: str) -> None:
        (self._marks / _checked(digest)).unlink(missing_ok=True)

    def drop(self, digest: str) -> None:
        self._place(digest).unlink(missing_ok=True)
        self.mark_sent(digest)

    def kept(self) -> Iterator[KeptBlob]:
        unsent = frozenset(self.unsent())
        for file in sorted(self._folder.glob("??/*")):
            if _DIGEST.fullmatch(file.name):
                yield KeptBlob(file.name, file.stat().st_mtime, file.name not in unsent)

    def to_back_up(self, *, everything: bool) -> dict[str, Path]:
        """The files that exist nowhere else, by digest: `everything` where no centre has them."""
        return {blob.digest: self._place(blob.digest) for blob in self.kept() if everything or not blob.sent}

    @property
    def _marks(self) -> Path:
        return self._folder / UNSENT

    def _place(self, digest: str) -> Path:
        return self._folder / _checked(digest)[:2] / digest


def _checked(digest: str) -> str:
    """A digest from outside never leads out of the folder."""
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"no digest: {digest!r}")
    return digest


def _flush_folder(folder: Path) -> None:
    """The rename itself is durable; Windows keeps names by itself and opens no folder."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserFacingError(
            "store.full" if error.errno in _FULL else "store.closed",
            "The picture cannot be stored: {reason}",
            kept="The case is as it was.",
            remedy="Free some space on the disk, then do it again.",
            reason=error.strerror or str(error),
        ) from error
