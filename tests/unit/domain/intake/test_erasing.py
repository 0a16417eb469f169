"""Whatever is private about a case is found when its person is erased (mission: X3)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

import counter_app.bootstrap.program  # noqa: F401 — so that every room has declared its facts
from counter_app.domain.intake.erasing import BESIDE
from counter_app.domain.journal import Fact, type_registry

KINDS = ("case", *BESIDE)
CASE = "3.1.7"
# Facts that name a case and are not about it, and why nothing private of it stands there.
NOT_OF_THE_CASE: dict[str, str] = {
    "PaperIssued": "its subjects are the paper's and the case's, built from what it is issued for",
}


def about_a_case() -> list[type[Fact]]:
    return [
        kind
        for name, kind in sorted(type_registry.items())
        if kind.__module__.startswith("counter_app.")
        and name not in NOT_OF_THE_CASE
        and any(field.name == "case" for field in dataclasses.fields(kind))  # type: ignore[arg-type]  # each is a dataclass
    ]


def dummy(kind: type[Fact]) -> Fact:
    """An instance whose every field holds something of its type."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]  # each is a dataclass
        said = str(field.type)
        if said.startswith("tuple"):
            values[field.name] = ()
        elif said.startswith("Mapping"):
            values[field.name] = {}
        elif said.startswith(("int", "bool")):
            values[field.name] = 1
        else:
            values[field.name] = CASE if field.name == "case" else "x"
    return kind(**values)


def test_there_are_facts_to_look_at() -> None:
    assert len(about_a_case()) > 50


@pytest.mark.parametrize("kind", about_a_case(), ids=lambda kind: kind.__name__)
def test_every_fact_about_a_case_is_reached(kind: type[Fact]) -> None:
    subjects = dummy(kind).subjects
    assert any(f"{stream}:{CASE}" in subjects for stream in KINDS), subjects
