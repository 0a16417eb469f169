"""Every kind of mistake: the report names file, item and field, says what is wrong and what is allowed."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalogue_files.checking import CheckedCatalogue
from counter_app.catalogue_files.documents import MOST_BYTES, UnreadableFile, parse_tree
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.domain.catalogue.problems import Problem
from counter_app.errors import UserFacingError
from tests.unit.catalogue_files.folder import CATEGORIES, ITEM, SECOND, second_item, write_folder
from tests.unit.catalogue_files.spoiled import SPOILED

FILE = "items/0603-v1.toml"


def check(folder: Path) -> tuple[Problem, ...]:
    return CheckedCatalogue(PinyinRomaniser()).check(folder)


def test_the_right_folder_has_no_problem(tmp_path: Path) -> None:
    assert check(write_folder(tmp_path / "c")) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "field", "says"),
    SPOILED,
    ids=[f"{at:02}-{entry[2]}-{entry[3]}" for at, entry in enumerate(SPOILED)],
)
def test_a_spoiled_field_is_named(
    tmp_path: Path, old: str, new: str, code: str, field: str, says: str
) -> None:
    assert old in ITEM
    problems = check(write_folder(tmp_path / "c", ITEM.replace(old, new, 1)))
    (found,) = [problem for problem in problems if problem.field == field]
    assert (found.code, found.file) == (code, FILE)
    assert found.item == "0603 v1" or field == "version"
    assert says in str(found)
    assert field in str(found)


# bytes of the file, the problem's code, the line it is on
UNREADABLE = [
    (b'code = "0603"\nname = "x\n', "toml-syntax", 2),
    (b'code = "0603"\n\ncode = "0604"\n', "toml-syntax", 3),
    (b"[[materials]]\n[materials]\n", "toml-syntax", 2),
    (b"a = 1\nb = \n", "toml-syntax", 2),
    (b"a = [1,", "toml-syntax", 1),
    (b"a = 2026-13-45\n", "toml-syntax", 1),
    (b"just words", "toml-syntax", 1),
    (b'a = "\x01"\n', "toml-syntax", 1),
    (b"a = " + b"9" * 5000, "toml-syntax", 0),
    (b"a = " + b"[" * 5000, "too-deep", 0),
    (b"a = " + b"{b = " * 3000, "too-deep", 0),
    ("# 说明\nname = '婚育证明'".encode("gbk"), "not-utf8", 1),
    (b'a = 1\nname = "\xff"\n', "not-utf8", 2),
    ("name = 'x'".encode("utf-16"), "not-utf8", 1),
    (b"#" * (MOST_BYTES + 1), "too-big", 0),
    (b"\x00" * 50, "toml-syntax", 1),
]


@pytest.mark.parametrize(
    ("data", "code", "line"), UNREADABLE, ids=[f"{n:02}-{e[1]}" for n, e in enumerate(UNREADABLE)]
)
def test_a_file_that_cannot_be_read_says_where(tmp_path: Path, data: bytes, code: str, line: int) -> None:
    folder = write_folder(tmp_path / "c", data)
    (found,) = check(folder)
    assert (found.code, found.file, found.line) == (code, FILE, line)
    with pytest.raises(UserFacingError) as caught:
        TomlCatalogue().load(folder)
    assert caught.value.code == "catalogue.unreadable"
    assert "0603-v1.toml" in str(caught.value)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        assert isinstance(parse_tree(Path("x.toml"), data), dict)


def test_a_mark_left_by_an_editor_is_passed_over(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", b"\xef\xbb\xbf" + ITEM.encode())
    (folder / "items" / ".0603-v1.toml.swp").write_bytes(b"\xff")
    (folder / "items" / "~$0603.toml").write_bytes(b"\xff")
    (folder / "items" / "readme.txt").write_bytes(b"\xff")
    assert check(folder) == ()


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    spoiled = ITEM.replace("level = 5", "level = 50").replace("copies = 1", "copies = -1")
    problems = check(write_folder(tmp_path / "c", spoiled.replace('line = "A"\n', "")))
    assert {problem.field for problem in problems} == {"level", "materials[1].copies", "line"}


def test_missing_files_and_an_empty_folder_are_said(tmp_path: Path) -> None:
    assert {(problem.file, problem.code) for problem in check(tmp_path)} == {
        ("categories.toml", "cannot-open"),
        ("bodies.toml", "cannot-open"),
        ("phrases.toml", "cannot-open"),
        ("items", "no-items"),
    }
    with pytest.raises(UserFacingError) as caught:
        TomlCatalogue().load(tmp_path)
    assert caught.value.code == "catalogue.unreadable"


def test_a_folder_in_the_place_of_a_file_is_said(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c")
    (folder / "items" / "0700-v1.toml").mkdir()
    assert [problem.code for problem in check(folder)] == ["not-a-file"]


def test_two_files_with_one_item_and_a_wrong_name_are_both_told(tmp_path: Path) -> None:
    problems = check(write_folder(tmp_path / "c", items__copy=ITEM))
    assert {(problem.code, problem.file) for problem in problems} >= {
        ("file-name", "items/copy.toml"),
        ("duplicate-item", "items/copy.toml"),
    }
    assert "items/0603-v1.toml" in next(str(p) for p in problems if p.code == "file-name")


def test_versions_that_overlap_are_told_at_the_later_one(tmp_path: Path) -> None:
    later = ITEM.replace("version = 1", "version = 2").replace("2012-01-01", "2021-08-20")
    (found,) = check(write_folder(tmp_path / "c", items__0603_v2=later))
    assert (found.code, found.item, found.field) == ("overlap", "0603 v2", "effective_from")
    ended = ITEM.replace("2012-01-01", "2012-01-01\neffective_to = 2021-08-20")
    (found,) = check(write_folder(tmp_path / "d", ended, items__0603_v2=later))
    assert found.code == "overlap"
    ended = ITEM.replace("2012-01-01", "2012-01-01\neffective_to = 2021-08-19")
    assert check(write_folder(tmp_path / "e", ended, items__0603_v2=later)) == ()


def test_prerequisites_in_a_circle_are_told_once_with_the_way(tmp_path: Path) -> None:
    first = ITEM + SECOND
    second = second_item(ITEM + SECOND.replace("0604", "0603"))
    (found,) = check(write_folder(tmp_path / "c", first, items__0604_v1=second))
    assert (found.code, found.item) == ("circle", "0603 v1")
    assert "0603 → 0604 → 0603" in str(found)
    assert check(write_folder(tmp_path / "d", first, items__0604_v1=second_item())) == ()


def test_a_broken_category_file_does_not_make_every_item_look_wrong(tmp_path: Path) -> None:
    problems = check(write_folder(tmp_path / "c", categories=CATEGORIES.replace("hint_en", "hint_fr", 1)))
    assert {(problem.file, problem.field) for problem in problems} == {
        ("categories.toml", "categories[0].hint_fr"),
        ("categories.toml", "categories[0].hint_en"),
    }


def test_text_from_a_file_is_never_taken_for_a_pattern(tmp_path: Path) -> None:
    (found,) = check(write_folder(tmp_path / "c", ITEM.replace('category = "06"', 'category = "{0}"')))
    assert "{0}" in str(found)


def test_loading_names_the_field_too(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", ITEM.replace("copies = 1", 'copies = "一份"'))
    with pytest.raises(UserFacingError) as caught:
        TomlCatalogue().load(folder)
    assert "0603-v1.toml · 0603 v1 · materials[1].copies" in str(caught.value)
