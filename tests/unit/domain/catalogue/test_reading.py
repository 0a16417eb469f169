"""Guides say when a material is asked for (mission: P7, D2)."""

from __future__ import annotations

import pytest

from counter_app.domain.catalogue.questions import AllOf, AnyOf, Condition, Days, Is, Not, OlderThan
from counter_app.domain.catalogue.reading import reading
from tests.unit.domain.catalogue.making import ASK_CHILDREN, ASK_MARRIED, an_item

MARRIED, MOTHER = Is("married", "yes"), Is("children", "yes")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (None, ""),
        (MARRIED, "已婚"),
        (Not(MARRIED), "不是“已婚”"),
        (AllOf((MARRIED, MOTHER)), "已婚，且已生育"),
        (AnyOf((MARRIED, AllOf((Is("married", "no"), MOTHER)))), "已婚，或者（未婚，且已生育）"),
        (OlderThan("arrived", Days(setting="x", days=3)), "超过3日"),
    ],
)
def test_a_condition_reads_as_a_sentence_does(condition: Condition | None, words: str) -> None:
    assert reading(an_item(questions=(ASK_MARRIED, ASK_CHILDREN)), condition) == words
