"""Import and export lose nothing, and loading is quick."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalogue_files.checking import CheckedCatalogue
from counter_app.catalogue_files.codec import JsonCodec, build, to_toml
from counter_app.catalogue_files.documents import parse_tree
from counter_app.catalogue_files.files import TomlCatalogue, item_file
from counter_app.catalogue_files.romaniser import PinyinRomaniser
from counter_app.domain.catalogue.items import Item
from counter_app.errors import UserFacingError
from counter_app.i18n import RESOURCES
from counter_app.use_cases.ports.catalogue import CatalogueChecker, CatalogueCodec, CatalogueFiles
from tests.unit.catalogue_files.folder import ITEM, write_folder

FOLDER = RESOURCES / "catalogue"
FILES = TomlCatalogue()
CATALOGUE = FILES.load(FOLDER)
IMPORT = CheckedCatalogue(PinyinRomaniser())
IMPORT_FILES: CatalogueFiles = IMPORT
CHECKED: CatalogueChecker = IMPORT
CODEC: CatalogueCodec = JsonCodec()
CLEAN_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)


def test_an_exported_catalogue_loads_equal_and_checks_clean(tmp_path: Path) -> None:
    written = FILES.export(CATALOGUE, tmp_path / "out")
    assert len(written) == 3 + len(CATALOGUE.items)
    assert FILES.load(tmp_path / "out") == CATALOGUE
    assert CHECKED.check(tmp_path / "out") == ()


def test_the_files_in_the_repository_are_as_an_export_writes_them(tmp_path: Path) -> None:
    FILES.export(CATALOGUE, tmp_path)
    for path in (tmp_path / item_file(item) for item in CATALOGUE.items):
        assert path.read_bytes() == (FOLDER / "items" / path.name).read_bytes(), path.name


def test_an_export_over_an_older_one_replaces_whole_files_and_leaves_nothing_beside(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c")
    catalogue = FILES.load(folder)
    renamed = replace(catalogue, items=(replace(catalogue.items[0], name="新名称"),))
    FILES.export(renamed, folder)
    assert FILES.load(folder).items[0].name == "新名称"
    assert sorted(path.name for path in (folder / "items").iterdir()) == ["0603-v1.toml"]


def test_an_import_gives_initials_to_an_item_written_without_them(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "c", ITEM.replace('initials = ["hyzmbl"]\n', ""))
    assert FILES.load(folder).items[0].initials == ()
    assert CHECKED.check(folder) == ()
    assert IMPORT_FILES.load(folder).items[0].initials == ("hyzmbl",)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserFacingError) as caught:
        FILES.export(CATALOGUE, tmp_path / "file")
    assert caught.value.code == "catalogue.cannot-write"


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: f"{item.code}-v{item.version}")
def test_an_item_survives_the_stores_form(item: Item) -> None:
    data = CODEC.item_to_json(item)
    assert CODEC.item_from_json(data) == item
    assert CODEC.item_to_json(CODEC.item_from_json(data)) == data


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"code": 1}', b"\xff", b'{"code": "0603"}'])
def test_a_stored_item_that_is_spoiled_is_refused(data: bytes) -> None:
    with pytest.raises(UserFacingError) as caught:
        CODEC.item_from_json(data)
    assert caught.value.code == "catalogue.unreadable"


@given(CLEAN_TEXT, st.lists(CLEAN_TEXT, max_size=4))
def test_any_text_survives(name: str, aliases: list[str]) -> None:
    item = build(Item, parse_tree(Path("i.toml"), ITEM.encode()))
    item = replace(item, name=name, aliases=tuple(aliases), source_text=f"{name}\n{name}")
    assert build(Item, parse_tree(Path("i.toml"), to_toml(item).encode())) == item
    assert CODEC.item_from_json(CODEC.item_to_json(item)) == item


def test_the_whole_catalogue_loads_in_less_than_80_milliseconds() -> None:
    assert len(CATALOGUE.items) >= 30
    took = []
    for _ in range(7):
        start = time.process_time()
        FILES.load(FOLDER)
        took.append(time.process_time() - start)
    assert min(took) < 0.08
