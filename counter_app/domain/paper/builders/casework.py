"""Copy-notice with its reply slip, and the dated plan (papers.md; mission: P4, C11, H2)."""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.plan_words import plan_table
from counter_app.domain.paper.builders.receipts import seal_place, sign_with_date
from counter_app.domain.paper.builders.words import (
    acted_on,
    applicant_pairs,
    basis_text,
    day,
    day_to_keep,
    given,
    item_pairs,
    materials_table,
)
from counter_app.domain.paper.facts_casework import CopyNoticeFacts, PlanFacts
from counter_app.domain.paper.model import (
    Block,
    Entry,
    Heading,
    Numbered,
    Pair,
    Paper,
    Rule,
    SignatureLine,
    Text,
)
from counter_app.i18n import Translator

BOX = "□ "
IN_A_ROW = 2
TO_FILL = "____________________"


def build_copy_notice(facts: CopyNoticeFacts, t: Translator) -> Paper:
    """抄告单: what is asked, until when; below it the reply slip to send back."""
    return framed(facts, t, t("Copy-notice"), _copy_notice(facts, t))


def _copy_notice(facts: CopyNoticeFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("To department"), facts.to_department, strong=True)
    yield Pair(t("From department"), facts.from_department)
    yield Rule()
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Applicant"), facts.applicant.name, strong=True)
    yield from given(((t("Joint matter"), facts.matter), (t("Asked again because"), facts.again)))
    yield Heading(_asked(facts, t), large=True)
    yield Numbered(tuple(Entry(asked) for asked in facts.asked))
    yield from materials_table(t, t("Papers attached"), facts.attached)
    yield from basis_text(t, facts.basis)
    if facts.reply_by is not None:
        until = day_to_keep(t, facts.reply_by, facts.reply_at)
        if facts.reply_days:
            until = t("{date}, {count} working days", date=until, count=facts.reply_days)
        yield Pair(t("Reply by"), until, strong=True)
    yield from given(((t("If no reply comes"), facts.consequence),))
    yield seal_place(t, facts.authority, day(t, acted_on(facts.head)))
    yield from _reply_slip(facts, t)


def _asked(facts: CopyNoticeFacts, t: Translator) -> str:
    if facts.in_words:
        return t("You are asked")
    return t("To be decided by you") if facts.decides else t("You are asked to assist with")


def _reply_slip(facts: CopyNoticeFacts, t: Translator) -> Iterator[Block]:
    """The part that comes back: one of the answers, reason and article, who handled and approved it."""
    yield Rule()
    yield Heading(t("Reply slip (please send back)"), whole=True)
    yield Pair(t("On copy-notice"), facts.head.number)
    yield Pair(t("Case number"), facts.case_number)
    if facts.in_words:
        yield Pair(t("Answer in words"), TO_FILL)
        yield Text(TO_FILL * IN_A_ROW)
        yield sign_with_date(t, t("Handler (signature)"))
        return
    answers = (
        (t("granted"), t("denied"))
        if facts.decides
        else (
            t("agrees"),
            t("does not agree"),
            t("agrees, but reports it up"),
            t("needs materials"),
            t("not this department's duty"),
        )
    )
    for at in range(0, len(answers), IN_A_ROW):
        yield Text("   ".join(BOX + answer for answer in answers[at : at + IN_A_ROW]))
    for label in (t("Reason"), t("Law and article"), t("Fee, or result to collect")):
        yield Pair(label, TO_FILL)
    if facts.decides:
        yield Pair(t("Number of the result"), TO_FILL)
    yield SignatureLine(t("Handler (signature)"))
    yield sign_with_date(t, t("Approver (signature)"))


def build_plan(facts: PlanFacts, t: Translator) -> Paper:
    """办事计划: every step with its days, the critical way, what the applicant does when."""
    return framed(facts, t, t("Plan of the matter"), _plan(facts, t))


def _plan(facts: PlanFacts, t: Translator) -> Iterator[Block]:
    yield from given(((t("Joint matter"), facts.matter),))
    yield from item_pairs(t, facts.item, facts.case_number)
    yield from applicant_pairs(t, facts.applicant)
    ends = day_to_keep(t, facts.ends_on)
    if facts.provisional:
        ends = t("{date}, provisional until the holiday calendar is published", date=ends)
    yield Pair(t("All done by"), ends, strong=True)
    yield from given(((t("What decides the date"), " → ".join(facts.critical)),))
    yield from given(((t("Who follows the plan"), facts.tracker),))
    yield Rule()
    yield from plan_table(facts.steps, facts.ends_on.year, t)
    if facts.changed:
        yield Heading(t("Changed since the last plan"))
        yield Numbered(tuple(Entry(line) for line in facts.changed))
    yield Text(
        t(
            "The days follow from the limits of each step; what was promised by law and notice "
            "does not move with them."
        )
    )
