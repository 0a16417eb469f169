"""The centre's store on SQLite: what is at rest, who may share the file, what outlives a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from counter_app.catalogue_files.codec import JsonCodec
from counter_app.domain.centre import order
from counter_app.domain.waiting.facts import TicketCalled, TicketGaveUp, TicketIssued
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import in_line, pool
from counter_app.errors import UserFacingError
from counter_app.store.centre import centre_store
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.kept import KEPT, Kept
from counter_app.store.centre.sqlite import SqliteCentre
from counter_app.store.connection import connect
from counter_app.use_cases.centre import service as centre_service
from counter_app.use_cases.centre import taking_in
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.reference import PublishedReference
from tests.support.centres import (
    CENTRE,
    HALL,
    HALL_KEY,
    STORE_KEY,
    Sender,
    open_centre,
    open_store,
    publish_hall,
    sender,
)
from tests.support.clock import HandClock
from tests.support.intake_hall import catalogue, plan

DAY = "2026-11-23"
POOL = pool(DAY, in_line("A"), "ordinary")


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[CentreService]:
    service = open_centre(tmp_path)
    yield service
    service.close()


def issue(device: Sender, number: str, **private: bytes) -> str:
    return device.act(
        TicketIssued(ticket=device.next_id, number=number, line="A", day=DAY),
        private=private,
        key=f"i{number}",
    )


def raw(folder: Path, sql: str) -> list[tuple[object, ...]]:
    connection = connect(folder / "centre.db", STORE_KEY)
    try:
        return list(connection.execute(sql).fetchall())
    finally:
        connection.close()


def test_private_parts_and_credentials_lie_under_the_halls_key(centre: CentreService, tmp_path: Path) -> None:
    device = sender(centre, "3")
    issue(device, "A001", person=b"330106199001011234")
    device.push()
    device.centre.keep_secret("pin:1", b"secret digest")
    ((part,),) = raw(tmp_path, "SELECT sealed FROM parts")
    ((secret,),) = raw(tmp_path, "SELECT sealed FROM secrets")
    assert isinstance(part, bytes)
    assert isinstance(secret, bytes)
    assert b"330106199001011234" not in part
    assert b"secret digest" not in secret


def test_a_part_moved_to_another_event_does_not_open(centre: CentreService, tmp_path: Path) -> None:
    device = sender(centre, "3")
    issue(device, "A001", person=b"one")
    issue(device, "A002", person=b"two")
    device.push()
    raw(tmp_path, "UPDATE parts SET sealed = (SELECT sealed FROM parts ORDER BY hall_seq LIMIT 1)")
    with pytest.raises(UserFacingError) as told:
        device.centre.pull(0)
    assert told.value.code == "centre.sealed"


def test_folds_know_no_names(centre: CentreService) -> None:
    device = sender(centre, "3")
    id = issue(device, "A001", person=b"keyed hash")
    device.push()
    with centre.store.reading() as reader:
        ticket = reader.get(TICKETS, id)
    assert ticket is not None
    assert (ticket.number, ticket.person) == ("A001", None)


@pytest.mark.parametrize("act", ["DELETE FROM events", "UPDATE events SET data = x'00'"])
def test_the_order_is_insert_only(centre: CentreService, tmp_path: Path, act: str) -> None:
    device = sender(centre, "3")
    issue(device, "A001")
    device.push()
    with pytest.raises(dbapi2.DatabaseError, match="insert-only"):
        raw(tmp_path, act)


def test_everything_outlives_a_restart(tmp_path: Path) -> None:
    first = open_centre(tmp_path)
    device = sender(first, "3")
    token = device.greet().token
    id = issue(device, "A001", person=b"hash")
    device.push()
    before = device.centre.pull(0)
    first.close()
    again = open_centre(tmp_path)
    assert again.line("3").pull(0) == before
    row = again.known("3")
    assert row is not None
    assert row.offered == (token,)
    with again.store.reading() as reader:
        assert [ticket.id for ticket in reader.heads([POOL])] == [id]
    again.close()


def test_a_hall_key_that_does_not_fit_opens_nothing(tmp_path: Path) -> None:
    first = open_centre(tmp_path)
    device = sender(first, "3")
    issue(device, "A001", person=b"hash")
    device.push()
    first.close()
    dialect = SqliteCentre(tmp_path / "centre.db", STORE_KEY)
    store = CoreCentreStore(dialect, hall=HALL, centre=CENTRE, hall_key=bytes(32), clock=HandClock())
    with store.reading() as reader, pytest.raises(UserFacingError) as told:
        reader.after(0, 10, "counter")
    assert told.value.code == "centre.sealed"
    store.close()


def test_a_hall_has_one_centre(tmp_path: Path) -> None:
    open_centre(tmp_path).close()
    dialect = SqliteCentre(tmp_path / "centre.db", STORE_KEY)
    with pytest.raises(UserFacingError) as told:
        CoreCentreStore(dialect, hall=HALL, centre="D", hall_key=HALL_KEY, clock=HandClock())
    assert told.value.code == "centre.other"
    dialect.close()


def test_halls_share_a_file_and_see_nothing_of_each_other(centre: CentreService, tmp_path: Path) -> None:
    other = open_store(tmp_path, hall="北环")
    device = sender(centre, "3")
    issue(device, "A001")
    device.push()
    with other.reading() as reader:
        assert reader.head().hall_seq == 0
        assert reader.devices() == ()
        assert reader.heads([POOL]) == ()
    other.close()


def test_what_fails_leaves_nothing(centre: CentreService) -> None:
    device = sender(centre, "3")
    with pytest.raises(ZeroDivisionError), centre.store.deciding() as tx:
        tx.keep_note("a", b"1")
        tx.publish("hall", {"here": b"{}"}, replace=False, staff="", key="k")
        _ = 1 / 0
    with centre.store.reading() as reader:
        assert reader.head().hall_seq == 1
        assert reader.note("a") is None
        assert reader.of_key(CENTRE, "k") == ()
    issue(device, "A001")
    assert device.push().hall_seq == 2


def test_a_decision_sees_what_it_wrote(centre: CentreService) -> None:
    with centre.store.deciding() as tx:
        tx.keep_note("grant/1", b"1")
        tx.keep_note("grant/2", b"2")
        tx.keep_note("grant/2", None)
        assert tx.note("grant/1") == b"1"
        assert tx.notes("grant/") == {"grant/1": b"1"}
        tx.publish("hall", {"here": b"{}"}, replace=False, staff="", key="k")
        (event,) = tx.of_key(CENTRE, "k")
        assert event.hall_seq == tx.head().hall_seq == 1
        assert tx.root_at(1) == tx.head().root
        assert tx.chain_end(CENTRE, 1) == (1, event.hash)
        (entry,) = tx.after(0, 10, "counter")
        assert [row.body for row in entry.rows] == [b"{}"]


def test_lines_pass_over_who_is_spoken_for(centre: CentreService) -> None:
    device = sender(centre, "3")
    ids = [issue(device, f"A{n:03d}") for n in range(60)]
    device.push()
    empty = pool(DAY, in_line("B"), "ordinary")
    with centre.store.reading() as reader:
        heads = [ticket.id for ticket in reader.heads([POOL, empty])]
        barred = [ticket.id for ticket in reader.heads([POOL, empty], ids[:40])]
        first = [ticket.id for ticket in reader.first([POOL], 3, (ids[1], ids[2]))]
        nobody = reader.heads([POOL], ids)
    assert (heads, barred, first, nobody) == ([ids[0]], [ids[40]], [ids[0], ids[3], ids[4]], ())


def test_who_was_called_waits_no_more(centre: CentreService) -> None:
    device = sender(centre, "3")
    one, two = issue(device, "A001"), issue(device, "A002")
    device.act(TicketCalled(ticket=one, line="A", counter="3", staff="1", queue="ordinary", rule="ordinary"))
    device.push()
    with centre.store.reading() as reader:
        assert [ticket.id for ticket in reader.heads([POOL])] == [two]
    device.act(TicketGaveUp(ticket=two, reason="left"))
    device.push()
    with centre.store.reading() as reader:
        assert reader.heads([POOL]) == ()


def test_a_fold_made_otherwise_is_made_again(centre: CentreService, tmp_path: Path) -> None:
    device = sender(centre, "3")
    one, two = issue(device, "A001"), issue(device, "A002")
    device.act(TicketCalled(ticket=one, line="A", counter="3", staff="1", queue="ordinary", rule="ordinary"))
    device.push()
    with centre.store.reading() as reader:
        before = reader.get(TICKETS, one), reader.get(TICKETS, two)
    raw(tmp_path, "UPDATE folds SET fold = '{}' WHERE kind = 'ticket'")
    raw(tmp_path, "DELETE FROM waits")
    newer = tuple(
        Kept(kept.stream, kept.alive, kept.waits, version=2) if kept.stream is TICKETS else kept
        for kept in KEPT
    )
    dialect = SqliteCentre(tmp_path / "centre.db", STORE_KEY)
    again = CoreCentreStore(
        dialect, hall=HALL, centre=CENTRE, hall_key=HALL_KEY, clock=HandClock(), kept=newer
    )
    with again.reading() as reader:
        assert (reader.get(TICKETS, one), reader.get(TICKETS, two)) == before
        assert [ticket.id for ticket in reader.heads([POOL])] == [two]
    again.close()


def test_a_program_of_older_rules_orders_but_does_not_decide(
    centre: CentreService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer program finds what the older one only ordered."""
    one, two = sender(centre, "3"), sender(centre, "4")
    raw(tmp_path, "UPDATE halls SET rules = 99")
    issue(one, "A001")
    assert one.push().state == "ok"
    two.act(TicketIssued(ticket=two.next_id, number="A001", line="A", day=DAY))
    ack = two.push()
    assert ack.state == "ok"
    assert two.centre.pull(0).head == ack.hall_seq == 4  # the number was given twice, and nobody may say so
    centre.sweep()
    with pytest.raises(UserFacingError) as told:
        two.centre.numbers("A", DAY)
    assert told.value.code == "centre.rules-newer"
    for module in (order, centre_store, taking_in, centre_service):
        monkeypatch.setattr(module, "RULE_VERSION", 99)
    centre.sweep()
    assert b'"ConflictFound"' in two.centre.pull(4).events[0].data
    centre.sweep()
    assert two.centre.pull(0).head == 5


