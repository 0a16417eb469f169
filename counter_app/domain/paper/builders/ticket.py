"""The queue ticket: the one paper that follows the citizen's language (mission: Q1).

Not here: how numbers are given and waits are reckoned (`domain/waiting`).
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import paper_of, reprint_words
from counter_app.domain.paper.builders.words import moment
from counter_app.domain.paper.facts_intake import TicketFacts
from counter_app.domain.paper.model import (
    BigNumber,
    Block,
    Entry,
    Heading,
    Numbered,
    Pair,
    Paper,
    Qr,
    Rule,
    Space,
    Text,
)
from counter_app.i18n import Translator


def build_ticket(facts: TicketFacts, t: Translator) -> Paper:
    """The number large, then how long, where, and what to have ready."""
    return paper_of(facts, t, t("Queue ticket"), _blocks(facts, t))


def _blocks(facts: TicketFacts, t: Translator) -> Iterator[Block]:
    head = facts.head
    yield Text(head.hall, align="center")
    yield Space()
    yield BigNumber(facts.ticket)
    yield Space()
    yield Text(facts.group, bold=True, align="center")
    if facts.priority:
        yield Text(facts.priority, bold=True, align="center")
    yield from reprint_words(head, t)
    yield Rule()
    if facts.item:
        yield Pair(t("Item"), facts.item, strong=True)
    yield Pair(t("People ahead"), t("{count} people", count=facts.ahead), strong=True)
    yield Pair(t("Expected wait"), _wait(facts, t), strong=True)
    if facts.area:
        yield Pair(t("Where to go"), facts.area, strong=True)
    yield Rule()
    if facts.bring:
        yield Heading(t("Please have ready"), large=True)
        yield Numbered(tuple(Entry(name) for name in facts.bring))
        yield Rule()
    yield Text(t("Please watch the display. If your number was passed, tell any counter."))
    yield from _foot(facts, t)


def _wait(facts: TicketFacts, t: Translator) -> str:
    if facts.wait_minutes is None:
        return t("When a counter opens")
    low, high = facts.wait_minutes
    if high <= 1:
        return t("Right away")
    return t("{low} to {high} minutes", low=low, high=high)


def _foot(facts: TicketFacts, t: Translator) -> Iterator[Block]:
    head = facts.head
    yield Pair(t("Ticket taken"), moment(t, head.acted_at))
    yield Pair(t("Number"), head.number)
    if head.complaint_line:
        yield Pair(t("Complaints"), head.complaint_line)
    if head.qr_text:
        yield Qr(head.qr_text, (t("Scan to see how many are ahead of you"),))
