"""The centre decides whether a person's data is erased, and does it (mission: X3): every way to it alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.intake.ending_facts import CaseReopened
from counter_app.domain.intake.erasing import RETENTION_SETTING
from counter_app.domain.intake.erasure_facts import PartyErased, PartyErasureAsked, PartyErasureRefused
from counter_app.domain.intake.facts import (
    CaseOpened,
    CaseWithdrawn,
    NoteWritten,
    PapersReceived,
    PersonAdded,
)
from counter_app.domain.intake.parties import PartyRecorded
from counter_app.domain.journal import read
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.publishing import publication
from counter_app.use_cases.ports.centre import OrderedEvent
from counter_app.use_cases.reference import HALLS, HERE
from tests.support.centre_adapters import HallAtWork
from tests.support.centres import Sender, publish_hall
from tests.support.intake_hall import plan

SUPERVISOR, CLERK = "1011", "1002"
NAME = "张伟".encode()


def recorded(device: Sender, *, ended: bool = True) -> str:
    """A person and a case of theirs, as three machines' acts would be; gives the party."""
    party = device.next_id
    device.act(
        PartyRecorded(party=party, sort="person", source="card", document="1"),
        private={"identity": NAME, "photo": b"\x57\x4c"},
    )
    case = device.next_id
    device.act(CaseOpened(case=case))
    device.act(PersonAdded(case=case, party=party, role="applicant", source="card"))
    device.act(NoteWritten(case=case), private={"text": "来电".encode()})
    device.act(PapersReceived(case=case, materials=(), decide_by="2026-11-30"))
    if ended:
        device.act(CaseWithdrawn(case=case), private={"reason": NAME})
    return party


def ask(device: Sender, party: str, basis: str = "unlawful", staff: str = SUPERVISOR) -> str:
    return device.act(PartyErasureAsked(erasure=device.next_id, parties=(party,), basis=basis), staff=staff)


def order(device: Sender) -> tuple[OrderedEvent, ...]:
    return device.centre.pull(0).events


def answers(device: Sender) -> list[PartyErased | PartyErasureRefused]:
    facts = [read(entry.data).fact for entry in order(device)]
    return [fact for fact in facts if isinstance(fact, PartyErased | PartyErasureRefused)]


def readable(device: Sender) -> list[str]:
    """The slots that this machine is still given."""
    return [part.slot for entry in order(device) for part in entry.parts if part.data is not None]


def test_parts_go_for_everybody_and_the_order_stands(hall: HallAtWork) -> None:
    device, other = hall.sender("3"), hall.sender("4")
    publish_hall(hall.service)
    party = recorded(device)
    device.push()
    before = order(other)
    assert set(readable(other)) == {"identity", "photo", "text", "reason"}
    erasure = ask(device, party)
    device.push()
    (told,) = answers(other)
    assert isinstance(told, PartyErased)
    assert (told.erasure, told.staff, told.basis) == (erasure, SUPERVISOR, "unlawful")
    assert len(told.parts) == 4
    assert readable(other) == []
    assert [entry.data for entry in order(other)[: len(before)]] == [entry.data for entry in before]
    page = other.centre.snapshot()
    assert [part for entry in page.events for part in entry.parts if part.data is not None] == []


def test_what_is_asked_twice_is_answered_twice_and_done_once(hall: HallAtWork) -> None:
    device = hall.sender("3")
    publish_hall(hall.service)
    party = recorded(device)
    device.push()
    ask(device, party)
    ask(device, party)
    device.push()
    first, second = answers(device)
    assert isinstance(first, PartyErased)
    assert isinstance(second, PartyErasureRefused)
    assert second.code == "erase.nothing"


def test_the_same_batch_again_changes_nothing(hall: HallAtWork) -> None:
    device = hall.sender("3")
    publish_hall(hall.service)
    party = recorded(device)
    ask(device, party)
    lost = device.batch()
    device.push()
    assert device.centre.push(lost).state == "ok"
    assert len(answers(device)) == 1


