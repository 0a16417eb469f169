"""What a device may ask the centre to decide: publications, claims, leases, numbers, the day's close."""

from __future__ import annotations

import pytest

from counter_app.domain.centre.facts import DayTotalled, NumbersLeased, TicketGranted
from counter_app.domain.journal import Fact, UnknownFact, read
from counter_app.domain.publication import RowsPublished
from counter_app.domain.waiting.duty import CounterOpened
from counter_app.domain.waiting.facts import TicketCalled, TicketGaveUp, TicketIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.publishing import publication
from counter_app.use_cases.ports.centre import Claim, Publication
from counter_app.use_cases.reference import HALLS, HERE
from counter_app.use_cases.waiting.services import services_of
from tests.support.centre_adapters import HallAtWork
from tests.support.centres import Sender, publish_hall
from tests.support.intake_hall import plan

DAY = "2026-11-23"


def at(device: Sender, place: int) -> Fact | UnknownFact:
    return read(device.centre.pull(place - 1).events[0].data).fact


def plan_as(key: str) -> Publication:
    return publication(HALLS, {HERE: plan()}, key=key, staff="1001")


def test_a_publication_carries_its_rows(hall: HallAtWork) -> None:
    device = hall.sender("3")
    made = plan_as("p1")
    place = device.centre.publish(made)
    (entry,) = device.centre.pull(place - 1).events
    fact = read(entry.data).fact
    assert isinstance(fact, RowsPublished)
    assert (fact.kind, fact.changed, fact.withdrawn) == ("hall", ("here",), ())
    assert {row.key: row.body for row in entry.rows} == dict(made.rows)
    with hall.service.store.reading() as reader:
        assert reader.published(HALLS) == {HERE: plan()}


def test_the_same_key_publishes_once_and_unchanged_rows_not_at_all(hall: HallAtWork) -> None:
    device = hall.sender("3")
    place = device.centre.publish(plan_as("p1"))
    assert device.centre.publish(plan_as("p1")) == place
    assert device.centre.publish(plan_as("p2")) == place
    assert device.centre.pull(0).head == place


def test_rows_are_withdrawn(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.centre.publish(plan_as("p1"))
    place = device.centre.publish(Publication("p2", "hall", {HERE: None}, False, "1001"))
    (entry,) = device.centre.pull(place - 1).events
    assert [(row.key, row.body) for row in entry.rows] == [(HERE, None)]
    with hall.service.store.reading() as reader:
        assert reader.published(HALLS) == {}
    device.centre.publish(plan_as("p3"))
    place = device.centre.publish(Publication("p4", "hall", {}, True, "1001"))
    fact = at(device, place)
    assert isinstance(fact, RowsPublished)
    assert fact.withdrawn == (HERE,)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (Publication("p", "spells", {"a": b"{}"}, False, "1001"), "centre.kind-unknown"),
        (Publication("p", "hall", {HERE: b"{"}, False, "1001"), "centre.row-unreadable"),
        (Publication("p", "hall", {HERE: b"{}"}, False, "1001"), "centre.row-unreadable"),
        (Publication("p", "item", {"x": b'{"code":1}'}, False, "1001"), "centre.row-unreadable"),
        (Publication("p", "hall", {"a" * 300: None}, False, "1001"), "centre.row-unreadable"),
    ],
)
def test_rows_nobody_could_read_are_refused(hall: HallAtWork, made: Publication, code: str) -> None:
    device = hall.sender("3")
    with pytest.raises(UserFacingError) as told:
        device.centre.publish(made)
    assert told.value.code == code
    assert device.centre.pull(0).head == 1


@pytest.mark.parametrize("role", ["kiosk", "display"])
def test_a_machine_for_citizens_publishes_and_closes_nothing(hall: HallAtWork, role: str) -> None:
    device = hall.sender("9", role)
    with pytest.raises(UserFacingError) as told:
        device.centre.publish(plan_as("p1"))
    assert told.value.code == "device.role"
    with pytest.raises(UserFacingError) as told:
        device.centre.close_day("k", DAY, "1001")
    assert told.value.code == "device.role"


# the first place to wait in the demo hall, and a counter that calls from it
SERVICE = services_of(plan()).everywhere[0]
NUMBER = services_of(plan()).counters_for[SERVICE][0]


def waiting(hall: HallAtWork, count: int) -> tuple[Sender, list[str]]:
    """A counter at work and tickets that it may call, in order."""
    publish_hall(hall.service)
    kiosk, counter = hall.sender("kiosk-1", "kiosk"), hall.sender("3")
    ids = []
    for n in range(count):
        fact = TicketIssued(
            ticket=kiosk.next_id,
            number=f"{SERVICE.line}{n:03d}",
            line=SERVICE.line,
            day=DAY,
            licence=SERVICE.licence,
        )
        ids.append(kiosk.act(fact))
        hall.clock.advance(seconds=1)
    kiosk.push()
    counter.act(CounterOpened(counter=NUMBER, staff="1002"))
    counter.push()
    return counter, ids


