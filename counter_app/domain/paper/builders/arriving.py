"""An agent's slips and the count of blanks on paper (mission: I14, P11)."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import sign_with_date
from counter_app.domain.paper.builders.words import (
    applicant_pairs,
    day,
    given,
    item_pairs,
    materials_table,
    moment,
)
from counter_app.domain.paper.facts_arriving import AgentSlipFacts, BlankCountFacts
from counter_app.domain.paper.model import Block, Column, Heading, Pair, Paper, Rule, Table, Text
from counter_app.i18n import Translator


def build_blank_count(facts: BlankCountFacts, t: Translator) -> Paper:
    """空白凭证日清点单."""
    return framed(facts, t, t("Count of numbered blanks"), _blank_count(facts, t))


def _blank_count(facts: BlankCountFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("Day"), day(t, facts.day), strong=True)
    yield Pair(t("Kind of blank"), facts.name, strong=True)
    yield Rule()
    yield Pair(t("Issued today"), str(len(facts.issued)))
    if facts.issued:
        yield Text("、".join(facts.issued))
    yield Pair(t("Spoiled today"), str(len(facts.spoiled)))
    if facts.spoiled:
        columns = (Column(t("Number"), 2), Column(t("Reason"), 3))
        yield Table(columns, facts.spoiled)
    yield Rule()
    yield Heading(t("Left"))
    if facts.left:
        ends = (Column(t("First number"), 3), Column(t("Last number"), 3), Column(t("Count"), 1, "right"))
        yield Table(ends, tuple((first, last, str(count)) for first, last, count in facts.left))
    yield Pair(t("By the record"), str(facts.recorded))
    yield Pair(t("Counted"), str(facts.counted), strong=True)
    yield from given(((t("Difference, because"), facts.reason),))
    yield sign_with_date(t, t("Counted by (signature)"))
    yield sign_with_date(t, t("Checked by (signature)"))


def build_agent_slip(facts: AgentSlipFacts, t: Translator) -> Paper:
    """代办交接单 when an agent brings a case, 代办办结单 when it is closed with him."""
    title = t("Agent's hand-over slip") if facts.part == "taken" else t("Agent's closing slip")
    return framed(facts, t, title, _agent_slip(facts, t))


def _agent_slip(facts: AgentSlipFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("Agent"), facts.agent, strong=True)
    yield from given(((t("Station"), facts.station), (t("Mandate"), facts.mandate)))
    yield Rule()
    yield from item_pairs(t, facts.item, facts.case_number)
    yield from applicant_pairs(t, facts.applicant)
    yield Rule()
    yield from materials_table(t, t("Papers handed over"), facts.materials)
    yield from given(((t("Outcome"), facts.outcome), (t("Given to the agent"), facts.handed_back)))
    yield Pair(t("Time"), moment(t, facts.head.acted_at))
    yield sign_with_date(t, t("Agent (signature)"))
    yield sign_with_date(t, t("Taken by (signature)") if facts.part == "taken" else t("Given by (signature)"))
    if facts.part == "closed":
        yield sign_with_date(t, t("Applicant (signature)"))
