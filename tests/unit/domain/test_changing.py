"""The quick `replace` gives what the standard one gives, and refuses what it cannot copy."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field

import pytest

from counter_app.domain.changing import replace


@dataclass(frozen=True, slots=True)
class Jug:
    litres: int
    lid: str = "blue"
    marks: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Sealed:
    a: int
    b: int

    def __post_init__(self) -> None:
        raise AssertionError("made only to be refused")


def test_it_is_the_standard_one() -> None:
    jug = Jug(3, marks=("x",))
    assert replace(jug, litres=4, lid="red") == dataclasses.replace(jug, litres=4, lid="red")
    assert jug == Jug(3, marks=("x",))
    assert hash(replace(jug)) == hash(jug)


def test_unknown_fields_and_other_classes_are_refused() -> None:
    with pytest.raises(TypeError, match="Jug has no field colour"):
        replace(Jug(1), colour="red")
    with pytest.raises(TypeError, match="Sealed"):
        replace(object.__new__(Sealed), a=1)
    with pytest.raises(TypeError, match="str"):
        replace("text", a=1)