@pytest.mark.parametrize(
    ("basis", "staff", "ended", "code"),
    [
        ("unlawful", CLERK, True, "erase.no-right"),
        ("unlawful", "nobody", True, "erase.no-right"),
        ("because", SUPERVISOR, True, "erase.basis"),
        ("purpose_ended", SUPERVISOR, True, "erase.too-early"),
        ("unlawful", SUPERVISOR, False, "erase.case-open"),
    ],
)
def test_what_the_centre_refuses(hall: HallAtWork, basis: str, staff: str, ended: bool, code: str) -> None:
    device = hall.sender("3")
    publish_hall(hall.service)
    party = recorded(device, ended=ended)
    ask(device, party, basis, staff)
    device.push()
    (told,) = answers(device)
    assert isinstance(told, PartyErasureRefused)
    assert told.code == code
    assert "identity" in readable(device)


@pytest.mark.parametrize("role", ["kiosk", "display"])
def test_machines_without_clerks_may_not_ask(hall: HallAtWork, role: str) -> None:
    device, kiosk = hall.sender("3"), hall.sender("9", role)
    publish_hall(hall.service)
    party = recorded(device)
    device.push()
    ask(kiosk, party)
    kiosk.push()
    (told,) = answers(device)
    assert isinstance(told, PartyErasureRefused)
    assert told.code == "erase.device"


def test_a_machine_erases_nothing_of_others_by_its_own_word(hall: HallAtWork) -> None:
    device, other = hall.sender("3"), hall.sender("4")
    publish_hall(hall.service)
    party = recorded(device)
    device.push()
    forged = PartyErased(
        erasure=other.next_id,
        parties=(party,),
        cases=(),
        others=(),
        tickets=(),
        parts=((party, "identity"),),
        basis="unlawful",
        staff=SUPERVISOR,
    )
    other.act(forged, staff=SUPERVISOR)
    assert refused(other)
    assert "identity" in readable(device)


def refused(device: Sender) -> bool:
    """Whether what waits is turned down whole."""
    try:
        device.push()
    except UserFacingError as error:
        return error.code == "centre.forged"
    return False


def test_after_its_time_a_case_goes_by_the_calendar(hall: HallAtWork) -> None:
    device = hall.sender("3")
    publish_hall(hall.service)
    party = recorded(device)
    device.push()
    short = replace(plan(), settings={**plan().settings, RETENTION_SETTING: 1})
    device.centre.publish(publication(HALLS, {HERE: short}, key="short", staff="1001"))
    ask(device, party, "retention_over")
    device.push()
    assert isinstance(answers(device)[-1], PartyErasureRefused)
    hall.clock.advance(hours=48)
    ask(device, party, "retention_over")
    device.push()
    assert isinstance(answers(device)[-1], PartyErased)


def test_what_comes_late_about_the_same_person_is_seen_and_can_go_too(hall: HallAtWork) -> None:
    """A machine cut off had acts about the person: they arrive after the erasure, and are not lost."""
    device, late = hall.sender("3"), hall.sender("4")
    publish_hall(hall.service)
    party = recorded(device)
    case = read(device.unsent[1].data).subjects[0].partition(":")[2]
    late.act(NoteWritten(case=case), private={"text": "迟到的备注".encode()})
    device.push()
    ask(device, party)
    device.push()
    late.push()
    assert readable(device) == ["text"]
    ask(device, party)
    device.push()
    assert readable(device) == []
    assert [type(told) for told in answers(device)] == [PartyErased, PartyErased]


def test_a_case_that_was_opened_again_is_under_way(hall: HallAtWork) -> None:
    device = hall.sender("3")
    publish_hall(hall.service)
    party = recorded(device)
    case = read(device.unsent[1].data).subjects[0].partition(":")[2]
    device.act(CaseReopened(case=case, article=""), private={"reason": "更正".encode()})
    ask(device, party)
    device.push()
    (told,) = answers(device)
    assert isinstance(told, PartyErasureRefused)
    assert told.code == "erase.case-open"
