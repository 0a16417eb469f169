"""Many decide at once for one hall: its order has no gap, and whoever pulls misses nothing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy.pool import NullPool

from counter_app.domain.centre.order import NO_ROOT, next_root
from counter_app.domain.journal import digest
from counter_app.domain.waiting.facts import TicketIssued
from counter_app.errors import UserFacingError
from counter_app.store.centre import postgres_line
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.use_cases.ports.centre import CentreAway
from counter_app.use_cases.ports.centre_store import CentreReader
from tests.support.centres import sender, serving
from tests.support.jars import JarOpened
from tests.support.postgres_centres import Database

THREADS = 8
EACH = 25


class OneForEach(NullPool):
    """A pooler between: every transaction comes to a server connection that knows nothing of the last."""

    opened = 0

    def __init__(self, creator: Callable[[], Any], **_: Any) -> None:
        super().__init__(creator)

    def _do_get(self) -> Any:
        OneForEach.opened += 1
        return super()._do_get()


def _whole(reader: CentreReader) -> None:
    """The order from the beginning: no gap, and the running root holds."""
    root = NO_ROOT
    events = reader.after(0, 100_000, "centre")
    assert [event.hall_seq for event in events] == list(range(1, len(events) + 1))
    for event in events:
        root = next_root(root, digest(event.data))
    assert (reader.head().hall_seq, reader.head().root) == (len(events), root)


def _decide(store: CoreCentreStore, who: int) -> None:
    for n in range(EACH):
        with store.deciding() as tx:
            tx.record(JarOpened(jar=f"{who}-{n}"), key=f"{who}-{n}")
            if n % 3 == 0:
                tx.record(JarOpened(jar=f"{who}-{n}-more"), key=f"{who}-{n}")


def _follow(store: CoreCentreStore, until: threading.Event) -> list[int]:
    """Pull by place as a device does, as often as possible."""
    seen: list[int] = []
    while True:
        last = until.is_set()
        with store.reading() as reader:
            fresh = reader.after(seen[-1] if seen else 0, 7, "centre")
        seen.extend(event.hall_seq for event in fresh)
        if last and not fresh:
            return seen


def test_eight_decide_and_three_follow(database: Database) -> None:
    stores = [database.open(), database.open()]  # as two processes would
    done = threading.Event()
    with ThreadPoolExecutor(THREADS + 3) as pool:
        following = [pool.submit(_follow, stores[n % 2], done) for n in range(3)]
        for deciding in [pool.submit(_decide, stores[n % 2], n) for n in range(THREADS)]:
            deciding.result()
        done.set()
        made = THREADS * (EACH + (EACH + 2) // 3)
        assert [seen.result() for seen in following] == [list(range(1, made + 1))] * 3
    with stores[0].reading() as reader:
        _whole(reader)
    for store in stores:
        store.close()


def test_a_decision_that_fails_leaves_no_gap(store: CoreCentreStore) -> None:
    for n in range(4):
        with pytest.raises(ZeroDivisionError), store.deciding() as tx:
            tx.record(JarOpened(jar=f"lost-{n}"))
            raise ZeroDivisionError
        with store.deciding() as tx:
            tx.record(JarOpened(jar=f"kept-{n}"))
    with store.reading() as reader:
        _whole(reader)
        assert reader.head().hall_seq == 4


def test_another_halls_decision_is_not_waited_for(database: Database) -> None:
    store = database.open()
    with psycopg.connect(database.admin) as connection:
        connection.execute("INSERT INTO halls VALUES ('北环', 'C', 0, '', '', 0, 1, 0, 0)")
        connection.execute("SELECT FROM halls WHERE hall = '北环' FOR UPDATE")
        with store.deciding() as tx:
            tx.record(JarOpened(jar="a"))
        connection.rollback()
    store.close()


def test_who_does_not_let_go_is_told_as_busy(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = postgres_line.DECIDE.replace("lock_timeout = '5s'", "lock_timeout = '50ms'")
    monkeypatch.setattr("counter_app.store.centre.postgres.DECIDE", quick)
    first, second = database.open(), database.open()
    with first.deciding() as tx:
        tx.record(JarOpened(jar="a"))
        with pytest.raises(UserFacingError) as busy, second.deciding():
            pytest.fail("decided beside another")
    assert busy.value.code == "store.busy"
    with second.deciding() as tx:
        assert tx.record(JarOpened(jar="b")).hall_seq == 2
    first.close()
    second.close()


def test_a_hub_that_stops_inside_a_decision_lets_the_hall_go_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient = postgres_line.DECIDE.replace("session_timeout = '30s'", "session_timeout = '100ms'")
    monkeypatch.setattr("counter_app.store.centre.postgres.DECIDE", impatient)
    first, second = database.open(), database.open()
    with pytest.raises(CentreAway), first.deciding() as tx:
        tx.record(JarOpened(jar="stuck"))
        time.sleep(0.2)
        with second.deciding() as other:
            assert other.record(JarOpened(jar="other")).hall_seq == 1
        tx.head()
    with first.deciding() as tx:
        assert tx.record(JarOpened(jar="again")).hall_seq == 2
    first.close()
    second.close()


def test_every_transaction_may_come_on_another_connection(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_line, "QueuePool", OneForEach)
    monkeypatch.setattr(OneForEach, "opened", 0)
    store = database.open()
    service = serving(store)
    device = sender(service, "3")
    device.greet()
    for n in range(5):
        ticket = device.next_id
        device.act(TicketIssued(ticket=ticket, number=f"A00{n}", line="A", day="2026-11-23"), key=f"k{n}")
        assert device.push().state == "ok"
    assert len(device.centre.pull(0).events) == store.wait(0, 0)
    assert OneForEach.opened > 10
    store.close()


def test_nothing_outlives_a_transaction_in_its_session(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_line, "POOL", 1)
    store = database.open()
    device = sender(serving(store), "3")
    device.act(JarOpened(jar="a"), private={"person": b"x"})
    device.push()
    store.wait(99, 0.05)
    with psycopg.connect(database.admin) as connection:
        settings = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'hall_%%' AND state LIKE 'idle in%%'"
        ).fetchone()
    assert settings == (0,)
    with store.reading() as reader:
        cursor = reader._cursor
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_listening_channels()")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT reset_val FROM pg_settings WHERE name = 'lock_timeout'")
        assert cursor.fetchone() == ("0",)
    store.close()
