"""`ScriptConverter` by OpenCC, character by character: a 窗口 stays a 窗口 and becomes no 視窗."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from opencc import OpenCC

CONVERSION: Final = "s2tw"
_KEPT: Final = 4096


class OpenccConverter:
    """Loads its tables at the first use and keeps what it converted: a page asks for the same again."""

    def traditional(self, text: str) -> str:
        return _converted(text)


@lru_cache(maxsize=1)
def _tables() -> OpenCC:
    return OpenCC(CONVERSION)


@lru_cache(maxsize=_KEPT)
def _converted(text: str) -> str:
    converted: str = _tables().convert(text)
    return converted
