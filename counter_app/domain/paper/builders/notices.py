"""Notices: the once-only notice, the correction notice, the lacks promised for later (P2, I6, I15).

Not here: refusals (`decisions.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import seal_place, sign_with_date, withdrawn_words
from counter_app.domain.paper.builders.words import (
    acted_on,
    amount,
    applicant_pairs,
    basis_text,
    day,
    day_to_keep,
    item_pairs,
    limit,
)
from counter_app.domain.paper.facts_intake import LackFacts, OnceOnlyNoticeFacts, Problem
from counter_app.domain.paper.model import Block, Entry, Heading, Numbered, Pair, Paper, Rule, Text
from counter_app.i18n import Translator


def build_once_only_notice(facts: OnceOnlyNoticeFacts, t: Translator) -> Paper:
    """一次性告知书 or 补正通知书: every problem at once, and what to bring."""
    title = t("Notice to correct papers") if facts.after_receipt else t("Once-only notice")
    return framed(facts, t, title, _once_only(facts, t))


def _once_only(facts: OnceOnlyNoticeFacts, t: Translator) -> Iterator[Block]:
    if facts.nth > 1:
        yield Text(
            t("Notice number {nth} on this case. Reason: {reason}", nth=facts.nth, reason=facts.nth_reason),
            bold=True,
        )
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Received on"), day(t, facts.received_on))
    yield Rule()
    yield Heading(t("Please bring all of these ({count})", count=len(facts.problems)), large=True)
    yield Numbered(tuple(_problem(problem, t) for problem in facts.problems))
    yield Rule()
    if facts.until:
        yield Pair(t("Bring until"), day_to_keep(t, facts.until), strong=True)
    yield from basis_text(t, facts.basis)
    if facts.contact:
        yield Pair(t("Whom to ask"), facts.contact)
    yield Text(_consequence(facts, t))
    yield Text(t("We tell you everything at once: when all of this is here, nothing else will be asked for."))
    yield sign_with_date(t, t("Applicant's signature"))
    yield seal_place(t, facts.authority, day(t, acted_on(facts.head)))


def _consequence(facts: OnceOnlyNoticeFacts, t: Translator) -> str:
    """What follows when nothing comes; "deemed withdrawn" only where the item quotes its basis."""
    if facts.deemed_withdrawn_basis:
        withdrawn = withdrawn_words(t, facts.deemed_withdrawn_basis)
        return " ".join(part for part in (facts.consequence, withdrawn) if part)
    return facts.consequence or t(
        "Until these papers are here the application is not accepted and no time limit runs. After the date "
        "above you may apply again."
    )


def _problem(problem: Problem, t: Translator) -> Entry:
    notes = [t("Problem: {wrong}", wrong=problem.wrong)]
    if problem.bring:
        notes.append(t("Bring: {bring}", bring=problem.bring))
    if problem.on_the_spot:
        notes.append(t("Can be put right today: {where}", where=problem.on_the_spot))
    if problem.basis:
        notes.append(t("Basis: {basis}", basis=problem.basis))
    code = problem.blank_form_qr or problem.sample_qr
    caption = ""
    if code:
        caption = t("Scan for the blank form") if problem.blank_form_qr else t("Scan for a sample")
    return Entry(
        problem.material,
        amount(t, problem.originals, problem.copies),
        tuple(notes),
        code,
        caption,
    )


def build_lack(facts: LackFacts, t: Translator) -> Paper:
    """容缺受理: the notice accepts with a named lack; the promise is the applicant's side of it."""
    if facts.part == "notice":
        return framed(facts, t, t("Notice of acceptance with papers to follow"), _lack_notice(facts, t))
    return framed(facts, t, t("Promise to bring papers later"), _lack_promise(facts, t))


def _lacks(facts: LackFacts, t: Translator) -> Iterator[Block]:
    yield Heading(t("Papers to follow ({count})", count=len(facts.lacks)), large=True)
    yield Numbered(
        tuple(
            Entry(
                lack.material,
                notes=(
                    t("Form: {form}", form=lack.form),
                    t("Bring until {date}", date=day_to_keep(t, lack.until)),
                ),
            )
            for lack in facts.lacks
        )
    )
    yield Rule()
    yield Pair(t("Promised limit"), limit(t, facts.promised_limit))
    yield from basis_text(t, facts.basis)
    yield Pair(t("If it does not come"), facts.consequence, strong=True)


def _lack_notice(facts: LackFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Rule()
    yield Text(t("The application is accepted now; the papers below may follow."), bold=True)
    yield from _lacks(facts, t)
    yield sign_with_date(t, t("Received by (signature)"))
    yield Text(t("Made in {count} copies: one for the applicant, the rest for the file.", count=facts.copies))
    yield seal_place(t, facts.authority, day(t, acted_on(facts.head)))


def _lack_promise(facts: LackFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Rule()
    yield from _lacks(facts, t)
    yield Text(
        t(
            "I have been told all of this. I promise to bring the papers named above in time and in the "
            "form stated, that what I said is true, and I bear the consequence if I do not."
        )
    )
    yield sign_with_date(t, t("Applicant or agent (signature)"))
    yield Text(t("Made in {count} copies: one for the applicant, the rest for the file.", count=facts.copies))
