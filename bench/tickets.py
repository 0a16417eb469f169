"""Issuing and calling at 100, 10,000 and 1,000,000 waiting tickets, and sixteen callers at once.

All tickets of a store wait on the same day in the lines of the demo hall, so every line is as long as it
can be. Stores are made by the batch path (many tickets an act) and kept under `build/bench`. The flat
figure is the median at the largest store against the smallest, from interleaved runs.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections import Counter as Tally
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Final

from bench.kept import kept_folder
from bench.results import Result, at_most, figure, interleaved, median
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.halls import TomlHall
from counter_app.clock import HALL_ZONE
from counter_app.domain.hall.plan import Counter, HallPlan
from counter_app.domain.journal import Actor
from counter_app.domain.waiting.facts import TicketIssued
from counter_app.i18n import RESOURCES
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.reference import PublishedReference, Publishing
from counter_app.use_cases.waiting.requests import IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting

KEY: Final = bytes(range(32))
SIZES: Final = (100, 10_000, 1_000_000)
BATCH: Final = 2000
CALLERS: Final = 16
PROCESSES: Final = 4
MORNING: Final = datetime(2026, 11, 23, 9, 0, tzinfo=HALL_ZONE)
DESK: Final = Actor("1001", "desk")
CLERK: Final = Actor("1002", "3")
FLAT: Final = 1.5
CALL_FELT_MS: Final = 300  # interface.md: call next < 300 ms


class BenchClock:
    """The same day at every run, so that a kept store is always today's."""

    def __init__(self) -> None:
        self._start = monotonic()

    def now(self) -> datetime:
        passed = timedelta(milliseconds=int(1000 * (monotonic() - self._start)))
        return MORNING + timedelta(minutes=30) + passed

    def monotonic(self) -> float:
        return monotonic()


def run(quick: bool) -> list[Result]:
    """`quick` leaves out the million and runs less often."""
    sizes = SIZES[:2] if quick else SIZES
    with _Halls(sizes) as halls:
        times = halls.measure(4 if quick else 10)
    results = []
    for what, by_size in times.items():
        for size in sizes:
            if what == "call next":
                results.append(at_most(f"{what} at {size} tickets", by_size[size], "ms", CALL_FELT_MS))
            else:
                results.append(figure(f"{what} at {size} tickets", by_size[size], "ms"))
        ratio = by_size[sizes[-1]] / by_size[sizes[0]]
        results.append(at_most(f"{what}: {sizes[-1]} against {sizes[0]} tickets", ratio, "times", FLAT))
    return results + _callers(200 if quick else 1000)


def open_store(folder: Path) -> SqliteStore:
    return SqliteStore(folder / "store.db", KEY, hall="nanhuan", device="9", clock=BenchClock())


def waiting_of(store: SqliteStore) -> Waiting:
    return Waiting(store, PublishedReference(JsonCodec()))


