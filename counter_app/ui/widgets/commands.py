"""How a workspace declares its commands once: keys, F1, the menu and the one box derive from them. No Qt.

`initials` are the pinyin initials of the Chinese words, so that a command is found as items are. Not here:
which commands there are (each workspace's `commands.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from counter_app.domain.hall.rights import Right
from counter_app.i18n import Translator

SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Key:
    """`key` in Qt's portable spelling; `command` is what presenters are told; `words` for the overlay.

    `anywhere` keys act even while somebody types in a field. A command of the menu has no key of its own;
    `cap` is what is typed there: one letter or digit, or two where a first letter names a room of the menu.
    `right` is what a clerk's roles must give for it.
    """

    key: str
    command: str
    words: str
    cap: str
    anywhere: bool = True
    initials: str = ""
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: tuple[Key, ...]


def pressed(
    key: str, command: str, words: str, initials: str = "", *, cap: str = "", anywhere: bool = True
) -> Key:
    """A command with a key of its own."""
    return Key(key, command, words, cap or key.replace("+", " "), anywhere, initials)


def in_menu(cap: str, command: str, words: str, initials: str, right: Right | None = None) -> Key:
    """A command of the menu, under one or two letters."""
    return Key("", command, words, cap, initials=initials, right=right)


def keyed(groups: Iterable[Group]) -> dict[str, Key]:
    """The commands by their keys, other spellings of the same key among them."""
    found = {line.key: line for group in groups for line in group.lines if line.key}
    same = {"Ctrl+=": "Ctrl++", "Alt+Enter": "Alt+Return"}
    return found | {other: found[key] for other, key in same.items() if key in found}


def find_commands(groups: Iterable[Group], text: str, t: Translator) -> tuple[tuple[Key, ...], bool]:
    """Commands that `text` names by words or initials, best first; and whether it is exactly the first."""
    wanted = text.strip().casefold()
    if len(wanted) < SHORTEST:
        return (), False
    found = [
        (rank, at, line)
        for at, line in enumerate(_findable(groups))
        if (rank := _rank(wanted, t(line.words).casefold(), line.initials)) is not None
    ]
    found.sort(key=lambda one: one[:2])
    return tuple(line for _, _, line in found), bool(found) and found[0][0] == 0


def _findable(groups: Iterable[Group]) -> Iterator[Key]:
    return (line for group in groups for line in group.lines if line.command)


def _rank(wanted: str, words: str, initials: str) -> int | None:
    """0 the very words or initials, 1 they begin so, 2 it stands within the words."""
    if wanted in (words, initials):
        return 0
    if words.startswith(wanted) or initials.startswith(wanted):
        return 1
    return 2 if wanted in words else None
