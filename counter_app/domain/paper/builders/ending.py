"""The papers of an end and of what follows one (mission: C17, C18)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from counter_app.domain.paper.builders.decisions import remedies_text
from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import seal_place, sign_with_date
from counter_app.domain.paper.builders.words import (
    acted_on,
    applicant_pairs,
    basis_text,
    day,
    given,
    item_pairs,
    materials_table,
)
from counter_app.domain.paper.facts_ending import Amendment, AmendmentFacts, End, EndFacts
from counter_app.domain.paper.model import Block, Pair, Paper, Rule, Text
from counter_app.errors import mark
from counter_app.i18n import Translator

END_TITLES: Final[Mapping[End, str]] = {
    "terminated": mark("Decision to terminate the case"),
    "lapsed": mark("Notice that the application has lapsed"),
    "merged": mark("Notice that the application goes on with another"),
    "reopened": mark("Notice that the case is taken up again"),
}
_END_WORDS: Final[Mapping[End, str]] = {
    "terminated": mark("Handling of this application ends; no decision on it will follow."),
    "lapsed": mark("What was asked for did not come in time; the application counts as withdrawn."),
    "merged": mark("This application repeats another one and goes on under its number."),
    "reopened": mark("The end of this case is set aside; it is handled further under its number."),
}
AMENDMENT_TITLES: Final[Mapping[Amendment, str]] = {
    "corrected": mark("Notice of correction of a result"),
    "reissued": mark("Certificate of reissue of a result"),
    "changed": mark("Decision to change a result"),
    "revoked": mark("Decision to revoke a result"),
    "returned": mark("Slip for a result returned to its department"),
}
_AMENDMENT_WORDS: Final[Mapping[Amendment, str]] = {
    "corrected": mark("The following is corrected in the result; all else stands."),
    "reissued": mark("The result is issued again; the earlier copy is void."),
    "changed": mark("The result is changed as follows; all else stands."),
    "revoked": mark("The result is revoked and must not be used any more."),
    "returned": mark("Nobody collected the result in time; it goes back and can still be asked for there."),
}


def build_end(facts: EndFacts, t: Translator) -> Paper:
    """One of the ends, with its reason, basis and what is handed back."""
    return framed(facts, t, t(END_TITLES[facts.end]), _end(facts, t))


def _end(facts: EndFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Applied on"), day(t, facts.applied_on))
    yield Rule()
    yield Text(t(_END_WORDS[facts.end]), bold=True)
    yield from given(((t("Goes on as case"), facts.into),))
    if facts.reason:
        yield Pair(t("Reason"), facts.reason, strong=True)
    yield from basis_text(t, facts.basis)
    if facts.remedies is not None:
        yield Rule()
        yield from remedies_text(t, facts.remedies)
    if facts.returned:
        yield Rule()
        yield from materials_table(t, t("Papers handed back"), facts.returned)
    yield sign_with_date(t, t("Received by (signature)"))
    yield seal_place(t, facts.authority, day(t, acted_on(facts.head)))


def build_amendment(facts: AmendmentFacts, t: Translator) -> Paper:
    """更正, 补证, 变更, 撤销 or the return to the department, for one result."""
    return framed(facts, t, t(AMENDMENT_TITLES[facts.amendment]), _amendment(facts, t))


def _amendment(facts: AmendmentFacts, t: Translator) -> Iterator[Block]:
    yield from applicant_pairs(t, facts.applicant)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("Result"), facts.result_name, strong=True)
    yield from given(((t("Its number"), facts.result_number),))
    yield Rule()
    yield Text(t(_AMENDMENT_WORDS[facts.amendment]), bold=True)
    yield from given(
        (
            (t("It read"), facts.was),
            (t("It now reads"), facts.now),
            (t("New number"), facts.new_number),
        )
    )
    yield Pair(t("Reason"), facts.reason, strong=True)
    yield from basis_text(t, facts.basis)
    yield Pair(t("On"), day(t, facts.on))
    if facts.remedies is not None:
        yield Rule()
        yield from remedies_text(t, facts.remedies)
    yield sign_with_date(t, t("Received by (signature)"))
    yield seal_place(t, facts.authority, day(t, facts.on))
