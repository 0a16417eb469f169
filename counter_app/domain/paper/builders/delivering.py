"""Handing over and telling on paper (mission: P6, I17). Not here: who may collect (`domain/delivery`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import sign_with_date
from counter_app.domain.paper.builders.words import day_to_keep, given, item_pairs, moment
from counter_app.domain.paper.facts_delivery import About, DeliveryFacts, LetterFacts, Manner
from counter_app.domain.paper.model import Block, Entry, Heading, Numbered, Pair, Paper, Rule, Text
from counter_app.errors import mark
from counter_app.i18n import Translator

MANNERS: Final[Mapping[Manner, str]] = {
    "direct": mark("handed over in person"),
    "post": mark("by post"),
    "electronic": mark("electronically"),
    "entrusted": mark("by another body on our behalf"),
    "passed_on": mark("passed on"),
    "left": mark("left at the place"),
    "public": mark("by public notice"),
}
RELATIONS: Final[Mapping[str, str]] = {
    "applicant": mark("the applicant"),
    "agent": mark("agent with a mandate"),
    "spouse": mark("spouse of the applicant"),
    "guardian": mark("guardian of the applicant"),
    "collector": mark("named by the applicant to collect"),
    "representative": mark("legal representative"),
}
_LETTERS: Final[Mapping[About, str]] = {
    "result": mark("The result of your application is ready. Please collect it, or tell us how to send it."),
    "lack": mark("You promised to bring the following later. Please bring it in time."),
    "fee": mark("A fee is due for your application. Please pay it in time."),
    "notice": mark(
        "The notice you were given names papers that have not come yet. Please bring them in time."
    ),
    "decision": mark("Your application was decided. Please collect the decision."),
    "choice": mark(
        "Your application needs the following results first, and they were refused, withdrawn or are late. "
        "Please tell us whether you take out this part, wait or apply again, or withdraw."
    ),
    "held_up": mark(
        "The following results are here. Your application can be accepted once its own papers are in order; "
        "please come to the counter."
    ),
}


def build_delivery(facts: DeliveryFacts, t: Translator) -> Paper:
    """领取凭据 for what is handed over in person, 送达回证 for everything else."""
    title = t("Collection slip") if facts.manner == "direct" and not facts.refusal else t("Proof of delivery")
    return framed(facts, t, title, _delivery(facts, t))


def _delivery(facts: DeliveryFacts, t: Translator) -> Iterator[Block]:
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Pair(t("For"), facts.for_whom, strong=True)
    yield Rule()
    yield Heading(t("Delivered"))
    yield Numbered(
        tuple(
            Entry(name, notes=(t("No. {number}", number=number),) if number else ())
            for name, number in facts.delivered
        )
    )
    yield Rule()
    yield Pair(t("Manner"), t(MANNERS[facts.manner]))
    yield Pair(t("Delivered at"), moment(t, facts.head.acted_at), strong=True)
    yield from given(
        (
            (t("Place"), facts.place),
            (t("Received by"), facts.receiver),
            (t("Relation to the applicant"), _relation(facts.relation, t)),
            (t("ID number"), facts.receiver_id),
            (t("Shown"), "\n".join(facts.shown)),
            (t("Refused, because"), facts.refusal),
            (t("Witness"), facts.witness),
        )
    )
    if not facts.refusal:
        yield Text(t("I have received what is listed above."))
        yield sign_with_date(t, t("Received by (signature)"))
    if facts.refusal or facts.manner in ("left", "passed_on", "entrusted"):
        yield sign_with_date(t, t("Witness (signature)"))
    yield sign_with_date(t, t("Delivered by (signature)"))


def _relation(relation: str, t: Translator) -> str:
    """A relation the rules know, in words; any other as it was typed."""
    return t(RELATIONS[relation]) if relation in RELATIONS else relation


def build_letter(facts: LetterFacts, t: Translator) -> Paper:
    """A letter that says one thing, and what to bring."""
    return framed(facts, t, t("Letter to the applicant"), _letter(facts, t))


def _letter(facts: LetterFacts, t: Translator) -> Iterator[Block]:
    yield Text(t("To: {name}", name=facts.addressee), bold=True)
    yield from given(((t("Address"), facts.address),))
    yield Rule()
    yield from item_pairs(t, facts.item, facts.case_number)
    yield Text(t(_LETTERS[facts.about]))
    if facts.things:
        yield Numbered(tuple(Entry(thing) for thing in facts.things))
    if facts.until is not None:
        yield Pair(t("Until"), day_to_keep(t, facts.until), strong=True)
    yield Text(t("Please bring this letter and your identity document."))
    if facts.nth > 1:
        yield Text(t("This is letter no. {nth} on this matter.", nth=facts.nth))
