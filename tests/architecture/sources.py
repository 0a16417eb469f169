"""The files the architecture tests look at: our own Python, parsed once."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PRODUCT: Final = ("counter_app", "installer", "bench")


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files below `folders` (names at the top of the checkout), sorted."""
    return tuple(sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py")))


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def named(file: Path) -> str:
    """The file as it is named in messages: from the top of the checkout, with slashes."""
    return file.relative_to(ROOT).as_posix()
