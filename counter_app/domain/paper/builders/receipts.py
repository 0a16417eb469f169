"""Receipts and the acceptance notice: what was received, accepted, added (mission: P1).

Not here: notices of what is missing (`notices.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.plan_words import plan_table
from counter_app.domain.paper.builders.words import (
    applicant_pairs,
    basis_text,
    day,
    day_to_keep,
    given,
    item_pairs,
    ledger_table,
    limit,
    materials_table,
)
from counter_app.domain.paper.facts_intake import AcceptanceFacts, CorrectionReceiptFacts, PapersReceiptFacts
from counter_app.domain.paper.model import (
    Barcode,
    Block,
    Column,
    Entry,
    Heading,
    Numbered,
    Pair,
    Paper,
    Rule,
    SealPlace,
    SignatureLine,
    Table,
    Text,
)
from counter_app.i18n import Translator


def seal_place(t: Translator, authority: str, date_text: str) -> SealPlace:
    """The seal's place on a sheet, and the words that stand for it on a roll (mission: P13)."""
    return SealPlace(
        authority,
        date_text,
        hint=t("(seal)"),
        on_roll=t("The sealed A4 copy is the authoritative one; this slip is not the sole original."),
    )


def sign_with_date(t: Translator, label: str) -> SignatureLine:
    """A place to sign with a place for the date."""
    return SignatureLine(label, t("Date"))


def build_papers_receipt(facts: PapersReceiptFacts, t: Translator) -> Paper:
    """收件凭证: not acceptance; within which days the department says so or not."""
    return framed(facts, t, t("Receipt for papers handed in"), _papers_receipt(facts, t))


def _papers_receipt(facts: PapersReceiptFacts, t: Translator) -> Iterator[Block]:
    if facts.bar_code:
        yield Barcode(facts.bar_code)
    yield Rule()
    yield from item_pairs(t, facts.item)
    yield from applicant_pairs(t, facts.applicant)
    yield Rule()
    yield from materials_table(t, t("Papers received"), facts.materials)
    yield Rule()
    yield Pair(t("Answer by"), day_to_keep(t, facts.decide_by), strong=True)
    yield Text(
        t(
            "This receipt is not acceptance. Within {limit} the department decides on acceptance and "
            "states all shortcomings at once; if it does not, the application counts as accepted from "
            "today and this receipt is the proof.",
            limit=limit(t, facts.decide_within),
        )
    )
    yield sign_with_date(t, t("Applicant's signature"))


def build_acceptance(facts: AcceptanceFacts, t: Translator) -> Paper:
    """受理通知书: accepted, by which law, until when, what is not counted, how it is handed over."""
    return framed(facts, t, t("Notice of acceptance"), _acceptance(facts, t))


def _acceptance(facts: AcceptanceFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Applied on"), day(t, facts.applied_on))
    yield Pair(t("Accepted on"), day(t, facts.accepted_on))
    yield Rule()
    accepted = t("The papers are complete and in legal form; the application is accepted.")
    if facts.lacking:
        accepted = t(
            "But for {count} promised for later the papers are complete and in legal form; "
            "the application is accepted.",
            count=facts.lacking,
        )
    yield Text(accepted, bold=True)
    yield from basis_text(t, facts.basis)
    yield Rule()
    yield from _acceptance_time(facts, t)
    yield Rule()
    yield from materials_table(t, t("Papers received"), facts.materials)
    yield Rule()
    if facts.plan:
        yield from plan_table(facts.plan, facts.accepted_on.year, t)
    yield from given(
        (
            (t("Accepted by"), facts.accepted_by),
            (t("Telephone"), facts.phone),
            (t("Fee"), facts.fee or t("No fee is due")),
            (t("Handing over"), facts.handed_over_how or t("At a counter of this hall")),
            (t("How to ask"), facts.ask_how or t("Query code at a kiosk or counter, or by telephone")),
        )
    )
    yield Text(t("Bring this notice and your ID when you collect the result."), bold=True)
    yield sign_with_date(t, t("Received by (signature)"))
    yield Text(t("Made in {count} copies: one for the applicant, the rest for the file.", count=facts.copies))
    yield seal_place(t, facts.authority, day(t, facts.accepted_on))


def _acceptance_time(facts: AcceptanceFacts, t: Translator) -> Iterator[Block]:
    due = day_to_keep(t, facts.due_on, facts.due_at)
    if facts.due_provisional:
        due = t("{date}, provisional until the holiday calendar is published", date=due)
    yield Pair(t("Done by"), due, strong=True)
    yield Pair(t("Promised limit"), limit(t, facts.promised_limit))
    legal = limit(t, facts.legal_limit) if facts.legal_limit else t("to be verified")
    yield Pair(t("Legal limit"), legal)
    if facts.upper_limit:
        yield Pair(
            t("Reported up"),
            t(
                "reviewed here in this time; {body} decides within {limit} of its being reported",
                body=facts.upper_body,
                limit=limit(t, facts.upper_limit),
            ),
        )
    elif facts.upper_body:
        yield Pair(t("Reported up"), t("reviewed here first; {body} decides", body=facts.upper_body))
    if facts.not_counted:
        yield Pair(t("Not counted"), t(", ").join(facts.not_counted))
    yield from ledger_table(t, facts.ledger)


def build_correction_receipt(facts: CorrectionReceiptFacts, t: Translator) -> Paper:
    """补正材料收件凭证: what came when, what is still open."""
    return framed(facts, t, t("Receipt for corrected papers"), _correction_receipt(facts, t))


def _correction_receipt(facts: CorrectionReceiptFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield from given(((t("For notice"), facts.notice_number),))
    yield Rule()
    if facts.came:
        yield Heading(t("Papers that came"))
        columns = (
            Column(t("Material"), 5),
            Column(t("Originals"), 1, "right"),
            Column(t("Copies"), 1, "right"),
            Column(t("Came on"), 3, "right"),
        )
        rows = tuple(
            (
                came.material.name,
                str(came.material.originals or "-"),
                str(came.material.copies or "-"),
                came.on.isoformat(),
            )
            for came in facts.came
        )
        yield Table(columns, rows)
        yield Rule()
    if facts.still_open:
        yield Heading(t("Still to bring ({count})", count=len(facts.still_open)), large=True)
        yield Numbered(tuple(Entry(name) for name in facts.still_open))
        if facts.until:
            yield Pair(t("Bring until"), day_to_keep(t, facts.until), strong=True)
        if facts.deemed_withdrawn_basis:
            yield Text(withdrawn_words(t, facts.deemed_withdrawn_basis))
    else:
        yield Text(t("Everything the notice asked for has been received."), bold=True)
    yield sign_with_date(t, t("Applicant's signature"))


def withdrawn_words(t: Translator, basis: str) -> str:
    """Said only where the item quotes its basis (`papers.md`)."""
    return t(
        "If nothing is brought in time, the application counts as withdrawn (basis: {basis}).", basis=basis
    )
