"""Words and habits this code base does without. ruff holds what it can; the rest stands here."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import PRODUCT, named, parsed, python_files

# Put together from halves, so that this file does not hold what it looks for.
UNFINISHED: Final = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b"
)
IGNORE: Final = re.compile(r"#\s*type:\s*ignore(?P<rest>.*)$")
IGNORE_WITH_REASON: Final = re.compile(r"^\[[a-z, -]+\]\s+#\s*\S+")
NOQA: Final = re.compile(r"#\s*no" + r"qa(?P<rest>.*)$")
NOQA_WITH_REASON: Final = re.compile(r"^:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*\s+[-#–—]*\s*\S+")
BANNED_IMPORTS: Final = ("unittest", "importlib", "mock")
NAMELESS_MODULES: Final = ("utils.py", "util.py", "helpers.py", "misc.py", "common.py")

ALL: Final = python_files(*PRODUCT, "tests")


def _imports(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def _lines(pattern: re.Pattern[str], accepted: re.Pattern[str]) -> list[str]:
    return [
        f"{named(file)}:{number}"
        for file in ALL
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line)) and not accepted.match(match["rest"])
    ]


def test_nothing_is_left_for_later() -> None:
    found = [named(file) for file in ALL if UNFINISHED.search(file.read_text(encoding="utf-8"))]
    assert found == []


def test_no_mocks_and_no_imports_by_name() -> None:
    found = {
        f"{named(file)}: {name}"
        for file in ALL
        for name in _imports(parsed(file))
        if name.split(".")[0] in BANNED_IMPORTS
    }
    assert found == set()


def test_every_silenced_check_gives_its_code_and_reason() -> None:
    assert _lines(IGNORE, IGNORE_WITH_REASON) + _lines(NOQA, NOQA_WITH_REASON) == []


@pytest.mark.parametrize("folder", [*PRODUCT, "tests"])
def test_every_module_is_named_for_what_it_holds(folder: str) -> None:
    assert [named(file) for file in python_files(folder) if file.name in NAMELESS_MODULES] == []


def test_every_module_says_what_is_here() -> None:
    def silent(file: Path) -> bool:
        return bool(parsed(file).body) and ast.get_docstring(parsed(file)) is None

    assert [named(file) for file in python_files(*PRODUCT) if silent(file)] == []
