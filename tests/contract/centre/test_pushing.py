"""What a device pushes is ordered whole, once, and from nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.centre.facts import EpochOpened, TicketGranted
from counter_app.domain.journal import read
from counter_app.domain.waiting.facts import TicketGaveUp, TicketIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import Batch, SealedEvent, SealedPart
from tests.support.centre_adapters import HallAtWork
from tests.support.centres import CENTRE_KEY, SALT, Sender


def issued(device: Sender, number: str = "A001") -> TicketIssued:
    return TicketIssued(ticket=device.next_id, number=number, line="A", day="2026-11-23")


def head_of(hall: HallAtWork) -> int:
    with hall.service.store.reading() as reader:
        return reader.head().hall_seq


def refused(hall: HallAtWork, device: Sender, batch: Batch, code: str = "centre.forged") -> None:
    """The push is refused and nothing was stored."""
    before = head_of(hall)
    with pytest.raises(UserFacingError) as told:
        device.centre.push(batch)
    assert told.value.code == code
    assert head_of(hall) == before
    assert device.centre.chain(batch.epoch, 0) == ()


def test_a_batch_gets_its_places_in_order(hall: HallAtWork) -> None:
    device = hall.sender("3")
    before = head_of(hall)
    ids = [device.act(issued(device, f"A{n:03d}")) for n in range(1, 4)]
    ack = device.push()
    assert (ack.state, ack.seq, ack.hash, ack.hall_seq) == ("ok", 3, device.prev, before + 3)
    ordered = device.centre.pull(before).events
    assert [read(entry.data).id for entry in ordered] == ids
    assert [entry.hall_seq for entry in ordered] == [before + 1, before + 2, before + 3]


def test_an_empty_batch_says_where_the_chain_ends(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    device.push()
    ack = device.centre.push(device.signed(()))
    assert (ack.state, ack.seq, ack.hash) == ("ok", 1, device.prev)


def test_the_same_again_is_fine_and_stored_once(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    batch = device.batch()
    first = device.centre.push(batch)
    assert device.centre.push(batch) == first
    assert device.centre.pull(0).head == first.hall_seq


def test_an_ack_that_was_lost_lets_the_next_batch_overlap(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    device.centre.push(device.batch())
    device.act(issued(device, "A002"))
    ack = device.centre.push(device.batch())
    assert (ack.state, ack.seq) == ("ok", 2)
    assert [seq for seq, _ in device.centre.chain(1, 0)] == [1, 2]


def test_what_is_missing_before_is_a_gap(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    device.push()
    known = device.prev
    device.act(issued(device, "A002"))
    lost = device.unsent.pop()
    device.act(issued(device, "A003"))
    ack = device.centre.push(device.batch())
    assert (ack.state, ack.seq, ack.hash) == ("gap", 1, known)
    device.unsent.insert(0, lost)
    assert device.push().seq == 3


@pytest.mark.parametrize("common", [0, 1])
def test_another_branch_is_a_fork_and_closes_the_epoch(hall: HallAtWork, common: int) -> None:
    device = hall.sender("3")
    for n in range(common):
        device.act(issued(device, f"A{n:03d}"))
    clone = device.copy()
    device.act(issued(device, "A010"))
    standing = device.push()
    clone.act(issued(clone, "A011"))
    clone.act(issued(clone, "A012"))
    ack = clone.push()
    assert (ack.state, ack.seq, ack.hash) == ("fork", standing.seq, standing.hash)
    assert clone.centre.push(clone.batch()).state == "closed"
    assert [hashed for _, hashed in device.centre.chain(1, 0)][-1] == standing.hash


def test_a_branch_that_parted_before_the_head_is_a_fork(hall: HallAtWork) -> None:
    device = hall.sender("3")
    clone = device.copy()
    device.act(issued(device, "A010"))
    device.push()
    clone.act(issued(clone, "A011"))
    clone.unsent.clear()
    clone.act(issued(clone, "A012"))  # joins on in number, not in hash
    assert clone.push().state == "fork"


def test_an_epoch_not_allotted_is_closed(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.epoch = 2
    device.act(issued(device))
    assert device.push().state == "closed"


def test_a_signature_of_another_key_is_refused(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    refused(hall, device, replace(device, key=CENTRE_KEY).batch())


def test_a_signature_over_other_events_is_refused(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    device.act(issued(device, "A002"))
    whole = device.batch()
    refused(hall, device, replace(whole, events=whole.events[:1]))


def test_nobody_pushes_under_another_device(hall: HallAtWork) -> None:
    mine, other = hall.sender("3"), hall.sender("4")
    forger = replace(other, centre=mine.centre, key=mine.key)
    forger.act(issued(forger))
    refused(hall, mine, forger.batch())
    refused(hall, mine, mine.signed(tuple(forger.unsent)))


def test_another_halls_events_are_refused(hall: HallAtWork) -> None:
    device = hall.sender("3")
    abroad = replace(device, hall="北环")
    abroad.act(issued(abroad))
    refused(hall, device, abroad.batch())
    refused(hall, device, device.signed(tuple(abroad.unsent)))


def test_only_the_centre_grants(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(
        TicketGranted(
            ticket="4.1.1",
            line="A",
            counter="3",
            staff="1002",
            queue="ordinary",
            rule="ordinary",
            for_device="3",
            for_key="k",
        )
    )
    refused(hall, device, device.batch())


def test_a_broken_chain_inside_the_batch_is_refused(hall: HallAtWork) -> None:
    device = hall.sender("3")
    for n in range(3):
        device.act(issued(device, f"A{n:03d}"))
    refused(hall, device, device.signed((device.unsent[0], device.unsent[2])))


def test_a_part_that_was_altered_is_refused(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device), private={"person": b"hash"})
    event = device.unsent[0]
    for parts in (
        (SealedPart("person", SALT, b"other"),),
        (SealedPart("person", None, b"hash"),),
        (),
        (*event.parts, SealedPart("more", SALT, b"x")),
    ):
        refused(hall, device, device.signed((replace(event, parts=parts),)))


def test_an_erased_part_may_come_empty(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device), private={"person": b"hash"})
    gone = replace(device.unsent[0], parts=(SealedPart("person", None, None),))
    assert device.centre.push(device.signed((gone,))).state == "ok"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"hall":"\xe5\x8d\x97\xe7\x8e\xaf","format":1,"alg":"sha256"}',
        b"[" * 5000,
    ],
)
def test_bytes_that_are_no_event_are_refused(hall: HallAtWork, data: bytes) -> None:
    device = hall.sender("3")
    refused(hall, device, device.signed((SealedEvent(data),)))


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (b'"seq":1', b'"seq":true'),
        (b'"seq":1', b'"seq":1.0'),
        (b'"seq":1', b'"seq":"1"'),
        (b'"epoch":1', b'"epoch":99999999999999999999'),
        (b'"number":"A001"', b'"number":7'),
        (b'"slip_at":null', b'"slip_at":"soon"'),
        (b"ticket:3.1.1", b"ticket:3.1\\u0000"),
        (b"ticket:3.1.1", b"ticket:\\ud800"),
        (b'"at":"2026-11-23T10:00:00.000+08:00"', b'"at":"2026-11-23T10:00:00.000"'),
        (b'"format":1', b'"format":9'),
        (b'"subjects":["ticket:3.1.1"]', b'"subjects":[["ticket:3.1.1"]]'),
    ],
)
def test_an_event_of_odd_content_is_refused(hall: HallAtWork, was: bytes, now: bytes) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    data = device.unsent[0].data
    assert was in data
    refused(hall, device, device.signed((SealedEvent(data.replace(was, now)),)))
    assert device.push().state == "ok"


def test_too_much_at_once_is_refused(hall: HallAtWork) -> None:
    device = hall.sender("3")
    for _ in range(501):
        device.act(TicketGaveUp(ticket="9.1.1", reason="left"))
    refused(hall, device, device.signed(tuple(device.unsent)), "centre.too-large")
    assert device.push().seq == 501


def test_an_event_too_large_is_refused(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(TicketGaveUp(ticket="9.1.1", reason="x" * (1 << 20)))
    refused(hall, device, device.batch(), "centre.too-large")


def test_a_type_nobody_knows_is_stored_and_given_on(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(TicketGaveUp(ticket="9.1.1", reason="left"))
    data = device.unsent[0].data.replace(b'"TicketGaveUp"', b'"TicketBlessed"')
    ack = device.centre.push(device.signed((SealedEvent(data),)))
    assert ack.state == "ok"
    assert device.centre.pull(ack.hall_seq - 1).events[0].data == data


def test_a_revoked_device_pushes_nothing(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(issued(device))
    hall.service.enrolling.revoke("3", "stolen", "1001")
    with pytest.raises(UserFacingError) as told:
        device.push()
    assert told.value.code == "centre.revoked"


def test_nobody_opens_an_epoch_for_another(hall: HallAtWork) -> None:
    device = hall.sender("3")
    device.act(EpochOpened(device="4", old_epoch=1, last_seq=0, last_hash="", cause="cloned"))
    refused(hall, device, device.batch())
