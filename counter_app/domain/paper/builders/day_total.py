"""The day's close on paper: counts, each machine's last act, the root in groups that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import sign_with_date
from counter_app.domain.paper.builders.words import day_to_keep
from counter_app.domain.paper.facts_hall import DayTotalFacts
from counter_app.domain.paper.model import Block, Column, Heading, Pair, Paper, Qr, Rule, Table, Text
from counter_app.i18n import Translator

_GROUP = 8
_SHOWN_OF_HASH = 16


def build_day_total(facts: DayTotalFacts, t: Translator) -> Paper:
    """日结单: to be kept apart from the machines, so that whoever rewrote the past would need it too."""
    return framed(facts, t, t("Day's close"), _day_total(facts, t))


def _day_total(facts: DayTotalFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("Day"), day_to_keep(t, facts.day), strong=True)
    yield Pair(t("Acts in the hall's order"), str(facts.place))
    yield Rule()
    columns = (Column(t("Act"), weight=3), Column(t("Count"), align="right"))
    yield Table(columns, tuple((t(words), str(count)) for words, count in facts.acts))
    yield Rule()
    yield Heading(t("Each machine's last act"))
    ends = (Column(t("Machine")), Column(t("Act no."), align="right"), Column(t("Hash begins"), weight=2))
    yield Table(
        ends, tuple((machine, str(seq), hashed[:_SHOWN_OF_HASH]) for machine, seq, hashed in facts.chains)
    )
    yield Rule()
    yield Heading(t("Root of the order"))
    yield Text(" ".join(facts.root[at : at + _GROUP] for at in range(0, len(facts.root), _GROUP)))
    yield Qr(facts.anchor, (t("Any counter checks this code against its journal"),))
    yield Text(t("Keep this paper apart from the machines. Whoever rewrote the journal would need it too."))
    yield sign_with_date(t, t("Closed by (signature)"))