class _Halls:
    """One kept store per size, open while it is measured."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        self._stores = {size: _kept(size) for size in sizes}
        self._keys = (f"bench-{monotonic()}-{number}" for number in count())

    def measure(self, runs: int) -> dict[str, dict[int, float]]:
        issues = [self._issue(store) for store in self._stores.values()]
        calls = [self._call(store) for store in self._stores.values()]
        backs = [self._take_back(store) for store in self._stores.values()]
        interleaved(2, *issues, *calls, *backs)  # the caches are warm in a hall as well
        times = iter(interleaved(runs, *issues, *calls, *backs))
        return {
            what: {size: median(next(times)) for size in self._stores}
            for what in ("issue", "call next", "take back")
        }

    def _issue(self, store: SqliteStore) -> Callable[[int], object]:
        waiting = waiting_of(store)
        request = IssueTicket(line="A", channel="counter")
        return lambda n: waiting.issue_ticket(DESK, next(self._keys), request)

    def _call(self, store: SqliteStore) -> Callable[[int], object]:
        waiting = waiting_of(store)

        def call(n: int) -> None:
            if waiting.call_next(CLERK, next(self._keys)) is None:
                raise RuntimeError("nobody waits in a full hall")

        return call

    def _take_back(self, store: SqliteStore) -> Callable[[int], object]:
        waiting = waiting_of(store)

        def back(n: int) -> None:
            with store.reading() as reader:
                (called,) = reader.waiting.at_counter(CLERK.place)
            waiting.take_back(CLERK, next(self._keys), called.id)

        return back

    def __enter__(self) -> _Halls:
        return self

    def __exit__(self, *_: object) -> None:
        for store in self._stores.values():
            store.close()


def _kept(size: int) -> SqliteStore:
    folder = kept_folder(f"tickets-{size}")
    done = folder / "done"
    whole = done.exists()
    if not whole:
        for leftover in folder.iterdir():
            leftover.unlink()
    store = open_store(folder)
    if not whole:
        set_up(store)
        fill(store, size)
        done.touch()
    return store


def set_up(store: SqliteStore) -> None:
    """The demo hall with sixteen counters, and the catalogue, published."""
    reference = PublishedReference(JsonCodec())
    publishing = Publishing(store, reference)
    publishing.hall(DESK, "", _many_counters(TomlHall().load_hall(RESOURCES / "demo" / "hall.toml")))
    publishing.catalogue(DESK, "", TomlCatalogue().load(RESOURCES / "catalogue"))


def _many_counters(plan: HallPlan) -> HallPlan:
    first = plan.counters
    counters = tuple(
        Counter(number=number, name=str(number), licences=first[(number - 1) % len(first)].licences)
        for number in range(1, CALLERS + 1)
    )
    return replace(plan, counters=counters)


def fill(store: SqliteStore, size: int) -> None:
    """`size` tickets waiting, many an act; every eighth has priority."""
    letters = "AABAC"
    for start in range(0, size, BATCH):
        numbers = range(start, min(start + BATCH, size))

        def work(tx: Transaction, numbers: range = numbers) -> None:
            for number in numbers:
                letter = letters[number % len(letters)]
                tx.record(
                    TicketIssued(
                        ticket=tx.next_id,
                        number=f"{letter}B{number:06d}",
                        line=letter,
                        day=MORNING.date().isoformat(),
                        issuer="batch",
                        priority="elder" if number % 8 == 0 else None,
                    )
                )

        store.act(DESK, "", work)


def _callers(size: int) -> list[Result]:
    """Every ticket is called by exactly one of sixteen callers in four processes."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        set_up(store)
        fill(store, size)
        store.close()
        spawned = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, mp_context=spawned) as pool:
            called = [id for ids in pool.map(_call_all, [folder] * PROCESSES, range(PROCESSES)) for id in ids]
    doubles = sum(times > 1 for times in Tally(called).values())
    return [
        at_most(f"tickets called twice by {CALLERS} callers in {PROCESSES} processes", doubles, "tickets", 0),
        at_most(f"tickets left uncalled of {size}", size - len(set(called)), "tickets", 0),
    ]


def _call_all(folder: str, process: int) -> list[str]:
    """What the four callers of one process called until nobody waited for them."""
    store = open_store(Path(folder))
    waiting = waiting_of(store)
    counters = range(process * CALLERS // PROCESSES + 1, (process + 1) * CALLERS // PROCESSES + 1)

    def work(counter: int) -> list[str]:
        actor, called = Actor(f"clerk-{counter}", str(counter)), []
        for turn in count():
            ticket = waiting.call_next(actor, f"{counter}/{turn}/call")
            if ticket is None:
                break
            called.append(ticket.id)
            waiting.finish(actor, f"{counter}/{turn}/end", ticket.id)
        return called

    with ThreadPoolExecutor(len(counters)) as threads:
        done = [id for ids in threads.map(work, counters) for id in ids]
    store.close()
    return done
