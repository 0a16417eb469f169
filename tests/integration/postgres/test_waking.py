"""Who waits is woken, from other processes too; NOTIFY is coalesced; the server may go and come back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres import PostgresCentre
from counter_app.store.centre.postgres_wake import NOTIFY_EVERY, channel
from counter_app.use_cases.ports.centre import CentreAway
from tests.support.centres import CENTRE, HALL, HALL_KEY
from tests.support.clock import HandClock
from tests.support.jars import JarOpened
from tests.support.postgres import running
from tests.support.postgres_centres import Database, prepared


def _act(store: CoreCentreStore, jar: str = "a") -> int:
    with store.deciding() as tx:
        return tx.record(JarOpened(jar=jar)).hall_seq or 0


def _soon(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _woken_after(waiting: CoreCentreStore, acting: CoreCentreStore) -> float:
    """Seconds from the commit to the return of who waited for it."""
    with waiting.reading() as reader:
        place = reader.head().hall_seq
    committed: list[float] = []

    def act() -> None:
        time.sleep(0.15)
        _act(acting)
        committed.append(time.monotonic())

    with ThreadPoolExecutor(1) as pool:
        acted = pool.submit(act)
        assert waiting.wait(place, 10.0) == place + 1
        back = time.monotonic()
        acted.result()
    return back - committed[0]


def test_the_same_process_is_woken_at_once(store: CoreCentreStore) -> None:
    assert min(_woken_after(store, store) for _ in range(3)) < 0.1


def test_another_process_is_woken_by_notify(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_app.store.centre.postgres.LOOK_SECONDS", 60.0)
    acting, waiting = database.open(), database.open()
    waiting.wait(99, 0.3)  # it listens from now on
    assert min(_woken_after(waiting, acting) for _ in range(3)) < 0.3
    acting.close()
    waiting.close()


def test_who_cannot_listen_looks_now_and_then(database: Database) -> None:
    acting = database.open()
    deaf = CoreCentreStore(
        PostgresCentre(database.url() + "&listen=no"),
        hall=HALL,
        centre=CENTRE,
        hall_key=HALL_KEY,
        clock=HandClock(),
    )
    assert _woken_after(deaf, acting) < 3.0
    acting.close()
    deaf.close()


def test_a_wait_for_nothing_ends_in_time(store: CoreCentreStore) -> None:
    began = time.monotonic()
    assert store.wait(0, 0.2) == 0
    assert 0.2 <= time.monotonic() - began < 2.0


def test_a_burst_of_acts_is_a_few_notifies(database: Database, store: CoreCentreStore) -> None:
    """At once, then at most ten a second; the last word is about the last act."""
    heard: list[tuple[float, int]] = []
    stop = threading.Event()
    listening = threading.Event()

    def listen() -> None:
        with psycopg.connect(database.url(), autocommit=True) as connection:
            connection.execute(f'LISTEN "{channel(HALL)}"'.encode())
            listening.set()
            while not stop.is_set():
                heard.extend(
                    (time.monotonic(), int(note.payload)) for note in connection.notifies(timeout=0.05)
                )

    with ThreadPoolExecutor(1) as pool:
        listener = pool.submit(listen)
        assert listening.wait(10)
        began = time.monotonic()
        last = 0
        while time.monotonic() - began < 0.65:
            last = _act(store)
        took = time.monotonic() - began
        assert _soon(lambda: bool(heard) and heard[-1][1] == last)
        stop.set()
        listener.result()
    assert last > 20
    assert heard[0][0] - began < 0.25
    assert len(heard) <= took / NOTIFY_EVERY + 2


@pytest.fixture
def own_server() -> Iterator[Database]:
    """A server that this test alone may stop."""
    with running() as server, prepared(server=server) as database:
        yield database


def test_the_server_goes_and_comes_back(own_server: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_app.store.centre.postgres.LOOK_SECONDS", 60.0)
    acting, waiting = own_server.open(), own_server.open()
    waiting.wait(99, 0.3)
    assert _act(acting) == 1
    own_server.server.stop(rudely=True)
    with pytest.raises(CentreAway):
        _act(acting)
    with pytest.raises(CentreAway):
        waiting.wait(0, 0.1)
    own_server.server.start()
    assert _act(acting) == 2
    assert waiting.wait(1, 0.1) == 2
    assert _soon(lambda: _woken_after(waiting, acting) < 0.3)  # the listener is back by itself
    acting.close()
    waiting.close()


def test_a_connection_lost_in_a_decision_is_away_and_keeps_nothing(own_server: Database) -> None:
    store = own_server.open()
    with pytest.raises(CentreAway), store.deciding() as tx:
        tx.record(JarOpened(jar="lost"))
        own_server.server.stop()
        tx.head()
        tx.note("x")
    own_server.server.start()
    with store.reading() as reader:
        assert reader.head().hall_seq == 0
    store.close()


def test_where_nobody_answers_is_away(database: Database) -> None:
    nowhere = database.url().replace("port=5432", "port=5433")
    with pytest.raises(CentreAway):
        PostgresCentre(nowhere)
