"""How soon an act is seen at another counter, and what a window feels while its keeper catches up a day.

Hub and keepers are processes of their own; acts and windows are this one's, as at a counter.
"""

from __future__ import annotations

import os
import random
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bench.live import LiveHall, live_hall
from bench.results import Result, at_most, figure, median, quantile
from bench.traffic import EVENTS_OF_A_VISIT, visits
from counter_app.bootstrap.centre_home import open_service
from counter_app.bootstrap.counter import counter_window
from counter_app.bootstrap.program import journal_of, open_program
from counter_app.cli.machine import WindowOptions
from counter_app.domain.intake.facts import CaseOpened
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.ui.application import application
from counter_app.ui.fonts import load_fonts
from counter_app.ui.tour.lag import LagMeter
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.program import Program
from tests.support.centres import sender

CLERK: Final = Actor("w003", "3")
IN_PROCESS_MS: Final = 40.0  # design: speed
THROUGH_HUB_MS: Final = 60.0
EVENTS_A_SECOND: Final = 6_000  # 30,000 in five seconds
LAG_P99_MS: Final = 33.0
LAG_WORST_MS: Final = 150.0
LOOK_SECONDS: Final = 0.001
LOOK_MS: Final = 20
SETTLE_MS: Final = 1500
PATIENCE_SECONDS: Final = 120.0


def seen_elsewhere(times: int) -> list[Result]:
    """An act at one counter until another machine's rows show it, both keepers at work."""
    results = []
    for where, bar, beside in (
        ("in process", IN_PROCESS_MS, True),
        ("through a hub", THROUGH_HUB_MS, False),
    ):
        with live_hall() as hall, ExitStack() as opened:
            homes = [hall.machine(code, beside=beside) for code in "23"]
            for home in homes:
                hall.keeper(home)
            here, there = (opened.enter_context(open_program(home.path)) for home in homes)
            seen = [_seen(here, there) for _ in range(times)]
        results += [
            at_most(f"an act seen at another counter, {where}", median(seen), "ms", bar),
            figure(f"an act seen at another counter, {where}: p90", quantile(seen, 0.9), "ms"),
        ]
    return results


def _seen(here: Program, there: Program) -> float:
    """Milliseconds from the act's commit."""
    time.sleep(random.uniform(0.1, 0.3))
    case = here.store.act(CLERK, uuid.uuid4().hex, _open).first(CaseOpened).case
    began = time.perf_counter()

    def known() -> bool:
        with there.store.reading() as reader:
            return reader.get(CASES, case) is not None

    while not known():
        if time.perf_counter() - began > 20:
            raise RuntimeError("the act never came")
        time.sleep(LOOK_SECONDS)
    return (time.perf_counter() - began) * 1000


def _open(tx: Transaction) -> None:
    tx.record(CaseOpened(case=tx.next_id))


def backlog(events: int) -> list[Result]:
    """A counter that was away meets a day of others' acts: its keeper takes them in, its window is in use."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with live_hall() as hall:
        home = hall.machine("2")
        _others_act(hall, events)
        return _caught_up(hall, home, events)


def _others_act(hall: LiveHall, events: int) -> None:
    with open_service(hall.centre) as service:
        other = sender(service, "9")
        visits(other, events // EVENTS_OF_A_VISIT)
        other.push()


def _caught_up(hall: LiveHall, home: Home, events: int) -> list[Result]:
    """The window's event loop is sampled from the first act taken in until the last."""
    load_fonts(application())
    with ExitStack() as held:
        program = held.enter_context(open_program(home.path))
        _window_in_use(program, held)
        journal = journal_of(program.store)
        before = journal.standing().pulled
        hall.keeper(home)
        lag = LagMeter()
        lag.start()
        _live_until(lambda: journal.standing().pulled > before)
        began = time.perf_counter()
        _live_until(lambda: journal.standing().pulled >= before + events)
        seconds = time.perf_counter() - began
        lag.stop()
        figures = lag.figures()
    return [
        at_most(f"{events} events caught up by the keeper", seconds, "s", events / EVENTS_A_SECOND),
        at_most("event-loop lag meanwhile, p99", figures.p99_ms, "ms", LAG_P99_MS),
        at_most("event-loop lag meanwhile, worst", figures.worst_ms, "ms", LAG_WORST_MS),
    ]


def _window_in_use(program: Program, held: ExitStack) -> None:
    """The counter's window with its clerk logged in."""
    window = counter_window(program, WindowOptions(counter="2"), Translator(), held, [])
    held.callback(window.close)
    window.resize(1366, 768)
    window.show()
    QTest.qWait(SETTLE_MS)
    _live_until(lambda: not window.busy)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    _live_until(lambda: window.desk.hands.shift is not None)
    QTest.qWait(SETTLE_MS)


def _live_until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > ends:
            raise RuntimeError("the window waited in vain")
        QTest.qWait(LOOK_MS)