def test_the_centre_goes_on_in_a_new_epoch_after_a_backup(centre: CentreService) -> None:
    sender(centre, "3")
    with centre.store.deciding() as tx:
        assert tx.open_epoch("restored") == 2
    sender(centre, "4")
    assert [seq for seq, _ in centre.line("3").chain(2, 0)] == []
    with centre.store.reading() as reader:
        assert (reader.chain_end(CENTRE, 1)[0], reader.chain_end(CENTRE, 2)[0]) == (1, 2)


def test_two_programs_share_the_file(tmp_path: Path) -> None:
    """Hub and a command on the same machine: turns are taken, and each hears of the other's commits."""
    one, two = open_centre(tmp_path), open_centre(tmp_path)
    devices = [sender(one, "3"), sender(two, "4")]

    def send(device: Sender) -> None:
        for n in range(20):
            issue(device, f"{device.device}{n:03d}")
            device.push()

    threads = [threading.Thread(target=send, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    place = 0
    while place < 42:
        place = one.wait(place, 10.0)
    for thread in threads:
        thread.join()
    assert [entry.hall_seq for entry in two.line("3").pull(0).events] == list(range(1, 43))
    began = time.monotonic()
    later = threading.Timer(0.05, two.line("3").keep_secret, ("pin", b"x"))
    later.start()
    issue(devices[1], "B001")
    devices[1].push()
    assert one.wait(42, 10.0) == 43
    assert time.monotonic() - began < 5.0
    later.join()
    one.close()
    two.close()


def test_many_wait_and_all_are_woken(centre: CentreService) -> None:
    device = sender(centre, "3")
    places: list[int] = []
    threads = [threading.Thread(target=lambda: places.append(centre.wait(1, 10.0))) for _ in range(8)]
    for thread in threads:
        thread.start()
    issue(device, "A001")
    device.push()
    for thread in threads:
        thread.join(10.0)
    assert places == [2] * 8


def test_hall_and_catalogue_are_read_from_a_centre_as_from_a_store(centre: CentreService) -> None:
    publish_hall(centre, items=True)
    reference = PublishedReference(JsonCodec())
    with centre.store.reading() as reader:
        assert reference.plan(reader) == plan()
        assert set(reference.catalogue(reader).items) == set(catalogue().items)
        assert reference.catalogue(reader) is reference.catalogue(reader)
        assert reference.calendar(reader).knows(2026)
