"""Every rule has its sentence and its answers; every act of a ticket or case has a word."""

from __future__ import annotations

import pytest

from counter_app.domain.centre.conflict_words import ACTS, choices, sentence
from counter_app.domain.centre.conflicts import QUIET, RULES, Conflict, side
from counter_app.domain.waiting.facts import TicketFact
from counter_app.i18n import Translator


def conflict(rule: str, place: str = "2", number: str = "A007", type: str = "TicketFinished") -> Conflict:
    detail = {"number": number, "type": type} if number else {"type": type}
    return Conflict(
        id="2.1.9",
        subject="ticket:k.1.1",
        rule=rule,
        event="2.1.9",
        against="1.1.4",
        concerned=(f"2/w002/{place}", "1/w001/1"),
        detail=detail,
    )


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_rule_is_said_whole(rule: str, language: str) -> None:
    said = sentence(conflict(rule)).said(Translator(language))
    assert "{" not in said
    assert ("A007" in said) == (rule != "party-twice")


@pytest.mark.parametrize("rule", RULES)
def test_who_is_asked_can_answer_and_who_is_not_cannot(rule: str) -> None:
    codes = [choice.code for choice in choices(rule)]
    assert len(set(codes)) == len(codes)
    assert (not codes) == (rule in QUIET)
    assert (len(codes) >= 2) == (rule not in QUIET)
    assert conflict(rule).open == (rule not in QUIET)


def test_a_rule_of_a_later_version_can_be_shown_and_put_away() -> None:
    later = conflict("something-new")
    assert sentence(later).said(Translator("en")) == (
        "A007: “service done” at 2 and what was done at 1 do not fit together."
    )
    assert [choice.code for choice in choices("something-new")] == ["seen"]


def test_without_a_counter_the_machine_is_named_and_without_a_number_it_says_so() -> None:
    said = sentence(conflict("case-moved-on", place="", number="", type="FieldSet")).said(Translator("en"))
    assert said.startswith("Case without a number: “a change to the form” at counter 2 ")


def test_every_act_on_a_ticket_has_its_word() -> None:
    facts = [fact for fact in _all(TicketFact) if not fact.__subclasses__()]
    missing = {fact.__name__ for fact in facts if fact.__module__.startswith("counter_app.")} - set(ACTS)
    assert missing == set()


def _all(base: type[TicketFact]) -> list[type[TicketFact]]:
    return [base, *(found for child in base.__subclasses__() for found in _all(child))]


@pytest.mark.parametrize(
    ("device", "staff", "place", "heard"),
    [("1", "", "", True), ("9", "w002", "", True), ("9", "", "2", True), ("9", "w009", "9", False)],
)
def test_whom_it_concerns(device: str, staff: str, place: str, heard: bool) -> None:
    assert conflict("called-twice").concerns(device, staff, place) is heard


def test_a_side_is_read_back_as_it_was_written() -> None:
    for text in ("1/w001/3", "k//", "Z/centre/"):
        assert side(text).text() == text
