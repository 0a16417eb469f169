"""Facts come back as they went, and nothing strange is read as facts."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from counter_app.domain.paper.codec import FACTS, from_json, reprinted, to_json
from counter_app.domain.paper.facts import PaperFacts, PaperKind
from counter_app.errors import UserFacingError
from tests.unit.domain.paper.samples import every_sample, guide_with_fees
from tests.unit.domain.paper.samples_intake import once_only_notice, ticket


@pytest.mark.parametrize("facts", [*every_sample(), guide_with_fees()], ids=lambda facts: facts.head.number)
def test_facts_survive_storage(facts: PaperFacts) -> None:
    data = to_json(facts)
    assert from_json(data) == facts
    assert to_json(from_json(data)) == data


def test_every_kind_has_a_sample_and_every_class_a_name() -> None:
    assert {facts.kind for facts in every_sample()} == set(PaperKind)
    assert {type(facts).__name__ for facts in every_sample()} == set(FACTS)


def test_times_are_stored_with_milliseconds_and_offset() -> None:
    assert json.loads(to_json(ticket()))["facts"]["head"]["acted_at"] == "2026-11-23T10:32:05.000+08:00"


def changed(**outer: Any) -> bytes:
    return json.dumps({**json.loads(to_json(once_only_notice())), **outer}).encode()


def changed_facts(**inner: Any) -> bytes:
    raw = json.loads(to_json(once_only_notice()))
    raw["facts"].update(inner)
    return json.dumps(raw).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        changed(type="Nothing"),
        changed(kind="ticket"),
        changed(facts=[]),
        changed(facts_version="one"),
        changed_facts(surprise=1),
        changed_facts(nth="2"),
        changed_facts(nth=True),
        changed_facts(problems=[{"material": "甲", "wrong": "乙", "later": "丙"}]),
        changed_facts(received_on="yesterday"),
        changed_facts(head={}),
    ],
)
def test_what_was_never_written_is_refused(data: bytes) -> None:
    with pytest.raises(UserFacingError) as caught:
        from_json(data)
    assert caught.value.code == "paper.facts-unreadable"


def test_facts_of_a_later_version_are_kept_and_named() -> None:
    with pytest.raises(UserFacingError) as caught:
        from_json(changed(facts_version=2))
    assert caught.value.code == "paper.facts-newer"
    assert caught.value.kept


def test_an_absent_field_of_an_older_paper_takes_its_default() -> None:
    raw = json.loads(to_json(once_only_notice()))
    del raw["facts"]["nth"]
    assert from_json(json.dumps(raw).encode()) == once_only_notice()


def test_text_that_cannot_be_stored_is_refused_with_words() -> None:
    facts = ticket()
    broken = replace(facts, head=replace(facts.head, hall="\ud800"))
    with pytest.raises(UserFacingError) as caught:
        to_json(broken)
    assert caught.value.code == "journal.unwritable"


def test_a_reprint_changes_count_and_reason_only() -> None:
    again = reprinted(ticket(), 3, "卡纸")
    assert (again.head.print_count, again.head.reprint_reason) == (3, "卡纸")
    assert reprinted(again, 1, "") == ticket()
