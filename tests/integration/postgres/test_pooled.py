"""Behind a real pgbouncer that gives each transaction another connection; only the listener goes round it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from sqlalchemy import make_url

from bench.traffic import visits
from counter_app.domain.waiting.facts import TicketIssued
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.store.centre.postgres import PostgresCentre
from counter_app.use_cases.centre.checking import check_centre
from tests.support.centres import CENTRE, HALL, HALL_KEY, publish_hall, sender, serving
from tests.support.clock import HandClock
from tests.support.postgres import PORT
from tests.support.postgres_centres import Database

BOUNCER = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin")
NOBODY = "nobody"  # it does not run as root either
CONFIG = """
[databases]
{name} = host={server} port={port} dbname={name} user={user} password={password}
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = {port}
auth_type = any
pool_mode = transaction
default_pool_size = 3
server_round_robin = 1
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log
"""


@contextmanager
def pooled(database: Database, folder: Path) -> Iterator[str]:
    """The folder of the pooler's socket."""
    access = database.access[HALL]
    config = folder / "pgbouncer.ini"
    config.write_text(
        CONFIG.format(
            name=database.name,
            server=database.server.folder,
            port=PORT,
            user=make_url(access.url).username,
            password=access.password,
            folder=folder,
        )
    )
    assert BOUNCER is not None
    command = [BOUNCER, "-q", str(config)]
    if os.geteuid() == 0:
        command += ["-u", NOBODY]
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, NOBODY)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(folder / f".s.PGSQL.{PORT}")
            yield str(folder)
        finally:
            process.kill()


def _wait_for(path: Path) -> None:
    ends = time.monotonic() + 10
    while time.monotonic() < ends:
        with socket.socket(socket.AF_UNIX) as tried:
            if tried.connect_ex(str(path)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the pooler did not start")


@pytest.fixture
def store(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CoreCentreStore]:
    """A hall's store through the pooler."""
    if BOUNCER is None:
        pytest.skip("no pgbouncer on this machine (apt-get install pgbouncer)")
    with ExitStack() as held:
        folder = tmp_path_factory.mktemp("pool")
        for above in (folder, *folder.parents[:3]):
            above.chmod(0o755)
        where = held.enter_context(pooled(database, folder))
        url = make_url(database.access[HALL].url).update_query_dict({"host": where, "listen": "no"})
        dialect = PostgresCentre(
            url.render_as_string(hide_password=False), password=database.access[HALL].password
        )
        made = CoreCentreStore(dialect, hall=HALL, centre=CENTRE, hall_key=HALL_KEY, clock=HandClock())
        held.callback(made.close)
        yield made


def test_a_day_of_pushing_and_pulling(store: CoreCentreStore, database: Database) -> None:
    service = serving(store)
    publish_hall(service)
    devices = [sender(service, code) for code in "345"]
    for device in devices:
        device.greet()
        visits(device, 60)
    pushing = [Thread(target=device.push) for device in devices]
    for thread in pushing:
        thread.start()
    for thread in pushing:
        thread.join()
    assert all(not device.unsent for device in devices)
    report = check_centre(store)
    assert report.broken == ""
    pulled = devices[0].centre.pull(0, limit=10_000)
    assert len(pulled.events) == pulled.head or pulled.last < pulled.head
    with psycopg.connect(database.admin) as connection:
        left = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'hall_%%' AND state LIKE 'idle in%%'"
        ).fetchone()
    assert left == (0,)


def test_a_refused_batch_leaves_a_clean_connection(store: CoreCentreStore) -> None:
    """What went wrong in a decision is over with it, whoever gets the connection next."""
    service = serving(store)
    device = sender(service, "3")
    visits(device, 1)
    with store.reading() as reader:
        before = reader.head()
    for _ in range(4):
        with pytest.raises(RuntimeError, match="pulled out"), store.deciding() as tx:
            tx.record(TicketIssued(ticket="C.1.9", number="A1", line="A", day="2026-11-23"))
            raise RuntimeError("pulled out")
    with store.reading() as reader:
        assert reader.head() == before
    assert device.push().state == "ok"


def test_news_are_found_without_a_listener(store: CoreCentreStore) -> None:
    device = sender(serving(store), "3")
    with store.reading() as reader:
        place = reader.head().hall_seq
    visits(device, 1)
    pushing = Thread(target=device.push)
    pushing.start()
    assert store.wait(place, 5.0) > place
    pushing.join()
