"""The Chinese catalogue is complete, holds nothing stale, and fills the same places as the sources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import polib

from installer.prepare import merge
from tests.architecture.messages import Found, all_messages, module_of, places
from tests.architecture.sources import ROOT

CATALOGUES: Final = ROOT / "resources" / "i18n" / "zh_CN"


@cache
def _files() -> tuple[Path, ...]:
    return tuple(sorted(CATALOGUES.glob("*.po")))


def _entries() -> Iterator[tuple[str, polib.POEntry]]:
    for file in _files():
        for entry in polib.pofile(str(file), encoding="utf-8"):
            yield file.name, entry


def test_every_text_has_its_chinese() -> None:
    chinese = merge(_files())
    missing = sorted(
        {
            f"{found.where}: {found.text}"
            for found in all_messages()
            if found.text and found.text not in chinese
        }
    )
    assert missing == []


def test_every_text_can_be_found_in_a_catalogue() -> None:
    """No text is put together before it is translated."""
    assert [found.where for found in all_messages() if found.text is None] == []


def test_no_catalogue_keeps_what_the_program_no_longer_says() -> None:
    said = {found.text for found in all_messages()}
    stale = [f"{name}: {entry.msgid}" for name, entry in _entries() if entry.msgid not in said]
    assert stale == []


def test_no_entry_is_unfinished() -> None:
    unfinished = [
        f"{name}: {entry.msgid}"
        for name, entry in _entries()
        if entry.fuzzy or entry.obsolete or not entry.msgstr
    ]
    assert unfinished == []


def test_translations_fill_the_same_places() -> None:
    different = [
        f"{name}: {entry.msgid}" for name, entry in _entries() if places(entry.msgid) != places(entry.msgstr)
    ]
    assert different == []


def test_texts_are_found_wherever_people_may_read_them() -> None:
    source = """
t("one {count}", count=1); self._t("two"); context.t("three" if late else "four")
mark("five"); errors.mark("six" " and more"); t(variable); print("not shown")
raise UserFacingError("a.code", "seven", kept="eight", remedy="nine", name="not this")
t(f"ten {x}"); t("eleven " + x)
class PortAbsent(UserFacingError):
    def __init__(self) -> None:
        super().__init__("port.gone", "twelve", remedy="thirteen")
class Other(Exception):
    def __init__(self) -> None:
        super().__init__("a.code", "not this either")
"""
    found = module_of(source)
    assert {one.text for one in found if one.text} == {
        "one {count}", "two", "three", "four", "five", "six and more", "seven", "eight", "nine",
        "twelve", "thirteen",
    }  # fmt: skip
    assert found.count(Found("piece.py:5", None)) == 2
