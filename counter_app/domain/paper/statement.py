"""The signed statement in a paper's QR: small enough to print, checked offline years later.

It says which paper was issued, on what, to whom (masked), and where the journal stood, so citizens
hold the anchors (mission: P10). Bytes: version, fields each with a length, Ed25519 signature; text:
``GSH1:`` and base45 (RFC 9285), which a QR code packs in its alphanumeric mode.

Not here: keys (a signer and a verifier are passed in), and the state of a paper now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, NoReturn

from counter_app.domain.paper.codes import qr_version
from counter_app.domain.paper.facts import PaperKind
from counter_app.errors import UserFacingError

PREFIX: Final = "GSH1:"
SIGNATURE: Final = 64  # bytes of Ed25519
HEAD: Final = 32  # hex digits of the head hash that are kept: 128 bits
KEY_ID: Final = 16  # hex digits
LARGEST_VERSION: Final = 12
_LONGEST_NAME: Final = 48  # bytes of GB 18030: 24 Chinese characters
_LONGEST_TEXT: Final = 2000
_VERSION: Final = 1
_TEXTS: Final = 6
_SHORTEST: Final = 13 + HEAD // 2 + KEY_ID // 2 + _TEXTS + SIGNATURE  # bytes, were every text empty
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_KINDS: Final = tuple(PaperKind)  # the order is part of the format: append only
_EPOCH_DAY: Final = date(2000, 1, 1).toordinal()

Signer = Callable[[bytes], bytes]
Verifier = Callable[[str, bytes, bytes], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a paper's QR states.

    `decision` is a short code (`accepted`, `notice`, `granted` …); `masked_name` comes masked;
    `seq` and `head` (first 32 hex digits of the hash) are the journal's position on `device`;
    `key_id` (16 hex digits) names the key that signed.
    """

    number: str
    kind: PaperKind
    item_code: str
    item_name: str
    decision: str
    on: date
    masked_name: str
    device: str
    epoch: int
    seq: int
    head: str
    key_id: str


def payload(statement: Statement) -> bytes:
    """The bytes that are signed. Long names of item and person are cut, and end in `…`."""
    out = bytearray([_VERSION, _KINDS.index(statement.kind)])
    out += (statement.on.toordinal() - _EPOCH_DAY).to_bytes(3, "big", signed=True)
    out += statement.epoch.to_bytes(2, "big") + statement.seq.to_bytes(6, "big")
    out += bytes.fromhex(statement.head[:HEAD]) + bytes.fromhex(statement.key_id)
    for text in (
        statement.number,
        statement.item_code,
        _cut(statement.item_name),
        statement.decision,
        _cut(statement.masked_name),
        statement.device,
    ):
        encoded = _encoded(text)
        if len(encoded) > 255:
            _too_long()
        out += bytes([len(encoded)]) + encoded
    return bytes(out)


def to_text(statement: Statement, sign: Signer) -> str:
    """The QR's text. Raises UserFacingError `paper.statement-too-long` beyond QR version 12."""
    signed = payload(statement)
    signature = sign(signed)
    if len(signature) != SIGNATURE:
        raise ValueError(f"a signature has {SIGNATURE} bytes")
    text = PREFIX + base45(signed + signature)
    version = qr_version(text, "L")
    if version is None or version > LARGEST_VERSION:
        _too_long()
    return text


def read(text: str) -> tuple[Statement, bytes, bytes]:
    """What a QR text states, unchecked: (statement, signed bytes, signature).

    Raises UserFacingError `paper.qr-unreadable` for anything `to_text` would not have written.
    """
    try:
        if len(text) > _LONGEST_TEXT:
            raise ValueError("too long")
        trimmed = text.strip("\r\n\t ")
        if not trimmed.startswith(PREFIX):
            raise ValueError("another kind of code")
        data = unbase45(trimmed.removeprefix(PREFIX))
        signed, signature = data[:-SIGNATURE], data[-SIGNATURE:]
        return _parsed(signed), signed, signature
    except (ValueError, IndexError, OverflowError) as error:
        raise UserFacingError(
            "paper.qr-unreadable",
            "This is not a statement of ours: {reason}",
            remedy="Scan it again, or type the paper's number.",
            reason=str(error),
        ) from error


