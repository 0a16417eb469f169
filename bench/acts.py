"""What a durable act costs: against one raw row that SQLite commits in full, interleaved in one run.

`an act` is one event, its fold's row, a print job with its event and the change rows: what every key
press at the counter comes to. A case is given some twenty of them, as in a hall, then the next is begun.
The whole use cases, and the slowest acts in a hundred while the keeper tidies, are told without a bar.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.homes import demo_program
from bench.results import Result, at_most, figure, interleaved, median, quantile
from counter_app.bootstrap.program import open_program
from counter_app.domain.intake.facts import NoteWritten
from counter_app.domain.journal import Actor
from counter_app.domain.paper.jobs import PrintQueued
from counter_app.use_cases.ports.store import Store, Transaction
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.requests import IssueTicket

BAR: Final = 2.5
CLERK: Final = Actor("w003", "3")
ROW: Final = "x" * 300
ACTS_OF_A_CASE: Final = 20
TIDY_EVERY_SECONDS: Final = 0.25


def run(quick: bool) -> list[Result]:
    """Twenty interleaved runs (three when quick), a case each; medians over all."""
    runs = 3 if quick else 20
    with demo_program() as program:
        raw = _raw(program.home.path / "raw.db")
        times: list[list[float]] = [[], [], [], []]
        for _ in range(runs):
            for kept, fresh in zip(times, _round(program, raw), strict=True):
                kept.extend(fresh)
        raw.close()
        raws, acts, tickets, views = times
        with _tidied(program.home.path):
            tidied = [time for _ in range(runs) for (time,) in zip(*_acts(program), strict=True)]
    base = median(raws)
    return [
        figure("one raw row, committed in full (sqlite3)", base, "ms"),
        at_most("one act with its row and print job", median(acts), "ms", BAR * base),
        figure("the slowest raw rows (p99)", quantile(raws, 0.99), "ms"),
        figure("the slowest acts (p99)", quantile(acts, 0.99), "ms"),
        figure("an act while the keeper tidies", median(tidied), "ms"),
        figure("the slowest acts while the keeper tidies (p99)", quantile(tidied, 0.99), "ms"),
        figure("a ticket issued with its paper, whole use case", median(tickets), "ms"),
        figure("a case as the counter shows it", median(views), "ms"),
    ]


def _round(program: Program, raw: sqlite3.Connection) -> list[list[float]]:
    case = program.intake.open_case(CLERK, uuid.uuid4().hex)
    return interleaved(
        ACTS_OF_A_CASE,
        lambda n: raw.execute("INSERT INTO rows VALUES (NULL, ?)", (ROW,)),
        lambda n: _act(program, case),
        lambda n: _ticket(program),
        lambda n: program.intake_queries.case_view(case, "3"),
    )


def _acts(program: Program) -> list[list[float]]:
    case = program.intake.open_case(CLERK, uuid.uuid4().hex)
    return interleaved(ACTS_OF_A_CASE, lambda n: _act(program, case))


@contextmanager
def _tidied(home: Path) -> Iterator[None]:
    """Meanwhile another program of the home tidies its store, far oftener than the keeper does."""
    over = threading.Event()
    with open_program(home) as other:
        thread = threading.Thread(target=_tidy, args=(other.store, over.wait))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _tidy(store: Store, over: Callable[[float], bool]) -> None:
    while not over(TIDY_EVERY_SECONDS):
        store.tidy()


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
    return connection


def _act(program: Program, case: str) -> None:
    def work(tx: Transaction) -> None:
        tx.record(NoteWritten(case=case), private={"text": b"bench"})
        tx.record(PrintQueued(job=tx.next_id, paper="", place="3"))

    program.store.act(CLERK, uuid.uuid4().hex, work)


def _ticket(program: Program) -> None:
    request = IssueTicket(items=("0601",), channel="command")
    program.waiting.issue_ticket(Actor("command"), uuid.uuid4().hex, request)
