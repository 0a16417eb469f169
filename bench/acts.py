"""What a durable act costs: against one raw row that SQLite commits in full, interleaved in one run.

`an act` is one event, its fold's row, a print job with its event and the change rows: what every key
press at the counter comes to. The whole use cases are told beside it, without a bar.
"""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path
from typing import Final

from bench.homes import demo_program
from bench.results import Result, at_most, figure, interleaved, median
from counter_app.domain.intake.facts import NoteWritten
from counter_app.domain.journal import Actor
from counter_app.domain.paper.jobs import PrintQueued
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.requests import IssueTicket

BAR: Final = 2.5
CLERK: Final = Actor("w003", "3")
ROW: Final = "x" * 300


def run(quick: bool) -> list[Result]:
    """Ten interleaved runs (three when quick) of many commits each; medians."""
    runs, each = (3, 40) if quick else (10, 100)
    with demo_program() as program:
        raw = _raw(program.home.path / "raw.db")
        case = program.intake.open_case(CLERK, "bench-case")
        acts: list[float] = []
        raws: list[float] = []
        reads: list[float] = []
        tickets: list[float] = []
        for _ in range(runs):
            one, two, three, four = interleaved(
                each,
                lambda n: raw.execute("INSERT INTO rows VALUES (NULL, ?)", (ROW,)),
                lambda n: _act(program, case),
                lambda n: _ticket(program),
                lambda n: program.intake_queries.case_view(case, "3"),
            )
            raws.append(median(one))
            acts.append(median(two))
            tickets.append(median(three))
            reads.append(median(four))
        raw.close()
    base = median(raws)
    return [
        figure("one raw row, committed in full (sqlite3)", base, "ms"),
        at_most("one act with its row and print job", median(acts), "ms", BAR * base),
        figure("a ticket issued with its paper, whole use case", median(tickets), "ms"),
        figure("a case as the counter shows it", median(reads), "ms"),
    ]


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
