"""What is said aloud when a ticket is called: the clips of `resources/sounds/`, in order.

A call names the number and the counter, never a person (`mission: D1`). The sound itself is made in
`devices/speaker`; the words on the screen are the display's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

CHIME: Final = "chime"
_ALPHABET: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_SAYABLE_AS_NUMBER: Final = range(100)


def clips(number: str, counter: str, language: str) -> tuple[str, ...]:
    """The clips that call `number` to `counter`, the chime first.

    A clip is named by its place in `resources/sounds/` without ending: `zh/please`. A ticket's number is
    said letter by letter (A 0 1 2); a counter's as people say it (12: 十二, twelve). `language` is one of
    `zh_CN`, `zh_TW`, `en`; any other is said in English. Characters that have no clip, such as the dash
    in `A012-K`, are left out.
    """
    if language.startswith("zh"):
        words = ("please", *_spelt(number), "number", "to", *_counted(counter, _chinese_number), "counter")
        voice = "zh"
    else:
        words = ("ticket", *_spelt(number), "please-go-to-counter", *_counted(counter, _english_number))
        voice = "en"
    return (CHIME, *(f"{voice}/{word}" for word in words))


def _spelt(text: str) -> tuple[str, ...]:
    return tuple(character for character in text.upper() if character in _ALPHABET)


def _counted(counter: str, said: Callable[[int], tuple[str, ...]]) -> tuple[str, ...]:
    """A plain number below 100 as a number; `A3`, `007` and `105` letter by letter."""
    plain = counter.isascii() and counter.isdigit() and str(int(counter)) == counter
    if plain and int(counter) in _SAYABLE_AS_NUMBER:
        return said(int(counter))
    return _spelt(counter)


def _chinese_number(number: int) -> tuple[str, ...]:
    tens, ones = divmod(number, 10)
    if not tens:
        return (str(ones),)
    return (*((str(tens),) if tens > 1 else ()), "ten", *((str(ones),) if ones else ()))


def _english_number(number: int) -> tuple[str, ...]:
    tens, ones = divmod(number, 10)
    if tens < 2 or not ones:  # English has words of its own up to nineteen
        return (str(number),)
    return (str(tens * 10), str(ones))
