"""The citizens of the tour: what each comes for, answers and brings, and what he leaves with.

Data alone; `tour.py` plays it. Names are those of the training tray; item codes are the catalogue's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from counter_app.domain.paper.facts import PaperKind


@dataclass(frozen=True, slots=True)
class Citizen:
    """`card` is a card of the tray, `wrong` materials with the key pressed (Q missing, G to correct).

    `answers` gives the option's place (1, 2 …) per question; questions not named take the first. `typed`
    is what the clerk types in the one box instead of taking the ticket's item (empty: takes it),
    `article` what he names as the basis where the catalogue has it 待核.
    """

    story: str
    card: str
    category: str
    item: str
    outcome: str
    paper: PaperKind
    answers: Mapping[str, int] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    typed: str = ""
    article: str = ""
    rating: int = 1


CITIZENS: Final = (
    Citizen(
        story="accept",
        card="abdul",
        category="06",
        item="0603",
        outcome="accept",
        paper=PaperKind.ACCEPTANCE,
        answers={"married": 1, "has_children": 1, "unlawful_birth": 2},
    ),
    Citizen(
        story="notice",
        card="rare",
        category="06",
        item="0603",
        outcome="notify",
        paper=PaperKind.ONCE_ONLY_NOTICE,
        answers={"married": 1, "has_children": 1, "unlawful_birth": 2},
        wrong={"contraception_proof": "Q", "marriage_cert": "G"},
        rating=2,
    ),
    Citizen(
        story="refusal",
        card="ma",
        category="06",
        item="0606",
        outcome="refuse",
        paper=PaperKind.REFUSAL,
        answers={"born_before": 2},
        typed="grz",
        article="办事指南所列条件",
        rating=3,
    ),
    Citizen(
        story="on-the-spot",
        card="elder",
        category="04",
        item="0403",
        outcome="grant",
        paper=PaperKind.RESULT,
    ),
)
