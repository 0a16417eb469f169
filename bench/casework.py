"""Cases behind the counter: the ledgers of a joint matter, and the late board over 1,000,000 cases.

The board's store is made by the batch path (rows written straight into the tables of clocks and of work) and
kept under `build/bench`. Every case still runs, each with a step under way; half are late, and of one in a
hundred the clock has stood: far more than any hall has. What is measured is the use case whole.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Final

from bench import casework_handling
from bench.kept import kept_folder
from bench.results import Result, at_most, figure, median
from counter_app.catalogue_files.codec import JsonCodec
from counter_app.catalogue_files.files import TomlCatalogue
from counter_app.catalogue_files.halls import TomlHall
from counter_app.clock import HALL_ZONE, SystemClock
from counter_app.domain.casework.task import TASKS, Task
from counter_app.domain.journal import Actor
from counter_app.domain.time.calendar import WorkCalendar, read_years
from counter_app.domain.time.clock import Clock, Standing
from counter_app.domain.time.ledger import Added, Running, Stop, reckon
from counter_app.domain.time.limits import Limit
from counter_app.i18n import RESOURCES
from counter_app.store.casework_tables import CASEWORK_PROJECTIONS
from counter_app.store.clock_tables import CLOCK_PROJECTIONS
from counter_app.store.connection import Connection, connect
from counter_app.store.due_counts import COUNTED
from counter_app.store.sqlite_store import SqliteStore
from counter_app.use_cases.reference import PublishedReference, Publishing
from counter_app.use_cases.time.queries import TimeQueries

KEY: Final = bytes(range(32))
WHOLE: Final = 1_000_000
QUICK: Final = 100_000
BATCH: Final = 50_000
STOOD: Final = 100  # one case in so many
STEPS: Final = ("审查", "审批", "核准")
CLERK: Final = Actor("1002", "3")
DEPARTMENTS: Final = tuple(f"department-{n:02d}" for n in range(40))
LEDGER_BAR_MS: Final = 5.0  # of the ledger and the plan of a joint matter together
BOARD_BAR_MS: Final = 1000.0
HALL_TIME: Final = HALL_ZONE


def run(quick: bool) -> list[Result]:
    """The ledger in milliseconds, the board over 1,000,000 cases (100,000 when `quick`)."""
    return [
        *_ledger(50 if quick else 500),
        *casework_handling.run(quick),
        *_board(QUICK if quick else WHOLE),
    ]


def _ledger(times: int) -> list[Result]:
    """Six clocks, as a joint matter of three cases has: each with two stops and an extension."""
    years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
    calendar = WorkCalendar(years)
    began = datetime(2026, 9, 21, 10, 0, tzinfo=HALL_TIME)

    def stop(after: int, lasts: int) -> Stop:
        start = began + timedelta(days=after)
        return Stop("excluded", start, start + timedelta(days=lasts), "《行政许可法》第四十五条")

    stops = (stop(3, 5), stop(20, 12))
    extended = (Added("extension", Limit(15, "working_days")),)
    limits = [Limit(45, "working_days"), Limit(20, "working_days"), Limit(3, "months")] * 2
    clocks = [Running(limit, began, stops, extended) for limit in limits]
    taken = []
    for _ in range(times):
        start = perf_counter()
        for clock in clocks:
            reckon(clock, calendar, began)
        taken.append((perf_counter() - start) * 1000)
    return [at_most("ledgers of a joint matter, six clocks", median(taken), "ms", LEDGER_BAR_MS)]


def _board(size: int) -> list[Result]:
    store = SqliteStore(_kept(size), KEY, hall="nanhuan", device="3", clock=SystemClock())
    try:
        queries = TimeQueries(store, PublishedReference(JsonCodec()))
        board = queries.board()
        boards, lists = [], []
        for _ in range(5):
            start = perf_counter()
            board = queries.board()
            boards.append((perf_counter() - start) * 1000)
            start = perf_counter()
            queries.late(Actor("1011"), DEPARTMENTS[7])
            lists.append((perf_counter() - start) * 1000)
        counted = sum(line.late + line.yellow for line in board.lines)
        if not size * 2 // 3 < counted < size * 2:
            raise AssertionError(f"{counted} of {size} cases and their work on the board")
        return [
            at_most(f"late board over {size} cases", median(boards), "ms", BOARD_BAR_MS),
            figure("cases and steps on it", counted, ""),
            figure("a department's 500 longest late", median(lists), "ms"),
        ]
    finally:
        store.close()


def _kept(size: int) -> Path:
    """The store's file, made when it is missing; half of its cases are due before today, half after."""
    path = kept_folder(f"clocks-{size}") / "hall.db"
    if path.exists():
        return path
    raw = path.with_suffix(".making")
    raw.unlink(missing_ok=True)
    store = SqliteStore(raw, KEY, hall="nanhuan", device="3", clock=SystemClock())
    try:
        reference = PublishedReference(JsonCodec())
        publishing = Publishing(store, reference)
        years = read_years((RESOURCES / "calendar" / "cn.json").read_text(encoding="utf-8"))
        publishing.hall(CLERK, "", TomlHall().load_hall(RESOURCES / "demo" / "hall.toml"))
        publishing.catalogue(CLERK, "", TomlCatalogue().load(RESOURCES / "catalogue"))
        publishing.calendar(CLERK, "", years)
    finally:
        store.close()
    connection = connect(raw, KEY)
    _fill(connection, size)
    connection.close()
    raw.rename(path)
    return path


