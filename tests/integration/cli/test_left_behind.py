"""A process dies while a print queue has its sheet or card: the keeper takes it out, and says so (M1)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from counter_app.bootstrap.late import LateRenderer
from counter_app.bootstrap.left_behind import at_work, left_behind
from counter_app.bootstrap.parts import queue_owner
from counter_app.bootstrap.printers import HomePrinters
from counter_app.devices.queue.ipp_queue import IppQueue
from counter_app.devices.queue.queue_printer import RAW
from counter_app.home import open_home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.use_cases.papers.on_their_way import all_on_their_way
from counter_app.use_cases.ports.printing import PrinterState
from tests.integration.cli.conftest import Commands
from tests.support.print_queue import RunningQueue
from tests.support.printers import eventually


@pytest.fixture
def queue(app: Commands) -> Iterator[RunningQueue]:
    """The home's A4 and card printer: it takes jobs and is busy with somebody else's."""
    running = RunningQueue()
    running.queue.busy = True
    home = open_home(app.home)
    own = [
        Peripheral(kind, kind.value, running.url, simulated=True)
        for kind in (Kind.SHEET_PRINTER, Kind.CARD_PRINTER)
    ]
    replace(home, peripherals=Peripherals((*home.peripherals.declared, *own))).save()
    yield running
    running.stop()


def killed_at(app: Commands, queue: RunningQueue, *words: str) -> None:
    """A command in a process of its own that dies as soon as the queue has its job."""
    command = [sys.executable, "-m", "counter_app", *words, "--home", str(app.home)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert eventually(lambda: bool(queue.queue.left) or child.poll() is not None, 60)
        assert child.poll() is None
    finally:
        child.kill()
        child.communicate()


def keeper(app: Commands) -> int:
    """One look of the keeper's duty; how many are still on their way."""
    with app.program() as program:
        left_behind(program).step()
        with program.store.reading() as reader:
            return len(all_on_their_way(reader))


def prints(app: Commands, paper: str) -> list[tuple[str, str]]:
    return [(one["end"], one["code"]) for one in app.json("paper", "sheets", paper)["prints"]]


def test_a_sheet_that_had_not_begun_is_taken_out_for_certain(app: Commands, queue: RunningQueue) -> None:
    paper = app.accepted()["papers"][0]
    killed_at(app, queue, "paper", "print", paper)
    assert prints(app, paper) == [("", "")]
    assert keeper(app) == 0
    assert queue.queue.left == []
    assert prints(app, paper) == [("failed", "printer.stopped")]


def test_a_sheet_that_had_begun_is_asked_about(app: Commands, queue: RunningQueue) -> None:
    paper = app.accepted()["papers"][0]
    killed_at(app, queue, "paper", "print", paper)
    for job in queue.queue.jobs.values():
        job.begun = True
    assert keeper(app) == 0
    assert queue.queue.left == []
    assert prints(app, paper) == [("sent_unconfirmed", "printer.stopped")]


def test_a_queue_that_is_away_is_looked_at_again(app: Commands, queue: RunningQueue) -> None:
    paper = app.accepted()["papers"][0]
    killed_at(app, queue, "paper", "print", paper)
    queue.run("unplug")
    assert keeper(app) == 1
    assert prints(app, paper) == [("", "")]
    queue.run("plug")
    queue.queue.keeps = True
    assert keeper(app) == 1
    queue.queue.keeps = False
    assert keeper(app) == 0
    assert queue.queue.left == []


def test_who_is_at_work_is_left_alone(app: Commands, queue: RunningQueue) -> None:
    """Another window prints the same paper while the keeper looks."""
    paper = app.accepted()["papers"][0]
    command = [sys.executable, "-m", "counter_app", "paper", "print", paper, "--home", str(app.home)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert eventually(lambda: bool(queue.queue.left) or child.poll() is not None, 60)
        assert keeper(app) == 1
        queue.queue.busy = False
    finally:
        child.communicate()
    assert prints(app, paper) == [("sent_unconfirmed", "printer.spooled")]
    assert keeper(app) == 0
    assert not [one for one in open_home(app.home).locks.iterdir() if one.name.startswith("sheet-")]


def test_what_a_person_said_meanwhile_stands(app: Commands, queue: RunningQueue) -> None:
    paper = app.accepted()["papers"][0]
    killed_at(app, queue, "paper", "print", paper)
    app.json("paper", "came-out", paper, "--printed", "yes")
    assert keeper(app) == 0
    assert queue.queue.left == []
    assert prints(app, paper)[0][0] == "printed"


def test_receipts_left_in_a_queue_are_out_at_the_keepers_first_look(app: Commands) -> None:
    """Those of this home alone: another machine of the same name prints there too."""
    running = RunningQueue()
    running.queue.busy = True
    roll = Peripheral(Kind.PRINTER, "roll", running.url, simulated=True)
    home = replace(open_home(app.home), peripherals=Peripherals((roll,)))
    home.save()
    own, theirs = f"counter-app-{queue_owner(home)}.318", f"counter-app-{home.device}-00000000.318"
    for name in (own, theirs):
        IppQueue(running.url).send(name, b"paper", RAW)
    lane = HomePrinters(home, "counter", LateRenderer(), Translator())
    try:
        lane.refresh()
        assert [placed.printer.state() for placed in lane.all] == [PrinterState.READY]
        assert running.queue.left == [theirs]
    finally:
        lane.close()
        running.stop()


def test_a_lock_of_an_order_goes_with_it(app: Commands) -> None:
    home = open_home(app.home)
    with at_work(home) as lock:
        assert (home.locks / f"{lock}.lock").exists()
    assert not (home.locks / f"{lock}.lock").exists()


def test_a_card_that_had_not_begun_gives_its_print_back(app: Commands, queue: RunningQueue) -> None:
    card = app.json("case", "card", "issue", app.draft(), "--kind", "service")["card"]
    killed_at(app, queue, "case", "card", "print", card)
    assert keeper(app) == 0
    assert queue.queue.left == []
    queue.queue.busy = False
    app.json("case", "card", "print", card)  # the first print did not count: no reason is asked


def test_a_card_that_may_have_begun_counts(app: Commands, queue: RunningQueue) -> None:
    card = app.json("case", "card", "issue", app.draft(), "--kind", "service")["card"]
    killed_at(app, queue, "case", "card", "print", card)
    for job in queue.queue.jobs.values():
        job.begun = True
    assert keeper(app) == 0
    assert app.refused("case", "card", "print", card) == "card.reason-needed"
