"""Sealed pictures beside the order, on every way to the centre: in pieces, and only what an event names."""

from __future__ import annotations

import pytest

from counter_app.domain.hall.rights import rights_of
from counter_app.domain.intake.erasure_facts import PartyErasureAsked
from counter_app.domain.intake.facts import CaseOpened, CaseWithdrawn, PersonAdded
from counter_app.domain.intake.parties import PartyRecorded
from counter_app.domain.intake.pictures import KEY, PIECE, MaterialPictured
from counter_app.domain.journal import digest
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.checking import check_centre
from tests.support.centre_adapters import HallAtWork
from tests.support.centres import Sender, publish_hall
from tests.support.intake_hall import plan

SEALED = bytes(range(256)) * 2600  # three pieces, the last one short
DIGEST = digest(SEALED)


def pictured(device: Sender, data: bytes = SEALED, *, case: str = "", size: int | None = None) -> str:
    """A case with a picture of these bytes, at the centre; gives the event's id."""
    case = case or device.act(CaseOpened(case=device.next_id))
    fact = MaterialPictured(
        case=case,
        picture=device.next_id,
        material="0603-1",
        digest=digest(data),
        size=len(data) if size is None else size,
        form="image/jpeg",
        width=1240,
        height=1754,
        source="camera",
    )
    id = device.act(fact, private={KEY: bytes(32)})
    assert device.push().state == "ok"
    return id


def send(device: Sender, data: bytes = SEALED) -> int:
    """All of it, from where the centre wants it."""
    at = device.centre.picture_wanted(digest(data))
    while at < len(data):
        at = device.centre.send_piece(digest(data), at, data[at : at + PIECE])
    return at


def fetched(device: Sender, size: int = len(SEALED), named: str = DIGEST) -> bytes:
    found = b""
    while len(found) < size:
        found += device.centre.picture_piece(named, len(found))
    return found


def refused(told: pytest.ExceptionInfo[UserFacingError]) -> str:
    return told.value.code


def test_another_counter_gets_what_was_sent_byte_for_byte(hall: HallAtWork) -> None:
    device, other = hall.sender("3"), hall.sender("5")
    pictured(device)
    assert send(device) == len(SEALED)
    assert device.centre.picture_wanted(DIGEST) == len(SEALED)
    assert fetched(other) == SEALED
    assert check_centre(hall.service.store).sound


def test_a_sending_that_broke_off_goes_on_where_it_was(hall: HallAtWork) -> None:
    device = hall.sender("3")
    pictured(device)
    assert device.centre.send_piece(DIGEST, 0, SEALED[:PIECE]) == PIECE
    # the answer was lost and the piece comes again; another one comes too early
    assert device.centre.send_piece(DIGEST, 0, SEALED[:PIECE]) == PIECE
    assert device.centre.send_piece(DIGEST, 2 * PIECE, SEALED[2 * PIECE :]) == PIECE
    with pytest.raises(UserFacingError) as told:
        device.centre.picture_piece(DIGEST, 0)
    assert refused(told) == "centre.picture-not-here"
    assert send(device) == len(SEALED)
    assert fetched(device) == SEALED


def test_only_bytes_that_an_event_names_are_taken(hall: HallAtWork) -> None:
    device = hall.sender("3")
    for ask in (
        lambda: device.centre.picture_wanted(DIGEST),
        lambda: device.centre.send_piece(DIGEST, 0, SEALED[:PIECE]),
        lambda: device.centre.picture_piece(DIGEST, 0),
    ):
        with pytest.raises(UserFacingError) as told:
            ask()
        assert refused(told) == "centre.picture-unknown"


@pytest.mark.parametrize("size", [0, -5, 1 << 40])
def test_a_size_no_picture_has_is_not_taken_at_its_word(hall: HallAtWork, size: int) -> None:
    device = hall.sender("3")
    pictured(device, size=size)
    with pytest.raises(UserFacingError) as told:
        device.centre.send_piece(DIGEST, 0, SEALED[:PIECE])
    assert refused(told) == "centre.picture-unknown"


def test_more_than_was_named_or_too_much_at_once_is_not_taken(hall: HallAtWork) -> None:
    device = hall.sender("3")
    short = SEALED[:1000]
    pictured(device, short)
    named = digest(short)
    assert device.centre.send_piece(named, 0, short + b"x") == 0
    assert device.centre.send_piece(named, 0, b"") == 0
    assert device.centre.send_piece(named, -1, short) == 0
    pictured(device)
    assert device.centre.send_piece(DIGEST, 0, SEALED[: PIECE + 1]) == 0


def test_bytes_that_come_to_another_digest_are_thrown_away_whole(hall: HallAtWork) -> None:
    device = hall.sender("3")
    pictured(device)
    wrong = SEALED[:-1] + b"?"
    device.centre.send_piece(DIGEST, 0, wrong[:PIECE])
    device.centre.send_piece(DIGEST, PIECE, wrong[PIECE : 2 * PIECE])
    with pytest.raises(UserFacingError) as told:
        device.centre.send_piece(DIGEST, 2 * PIECE, wrong[2 * PIECE :])
    assert refused(told) == "centre.picture-altered"
    assert device.centre.picture_wanted(DIGEST) == 0
    assert send(device) == len(SEALED)


@pytest.mark.parametrize("role", ["kiosk", "display"])
def test_a_machine_for_citizens_gets_no_pictures(hall: HallAtWork, role: str) -> None:
    device = hall.sender("3")
    pictured(device)
    send(device)
    public = hall.sender("9", role)
    with pytest.raises(UserFacingError) as told:
        public.centre.picture_piece(DIGEST, 0)
    assert refused(told) == "device.role"
    parts = [part for entry in public.centre.pull(0).events for part in entry.parts]
    assert all(part.data is None for part in parts if part.slot == KEY)


def test_with_the_person_the_bytes_go_and_do_not_come_again(hall: HallAtWork) -> None:
    publish_hall(hall.service)
    eraser = next(one.badge for one in plan().staff if "party.erase" in rights_of(one.roles))
    device = hall.sender("3")
    party = device.next_id
    recorded = PartyRecorded(party=party, sort="person", source="typed", document="resident")
    device.act(recorded, private={"identity": b"{}"})
    case = device.act(CaseOpened(case=device.next_id))
    device.act(PersonAdded(case=case, party=party, role="applicant", source="typed"))
    pictured(device, case=case)
    send(device)

    def ask() -> None:
        fact = PartyErasureAsked(erasure=device.next_id, parties=(party,), basis="recorded_in_error")
        device.act(fact, staff=eraser)
        assert device.push().state == "ok"

    ask()
    assert fetched(device) == SEALED  # a case in hand keeps its person
    device.act(CaseWithdrawn(case=case))
    ask()
    with pytest.raises(UserFacingError) as told:
        send(device)
    assert refused(told) == "centre.picture-unknown"
    with pytest.raises(UserFacingError) as told:
        fetched(device)
    assert refused(told) == "centre.picture-unknown"
    with hall.service.store.reading() as reader:
        assert reader.blobs.pieces(DIGEST) == ()
    assert check_centre(hall.service.store).sound
