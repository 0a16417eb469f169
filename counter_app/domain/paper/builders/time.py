"""The papers about a case's time, and the ledger as every paper prints it (mission: T2, T3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import seal_place, sign_with_date
from counter_app.domain.paper.builders.words import (
    acted_on,
    applicant_pairs,
    basis_text,
    day,
    day_to_keep,
    given,
    item_pairs,
    ledger_table,
    limit,
)
from counter_app.domain.paper.facts import Remedies
from counter_app.domain.paper.facts_time import ProgressSlipFacts, TimeNoticeFacts, TimePart, UrgeSlipFacts
from counter_app.domain.paper.model import Block, Heading, Pair, Paper, Rule, Text
from counter_app.errors import mark
from counter_app.i18n import Translator

TITLES: Final[Mapping[TimePart, str]] = {
    "extension": mark("Notice of extension"),
    "excluded": mark("Notice of a special procedure (time not counted)"),
    "correction": mark("Notice of time not counted while papers are corrected"),
    "suspension": mark("Notice of suspension"),
    "prolonged": mark("Notice that a suspension goes on"),
    "added": mark("Notice of time added"),
    "resumed": mark("Notice that time runs again"),
    "lapsed": mark("Notice that time runs again"),
    "moved": mark("Notice of a changed date"),
}
_WORDS: Final[Mapping[TimePart, str]] = {
    "extension": mark("The limit of this case is extended with approval."),
    "excluded": mark("By law the time of this procedure is not counted."),
    "correction": mark("The time until the corrected papers are here is not counted."),
    "suspension": mark("Handling is suspended with approval; these days are not counted."),
    "prolonged": mark(
        "With special approval the suspension goes on beyond three months; these days are not counted."
    ),
    "added": mark("Time is added to the limit of this case with approval."),
    "resumed": mark("What was waited for is done; the days of the limit are counted again."),
    "lapsed": mark("The suspension is over by itself; the days of the limit are counted again."),
    "moved": mark("The holiday calendar was published; the days of the limit are counted by it."),
}


def build_time_notice(facts: TimeNoticeFacts, t: Translator) -> Paper:
    """延期 / 特别程序 / 除外时间告知书: reason, approver, old and new date, kind and time needed."""
    return framed(facts, t, t(TITLES[facts.part]), _time_notice(facts, t))


def _time_notice(facts: TimeNoticeFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Rule()
    yield Text(t(_WORDS[facts.part]), bold=True)
    if facts.ground:
        yield Pair(t("Special procedure"), t(facts.ground), strong=True)
    yield from given(((t("Reason"), facts.reason),))
    yield from basis_text(t, facts.basis)
    yield from given(((t("Approved by"), facts.approver),))
    yield Rule()
    yield from _span(facts, t)
    if facts.added:
        yield Pair(t("Time added"), limit(t, facts.added))
    if facts.was:
        yield Pair(t("Due date until now"), day(t, facts.was))
    yield Pair(t("New due date"), _new_date(facts, t), strong=True)
    if facts.ledger:
        yield Rule()
        yield from ledger_table(t, facts.ledger)
    yield sign_with_date(t, t("Received by (signature)"))
    yield seal_place(t, facts.authority, day(t, acted_on(facts.head)))


def _span(facts: TimeNoticeFacts, t: Translator) -> Iterator[Block]:
    """From when until when, and how long that is."""
    yield Pair(t("With effect from"), day(t, facts.since))
    if facts.expected:
        yield Pair(t("Expected end"), day_to_keep(t, facts.expected))
    if facts.until:
        yield Pair(t("Last day not counted"), day(t, facts.until))
    last = facts.until or facts.expected
    if last is not None and facts.part == "excluded":
        count = (last - facts.since).days + 1
        yield Pair(t("Time it takes"), t("{count} natural days", count=count), strong=True)


def _new_date(facts: TimeNoticeFacts, t: Translator) -> str:
    if facts.now is None:
        return t("told when time runs again; the days that are left stay as they are")
    return due_words(facts.now, facts.provisional, t, facts.now_at)


def due_words(on: date, provisional: bool, t: Translator, at: datetime | None = None) -> str:
    """A due date, of hours with its minute, and whether a calendar may still move it."""
    due = day_to_keep(t, on, at)
    return t("{date}, provisional until the holiday calendar is published", date=due) if provisional else due


def build_progress_slip(facts: ProgressSlipFacts, t: Translator) -> Paper:
    """进度单: where it stands, the due date with its ledger, remedies, complaint line."""
    return framed(facts, t, t("Progress slip"), _progress(facts, t))


def _progress(facts: ProgressSlipFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Rule()
    yield Pair(t("Where it stands"), t(facts.stage), strong=True)
    yield from _next(facts, t)
    if facts.accepted_on:
        yield Pair(t("Accepted on"), day(t, facts.accepted_on))
    if facts.promised_limit:
        yield Pair(t("Promised limit"), limit(t, facts.promised_limit))
    if facts.legal_limit:
        yield Pair(t("Legal limit"), limit(t, facts.legal_limit))
    if facts.standing:
        yield Pair(t("Not counted now"), t(facts.standing), strong=True)
        if facts.standing_until:
            yield Pair(t("Expected end"), day_to_keep(t, facts.standing_until))
    if facts.due_on:
        yield Pair(t("Done by"), due_words(facts.due_on, facts.provisional, t, facts.due_at), strong=True)
    if facts.legal_due_on:
        yield Pair(t("By law at the latest"), day(t, facts.legal_due_on))
    if facts.left is not None:
        yield Pair(t("Working days left"), str(facts.left))
    yield from _urged(facts, t)
    if facts.ledger:
        yield Rule()
        yield from ledger_table(t, facts.ledger)
    if facts.remedies is not None:
        yield Rule()
        yield Heading(t("If it takes longer"))
        yield Text(_remedies(facts.remedies, t))


def _next(facts: ProgressSlipFacts, t: Translator) -> Iterator[Block]:
    """What goes on now, and what the applicant has to do."""
    if facts.next_step:
        yield Pair(t("Next"), _by(t, facts.next_step, facts.next_by))
    if facts.owed:
        yield Pair(t("You do"), _from(t, facts.owed, facts.owed_on), strong=True)


def _by(t: Translator, what: str, until: date | None) -> str:
    return t("{what}, by about {day}", what=what, day=day(t, until)) if until else what


def _from(t: Translator, what: str, since: date | None) -> str:
    return t("{what}, about {day}", what=what, day=day(t, since)) if since else what


def _urged(facts: ProgressSlipFacts, t: Translator) -> Iterator[Block]:
    """What the citizen asked for at a counter, and the answer."""
    if not facts.urged:
        return
    yield Rule()
    yield Pair(t("You asked"), facts.urged)
    if facts.urge_answered_on is None:
        yield Pair(t("The answer"), t("not here yet"))
        return
    said = facts.urge_answer or t("ask at any counter: it is told there")
    yield Pair(t("The answer"), f"{day(t, facts.urge_answered_on)} {said}", strong=True)


def _remedies(remedies: Remedies, t: Translator) -> str:
    """What the citizen may do when the date passes without a decision (行政复议法 §20, 行政诉讼法 §46)."""
    return t(
        "Show this slip at any counter: one key urges the handling department. When the legal date has "
        "passed without a decision you may within {days} days ask {body} for administrative review, or "
        "within {months} months bring suit at {court}.",
        days=remedies.review_days,
        body=remedies.review_body,
        months=remedies.suit_months,
        court=remedies.court,
    )


def build_urge_slip(facts: UrgeSlipFacts, t: Translator) -> Paper:
    """催办凭证: number, matter, who answers until when."""
    return framed(facts, t, t("Urging order slip"), _urge(facts, t))


def _urge(facts: UrgeSlipFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Rule()
    yield Pair(t("What was asked"), facts.asked)
    yield Pair(t("Who answers"), facts.answers, strong=True)
    yield Pair(t("Answers by"), day_to_keep(t, facts.reply_by), strong=True)
    yield Text(t("The answer stands on the progress slip, and any counter can tell it."))