def claim_at(key: str, number: str, pulled: int = 0) -> Claim:
    return Claim(key, number, "1002", pulled)


def test_a_claim_gives_the_first_ticket_with_its_tail(hall: HallAtWork) -> None:
    counter, ids = waiting(hall, 3)
    granted = counter.centre.claim(claim_at("c1", NUMBER))
    assert granted.ticket == ids[0]
    event = next(read(e.data) for e in granted.tail.events if read(e.data).id == granted.grant)
    assert isinstance(event.fact, TicketGranted)
    assert (event.fact.ticket, event.fact.for_device, event.fact.for_key) == (ids[0], "3", "c1")
    again = counter.centre.claim(claim_at("c1", NUMBER, granted.tail.last))
    assert (again.grant, again.ticket) == (granted.grant, granted.ticket)
    other = counter.centre.claim(claim_at("c2", NUMBER))
    assert other.ticket == ids[1]


def test_a_grant_given_back_keeps_the_tickets_place(hall: HallAtWork) -> None:
    counter, ids = waiting(hall, 2)
    granted = counter.centre.claim(claim_at("c1", NUMBER))
    counter.centre.give_back(granted.grant)
    assert counter.centre.claim(claim_at("c2", NUMBER)).ticket == ids[0]


def test_a_called_ticket_is_not_granted_again(hall: HallAtWork) -> None:
    counter, ids = waiting(hall, 1)
    granted = counter.centre.claim(claim_at("c1", NUMBER))
    counter.act(
        TicketCalled(
            ticket=ids[0], line=SERVICE.line, counter=NUMBER, staff="1002", queue="ordinary", rule="ordinary"
        )
    )
    counter.push()
    hall.clock.advance(seconds=40)
    hall.service.sweep()
    assert granted.ticket == ids[0]
    assert counter.centre.claim(claim_at("c2", NUMBER)).ticket == ""


def test_an_unused_grant_lapses_by_the_clock(hall: HallAtWork) -> None:
    counter, ids = waiting(hall, 1)
    counter.centre.claim(claim_at("c1", NUMBER))
    before = counter.centre.pull(0).head
    hall.service.sweep()
    assert counter.centre.pull(0).head == before
    hall.clock.advance(seconds=40)
    hall.service.sweep()
    assert counter.centre.pull(0).head == before + 1
    assert counter.centre.claim(claim_at("c2", NUMBER)).ticket == ids[0]


def test_numbers_come_in_blocks_that_never_overlap(hall: HallAtWork) -> None:
    publish_hall(hall.service)
    one, two = hall.sender("3"), hall.sender("kiosk-1", "kiosk")
    letter, day = SERVICE.line, DAY
    blocks = [at(one, device.centre.numbers(letter, day)) for device in (one, two, one)]
    spans: list[int] = []
    for block in blocks:
        assert isinstance(block, NumbersLeased)
        spans.extend(range(block.first, block.last + 1))
    assert len(set(spans)) == len(spans) == 60


def test_a_lease_stands_in_the_order(hall: HallAtWork) -> None:
    counter, _ = waiting(hall, 6)
    place = counter.centre.lease(NUMBER, "1002")
    assert 0 < place <= counter.centre.pull(0).head


def test_the_days_close_counts_what_was_done(hall: HallAtWork) -> None:
    counter, ids = waiting(hall, 3)
    counter.act(TicketGaveUp(ticket=ids[2], reason="left"))
    counter.push()
    place = counter.centre.close_day("d1", DAY, "1001")
    total = at(counter, place)
    assert isinstance(total, DayTotalled)
    assert total.totals["TicketIssued"] == 3
    assert total.totals["TicketGaveUp"] == 1
    assert total.root == counter.centre.pull(0, limit=place - 1).root
    assert counter.centre.close_day("d1", DAY, "1001") == place


@pytest.mark.parametrize("text", ["\x00", "x" * 5000, "a\nb"])
def test_keys_no_honest_machine_sends_are_refused(hall: HallAtWork, text: str) -> None:
    counter, _ = waiting(hall, 1)
    before = counter.centre.pull(0).head
    for call in (
        lambda: counter.centre.claim(claim_at(text, NUMBER)),
        lambda: counter.centre.numbers(text, DAY),
        lambda: counter.centre.lease(NUMBER, text),
        lambda: counter.centre.close_day(text, DAY, "1001"),
        lambda: counter.centre.publish(plan_as(text)),
    ):
        with pytest.raises(UserFacingError):
            call()
    assert counter.centre.pull(0).head == before
