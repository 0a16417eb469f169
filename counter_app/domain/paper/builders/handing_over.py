"""The hand-over slip between two halls: what goes along, who gave it, who took it, until when (papers.md).

Not here: the return of papers to a citizen (`decisions.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import sign_with_date
from counter_app.domain.paper.builders.words import (
    applicant_pairs,
    day_to_keep,
    given,
    item_pairs,
    materials_table,
    moment,
)
from counter_app.domain.paper.facts_public import HandOverFacts
from counter_app.domain.paper.model import Barcode, Block, Pair, Paper, Rule, Text
from counter_app.i18n import Translator


def build_hand_over(facts: HandOverFacts, t: Translator) -> Paper:
    """材料交接签收单: the list of papers, given by, taken by, when."""
    return framed(facts, t, t("Hand-over slip for papers"), _hand_over(facts, t))


def _hand_over(facts: HandOverFacts, t: Translator) -> Iterator[Block]:
    if facts.bar_code:
        yield Barcode(facts.bar_code)
    yield Pair(t("From"), facts.from_hall, strong=True)
    yield Pair(t("To"), facts.to_hall, strong=True)
    yield Rule()
    yield from item_pairs(t, facts.item, facts.case_number)
    yield from applicant_pairs(t, facts.applicant)
    yield from given(((t("Reason"), facts.reason),))
    yield Rule()
    yield from materials_table(t, t("Papers handed over"), facts.materials)
    yield Rule()
    yield Pair(t("Given by"), facts.given_by)
    yield Pair(t("Given at"), moment(t, facts.head.acted_at))
    yield sign_with_date(t, t("Given by (signature)"))
    yield Pair(t("To be signed for by"), day_to_keep(t, facts.sign_by), strong=True)
    yield sign_with_date(t, t("Taken by (signature)"))
    yield Text(t("Papers that did not come:") + " ______________________")
    yield Text(
        t(
            "The case keeps its number and query code; the applicant needs no second receipt. "
            "Made in {count} copies: one for each hall.",
            count=facts.copies,
        )
    )
