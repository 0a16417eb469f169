"""Closed months are packed and dropped, and everything that was asked of them is answered as before."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

import psycopg
import pytest

from counter_app.clock import HALL_ZONE
from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.journal import digest
from counter_app.errors import UserFacingError
from counter_app.store.centre import postgres_archive
from counter_app.store.centre.archive import Segment, pack, unpack
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres_archive import archive_closed
from counter_app.use_cases.ports.centre import OrderedEvent
from tests.integration.postgres.conftest import OTHER
from tests.support.centres import HALL, Sender, sender, serving
from tests.support.clock import HandClock
from tests.support.jars import BeansAdded, JarOpened
from tests.support.postgres_centres import Database, emptied

MONTHS = 4


def _start() -> HandClock:
    return HandClock(datetime(2026, 8, 15, 10, 0, tzinfo=HALL_ZONE))


def _live(store: CoreCentreStore, clock: HandClock) -> Sender:
    """Four months with some acts each, private parts among them."""
    device = sender(serving(store, clock), "3", clock=clock)
    for month in range(MONTHS):
        for n in range(7):
            device.act(JarOpened(jar=f"{month}-{n}"), key=f"{month}-{n}", private={"person": b"%d" % n})
        device.act(BeansAdded(jar="0-0", beans=1))
        device.push()
        clock.advance(days=30)
    return device


def _all(store: CoreCentreStore) -> tuple[OrderedEvent, ...]:
    with store.reading() as reader:
        return reader.after(0, 10_000, "counter")


def test_everything_is_answered_as_before(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_archive, "EVENTS_A_SEGMENT", 5)
    clock = _start()
    store = database.open(clock=clock)
    _live(store, clock)
    whole = _all(store)
    with store.reading() as reader:
        head, history, chains = reader.head(), reader.history("jar:0-0"), reader.chains()

    done = archive_closed(database.admin, "2026-11")
    assert [entry.month for entry in done] == ["2026-08", "2026-09", "2026-10"]
    assert sum(entry.events for entry in done) + _left(database) == len(whole)
    assert archive_closed(database.admin, "2026-11") == ()

    assert _all(store) == whole
    with store.reading() as reader:
        assert (reader.head(), reader.history("jar:0-0"), reader.chains()) == (head, history, chains)
        for place in (1, 5, 6, 20):
            assert reader.after(place, 4, "counter") == whole[place : place + 4]
        assert reader.at([2, 9, len(whole)], "counter") == (whole[1], whole[8], whole[-1])
        assert reader.root_at(1) is None
    root = NO_ROOT
    for event in whole:
        root = next_root(root, digest(event.data))
    assert root == head.root
    store.close()


def _left(database: Database) -> int:
    with psycopg.connect(database.admin) as connection:
        row = connection.execute("SELECT count(*) FROM events").fetchone()
    assert row is not None
    return int(row[0])


def test_life_goes_on_after_the_archive(database: Database) -> None:
    clock = _start()
    store = database.open(clock=clock)
    device = _live(store, clock)
    archive_closed(database.admin, "2026-12")
    assert _left(database) == 0
    assert len(_all(store)) == store.wait(0, 0)
    device.act(BeansAdded(jar="0-0", beans=2))
    assert device.push().state == "ok"
    with store.reading() as reader:
        assert len(reader.history("jar:0-0")) == 1 + MONTHS + 1
    store.close()


def test_private_parts_of_archived_events_are_still_erased(database: Database) -> None:
    clock = _start()
    store = database.open(clock=clock)
    _live(store, clock)
    archive_closed(database.admin, "2026-12")
    event = next(event for event in _all(store) if event.parts)
    assert event.parts[0].data == b"0"
    with store.deciding() as tx:
        assert tx.empty_parts([("3.1.1", event.parts[0].slot)]) == 1
    again = next(entry for entry in _all(store) if entry.hall_seq == event.hall_seq)
    assert again.data == event.data
    assert again.parts[0].data is None
    store.close()


def test_two_halls_are_archived_each_on_its_own() -> None:
    with emptied(HALL, OTHER) as database:
        wholes = {}
        stores = {}
        for hall in (HALL, OTHER):
            clock = _start()
            stores[hall] = database.open(hall, clock)
            _live(stores[hall], clock)
            wholes[hall] = _all(stores[hall])
        done = archive_closed(database.admin, "2026-11")
        assert {entry.halls for entry in done} == {2}
        for hall, store in stores.items():
            assert _all(store) == wholes[hall]
            store.close()


def test_a_month_that_does_not_prove_itself_stays(database: Database) -> None:
    clock = _start()
    store = database.open(clock=clock)
    _live(store, clock)
    with psycopg.connect(database.admin) as connection:
        connection.execute("UPDATE events SET data = data || ' ' WHERE hall_seq = 3")
    with pytest.raises(UserFacingError) as broken:
        archive_closed(database.admin, "2026-11")
    assert broken.value.code == "store.broken"
    with psycopg.connect(database.admin) as connection:
        assert connection.execute("SELECT count(*) FROM segments").fetchone() == (0,)
        assert connection.execute("SELECT to_regclass('events_2026_08') IS NOT NULL").fetchone() == (True,)
    store.close()


def test_no_halls_role_archives_or_rewrites(database: Database) -> None:
    clock = _start()
    store = database.open(clock=clock)
    _live(store, clock)
    archive_closed(database.admin, "2026-11")
    store.close()
    with pytest.raises(UserFacingError) as refused:
        archive_closed(database.url(), "2026-12")
    assert refused.value.code == "store.refused"
    with psycopg.connect(database.url(), autocommit=True) as connection:
        for statement in ("DELETE FROM segments", "UPDATE segments SET packed = ''", "DROP TABLE segments"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_a_damaged_segment_is_told() -> None:
    segment = pack(1, bytes(32), [("2026-11-23", b"{}"), ("2026-11-23", b"[]")])
    assert [entry.data for entry in unpack(segment)] == [b"{}", b"[]"]
    other = pack(1, bytes(32), [("2026-11-23", b"{}")])
    damaged = (
        Segment(1, segment.root, segment.digest, segment.packed[:-1]),
        Segment(1, segment.root, other.digest, other.packed),
        Segment(1, segment.root, sha256(b"junk").digest(), b"junk"),
    )
    for bad in damaged:
        with pytest.raises(UserFacingError) as told:
            unpack(bad)
        assert told.value.code == "store.broken"
