"""Smart cards through the system's own PC/SC service and a virtual slot, where this machine has them."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from counter_app.devices.pcsc.errors import PcscAbsent, PcscTrouble
from counter_app.devices.pcsc.library import SystemSmartCards
from counter_app.devices.pcsc.peripheral import SlotDriver
from counter_app.devices.pcsc.slot_lane import SlotLane
from counter_app.peripherals import Kind, Peripheral
from counter_app.simulators.pcsc.card import VPCD_PORT, VirtualCard
from counter_app.use_cases.ports.identity import ReaderState
from counter_app.use_cases.ports.inputs import ChipFailed, ChipLaid, ScanNews
from counter_app.use_cases.ports.peripherals import Bench, Condition

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8")


def listening() -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", VPCD_PORT)) == 0


@pytest.fixture
def service() -> Iterator[None]:
    """pcscd with vpcd's slot, ended after the test."""
    daemon = shutil.which("pcscd")
    if daemon is None or not DRIVER.exists():
        pytest.skip("no pcscd with vsmartcard-vpcd: apt-get install pcscd vsmartcard-vpcd")
    running = subprocess.Popen([daemon, "--foreground"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 10
        while not listening() and running.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        if running.poll() is not None:
            pytest.skip("another pcscd runs here")
        yield
    finally:
        running.terminate()
        running.wait(10)


def told(news: list[ScanNews], serial: str) -> bool:
    return any(isinstance(one, ChipLaid) and one.serial == serial for one in news)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_cards_come_and_go_through_the_real_service(service: None, tmp_path: Path) -> None:
    news: list[ScanNews] = []
    lane = SlotLane("virtual", poll_seconds=0.05, away_seconds=0.1)
    lane.start(news.append)
    try:
        until(lambda: lane.state is ReaderState.READY)
        for serial in ("04A2B3C4D5E680", "DEADBEEF"):
            card = VirtualCard(serial)
            until(partial(told, news, serial))
            card.lift()
            time.sleep(1.5)  # vpcd looks for cards once a second
        mute = VirtualCard("")
        until(lambda: any(isinstance(one, ChipFailed) for one in news))
        mute.lift()
    finally:
        lane.stop()
    declared = Peripheral(Kind.CARD_SLOT, "slot", "pcsc:Virtual", simulated=True)
    seen = SlotDriver().probe(declared, Bench(tmp_path, "test", training=True))
    assert (seen.condition, "Virtual" in seen.identity.model) == (Condition.READY, True)


def test_without_a_service_the_library_says_so_or_is_not_there() -> None:
    try:
        cards = SystemSmartCards()
    except (PcscTrouble, PcscAbsent) as refused:
        code = refused.code
    else:
        cards.close()
        pytest.skip("a pcscd runs here")
    assert code in {"pcsc.no-service", "pcsc.no-library"}
