"""What use cases need of the catalogue's outside: its files, its text form, pinyin."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.problems import Problem
from counter_app.domain.hall.plan import HallPlan


class Romaniser(Protocol):
    """Pinyin of Chinese text. Characters it does not know are left out; Latin and digits are kept."""

    def initials(self, text: str, *, surname: bool = False) -> str:
        """`流动人口婚育证明` → `ldrkhyzm`. `surname`: the text is a person's name (仇 is qiu)."""
        ...

    def syllables(self, text: str, *, surname: bool = False) -> tuple[str, ...]:
        """`曾丽` as a name → `("zeng", "li")`. One entry a character, without tones."""
        ...


class CatalogueFiles(Protocol):
    """The catalogue as a folder of files that people can read and edit."""

    def load(self, folder: Path) -> Catalogue:
        """Everything in `folder`, missing pinyin initials filled in.

        Raises `UserFacingError` `catalogue.unreadable` naming file and field.
        """
        ...

    def export(self, catalogue: Catalogue, folder: Path) -> tuple[Path, ...]:
        """Write `catalogue` so that `load` gives an equal one. Raises `catalogue.cannot-write`."""
        ...


class CatalogueChecker(Protocol):
    """Finds mistakes before anything is imported. Slower to start than loading: make it late."""

    def check(self, folder: Path) -> tuple[Problem, ...]:
        """Every mistake in `folder`, in the order of file names; empty means it may be imported."""
        ...

    def check_hall(self, path: Path, catalogue: Catalogue | None = None) -> tuple[Problem, ...]:
        """The same for a hall's file; with `catalogue` also that what its counters serve exists."""
        ...


class CatalogueCodec(Protocol):
    """One item version as text, for the store's versioned rows."""

    def item_to_json(self, item: Item) -> bytes: ...

    def item_from_json(self, data: bytes) -> Item:
        """Raises `UserFacingError` `catalogue.unreadable` when it is not an item."""
        ...


class HallFiles(Protocol):
    """A hall as a file: its tree, departments, counters, staff and promises."""

    def load_hall(self, path: Path) -> HallPlan:
        """Raises `UserFacingError` `hall.unreadable` naming file and field."""
        ...
