"""Is a tree shaped as `resources/catalogue/schema.json` says? Problems with paths and what is allowed.

The schema is JSON Schema 2020-12; each kind of file is one of its `$defs`. Days and times are compared
in their ISO form. Not here: references and sense (`domain/catalogue/checks.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from counter_app.catalogue_files.documents import Tree
from counter_app.domain.catalogue.problems import Problem
from counter_app.errors import mark

FileKind = Literal["item", "categories", "bodies", "phrases", "hall"]
SCHEMA: Final = Path(__file__).resolve().parents[2] / "resources" / "catalogue" / "schema.json"
_MOST_SHOWN: Final = 40

_FORMATS: Final = FormatChecker(formats=())


@_FORMATS.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


# validator → (message, what is allowed); filled from name, value, bound, allowed
_TEXTS: Final[dict[str, tuple[str, str]]] = {
    "required": (mark("“{name}” is missing."), ""),
    "additionalProperties": (mark("“{name}” is not a field here."), mark("Allowed: {allowed}.")),
    "type": (mark("{value} is of the wrong kind."), mark("Allowed: {bound}.")),
    "enum": (mark("{value} is not allowed."), mark("Allowed: {bound}.")),
    "minimum": (mark("{value} is too small."), mark("At least {bound}.")),
    "maximum": (mark("{value} is too large."), mark("At most {bound}.")),
    "minLength": (mark("The text is empty."), ""),
    "maxLength": (mark("The text is too long."), mark("At most {bound} characters.")),
    "minItems": (mark("The list is too short."), mark("At least {bound}.")),
    "maxItems": (mark("The list is too long."), mark("At most {bound}.")),
    "uniqueItems": (mark("The list names something twice."), ""),
    "pattern": (mark("{value} is not written as it must be."), mark("Allowed: {allowed}.")),
    "format": (mark("{value} is not written as it must be."), mark("Allowed: {allowed}.")),
    "oneOf": (mark("{value} is not a condition."), mark("Allowed: {allowed}.")),
}


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return loaded


@lru_cache(maxsize=8)
def _validator(kind: FileKind) -> Draft202012Validator:
    schema = {"$ref": f"#/$defs/{kind}", "$defs": _schema()["$defs"]}
    return Draft202012Validator(schema, format_checker=_FORMATS)


def check_shape(kind: FileKind, tree: Tree) -> tuple[Problem, ...]:
    """Every way in which `tree` is not shaped as a file of `kind`; file and item are left open."""
    errors = _validator(kind).iter_errors(_comparable(tree))
    found = [problem for error in errors for problem in _problems(error)]
    return tuple(sorted(found, key=lambda problem: (problem.field, problem.code, problem.params)))


def _comparable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _comparable(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_comparable(entry) for entry in value]
    if isinstance(value, date | time | datetime):
        return value.isoformat()
    return value


def _problems(error: ValidationError) -> Iterator[Problem]:
    path = path_text(error.absolute_path)
    kind = str(error.validator)
    schema: dict[str, Any] = dict(error.schema) if isinstance(error.schema, Mapping) else {}
    if kind == "additionalProperties":
        known = schema["properties"]  # only objects that name their fields are closed
        for name in cast(Tree, error.instance):
            if name not in known:
                yield _problem(kind, _below(path, name), name=name, allowed=", ".join(known))
    elif kind == "required":
        for name in cast(list[str], error.validator_value):
            if name not in cast(Tree, error.instance):
                yield _problem(kind, _below(path, name), name=name)
    else:
        allowed = schema.get("description", "")
        yield _problem(
            kind, path, value=_shown(error.instance), bound=_listed(error.validator_value), allowed=allowed
        )


def _problem(kind: str, field: str, **params: str) -> Problem:
    message, allowed = _TEXTS[kind]
    return Problem(
        code=f"shape-{kind.lower()}",
        file="",
        item="",
        field=field,
        message=message,
        allowed=allowed,
        params=tuple(params.items()),
    )


def path_text(parts: Iterable[str | int]) -> str:
    """`["materials", 2, "copies"]` → `materials[2].copies`, counting from 0 as the messages say."""
    text = ""
    for part in parts:
        text = f"{text}[{part}]" if isinstance(part, int) else _below(text, part)
    return text


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _listed(bound: object) -> str:
    return ", ".join(str(entry) for entry in bound) if isinstance(bound, list) else str(bound)
