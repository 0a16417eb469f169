"""Preparing the resources: whole, once, and the same whoever runs it."""

from __future__ import annotations

import gettext
import lzma
import os
import threading
from pathlib import Path

import pytest

from installer.prepare import PreparationError, compile_translations, merge, unpack_fonts


def po(folder: Path, area: str, *entries: tuple[str, str]) -> Path:
    file = folder / "zh_CN" / f"{area}.po"
    file.parent.mkdir(exist_ok=True)
    text = "".join(f'msgid "{source}"\nmsgstr "{chinese}"\n\n' for source, chinese in entries)
    file.write_text(text, encoding="utf-8")
    return file


def messages(built: Path, language: str) -> gettext.GNUTranslations:
    with (built / f"{language}.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream)


def test_fonts_are_unpacked_once(tmp_path: Path) -> None:
    packed, built = tmp_path / "packed", tmp_path / "built"
    packed.mkdir()
    content = os.urandom(3 << 20)
    (packed / "One.ttf.xz").write_bytes(lzma.compress(content))
    assert unpack_fonts(packed, built) == [built / "One.ttf"]
    assert (built / "One.ttf").read_bytes() == content
    assert unpack_fonts(packed, built) == []


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_harmed_font_is_unpacked_again(tmp_path: Path, harm: str) -> None:
    (tmp_path / "One.ttf.xz").write_bytes(lzma.compress(b"glyphs" * 100))
    built = tmp_path / "built"
    unpack_fonts(tmp_path, built)
    font = built / "One.ttf"
    if harm == "gone":
        font.unlink()
    else:
        font.write_bytes(b"glyphs")
    assert unpack_fonts(tmp_path, built) == [font]
    assert font.read_bytes() == b"glyphs" * 100


def test_a_damaged_package_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "One.ttf.xz").write_bytes(lzma.compress(os.urandom(5000))[:-900])
    with pytest.raises(PreparationError, match=r"One\.ttf\.xz is damaged"):
        unpack_fonts(tmp_path, tmp_path / "built")
    assert list((tmp_path / "built").iterdir()) == []


def test_several_at_once_leave_one_whole_font(tmp_path: Path) -> None:
    content = os.urandom(2 << 20)
    (tmp_path / "One.ttf.xz").write_bytes(lzma.compress(content))
    built = tmp_path / "built"
    threads = [threading.Thread(target=unpack_fonts, args=(tmp_path, built)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (built / "One.ttf").read_bytes() == content
    assert sorted(path.name for path in built.iterdir()) == [".One.ttf.stamp", "One.ttf"]


def test_translations_of_all_areas_in_both_scripts(tmp_path: Path) -> None:
    po(tmp_path, "counter", ("Call {number}", "请{number}号到窗口"))
    po(tmp_path, "papers", ("Receipt", "受理回执"), ("Later", ""))
    built = tmp_path / "built"
    assert compile_translations(tmp_path, built) == [built / "zh_CN.mo", built / "zh_TW.mo"]
    assert messages(built, "zh_CN").gettext("Receipt") == "受理回执"
    assert messages(built, "zh_TW").gettext("Receipt") == "受理回執"
    # Characters change, words do not: the hall's 窗口 is not the computer's 視窗.
    assert messages(built, "zh_TW").gettext("Call {number}") == "請{number}號到窗口"
    assert messages(built, "zh_CN").gettext("Later") == "Later"
    assert compile_translations(tmp_path, built) == []


def test_a_changed_translation_is_compiled_again(tmp_path: Path) -> None:
    built = tmp_path / "built"
    po(tmp_path, "papers", ("Receipt", "回执"))
    compile_translations(tmp_path, built)
    po(tmp_path, "papers", ("Receipt", "受理回执"))
    assert compile_translations(tmp_path, built)
    assert messages(built, "zh_CN").gettext("Receipt") == "受理回执"


def test_two_areas_that_disagree_are_named(tmp_path: Path) -> None:
    files = [po(tmp_path, "counter", ("Counter", "窗口")), po(tmp_path, "kiosk", ("Counter", "柜台"))]
    with pytest.raises(PreparationError, match=r"kiosk\.po: 'Counter' .* counter\.po"):
        merge(files)


def test_what_the_translator_does_not_use_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "some.po"
    file.write_text('msgctxt "verb"\nmsgid "Call"\nmsgstr "叫号"\n', encoding="utf-8")
    with pytest.raises(PreparationError, match="only msgid and msgstr"):
        merge([file])


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "some.po"
    file.write_text('msgid "Call\nmsgstr', encoding="utf-8")
    with pytest.raises(PreparationError, match=r"some\.po"):
        merge([file])
