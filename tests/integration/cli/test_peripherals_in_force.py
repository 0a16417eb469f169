"""What the keeper works with is taken up, changed and let go while it runs: nothing is started again (M1)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from counter_app.bootstrap.framing import beside_watch, framed_duties
from counter_app.home import DESCRIPTION
from counter_app.i18n import Translator
from counter_app.keeper.loop import Duty
from counter_app.keeper.waking import CommitWatch
from counter_app.peripherals import Kind
from counter_app.simulators.frames.device import SimulatedDrawer, SimulatedPad, SimulatedStrip
from counter_app.simulators.frames.serve import RunningFramed
from counter_app.simulators.serving import DeviceServing
from counter_app.use_cases.peripherals.states import seen_of
from counter_app.use_cases.ports.peripherals import Condition
from counter_app.use_cases.program import Program
from tests.integration.cli.conftest import Commands

SHOWS = ("--option", "counter=3")


@pytest.fixture
def serve() -> Iterator[Callable[[Kind], RunningFramed]]:
    with ExitStack() as held:

        def served(kind: Kind) -> RunningFramed:
            running = RunningFramed(kind, DeviceServing(tcp="127.0.0.1:0"))
            held.callback(running.stop)
            return running

        yield served


class KeeperAtWork:
    """The keeper's duties with framed devices, stepped by hand."""

    def __init__(self, program: Program) -> None:
        self.program = program
        found = framed_duties(program, CommitWatch(lambda: False), beside_watch(program, Translator("en")))
        self.duties = {duty.name: duty for duty, _ in found}
        self._closing = [close for _, close in found]

    def until(self, duty: str, holds: Callable[[], bool]) -> None:
        ends = time.monotonic() + 6
        while not holds():
            self.duties[duty].step()
            assert time.monotonic() < ends
            time.sleep(0.01)

    def drawer(self, name: str) -> Condition | None:
        with self.program.store.reading() as reader:
            seen = seen_of(reader, name)
        return seen.condition if seen else None

    def close(self) -> None:
        for close in self._closing:
            close()


@pytest.fixture
def keeper(app: Commands) -> Iterator[KeeperAtWork]:
    with app.program() as program:
        at_work = KeeperAtWork(program)
        yield at_work
        at_work.close()


def strip_of(running: RunningFramed) -> SimulatedStrip:
    assert isinstance(running.device, SimulatedStrip)
    return running.device


def test_a_strip_is_taken_up_replaced_and_let_go(
    app: Commands, keeper: KeeperAtWork, serve: Callable[[Kind], RunningFramed]
) -> None:
    first, second = serve(Kind.LED_STRIP), serve(Kind.LED_STRIP)
    duty: Duty = keeper.duties["strips"]
    assert not duty.step()
    app.json("peripheral", "add", "led", "strip", first.url, *SHOWS)
    keeper.until("strips", lambda: "3" in strip_of(first).text)
    app.json("peripheral", "set", "strip", "--url", second.url)
    keeper.until("strips", lambda: "3" in strip_of(second).text)
    app.json("peripheral", "remove", "strip")
    duty.step()
    strip_of(second).power_on()
    app.json("peripheral", "add", "led", "strip", second.url, *SHOWS)
    keeper.until("strips", lambda: "3" in strip_of(second).text)  # anew: the work before was let go


def test_a_drawer_on_its_own_line_is_opened_where_it_hangs_now(
    app: Commands, keeper: KeeperAtWork, serve: Callable[[Kind], RunningFramed]
) -> None:
    device = serve(Kind.DRAWER)
    assert isinstance(device.device, SimulatedDrawer)
    app.json("peripheral", "add", "drawer", "till", "socket://127.0.0.1:1", "--model", "generic-xor")
    keeper.until("drawers", lambda: keeper.drawer("till") is Condition.ABSENT)
    app.json("peripheral", "set", "till", "--url", device.url)
    keeper.until("drawers", lambda: keeper.drawer("till") is Condition.READY)


def test_a_pad_that_was_taken_out_lets_its_line_go(
    app: Commands, keeper: KeeperAtWork, serve: Callable[[Kind], RunningFramed]
) -> None:
    device = serve(Kind.RATING_PAD)
    assert isinstance(device.device, SimulatedPad)
    app.json("peripheral", "add", "rating-pad", "pad", device.url)
    keeper.duties["pads"].step()
    app.json("peripheral", "remove", "pad")
    keeper.duties["pads"].step()
    app.json("peripheral", "add", "rating-pad", "pad", device.url)
    assert app.json("peripheral", "look", "pad")["state"] == "ready"


def test_a_home_that_cannot_be_read_changes_nothing(
    app: Commands, keeper: KeeperAtWork, serve: Callable[[Kind], RunningFramed]
) -> None:
    device = serve(Kind.LED_STRIP)
    app.json("peripheral", "add", "led", "strip", device.url, *SHOWS)
    keeper.until("strips", lambda: "3" in strip_of(device).text)
    before = (app.home / DESCRIPTION).read_text(encoding="utf-8")
    (app.home / DESCRIPTION).write_text("not [ toml", encoding="utf-8")
    keeper.duties["strips"].step()
    (app.home / DESCRIPTION).write_text(before, encoding="utf-8")
    strip_of(device).power_on()
    keeper.duties["strips"].step()