def is_cut_off(text: str) -> bool:
    """Whether `text` begins a statement whose end has not come; a garbled or altered one is not cut off."""
    body = text.removeprefix(PREFIX)
    size = len(body) // 3 * 2 + (len(body) % 3 == 2)
    if size < _SHORTEST:
        return True
    try:
        data = unbase45(body[: len(body) // 3 * 3])
    except ValueError:
        return False
    if data[:1] != bytes([_VERSION]) or data[1] >= len(_KINDS):
        return False
    at = 13 + HEAD // 2 + KEY_ID // 2
    for _ in range(_TEXTS):
        if at >= len(data):
            return True
        at += data[at] + 1
    return at + SIGNATURE > size


def check(text: str, verify: Verifier) -> Statement:
    """The statement, if `verify(key_id, signed, signature)` holds: genuine when issued.

    Raises UserFacingError `paper.qr-unreadable`, or `paper.qr-forged` when the signature is wrong.
    """
    statement, signed, signature = read(text)
    if not verify(statement.key_id, signed, signature):
        raise UserFacingError(
            "paper.qr-forged",
            "This paper was not issued by this hall, or it was altered.",
            remedy="Ask for the sealed paper, or look it up by its number.",
        )
    return statement


def base45(data: bytes) -> str:
    """RFC 9285."""
    out = []
    for start in range(0, len(data), 2):
        chunk = data[start : start + 2]
        value = int.from_bytes(chunk, "big")
        for _ in range(3 if len(chunk) == 2 else 2):
            value, digit = divmod(value, 45)
            out.append(_ALPHABET[digit])
    return "".join(out)


def unbase45(text: str) -> bytes:
    """RFC 9285. Raises ValueError for text that `base45` does not write."""
    values = [_ALPHABET.index(character) for character in text]
    out = bytearray()
    for start in range(0, len(values), 3):
        chunk = values[start : start + 3]
        if len(chunk) == 1:
            raise ValueError("cut short")
        value = sum(digit * 45**place for place, digit in enumerate(chunk))
        size = len(chunk) - 1
        if value >= 256**size:
            raise ValueError("not base45")
        out += value.to_bytes(size, "big")
    return bytes(out)


def _encoded(text: str) -> bytes:
    return text.encode("gb18030", "replace")


def _cut(name: str) -> str:
    """Names come from people: however long they are, the statement is made."""
    if len(_encoded(name)) <= _LONGEST_NAME:
        return name
    while len(_encoded(name)) > _LONGEST_NAME - 2:
        name = name[:-1]
    return name + "…"


def _too_long() -> NoReturn:
    raise UserFacingError(
        "paper.statement-too-long",
        "The statement is too long for a QR code.",
        remedy="Shorten the item's name.",
    )


def _parsed(data: bytes) -> Statement:
    if data[:1] != bytes([_VERSION]):
        raise ValueError("another version")
    if data[1] >= len(_KINDS):
        raise ValueError("unknown kind of paper")
    head_end = 13 + HEAD // 2
    key_end = head_end + KEY_ID // 2
    texts = _read_texts(data[key_end:])
    if len(data) < key_end or len(texts) != _TEXTS:
        raise ValueError("cut short")
    number, item_code, item_name, decision, masked_name, device = texts
    return Statement(
        number=number,
        kind=_KINDS[data[1]],
        item_code=item_code,
        item_name=item_name,
        decision=decision,
        on=date.fromordinal(_EPOCH_DAY + int.from_bytes(data[2:5], "big", signed=True)),
        masked_name=masked_name,
        device=device,
        epoch=int.from_bytes(data[5:7], "big"),
        seq=int.from_bytes(data[7:13], "big"),
        head=data[13:head_end].hex(),
        key_id=data[head_end:key_end].hex(),
    )


def _read_texts(data: bytes) -> list[str]:
    texts = []
    while data:
        size = data[0]
        if len(data) < size + 1:
            raise ValueError("cut short")
        texts.append(data[1 : size + 1].decode("gb18030"))
        data = data[size + 1 :]
    return texts
