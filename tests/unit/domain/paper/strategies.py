"""Texts that come out of nowhere: rare names, marks, controls, printer commands, mark-up."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

NASTY: Final = (
    "𠅤䶮",
    "阿卜杜拉·买买提",
    "张\x1b@\x1d(k\x03\x00三",
    "\u202e倒写\u2066",
    "é\u0301\u0302\u0303\u0304",
    "a\u200b\u200d\ufeffb",
    "<img src='file:///etc/passwd'/>",
    "<para><b>粗",
    "'; DROP TABLE papers; --",
    "￥20.00 ¥20.00",
    "一" * 60,
    "A" * 90,
    "，。、；：？！）》" * 9,
    "（《“" * 9,
    "{name} {0} %s",
    "行一\n行二\r\n行三\x85行四",
    "\ud800",
    "🏛️ 👩‍👩‍👧",
    "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ",
    "",
)
ANY_TEXT: Final = st.one_of(st.sampled_from(NASTY), st.text(max_size=120))
