"""The whole catalogue: categories, bodies, phrases and every version of every item.

New cases take the version in force on their day; a running case names its own by (code, version)
(mission: I1). Not here: reading and writing it (an adapter) and finding by words (`search.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.materials import Material
from counter_app.errors import UserFacingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One of the seed's twelve kinds of service, with its lines; `source_text` is word for word.

    `elder_first`: stands first where the kiosk shows large letters and few keys.
    """

    code: str
    name: str
    name_en: str
    hint: str
    hint_en: str
    initials: str
    lines: tuple[str, ...]
    source_text: str
    elder_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A kiosk key of its own for items that people do not look for under their category (企业登记)."""

    code: str
    name: str
    name_en: str
    hint: str
    hint_en: str
    initials: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A department or authority that items name, moved into the hall or not."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Standard reasons for sending a material back, by its material_type (1, 2, 3)."""

    material_type: Literal[1, 2, 3]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A consistent set. Raises `UserFacingError` `catalogue.*` for what it does not hold."""

    categories: tuple[Category, ...]
    groups: tuple[Group, ...]
    bodies: tuple[Body, ...]
    phrases: tuple[Phrases, ...]
    items: tuple[Item, ...]
    _by_code: Mapping[str, tuple[Item, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code: dict[str, list[Item]] = {}
        for item in sorted(self.items, key=lambda item: item.key):
            by_code.setdefault(item.code, []).append(item)
        frozen = {code: tuple(versions) for code, versions in by_code.items()}
        object.__setattr__(self, "_by_code", frozen)

    def item(self, code: str, on: date) -> Item:
        """The version of `code` in force on `on`. Errors: `catalogue.unknown-item`, `.not-in-force`."""
        for item in self.history(code):
            if item.in_force(on):
                return item
        raise UserFacingError(
            "catalogue.not-in-force",
            "Item {item} has no version in force on {day}.",
            remedy="Choose another item, or ask the administrator to publish a version.",
            item=code,
            day=on.isoformat(),
        )

    def version(self, code: str, version: int) -> Item:
        """The very version a running case keeps. Errors: `catalogue.unknown-item`, `.unknown-version`."""
        for item in self.history(code):
            if item.version == version:
                return item
        raise UserFacingError(
            "catalogue.unknown-version",
            "Item {item} has no version {version}.",
            remedy="Import the catalogue that holds this version.",
            item=code,
            version=version,
        )

    def history(self, code: str) -> tuple[Item, ...]:
        """Every version of `code`, oldest first. Error: `catalogue.unknown-item`."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UserFacingError(
                "catalogue.unknown-item",
                "There is no item with the code {item}.",
                remedy="Look it up by name or pinyin initials.",
                item=code,
            ) from None

    def current(self, on: date) -> tuple[Item, ...]:
        """All items in force on `on`, by code."""
        return tuple(item for item in self._ordered() if item.in_force(on))

    def in_category(self, code: str, on: date) -> tuple[Item, ...]:
        """What stands under a category or group key on `on` (an item with a group stands there only)."""
        return tuple(item for item in self.current(on) if item.licence == code)

    def category(self, code: str) -> Category | None:
        return next((category for category in self.categories if category.code == code), None)

    def licences(self) -> tuple[str, ...]:
        """Everything a counter can be licensed for: the codes of categories and groups."""
        return (*(entry.code for entry in self.categories), *(entry.code for entry in self.groups))

    def licence_name(self, code: str) -> str:
        """The name of a category or group, as counters show what they serve."""
        shelves: tuple[Category | Group, ...] = (*self.categories, *self.groups)
        return next((shelf.name for shelf in shelves if shelf.code == code), code)

    def body(self, code: str) -> Body | None:
        return next((body for body in self.bodies if body.code == code), None)

    def correction_reasons(self, material: Material) -> tuple[str, ...]:
        """Standard phrases for this material: its own first, then those of its type."""
        common = (
            reason
            for phrases in self.phrases
            if phrases.material_type == material.material_type
            for reason in phrases.reasons
        )
        return tuple(dict.fromkeys((*material.correction_reasons, *common)))

    def _ordered(self) -> Iterable[Item]:
        return (item for versions in self._by_code.values() for item in versions)
