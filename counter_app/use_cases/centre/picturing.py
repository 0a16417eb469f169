"""The centre's share in pictures: it keeps sealed bytes that an event names, and gives them to the hall's
counters.

It cannot open them with what lies here: the key is a private part, under the hall's key. Not here: what a
picture is (`domain/intake/pictures.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Final

from counter_app.domain.intake.pictures import (
    ALBUMS,
    KEY,
    MOST_SEALED,
    PIECE,
    MaterialPictured,
    blob_subject,
)
from counter_app.domain.journal import read
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.needs import WORKING, need_device, need_plain, within
from counter_app.use_cases.centre.plans import need_role
from counter_app.use_cases.ports.centre import OrderedEvent
from counter_app.use_cases.ports.centre_store import CentreReader, CentreStore, CentreTransaction

READS_ALL: Final = "centre"


def wanted(store: CentreStore, device: str, digest: str) -> int:
    """See `PictureLine.picture_wanted`."""
    with store.reading() as reader:
        _need_worker(reader, device, digest)
        _named_size(reader, digest)
        return _held(reader, digest)


def take_piece(store: CentreStore, device: str, digest: str, at: int, data: bytes) -> int:
    """See `PictureLine.send_piece`. What comes to another digest than was named is thrown away whole."""
    with store.deciding(by_rules=False) as tx:
        _need_worker(tx, device, digest)
        size = _named_size(tx, digest)
        held = _held(tx, digest)
        if at != held or not data or len(data) > PIECE or held + len(data) > size:
            return held
        tx.blobs.keep(digest, held, data)
        held += len(data)
        sound = held < size or _whole_digest(tx, digest) == digest
        if not sound:
            tx.blobs.drop(digest)
    if not sound:
        raise UserFacingError(
            "centre.picture-altered",
            "A picture arrived at the centre other than it was sent.",
            kept="It is kept on the machine that took it.",
            remedy="It is sent again by itself; if this stays so, have the line looked at.",
        )
    return held


def piece(store: CentreStore, device: str, digest: str, at: int) -> bytes:
    """See `PictureLine.picture_piece`: only of what is here whole."""
    with store.reading() as reader:
        _need_worker(reader, device, digest)
        size = _named_size(reader, digest)
        found = reader.blobs.piece(digest, within(at)) if _held(reader, digest) == size else None
    if found is None:
        raise UserFacingError(
            "centre.picture-not-here",
            "This picture has not reached the centre yet.",
            kept="It is kept on the machine that took it.",
            remedy="Try again when that machine is in step.",
        )
    return found


def drop_of(tx: CentreTransaction, cases: Iterable[str], parts: Iterable[tuple[str, str]]) -> None:
    """The bytes of these cases' pictures, as far as their keys are among the erased parts."""
    erased = {id for id, slot in parts if slot == KEY}
    for case in cases:
        for entry in tx.history(ALBUMS.subject(case)):
            event = read(entry.data)
            if isinstance(event.fact, MaterialPictured) and event.id in erased:
                tx.blobs.drop(event.fact.digest)


def has_key(entry: OrderedEvent) -> bool:
    """Whether the picture that this event names can still be opened."""
    return any(part.slot == KEY and part.data is not None for part in entry.parts)


def altered_pictures(reader: CentreReader, sizes: Mapping[str, int]) -> Iterator[str]:
    """What is wrong with those that are here whole; `sizes` by digest."""
    for digest, size in sizes.items():
        if _held(reader, digest) == size and _whole_digest(reader, digest) != digest:
            yield f"picture {digest}: its bytes were altered"


def _need_worker(reader: CentreReader, device: str, digest: str) -> None:
    need_plain(digest)
    need_role(need_device(reader, device), WORKING)


def _named_size(reader: CentreReader, digest: str) -> int:
    """The size that an event names, whose key still exists."""
    for entry in reader.history(blob_subject(digest)):
        fact = read(entry.data).fact
        if isinstance(fact, MaterialPictured) and fact.digest == digest and _size_fits(fact.size):
            (event,) = reader.at([entry.hall_seq], READS_ALL)
            if has_key(event):
                return fact.size
    raise UserFacingError(
        "centre.picture-unknown",
        "The centre knows of no such picture.",
        kept="It is kept on the machine that took it.",
        remedy="It is sent by itself once what names it has arrived.",
    )


def _size_fits(size: object) -> bool:
    return isinstance(size, int) and 0 < size <= MOST_SEALED


def _held(reader: CentreReader, digest: str) -> int:
    return sum(length for _, length in reader.blobs.pieces(digest))


def _whole_digest(reader: CentreReader, digest: str) -> str:
    hashed = sha256()
    for at, _ in reader.blobs.pieces(digest):
        hashed.update(reader.blobs.piece(digest, at) or b"")
    return hashed.hexdigest()
