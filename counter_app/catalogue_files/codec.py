"""Trees and text ↔ the domain's frozen dataclasses, without loss. msgspec does the typed half.

Conditions are written as data (`{question = "married", is = "yes"}`, `{all = […]}`); defaults are left
out. Not here: files (`files.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from typing import Any, Final, TypeVar

import msgspec
import tomli_w

from counter_app.catalogue_files.documents import Tree
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.questions import AllOf, AnyOf, Condition, Days, Is, Not, OlderThan
from counter_app.errors import UserFacingError

Built = TypeVar("Built")

_FORMS: Final = "{question, is}, {question, older_than}, {all = […]}, {any = […]}, {not = …}"


def build(kind: type[Built], tree: object) -> Built:
    """`tree` as `kind`. Raises `msgspec.ValidationError` with a path (`$.materials[2].copies`)."""
    return msgspec.convert(tree, kind, dec_hook=_decode, strict=True)


def plain(value: object) -> Any:
    """Dataclasses as a tree of dict, list, str, int, bool, date, time; default values are left out."""
    if isinstance(value, Condition):
        return _plain_condition(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(content)
            for field in fields(value)
            if field.init
            and (content := getattr(value, field.name)) != field.default
            and (field.default is not MISSING or content is not None)
        }
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(name): plain(entry) for name, entry in value.items()}
    return value


def to_toml(value: object) -> str:
    """A dataclass as the text of its file."""
    return tomli_w.dumps(plain(value), indent=2, multiline_strings=True)


class JsonCodec:
    """Item versions as canonical JSON, for the store's versioned rows."""

    def item_to_json(self, item: Item) -> bytes:
        tree = plain(item)
        return json.dumps(
            tree, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day
        ).encode()

    def item_from_json(self, data: bytes) -> Item:
        """Raises `UserFacingError` `catalogue.unreadable`."""
        try:
            return _ITEMS.decode(data)
        except msgspec.DecodeError as error:  # a ValidationError is one
            raise UserFacingError(
                "catalogue.unreadable",
                "A stored item cannot be read: {reason}.",
                remedy="Import the catalogue again.",
                reason=str(error),
            ) from error


def _day(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an item")


def _decode(kind: type, tree: Any) -> object:
    if kind is Condition:
        return _condition(tree)
    raise NotImplementedError(kind)


def _condition(tree: object) -> Condition:
    """One of the five forms; msgspec turns the ValueError into an error with the path."""
    match tree:
        case {"question": str(question), "is": str(answer), **rest} if not rest:
            return Is(question, answer)
        case {"question": str(question), "older_than": days, **rest} if not rest:
            return OlderThan(question, build(Days, days))
        case {"all": [*parts], **rest} if parts and not rest:
            return AllOf(tuple(_condition(part) for part in parts))
        case {"any": [*parts], **rest} if parts and not rest:
            return AnyOf(tuple(_condition(part) for part in parts))
        case {"not": part, **rest} if not rest:
            return Not(_condition(part))
    raise ValueError(f"Not a condition; allowed: {_FORMS}")


def _plain_condition(condition: Condition) -> Tree:
    match condition:
        case Is(question, answer):
            return {"question": question, "is": answer}
        case OlderThan(question, days):
            return {"question": question, "older_than": plain(days)}
        case AllOf(parts):
            return {"all": [_plain_condition(part) for part in parts]}
        case AnyOf(parts):
            return {"any": [_plain_condition(part) for part in parts]}
        case Not(part):
            return {"not": _plain_condition(part)}
    raise TypeError(f"unknown condition {type(condition).__name__}")


# Made while the module loads: msgspec takes a type in once, and crashes when two threads do it at once.
_ITEMS: Final = msgspec.json.Decoder(Item, dec_hook=_decode)
