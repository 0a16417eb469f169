"""Finding items, and the tokens by which names are found: substrings, pinyin initials, code, category.

Pure. Initials come from outside (a romaniser behind a port) and are stored when an item is written.
Not here: the token table of citizens and cases, which is the store's; it takes its tokens from here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from counter_app.domain.catalogue.catalogue import Catalogue, Category, Group
from counter_app.domain.catalogue.items import Item

LONGEST_TOKEN: Final = 8
_LONGEST_QUERY: Final = 64


@dataclass(frozen=True, slots=True)
class Hit:
    """An item found. Lower `rank` is better; `matched` is the text that matched, to show why."""

    item: Item
    rank: int
    matched: str


@dataclass(frozen=True, slots=True)
class _Entry:
    item: Item
    code: str
    names: tuple[str, ...]
    initials: tuple[str, ...]
    english: str
    shelf: str
    shelf_initials: str


def with_initials(item: Item, initials: Callable[[str], str]) -> Item:
    """`item` with the pinyin initials of its names, as they are stored; `initials` romanises one text.

    An import calls this, so that nobody has to type initials into a file.
    """
    names = dict.fromkeys((item.name, item.short_name or item.name, *item.aliases))
    found = dict.fromkeys(initials(name) for name in names)
    return replace(item, initials=tuple(text for text in found if text))


def fold(text: str) -> str:
    """Text as it is compared: case folded, without spaces, brackets and other punctuation."""
    return "".join(c for c in text.casefold() if unicodedata.category(c)[0] in "LNM")


def tokens(text: str, initials: str = "") -> tuple[str, ...]:
    """Tokens under which `text` is stored: the whole, each character, each pair, runs of initials.

    `initials` are the pinyin initials of `text`. A token has at most `LONGEST_TOKEN` characters,
    but for the whole. Meant for a table `(token, id)` with exact look-up.
    """
    plain = fold(text)
    found = dict.fromkeys([plain] if plain else [])
    for size in (1, 2):
        found.update(dict.fromkeys(_runs(plain, size)))
    for size in range(1, LONGEST_TOKEN + 1):
        found.update(dict.fromkeys(_runs(fold(initials), size)))
    return tuple(found)


def query_tokens(query: str) -> tuple[str, ...]:
    """Tokens all of which a stored text must have to match `query`; empty for an empty query."""
    plain = fold(query)[:_LONGEST_QUERY]
    if plain.isascii():
        return tuple(dict.fromkeys(_runs(plain, min(len(plain), LONGEST_TOKEN)))) if plain else ()
    return tuple(dict.fromkeys(_runs(plain, min(len(plain), 2))))


def _runs(text: str, size: int) -> Iterable[str]:
    return (text[start : start + size] for start in range(len(text) - size + 1) if size)


class ItemIndex:
    """Items of one day, ready to be searched. Some hundred items are scanned; none is indexed deeper."""

    def __init__(self, catalogue: Catalogue, items: Iterable[Item]) -> None:
        shelves: tuple[Category | Group, ...] = (*catalogue.categories, *catalogue.groups)
        initials = {shelf.code: shelf.initials for shelf in shelves}
        self._entries = tuple(
            _Entry(
                item=item,
                code=fold(item.code),
                names=tuple(fold(name) for name in (item.name, item.short_name, *item.aliases) if name),
                initials=item.initials,
                english=item.name_en.casefold(),
                shelf=fold(catalogue.licence_name(item.licence)),
                shelf_initials=initials.get(item.licence, ""),
            )
            for item in items
        )

    def find(self, query: str, most: int = 8) -> tuple[Hit, ...]:
        """The best `most` items for `query` (name, part of it, initials, code, category, English).

        An empty query finds nothing. Equal ranks stand in the order of their codes.
        """
        plain = fold(query)[:_LONGEST_QUERY]
        if not plain:
            return ()
        english = " ".join(query.casefold().split())[:_LONGEST_QUERY]
        hits = (_hit(entry, plain, english) for entry in self._entries)
        return tuple(sorted((hit for hit in hits if hit), key=lambda hit: (hit.rank, hit.item.key))[:most])


def _hit(entry: _Entry, query: str, english: str) -> Hit | None:
    item = entry.item
    ranked = [
        (0, item.code, entry.code == query),
        (1, item.name, query in entry.names),
        (2, item.name, entry.names[0].startswith(query)),
        (3, item.name, any(initials.startswith(query) for initials in entry.initials)),
        (4, item.code, entry.code.startswith(query)),
        (5, item.name, any(query in name for name in entry.names)),
        (6, item.name, any(query in initials for initials in entry.initials)),
        (7, entry.shelf, entry.shelf.startswith(query) or entry.shelf_initials == query),
        (8, item.name_en, len(english) > 1 and english in entry.english),
        (9, item.name, len(query) > 1 and any(_scattered(query, name) for name in entry.names)),
        (10, item.name, len(query) > 2 and any(_scattered(query, i) for i in entry.initials)),
    ]
    return next((Hit(item, rank, matched) for rank, matched, yes in ranked if yes), None)


def _scattered(query: str, text: str) -> bool:
    """Do the characters of `query` stand in `text` in this order, with gaps?"""
    rest = iter(text)
    return all(character in rest for character in query)
