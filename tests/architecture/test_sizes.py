"""Sizes to feel at home in: files ≤ 400 lines, functions ≤ 50 (docstring apart), ≤ 20 public methods a class.

An exception stands below with its reason, and goes when it is no longer needed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from tests.architecture.sources import PRODUCT, named, parsed, python_files

MAX_FILE: Final = 400
MAX_FUNCTION: Final = 50
MAX_PUBLIC_METHODS: Final = 20

# "file" or "file::name" → why it may be longer.
ALLOWED: Final[dict[str, str]] = {}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _length(function: Function) -> int:
    """Lines from `def` to the end without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def _public_methods(node: ast.ClassDef) -> int:
    return sum(isinstance(member, Function) and not member.name.startswith("_") for member in node.body)


def _too_big() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in python_files(*PRODUCT, "tests"):
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > MAX_FILE:
            found[named(file)] = f"{lines} lines"
    for file in python_files(*PRODUCT):
        for function in _functions(parsed(file)):
            if _length(function) > MAX_FUNCTION:
                found[f"{named(file)}::{function.name}"] = f"{_length(function)} lines"
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ClassDef) and _public_methods(node) > MAX_PUBLIC_METHODS:
                found[f"{named(file)}::{node.name}"] = f"{_public_methods(node)} public methods"
    return found


def test_nothing_outgrows_its_place() -> None:
    unexpected = {name: size for name, size in _too_big().items() if name not in ALLOWED}
    assert unexpected == {}


def test_every_exception_is_still_needed() -> None:
    assert set(ALLOWED) <= set(_too_big())
    assert all(reason.strip() for reason in ALLOWED.values())
