"""The slot that works by itself, over a service in memory: hot-plug, cards that go too soon, no service."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import pytest

from counter_app.devices.pcsc.errors import (
    NO_CARD,
    NO_SERVICE,
    REMOVED,
    CardMute,
    PcscAbsent,
    PcscTrouble,
)
from counter_app.devices.pcsc.peripheral import SlotDriver
from counter_app.devices.pcsc.slot_lane import SERIAL, SlotLane, serial_of
from counter_app.errors import UserFacingError
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import ChipFailed, ChipLaid, ScanNews
from tests.support.slots import Service

News = TypeVar("News", ChipLaid, ChipFailed, ReaderChanged)
UID = "04A2B3C4D5E680"


@dataclass
class Slot:
    service: Service
    news: list[ScanNews] = field(default_factory=list)
    seen: int = 0

    def next(self, kind: type[News], fits: Callable[[News], bool] = lambda news: True) -> News:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            while self.seen < len(self.news):
                self.seen += 1
                news = self.news[self.seen - 1]
                if isinstance(news, kind) and fits(news):
                    return news
            time.sleep(0.001)
        raise AssertionError(self.news)

    def until(self, state: ReaderState) -> ReaderChanged:
        return self.next(ReaderChanged, lambda news: news.state is state)


@contextmanager
def slot(service: Service, wanted: str = "", *, real_only: bool = False) -> Iterator[Slot]:
    lane = SlotLane(
        wanted, real_only=real_only, service=service.connect, poll_seconds=0.005, away_seconds=0.01
    )
    found = Slot(service)
    lane.start(found.news.append)
    try:
        yield found
    finally:
        lane.stop()


def test_each_laying_on_is_told_once() -> None:
    with slot(Service()) as s:
        s.until(ReaderState.READY)
        s.service.lay(UID)
        assert s.next(ChipLaid).serial == UID
        time.sleep(0.05)
        s.service.lift()
        s.service.lay("04FFEEDD")
        assert s.next(ChipLaid).serial == "04FFEEDD"
        s.service.lift()
        s.service.lay("04FFEEDD")
        assert s.next(ChipLaid).serial == "04FFEEDD"
    assert sum(isinstance(news, ChipLaid) for news in s.news) == 3
    assert set(s.service.asked) == {SERIAL}


def test_a_reader_pulled_out_and_put_in_again_needs_nobody() -> None:
    with slot(Service()) as s:
        s.until(ReaderState.READY)
        s.service.names = ()
        lost = s.until(ReaderState.LOST)
        assert lost.problem is not None
        assert lost.problem.code == "pcsc.no-reader"
        s.service.names = ("ACS ACR122U 01",)
        s.until(ReaderState.READY)
        s.service.lay(UID)
        assert s.next(ChipLaid).serial == UID


@pytest.mark.parametrize(
    ("refused", "code"),
    [(PcscTrouble(NO_SERVICE), "pcsc.no-service"), (PcscAbsent(), "pcsc.no-library")],
)
def test_without_a_service_it_says_so_and_waits(refused: UserFacingError, code: str) -> None:
    with slot(Service(refuses=refused)) as s:
        absent = s.until(ReaderState.ABSENT)
        assert absent.problem is not None
        assert absent.problem.code == code
        assert absent.problem.remedy
        s.service.refuses = None
        s.until(ReaderState.READY)
        s.service.refuses = PcscTrouble(NO_SERVICE)
        s.until(ReaderState.LOST)


@pytest.mark.parametrize("number", [REMOVED, NO_CARD])
def test_a_card_taken_away_too_soon_is_told_and_the_next_counts(number: int) -> None:
    with slot(Service(trouble=[number])) as s:
        s.until(ReaderState.READY)
        s.service.lay(UID)
        failed = s.next(ChipFailed).error
        assert isinstance(failed, PcscTrouble)
        assert failed.params["number"] == f"0x{number:08X}"
        assert s.next(ChipLaid).serial == UID


def test_a_card_without_serial_is_told_once() -> None:
    with slot(Service()) as s:
        s.until(ReaderState.READY)
        s.service.card, s.service.counter = b"\x6a\x81", 1
        assert s.next(ChipFailed).error.code == "pcsc.no-serial"
        time.sleep(0.05)
    assert sum(isinstance(news, ChipFailed) for news in s.news) == 1


def test_one_of_several_readers_is_chosen_by_its_name() -> None:
    with slot(Service(names=("Contact 00", "ACS ACR122U 01")), "acr122") as s:
        assert s.until(ReaderState.READY).module == "ACS ACR122U 01"


def test_a_real_home_passes_over_slots_that_programs_feed() -> None:
    service = Service(names=("Virtual PCD 00 00", "ACS ACR122U 01"))
    with slot(service, real_only=True) as s:
        assert s.until(ReaderState.READY).module == "ACS ACR122U 01"
        service.names = ("Virtual PCD 00 00",)
        lost = s.until(ReaderState.LOST)
        assert lost.problem is not None
        assert lost.problem.code == "pcsc.no-reader"
    with slot(service) as s:
        assert s.until(ReaderState.READY).module == "Virtual PCD 00 00"


@pytest.mark.parametrize("answer", ["", "9000", "6A81", "049000", "04A2B3C46300"])
def test_what_is_no_serial_is_refused(answer: str) -> None:
    with pytest.raises(CardMute):
        serial_of(bytes.fromhex(answer))


def test_addresses() -> None:
    driver = SlotDriver()
    for url in ("pcsc:", "pcsc:ACS ACR122U"):
        driver.supported(Peripheral(Kind.CARD_SLOT, "slot", url))
    for url in ("", "/dev/ttyUSB0", "pcsc://x"):
        with pytest.raises(UserFacingError, match="no"):
            driver.supported(Peripheral(Kind.CARD_SLOT, "slot", url))
