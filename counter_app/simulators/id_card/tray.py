"""The demo's tray of made-up citizens, out of a TOML file.

No person in it exists; the numbers have right check digits. Photos are the magic bytes of WLT and
made-up filling: there is nothing in them to see.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from counter_app.domain.identity.document import DocumentType, IdentityDocument, Sex
from counter_app.domain.identity.layouts import encode
from counter_app.domain.identity.nations import NO_NATION, nation
from counter_app.domain.identity.photo import WLT_MAGIC, WLT_SIZE
from counter_app.errors import UserFacingError, mark
from counter_app.i18n import RESOURCES

TRAY: Final = RESOURCES / "demo" / "citizens.toml"
_DAYS: Final = ("birth", "valid_from", "valid_to")
_TEXTS: Final = (
    "name", "name_latin", "number", "address", "newest_address", "authority",
    "pass_number", "times_issued", "nationality", "old_number_item", "version",
)  # fmt: skip
_OTHERS: Final = ("key", "about", "kind", "sex", "nation")


class TrayBad(UserFacingError):
    """The tray's file holds a mistake; `where` names person and field."""

    def __init__(self, path: Path, where: str) -> None:
        super().__init__(
            "simulator.tray-bad",
            mark("The tray of cards {path} has a mistake at {where}."),
            path=str(path),
            where=where,
        )


@dataclass(frozen=True, slots=True)
class Citizen:
    """One card of the tray: `key` to call it by, `about` says what it is good for."""

    key: str
    about: str
    document: IdentityDocument


def load_tray(path: Path = TRAY) -> tuple[Citizen, ...]:
    """All cards, in the file's order. Raises TrayBad, or OSError when there is no such file."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["citizen"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrayBad(path, str(error)) from error
    except KeyError:
        raise TrayBad(path, "[[citizen]]") from None
    citizens = tuple(_citizen(path, row) for row in rows)
    keys = [citizen.key for citizen in citizens]
    for key in keys:
        if keys.count(key) > 1:
            raise TrayBad(path, f"{key}: key")
    return citizens


def made_up_photo(number: str) -> bytes:
    """1024 bytes that begin like a WLT photo; the same for the same number."""
    filling = b"".join(hashlib.sha256(f"{number} {part}".encode()).digest() for part in range(WLT_SIZE // 32))
    return (WLT_MAGIC + filling)[:WLT_SIZE]


def _citizen(path: Path, row: dict[str, object]) -> Citizen:
    key = str(row.get("key", "?"))
    for name in row:
        if name not in (*_TEXTS, *_DAYS, *_OTHERS):
            raise TrayBad(path, f"{key}: {name}")
    texts = {name: _text(path, key, name, row.get(name, "")) for name in _TEXTS}
    code = _text(path, key, "nation", row.get("nation", ""))
    try:
        kind = DocumentType(_text(path, key, "kind", row.get("kind", DocumentType.RESIDENT.value)))
        sex = Sex(_text(path, key, "sex", row.get("sex", "")))
    except ValueError as error:
        raise TrayBad(path, f"{key}: {error}") from error
    document = IdentityDocument(
        kind=kind,
        name=texts["name"] or texts["name_latin"],
        number=texts["number"],
        name_latin=texts["name_latin"],
        sex=sex,
        nation=nation(code) if code else NO_NATION,
        birth=_day(path, key, "birth", row.get("birth")),
        address=texts["address"],
        newest_address=texts["newest_address"],
        authority=texts["authority"],
        valid_from=_day(path, key, "valid_from", row.get("valid_from")),
        valid_to=_day(path, key, "valid_to", row.get("valid_to")),
        long_term="valid_to" not in row,
        pass_number=texts["pass_number"],
        times_issued=texts["times_issued"],
        nationality=texts["nationality"],
        old_number_item=texts["old_number_item"],
        version=texts["version"],
        photo=made_up_photo(texts["number"]),
    )
    try:
        encode(document)
    except ValueError as error:
        raise TrayBad(path, f"{key}: {error}") from error
    return Citizen(key, _text(path, key, "about", row.get("about", "")), document)


def _text(path: Path, key: str, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise TrayBad(path, f"{key}: {name}")
    return value


def _day(path: Path, key: str, name: str, value: object) -> date | None:
    if value is None or type(value) is date:
        return value
    raise TrayBad(path, f"{key}: {name}")