def _fill(connection: Connection, size: int) -> None:
    """Rows without the triggers that roll each up, then the roll-up at once: it takes half the time."""
    (clocks,) = CLOCK_PROJECTIONS
    tasks = next(entry for entry in CASEWORK_PROJECTIONS if entry.stream is TASKS)
    rows = _rows(size)
    connection.execute("BEGIN IMMEDIATE")
    for table, what in product(("clocks", "tasks"), ("more", "less", "moved")):
        connection.execute(f"DROP TRIGGER {table}_{what}")
    while batch := _some(rows):
        cursor = connection.cursor()
        cursor.executemany(clocks.insert_sql, [clocks.row(clock.case, clock) for clock in batch])
        steps = [_step(n, clock) for n, clock in enumerate(batch)]
        cursor.executemany(tasks.insert_sql, [tasks.row(step.id, step) for step in steps])
    for statement in (*clocks.counted, *tasks.counted):
        connection.execute(statement)
    connection.execute(f"INSERT INTO due_counts (department, step, cause, due, n) {COUNTED}")
    connection.execute("COMMIT")


def _some(rows: Iterator[Clock]) -> list[Clock]:
    return [clock for clock, _ in zip(rows, range(BATCH), strict=False)]


def _rows(size: int) -> Iterator[Clock]:
    """The earliest due first: an index that grows at its end is made in half the time."""
    chance = random.Random(11)
    today = date.today()  # noqa: DTZ011 — the board counts from the machine's own day
    for n in range(size):
        due = today + timedelta(days=n * 90 // size - 45)
        began = datetime(due.year, due.month, due.day, 9, tzinfo=HALL_TIME) - timedelta(days=20)
        heard = Standing(f"3.1.{n}.1", "excluded", began + timedelta(days=2), began + timedelta(days=4))
        yield Clock(
            case=f"3.1.{n}",
            item="0602@2",
            department=chance.choice(DEPARTMENTS),
            started_at=began,
            promised=Limit(10, "working_days"),
            promised_due=due,
            stops=(heard,) if n % STOOD == 0 else (),
        )


def _step(n: int, clock: Clock) -> Task:
    assert clock.promised_due is not None
    return Task(
        id=f"{clock.case}/step/review",
        case=clock.case,
        kind="step",
        code="review",
        name=STEPS[n % len(STEPS)],
        department=clock.department,
        post=f"{clock.department}-handler",
        staff="",
        opened_at=clock.started_at,
        limit=clock.promised,
        due=clock.promised_due,
        first_due=clock.promised_due,
    )
