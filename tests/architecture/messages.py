"""Find every text the program shows to people, as it stands in the source.

Texts are the constant first argument of a translator (`t(…)`, `self._t(…)`), of `mark(…)`, and message,
`kept` and `remedy` of a `UserFacingError`, also where a class derived from it hands them to
`super().__init__`. Read from the syntax tree: gettext's own extractors do not see keyword arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

from tests.architecture.sources import named, parsed, python_files

TRANSLATORS: Final = frozenset({"t", "_t"})
MARKERS: Final = frozenset({"mark"})
ERROR: Final = "UserFacingError"
ERROR_TEXTS: Final = frozenset({"message", "kept", "remedy"})
ERROR_MESSAGE_PLACE: Final = 1


@dataclass(frozen=True, slots=True)
class Found:
    """One source text, or an argument that can never be found in a catalogue (`text` is None)."""

    where: str
    text: str | None


def all_messages() -> list[Found]:
    return [found for file in python_files("counter_app") for found in messages(parsed(file), named(file))]


def messages(tree: ast.Module, name: str) -> Iterator[Found]:
    errors = _own_errors()
    inside_errors = {
        id(call)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and _bases(node) & errors
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and _is_super_init(call.func)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for argument in _text_arguments(node, id(node) in inside_errors):
                yield from _texts(argument, f"{name}:{argument.lineno}")


@cache
def _own_errors() -> frozenset[str]:
    """`UserFacingError` and the classes derived from it, directly or not, by name."""
    classes = [
        node
        for file in python_files("counter_app")
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.ClassDef)
    ]
    known = {ERROR}
    while derived := {node.name for node in classes if _bases(node) & known} - known:
        known |= derived
    return frozenset(known)


def _bases(node: ast.ClassDef) -> set[str]:
    return {_called(base) for base in node.bases}


def _is_super_init(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "__init__"
        and isinstance(function.value, ast.Call)
        and _called(function.value.func) == "super"
    )


def _text_arguments(call: ast.Call, raises: bool) -> Iterable[ast.expr]:
    called = _called(call.func)
    if called in TRANSLATORS | MARKERS:
        return call.args[:1]
    if called == ERROR or raises:
        texts = [keyword.value for keyword in call.keywords if keyword.arg in ERROR_TEXTS]
        return call.args[ERROR_MESSAGE_PLACE : ERROR_MESSAGE_PLACE + 1] + texts
    return ()


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _texts(argument: ast.expr, where: str) -> Iterator[Found]:
    match argument:
        case ast.Constant(value=str(text)):
            if text:
                yield Found(where, text)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body, where)
            yield from _texts(orelse, where)
        case ast.JoinedStr() | ast.BinOp():
            yield Found(where, None)
        case _:
            return  # a variable: its text is marked where it is written


def places(text: str) -> set[str]:
    """The names of a text's `{name}` places."""
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def module_of(source: str) -> list[Found]:
    """Messages of a piece of source text, for the tests of this module."""
    return list(messages(ast.parse(source), Path("piece.py").name))
