"""How fast a centre takes in and gives out a backlog, in process and over HTTPS, beside raw rows.

The peer of a push writes the same bytes, unlooked at, one commit a batch: `executemany` into a SQLCipher
file, `COPY` into a bare table of the same PostgreSQL. Batches and raw batches take turns.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

from bench.cpu import spent
from bench.results import Result, at_least, figure, interleaved, median, quantile
from bench.traffic import batches, visits
from counter_app.hub.tls import HubTls
from counter_app.store.connection import connect
from counter_app.store.journal import SqliteJournal
from counter_app.sync.hub_centre import HubCentre, Who
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import Batch, Centre
from tests.support.centres import HALL, Sender, device_key, open_centre, publish_hall, sender, serving
from tests.support.hubs import PASSPHRASE, now
from tests.support.postgres import running
from tests.support.postgres_centres import prepared
from tests.support.stores import KEY, open_store

IN_PROCESS: Final = 15_000  # events/s (design: speed)
OVER_HTTPS: Final = 8_000
PULLED: Final = 400
Raw = Callable[[Batch], None]


def run(visits_pushed: int) -> list[Result]:
    """Bulk rows of the report; `visits_pushed` of twelve events each way."""
    with _folder() as folder:
        service = open_centre(folder)
        publish_hall(service)
        results = _both_ways("SQLite, in process", service, folder, visits_pushed, _raw_sqlite(folder))
        service.close()
    with _folder() as folder, running(durable=True) as server, prepared(server=server) as database:
        service = serving(database.open())
        publish_hall(service)
        with psycopg.connect(server.url(database.name), autocommit=True) as bare:
            results += _both_ways(
                "PostgreSQL, in process", service, folder, visits_pushed, _raw_postgres(bare), server.folder
            )
        service.close()
    with _folder() as folder:
        results += _over_https(folder, visits_pushed)
    return results


def _both_ways(
    where: str, service: CentreService, folder: Path, count: int, raw: Raw, server: Path | None = None
) -> list[Result]:
    """`server`: the folder of the database server whose processor time counts too."""
    pushed = sender(service, "3")
    visits(pushed, count)
    pulls = sender(service, "4")
    before = spent(server)
    push_ms, raw_ms = _pushed(pushed, raw)
    between = spent(server)
    pull_ms = _pulled(pulls, folder)
    after = spent(server)
    events = len(push_ms) * 500
    return [
        *_told(where, (push_ms, raw_ms, pull_ms), IN_PROCESS),
        figure(
            f"push and raw rows, {where}: processor time an event", (between - before) * 1e6 / events, "us"
        ),
        figure(f"pull and take in, {where}: processor time an event", (after - between) * 1e6 / events, "us"),
    ]


def _told(where: str, times: tuple[list[float], list[float], list[float]], bar: float) -> list[Result]:
    """Medians are judged; the quickest tenth is what is left when nobody else wants the machine."""
    push_ms, raw_ms, pull_ms = times
    return [
        at_least(f"push, {where}", 500_000 / median(push_ms), "events/s", bar),
        figure(f"push, {where}: the quickest tenth", 500_000 / quantile(push_ms, 0.1), "events/s"),
        figure(f"push, {where}: time against raw rows", median(push_ms) / median(raw_ms), "x"),
        at_least(f"pull and take in, {where}", PULLED * 1000 / median(pull_ms), "events/s", bar),
        figure(
            f"pull and take in, {where}: the quickest tenth",
            PULLED * 1000 / quantile(pull_ms, 0.1),
            "events/s",
        ),
    ]


def _pushed(device: Sender, raw: Raw) -> tuple[list[float], list[float]]:
    """Milliseconds of each whole batch, and of its bytes written raw."""
    whole = [batch for batch in batches(device) if len(batch.events) == 500]

    def push(n: int) -> None:
        if device.centre.push(whole[n]).state != "ok":
            raise RuntimeError("the centre did not take it")

    push_ms, raw_ms = interleaved(len(whole), push, lambda n: raw(whole[n]))
    return push_ms, raw_ms


def _pulled(device: Sender, folder: Path) -> list[float]:
    """Milliseconds of each whole stretch, fetched and taken in by a device that has nothing yet."""
    device.greet()
    (folder / "device").mkdir()
    store = open_store(folder / "device", device=device.device)
    journal = SqliteJournal(store)
    head = device.centre.pull(0).head

    def pull(n: int) -> None:
        standing = journal.standing()
        journal.take_in(device.centre.pull(standing.pulled, standing.secrets, PULLED))

    try:
        return interleaved(head // PULLED, pull)[0]
    finally:
        store.close()


def _over_https(folder: Path, count: int) -> list[Result]:
    """The hub is a process of its own, on SQLite."""
    service = open_centre(folder)
    publish_hall(service)
    devices = [sender(service, code) for code in "34"]
    service.close()
    tls = HubTls(folder / "tls", PASSPHRASE, ("localhost", "127.0.0.1"), now)
    command = [sys.executable, "-m", "tests.faults.hub_worker", str(folder), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as hub:
        try:
            said = hub.stdout.readline() if hub.stdout else b""
            url = f"https://127.0.0.1:{int(said.split()[-1])}"
            for device in devices:
                device.centre = _line(url, tls.authority_pem, device.device)
            pushed, pulls = devices
            visits(pushed, count)
            push_ms, raw_ms = _pushed(pushed, _raw_sqlite(folder))
            pull_ms = _pulled(pulls, folder)
            for device in devices:
                device.centre.close()
        finally:
            hub.kill()
    return _told("over HTTPS", (push_ms, raw_ms, pull_ms), OVER_HTTPS)


def _line(url: str, authority: bytes, device: str) -> Centre:
    return HubCentre(url, authority, Who(HALL, device, device_key(device).sign))


def _raw_sqlite(folder: Path) -> Raw:
    raw = connect(folder / "raw.db", KEY)
    raw.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, data BLOB)")

    def write(batch: Batch) -> None:
        cursor = raw.cursor()
        cursor.execute("BEGIN")
        cursor.executemany("INSERT INTO rows (data) VALUES (?)", [(event.data,) for event in batch.events])
        cursor.execute("COMMIT")

    return write


def _raw_postgres(connection: psycopg.Connection[object]) -> Raw:
    connection.execute(
        "CREATE TABLE raw_rows (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, data bytea)"
    )

    def write(batch: Batch) -> None:
        with connection.cursor() as cursor, cursor.copy("COPY raw_rows (data) FROM STDIN") as copy:
            for event in batch.events:
                copy.write_row((event.data,))

    return write


@contextmanager
def _folder() -> Iterator[Path]:
    """Beside the checkout, so that it lies on the disk that is measured."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True, dir=".") as folder:
        yield Path(folder).absolute()
