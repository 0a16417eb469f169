"""Texts that people, files and attackers put into fields: each is data, and nothing else."""

from __future__ import annotations

from typing import Final

NAMES_OF_50: Final = "阿卜杜热合曼·" * 7 + "买"
HOSTILE: Final[dict[str, str]] = {
    "fifty": NAMES_OF_50,
    "sql": "'); DROP TABLE cases; --",
    "like": "%_%",
    "control": "甲\x01\x02\x07\x08\x0b\x0c\x0e\x1f\x7f乙",
    "c1": "甲\x80\x9b31m\x9f乙",
    "nul": "甲\x00乙",
    "escpos": "甲\x1b@\x1dV\x41\x00\x1bp\x00\x19\xfa\x1d(k\x03\x001A2\x00\x1dV\x00乙",
    "esc-reset": "\x1b@\x1dV",
    "real-time": "\x10\x14\x01\x00\x01\x10\x04\x01\x10\x05\x01",
    "bidi": "\u202e\u2066张\u2069\u202c伟\u200f\u061c",
    "zero-width": "张\u200b\u200d\ufeff\u2060伟",
    "picture": '<img src="{canary}"/>',
    "markup": '<b>甲</i><font name="x"><a href="file://{canary}">&#0;&lt;para>',
    "formula": "=cmd|'/C calc'!A0",
    "format": "{0.__class__} %s {number} ${HOME}",
    "path": "../../../../etc/passwd",
    "lines": "甲\n乙\r\n丙\u2028丁\u2029戊\x85己",
    "surrogate": "甲\ud800乙",
    "surrogates": "\udfff\ud800",
    "marks": "e" + "\u0301" * 200,
    "wide": "𠅤䶮㐂🧑‍🤝‍🧑￼￾\U000e0041",
    "variation": "葛\U000e0100辻\ufe00",
    "blank": " 　\u00a0\t",
    "very-long": "长" * 5_000,
    "long-word": "x" * 2_000,
}


def hostile(canary: str) -> dict[str, str]:
    """The texts; those that try to have a file opened name `canary`."""
    return {name: text.replace("{canary}", canary) for name, text in HOSTILE.items()}
