"""Devices in trouble as the clerk sees them: named in the foot, a torn paper looked at, a pad answering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.devices.imaging.peripheral import ImagingDriver
from counter_app.domain.paper.jobs import JOBS, PrintEnded, PrintStarted
from counter_app.home import Home
from counter_app.i18n import Translator
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.simulators.imaging.serve import RunningImaging
from counter_app.simulators.serving import DeviceServing
from counter_app.ui.counter.shown import DotShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.peripherals.desk import Hands, PeripheralDesk
from counter_app.use_cases.ports.printing import PrinterState
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station, more

Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def camera() -> Iterator[RunningImaging]:
    running = RunningImaging(Kind.CAMERA, DeviceServing(tcp="127.0.0.1:0"))
    yield running
    running.stop()


@pytest.fixture
def station(tmp_path: Path, camera: RunningImaging, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"))
    declared = Peripherals((Peripheral(Kind.CAMERA, "eye", camera.url, simulated=True),))
    home = Home(tmp_path / "home", "H", "3", training=True, peripherals=declared)
    home.save()
    hands = Hands("counter", lambda: False, station.deps.new_key)
    drivers = {Kind.CAMERA: ImagingDriver(Kind.CAMERA)}
    desk = PeripheralDesk(home, station.hall.store, lambda: drivers, hands)
    station.window.desk.deps = replace(station.window.desk.deps, peripherals=desk)
    station.show()
    station.log_in()
    yield station
    station.close()


def beside(station: Station) -> DotShown | None:
    station.window.foot.refresh()
    station.settle()
    return station.window.foot.shown.beside


# mission: M3
def test_the_foot_names_what_failed_and_forgets_it_when_it_is_back(
    station: Station, camera: RunningImaging
) -> None:
    assert beside(station) is None
    camera.run("unplug")
    more(station, "peripherals")  # opening the page asks all afresh
    assert beside(station) == DotShown(State.FAULT, "eye not reached")
    station.press(Qt.Key.Key_Escape)
    camera.run("plug")
    station.window.panels.foot.mend_requested.emit("beside")
    station.settle()
    assert station.window.panels.peripherals.isVisible()
    assert beside(station) is None


def torn(station: Station) -> str:
    """A ticket whose roll ended in mid-paper; gives the job."""
    station.ticket("0603")
    job = station.deps.papers.job_list("", 1)[0].job

    def work(tx: Transaction) -> None:
        tx.record(PrintStarted(job=job))
        tx.record(PrintEnded(job=job, state="failed", why="printer.paper-out", may_have_printed=True))

    station.hall.store.act(CLERK, station.hall.key(), work)
    return job


def state_of(station: Station, job: str) -> str:
    with station.hall.store.reading() as reader:
        return reader.need(JOBS, job).state


# mission: M1 P10
@pytest.mark.parametrize(
    ("key", "state", "count"), [(Qt.Key.Key_1, "printed", 1), (Qt.Key.Key_2, "queued", 2)]
)
def test_a_paper_that_broke_off_is_looked_at_and_comes_again_only_where_it_is_not_whole(
    station: Station, key: Qt.Key, state: str, count: int
) -> None:
    job = torn(station)
    row = next(row for row in station.deps.papers.job_list("", 9) if row.job == job)
    station.window.papers.settle(row)
    station.settle()
    assert station.window.panels.chooser.question is not None
    station.press(key)
    assert state_of(station, job) == state
    assert next(one.count for one in station.deps.papers.job_list("", 9) if one.job == job) == count


# mission: M1
def test_a_new_roll_is_told_beside_the_paper_that_broke_off(station: Station) -> None:
    down = PrinterState.PAPER_OUT
    station.window.desk.deps = replace(station.window.desk.deps, printer=lambda: down)
    job = torn(station)
    place = station.deps.papers.job_list("", 1)[0].place
    station.window.desk.deps = replace(station.window.desk.deps, counter=place)
    station.window.foot.refresh()
    station.settle()
    assert "not printed whole" in station.notice
    assert "out of paper" in station.notice
    station.window.desk.deps = replace(station.window.desk.deps, printer=lambda: PrinterState.READY)
    station.window.foot.refresh()
    station.settle()
    assert "ready again" in station.notice
    station.press(Qt.Key.Key_Return, Alt)
    station.press(Qt.Key.Key_1)
    assert state_of(station, job) == "printed"


# mission: M2 I12
def test_half_a_code_in_the_box_leaves_alt_enter_to_the_message(station: Station) -> None:
    box = station.window.panels.head.box
    box.setText("ticket:k1.1.")
    box.setFocus()
    done: list[str] = []
    station.window.desk.tell("Something.", action="Do it", act=lambda: done.append("done"))
    station.press(Qt.Key.Key_Return, Alt)
    assert done == ["done"]
    assert box.text() == "ticket:k1.1."


# mission: Q6
def test_the_pad_on_the_counter_answers_the_question_on_the_screen(station: Station) -> None:
    station.ticket("0603")
    station.press(Qt.Key.Key_F3)
    row = station.window.desk.hands.ticket
    assert row is not None
    station.press(Qt.Key.Key_F2)
    assert station.window.panels.chooser.question is not None
    station.deps.ratings.rate(CLERK, station.hall.key(), row.ticket, 2)
    station.window._changes.poll()
    station.settle()
    assert station.window.panels.chooser.question is None
    assert "Thank you" in station.notice
