"""Pinyin by pypinyin, with the surnames it gets wrong. Import this file late: pypinyin takes 0.3 s."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pypinyin import Style, lazy_pinyin

# Surnames read otherwise than the word; pypinyin gives the word (仇 chou, 曾 ceng).
SURNAMES: Final = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "仇": ("qiu",),
    "曾": ("zeng",),
    "单": ("shan",),
    "解": ("xie",),
    "查": ("zha",),
    "朴": ("piao",),
    "区": ("ou",),
    "盖": ("ge",),
    "翟": ("zhai",),
    "秘": ("bi",),
    "折": ("she",),
    "种": ("chong",),
    "缪": ("miao",),
    "覃": ("qin",),
    "召": ("shao",),
    "冼": ("xian",),
    "洗": ("xian",),
    "乐": ("yue",),
    "员": ("yun",),
    "贠": ("yun",),
    "繁": ("po",),
    "黑": ("he",),
    "隗": ("wei",),
    "句": ("gou",),
    "都": ("du",),
    "祭": ("zhai",),
}
_LONGEST: Final = 2
_RUNS: Final = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")


class PinyinRomaniser:
    """Answers the port `Romaniser`."""

    def initials(self, text: str, *, surname: bool = False) -> str:
        return "".join(syllable[0] for syllable in self._parts(text, surname))

    def syllables(self, text: str, *, surname: bool = False) -> tuple[str, ...]:
        return self._parts(text, surname)

    def _parts(self, text: str, surname: bool) -> tuple[str, ...]:
        plain = "".join(c for c in text.lower() if unicodedata.category(c)[0] in "LN")
        head = _surname(plain) if surname else ""
        parts = list(SURNAMES.get(head, ()))
        for run in _RUNS.findall(plain[len(head) :]):
            # what has no pinyin is left out; Latin letters and digits stand each for itself
            parts += run if run.isascii() else lazy_pinyin(run, style=Style.NORMAL, errors="ignore")
        return tuple(parts)


def _surname(name: str) -> str:
    """The listed surname `name` begins with, the longer first, or nothing."""
    return next((name[:size] for size in range(_LONGEST, 0, -1) if name[:size] in SURNAMES), "")
