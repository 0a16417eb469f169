"""What every device that reads keeps: it works by itself, its state is true, it never gives somebody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.devices.serial_line import SerialLine
from counter_app.use_cases.ports.identity import ReaderState
from tests.contract.readers.bench import WAYS, Lane, Tried, tried


@pytest.fixture(params=WAYS, ids=lambda p: f"{p[0].name}-{p[1]}")
def on_cable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tried]:
    kind, cable = request.param
    with tried(kind, cable, tmp_path) as found:
        yield found


def test_readings_come_one_by_one_in_their_order(on_cable: Tried) -> None:
    for at in (0, 1, 0):
        on_cable.reading(at)
        on_cable.kind.away(on_cable.running)
        time.sleep(0.05)
    assert on_cable.readings() == [0, 1, 0]


def test_a_lane_is_started_once_and_its_stop_is_quick_and_final(on_cable: Tried) -> None:
    with pytest.raises(RuntimeError):
        on_cable.lane.start(lambda news: None)
    began = time.monotonic()
    on_cable.lane.stop()
    on_cable.lane.stop()
    assert time.monotonic() - began < 2
    told = len(on_cable.news)
    on_cable.running.run("unplug")
    time.sleep(0.1)
    assert (len(on_cable.news), on_cable.lane.state) == (told, ReaderState.OFF)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lane-")]


def test_its_state_is_true_through_unplugging_and_plugging(on_cable: Tried) -> None:
    for _ in range(3):
        on_cable.running.run("unplug")
        lost = on_cable.until(ReaderState.LOST)
        assert lost.problem is not None
        assert lost.problem.remedy
        assert on_cable.lane.problem is not None
        on_cable.running.run("plug")
        on_cable.until(ReaderState.READY)
        assert on_cable.lane.problem is None
    on_cable.reading(1)


def test_a_port_in_use_is_said_with_its_holder_and_taken_when_free(on_cable: Tried) -> None:
    if not on_cable.kind.cabled:
        pytest.skip("the service lends its readers to all who ask")
    on_cable.lane.stop()
    second = on_cable.kind.lane(on_cable.running, on_cable.settings)
    news: list[object] = []
    with SerialLine(on_cable.settings):
        second.start(news.append)
        _until(second, ReaderState.BUSY)
        assert second.problem is not None
        assert "contract" in str(second.problem)
    _until(second, ReaderState.READY)
    second.stop()


def _until(lane: Lane, state: ReaderState) -> None:
    end = time.monotonic() + 5
    while lane.state is not state:
        assert time.monotonic() < end
        time.sleep(0.01)
