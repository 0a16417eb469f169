"""The hall's order as devices get it: gapless, whole, its root the same for all, parts by role."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest

from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.journal import digest, part_digest, read
from counter_app.domain.waiting.facts import TicketGaveUp, TicketIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import OrderedEvent, Pulled, SealedPart
from tests.support.centre_adapters import HallAtWork
from tests.support.centres import Sender, publish_hall


def ticket(device: Sender, number: str, **private: bytes) -> str:
    return device.act(
        TicketIssued(ticket=device.next_id, number=number, line="A", day="2026-11-23"), private=private
    )


def whole(device: Sender, limit: int = 1000) -> list[Pulled]:
    """Everything, in stretches of `limit`."""
    found = [device.centre.pull(0, limit=limit)]
    while found[-1].last < found[-1].head:
        found.append(device.centre.pull(found[-1].last, limit=limit))
    return found


def test_stretches_join_without_gaps_and_agree_on_the_root(hall: HallAtWork) -> None:
    one, two = hall.sender("3"), hall.sender("4")
    for n in range(7):
        device = (one, two)[n % 2]
        ticket(device, f"A{n:03d}")
        device.push()
    root, place = NO_ROOT, 0
    for stretch in whole(one, limit=3):
        assert stretch.after == place
        for entry in stretch.events:
            place += 1
            assert entry.hall_seq == place
            root = next_root(root, digest(entry.data))
        assert stretch.root == root
    assert whole(two)[-1].root == root
    assert two.centre.pull(place) == Pulled(place, (), root, place)


def test_every_chain_is_whole_in_the_order(hall: HallAtWork) -> None:
    one, two = hall.sender("3"), hall.sender("4")
    for n in range(6):
        ticket((one, two)[n % 2], f"A{n:03d}")
    one.push()
    two.push()
    chains: dict[str, list[tuple[int, str]]] = {}
    for entry in one.centre.pull(0).events:
        event = read(entry.data)
        chains.setdefault(event.device, []).append((event.seq, event.hash))
    assert chains["3"] == list(one.centre.chain(1, 0))
    assert chains["4"] == list(two.centre.chain(1, 0))
    assert two.centre.chain(1, 1, 1) == (chains["4"][1],)


@pytest.mark.parametrize("role", ["counter", "desk", "kiosk", "display"])
def test_parts_go_only_to_roles_that_may_read_them(hall: HallAtWork, role: str) -> None:
    sender, reader = hall.sender("3"), hall.sender("9", role)
    id = ticket(sender, "A001", person=b"hash")
    sender.act(TicketGaveUp(ticket=id, reason="left"), private={"why": b"ill"})
    sender.push()
    issued, gone = reader.centre.pull(0).events[-2:]
    hidden_person, hidden_why = SealedPart("person", None, None), SealedPart("why", None, None)
    if role == "display":
        assert issued.parts == (hidden_person,)
    else:
        (part,) = issued.parts
        assert part.data == b"hash"
        assert part_digest(part.salt or b"", part.data) == read(issued.data).parts["person"]
    if role in ("kiosk", "display"):
        assert gone.parts == (hidden_why,)
    else:
        assert gone.parts[0].data == b"ill"


def test_erased_parts_are_given_empty(hall: HallAtWork) -> None:
    device = hall.sender("3")
    id = ticket(device, "A001", person=b"hash")
    ack = device.push()
    with hall.service.store.deciding() as tx:
        assert tx.empty_parts([(id, "other")]) == 0
        assert tx.empty_parts([(id, "person")]) == 1
        assert tx.empty_parts([(id, "person")]) == 0
    (event,) = device.centre.pull(ack.hall_seq - 1).events
    assert event.parts == (SealedPart("person", None, None),)


def test_a_device_far_ahead_of_the_centre_gets_nothing(hall: HallAtWork) -> None:
    device = hall.sender("3")
    stretch = device.centre.pull(1000)
    assert stretch.events == ()
    assert stretch.head == 1


def test_credentials_go_where_staff_log_in(hall: HallAtWork) -> None:
    counter, display = hall.sender("3"), hall.sender("9", "display")
    counter.centre.keep_secret("pin:1002", b"digest one")
    counter.centre.keep_secret("pin:1003", b"digest")
    counter.centre.keep_secret("pin:1002", b"digest two")
    counter.centre.keep_secret("pin:1002", b"digest two")
    first, second = counter.centre.pull(0).secrets
    assert (first.name, second.name, second.body) == ("pin:1003", "pin:1002", b"digest two")
    assert counter.centre.pull(0, secrets=first.version).secrets == (second,)
    assert counter.centre.pull(0, secrets=second.version).secrets == ()
    assert display.centre.pull(0).secrets == ()
    with pytest.raises(UserFacingError) as told:
        display.centre.keep_secret("pin:1002", b"mine")
    assert told.value.code == "device.role"


def pages(device: Sender) -> list[OrderedEvent]:
    page = device.centre.snapshot()
    events = list(page.events)
    while page.next:
        page = device.centre.snapshot(page.next)
        events.extend(page.events)
    return events


def test_a_snapshot_of_a_young_hall_is_all_of_it(hall: HallAtWork) -> None:
    device = hall.sender("3")
    publish_hall(hall.service)
    ticket(device, "A001", person=b"hash")
    device.push()
    device.centre.keep_secret("pin:1002", b"digest")
    first = device.centre.snapshot()
    everything = device.centre.pull(0)
    assert first.events == everything.events
    assert (first.hall_seq, first.root, first.next) == (everything.head, everything.root, 0)
    assert first.secrets == everything.secrets
    ends = {(end.device, end.epoch): (end.seq, end.hash) for end in first.chains}
    assert ends["3", 1] == (1, device.prev)


def test_an_old_hall_gives_what_is_alive_and_the_last_days(hall: HallAtWork) -> None:
    device = hall.sender("3")
    publish_hall(hall.service)
    alive, ended = ticket(device, "A001"), ticket(device, "A002")
    device.act(TicketGaveUp(ticket=ended, reason="left"))
    device.push()
    hall.clock.advance(days=91)
    late = ticket(device, "A003")
    device.act(TicketGaveUp(ticket=late, reason="left"))
    device.push()
    given = [read(entry.data) for entry in pages(device)]
    assert [event.id for event in given if event.device == "3"] == [alive, "3.1.4", "3.1.5"]
    centre = [(event.type, event.subjects) for event in given if event.device == "C"]
    assert centre == [
        ("DeviceEnrolled", ("device:3",)),
        ("RowsPublished", ("published:hall",)),
        ("RowsPublished", ("published:calendar",)),
    ]


def test_a_snapshot_stays_as_it_was_begun(hall: HallAtWork) -> None:
    """What ends while the pages are fetched comes with the tail; the pages keep its history."""
    device, other = hall.sender("3"), hall.sender("4")
    old = [ticket(device, f"A{n:04d}") for n in range(1500)]
    device.push()
    hall.clock.advance(days=91)
    ticket(device, "B001")
    device.push()
    first = other.centre.snapshot()
    assert first.next
    for id in old:
        device.act(TicketGaveUp(ticket=id, reason="left"))
    device.push()
    second = other.centre.snapshot(first.next)
    places = [entry.hall_seq for entry in (*first.events, *second.events)]
    assert places == list(range(1, first.hall_seq + 1))
    assert (second.hall_seq, second.next) == (first.hall_seq, 0)


def test_waiting_ends_at_the_next_event(hall: HallAtWork) -> None:
    device, other = hall.sender("3"), hall.sender("4")
    place = device.centre.pull(0).head
    began = time.monotonic()
    assert other.centre.wait(place, 0.05) <= place  # no news; a socket may not even have told where it is
    assert time.monotonic() - began >= 0.04
    assert other.centre.wait(place - 1, 5.0) == place
    ticket(device, "A001")
    later = threading.Timer(0.1, device.push)
    began = time.monotonic()
    later.start()
    try:
        assert other.centre.wait(place, 10.0) == place + 1
        assert time.monotonic() - began < 5.0
    finally:
        later.join()


def test_a_revoked_device_gets_nothing(hall: HallAtWork) -> None:
    device = hall.sender("3")
    hall.service.enrolling.revoke("3", "stolen", "1001")
    for call in (lambda: device.centre.pull(0), device.centre.snapshot, device.greet):
        with pytest.raises(UserFacingError) as told:
            call()
        assert told.value.code == "centre.revoked"


def test_what_is_ordered_is_never_earlier_than_what_stood(hall: HallAtWork) -> None:
    """The wall clock went back: the order's own times do not, so that a cut by time stays a cut."""
    device = hall.sender("3")
    ticket(device, "A001")
    device.push()
    hall.clock.set(hall.clock.now() - timedelta(days=200))
    ticket(device, "A002")
    device.push()
    hall.clock.set(hall.clock.now() + timedelta(days=200))
    assert len(pages(device)) == device.centre.pull(0).head
