"""Tokens under which people, cases and papers are found, and those of what was typed.

Names take the catalogue's tokens (parts and pinyin initials); numbers their tails. Personal data
stands in the encrypted store's token table only. Not here: looking tokens up (`store/search_rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from counter_app.domain.catalogue.search import fold, query_tokens, tokens
from counter_app.domain.intake.numbers import read_number
from counter_app.use_cases.ports.catalogue import Romaniser

SHORTEST_TAIL: Final = 3
ID_TAILS: Final = (4, 6)


def name_tokens(name: str, romaniser: Romaniser, *, person: bool = True) -> tuple[str, ...]:
    return tokens(name, romaniser.initials(name, surname=person))


def number_tokens(text: str) -> tuple[str, ...]:
    """A case or paper number without its word, and its tails with and without the check character.

    Written whole it is found by the number's own index.
    """
    number = read_number(text)
    if number is None:
        return (fold(text),)
    device, serial = fold(number.device), f"{number.serial:04d}"
    check = number.check.casefold()
    found = [fold(number.plain)]
    for tail in (serial, device + serial, str(number.serial)):
        found += [tail, tail + check]
    return tuple(dict.fromkeys(token for token in found if len(token) >= SHORTEST_TAIL))


def id_tokens(number: str) -> tuple[str, ...]:
    """The last four and six characters of an identity number, as people give them at the counter."""
    return tuple(fold(number[-tail:]) for tail in ID_TAILS if len(number) > tail)


def typed_tokens(typed: str) -> tuple[str, ...]:
    """Tokens all of which must match: one for anything with a digit in it, the name rule for the rest."""
    plain = fold(typed)
    if any(sign.isdigit() for sign in plain):
        return (plain,)
    return query_tokens(typed)


def joined(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for group in groups for token in group))
