"""A catalogue with any mistake changes nothing: the one in force stays, and the mistake is named (I1)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.bootstrap.machine import ThisMachine
from counter_app.bootstrap.program import open_program
from counter_app.cli.main import run
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.i18n import RESOURCES
from tests.support.demo import copied

FILE = "items/0603-v1.toml"


def respell(old: str, new: str) -> Callable[[Path], None]:
    def work(folder: Path) -> None:
        path = folder / FILE
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return work


def cut(folder: Path) -> None:
    path = folder / FILE
    path.write_bytes(path.read_bytes()[:-20] + b"\xff")


def twice(folder: Path) -> None:
    shutil.copy(folder / FILE, folder / "items" / "0603-again.toml")


def without_categories(folder: Path) -> None:
    (folder / "categories.toml").unlink()


def empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def gone(folder: Path) -> None:
    shutil.rmtree(folder)


def as_folder(folder: Path) -> None:
    (folder / FILE).unlink()
    (folder / FILE).mkdir()


MISTAKES: dict[str, Callable[[Path], None]] = {
    "a field misspelt": respell("line = ", "lien = "),
    "another type": respell("version = 1", 'version = "one"'),
    "half a file, not UTF-8": cut,
    "an item twice": twice,
    "no categories": without_categories,
    "an empty folder": empty,
    "no folder": gone,
    "a folder for a file": as_folder,
    "a control character": respell('name = "', 'name = "\\u001b@'),
    "an unknown question": respell('question = "married"', 'question = "moon"'),
}


def in_force(home: Path) -> Catalogue:
    with open_program(home) as program:
        return program.catalogue()


@pytest.mark.parametrize("what", MISTAKES)
def test_nothing_is_imported(
    training_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    home = copied(training_home, tmp_path).path
    before = in_force(home)
    folder = tmp_path / "catalogue"
    shutil.copytree(RESOURCES / "catalogue", folder)
    MISTAKES[what](folder)
    code = run(["catalogue", "import", "--json", "--home", str(home), str(folder)], ThisMachine())
    said = capsys.readouterr()
    assert code in (1, 3)
    if code == 1:
        problems = json.loads(said.out)
        assert problems
        assert all(problem["file"] and problem["text"] for problem in problems)
    else:
        assert json.loads(said.err)["error"]["code"]
    assert in_force(home) == before


def test_a_right_folder_is_put_in_force(
    training_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = copied(training_home, tmp_path).path
    before = in_force(home)
    folder = tmp_path / "catalogue"
    shutil.copytree(RESOURCES / "catalogue", folder)
    respell("《流动人口婚育证明》办理", "《流动人口婚育证明》办理（改）")(folder)
    assert run(["catalogue", "import", "--home", str(home), str(folder)], ThisMachine()) == 0
    capsys.readouterr()
    assert in_force(home) != before
