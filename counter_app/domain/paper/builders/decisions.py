"""Decisions: no permit needed, refused at intake, granted, denied, papers handed back (P3, I9).

Not here: acceptance (`receipts.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import seal_place, sign_with_date
from counter_app.domain.paper.builders.words import (
    acted_on,
    applicant_pairs,
    basis_text,
    day,
    given,
    item_pairs,
    limit,
    materials_table,
)
from counter_app.domain.paper.facts import Counted, Remedies
from counter_app.domain.paper.facts_intake import ReturnListFacts
from counter_app.domain.paper.facts_outcome import NoPermitNeededFacts, RefusalFacts, ResultFacts
from counter_app.domain.paper.model import Block, Heading, Pair, Paper, Rule, Text
from counter_app.i18n import Translator


def build_no_permit_needed(facts: NoPermitNeededFacts, t: Translator) -> Paper:
    """不受理告知书: the matter needs no permit, so nothing is taken in."""
    return framed(facts, t, t("Notice that no permit is needed"), _no_permit_needed(facts, t))


def _no_permit_needed(facts: NoPermitNeededFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item)
    yield Pair(t("Applied on"), day(t, facts.applied_on))
    yield Rule()
    yield Text(
        t("This matter needs no administrative permit, so the application is not taken in."), bold=True
    )
    yield Pair(t("Reason"), facts.reason)
    yield from basis_text(t, facts.basis)
    yield from _returned(t, facts.returned)
    yield sign_with_date(t, t("Received by (signature)"))
    yield seal_place(t, facts.authority, day(t, acted_on(facts.head)))


def _returned(t: Translator, materials: tuple[Counted, ...]) -> Iterator[Block]:
    if materials:
        yield Rule()
        yield from materials_table(t, t("Papers handed back"), materials)


def remedies_text(t: Translator, remedies: Remedies) -> Iterator[Block]:
    """Review and suit, each with its time (行政复议法, 行政诉讼法; mission: P3)."""
    yield Heading(t("If you disagree"))
    yield Text(
        t(
            "Within {days} days of receiving this decision you may ask {body} for administrative review, "
            "or within {months} months bring suit at {court}.",
            days=remedies.review_days,
            body=remedies.review_body,
            months=remedies.suit_months,
            court=remedies.court,
        )
    )


def build_refusal(facts: RefusalFacts, t: Translator) -> Paper:
    """不予受理决定书: circumstance, law and article, who is competent, remedies."""
    return framed(facts, t, t("Decision not to accept"), _refusal(facts, t))


def _refusal(facts: RefusalFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Applied on"), day(t, facts.applied_on))
    yield Rule()
    yield Text(t("The application is not accepted."), bold=True)
    yield Pair(t("Reason"), facts.circumstance, strong=True)
    yield from basis_text(t, facts.basis)
    if facts.competent_body:
        yield Pair(t("Please apply to"), facts.competent_body, strong=True)
    yield Rule()
    yield from remedies_text(t, facts.remedies)
    yield from _returned(t, facts.returned)
    yield sign_with_date(t, t("Received by (signature)"))
    yield seal_place(t, facts.authority, day(t, acted_on(facts.head)))


def build_result(facts: ResultFacts, t: Translator) -> Paper:
    """准予 or 不予许可决定书; for what is no permit, 办理结果."""
    return framed(facts, t, _result_title(facts, t), _result(facts, t))


def _result_title(facts: ResultFacts, t: Translator) -> str:
    if facts.permit:
        return t("Decision to grant the permit") if facts.granted else t("Decision to deny the permit")
    return t("Result of the application") if facts.granted else t("Decision to deny the application")


def _result(facts: ResultFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Applied on"), day(t, facts.applied_on))
    yield Pair(t("Decided on"), day(t, facts.decided_on))
    yield from given(((t("Deciding body"), facts.upper_body),))
    yield Rule()
    yield Text(_decision_words(facts, t), bold=True)
    yield from basis_text(t, facts.basis)
    yield from given(facts.content)
    if facts.granted:
        yield from _produced(facts, t)
    else:
        yield Pair(t("Reason"), facts.reasons, strong=True)
        if facts.remedies is not None:
            yield Rule()
            yield from remedies_text(t, facts.remedies)
    yield from _returned(t, facts.returned)
    yield sign_with_date(t, t("Received by (signature)"))
    yield seal_place(t, facts.authority, day(t, facts.decided_on))


def _decision_words(facts: ResultFacts, t: Translator) -> str:
    if not facts.granted:
        return t("The permit is denied.") if facts.permit else t("The application is denied.")
    if facts.permit:
        return t("The application meets the legal conditions; the permit is granted.")
    return t("The matter has been done.")


def _produced(facts: ResultFacts, t: Translator) -> Iterator[Block]:
    valid = ""
    if facts.valid_from:
        until = day(t, facts.valid_until) if facts.valid_until else t("no end")
        valid = t("{start} until {end}", start=day(t, facts.valid_from), end=until)
    if facts.handed_over_now:
        handed = t("Handed over on the spot")
    else:
        handed = t("Within {limit} of this decision", limit=limit(t, facts.certificate_within))
    yield from given(
        (
            (t("Result produced"), facts.result_name),
            (t("Number of its decision") if facts.upper_body else t("Its number"), facts.result_number),
            (t("Valid"), valid),
            (t("Handing over"), handed if facts.result_name else ""),
            (t("Fee"), facts.fee or t("No fee is due")),
        )
    )


def build_return_list(facts: ReturnListFacts, t: Translator) -> Paper:
    """材料退还清单: what was handed back, to whom, signed for."""
    return framed(facts, t, t("List of papers handed back"), _return_list(facts, t))


def _return_list(facts: ReturnListFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Reason"), facts.why)
    yield Rule()
    yield from materials_table(t, t("Papers handed back"), facts.materials)
    yield Rule()
    yield from given(
        (
            (t("Received by"), facts.receiver),
            (t("Relation to the applicant"), facts.receiver_relation),
            (t("ID number"), facts.receiver_id),
        )
    )
    yield Text(t("I have received all papers listed above."))
    yield sign_with_date(t, t("Received by (signature)"))
