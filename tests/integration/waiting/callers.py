"""One process of several that call tickets from the same store: 4 threads, each a counter of its own.

Run as `python -m tests.integration.waiting.callers FOLDER PROCESS`; prints one called ticket a line.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from threading import Thread

from counter_app.clock import SystemClock
from counter_app.domain.hall.plan import Counter, HallPlan
from counter_app.domain.journal import Actor
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.hall import PLAN, FixedReference
from tests.support.stores import open_store

THREADS = 4


def many_counters() -> HallPlan:
    counters = tuple(Counter(number=n, name=str(n), licences=("birth", "aid")) for n in range(1, 17))
    return replace(PLAN, counters=counters, settings={"waiting.burst": 1_000_000})


def _work(store: SqliteStore, counter: int, called: list[str]) -> None:
    waiting = Waiting(store, FixedReference(many_counters()))
    actor = Actor(f"w{counter}", str(counter))
    turn = 0
    while (ticket := waiting.call_next(actor, f"c{counter}-call-{turn}")) is not None:
        called.append(ticket.id)
        waiting.finish(actor, f"c{counter}-end-{turn}", ticket.id)
        turn += 1


def main(folder: Path, process: int) -> None:
    store = open_store(folder, SystemClock())
    called: list[str] = []
    threads = [
        Thread(target=_work, args=(store, process * THREADS + number, called))
        for number in range(1, THREADS + 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    print("\n".join(called))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
