"""The dialogue with a reader, in counted time, with every fault: the right person or an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.devices.id_card.driver import IdCardDriver, address_text, module_number, supported
from counter_app.devices.id_card.status import ReaderRefused, ReaderSilent, ReplyDamaged
from counter_app.devices.serial_line import LineLost
from counter_app.domain.identity.document import IdentityDocument
from counter_app.domain.identity.layouts import TextBlockDamaged
from counter_app.errors import UserFacingError
from counter_app.simulators.id_card.device import SimulatedReader
from tests.support.id_cards import ABDUL, LI, memory_line, take_card

TROUBLE = (ReaderRefused, ReaderSilent, ReplyDamaged, TextBlockDamaged, LineLost)


class Bench:
    """A reader, its port and a driver that talks to it."""

    def __init__(self, *, old: bool = False) -> None:
        self.reader = SimulatedReader(old=old)
        self.line, self.port = memory_line(self.reader)
        self.line.open()
        self.driver = IdCardDriver(self.line)

    def take(self, card: IdentityDocument, *faults: str) -> IdentityDocument:
        self.reader.lay(card)
        for fault in faults:
            self.reader.add_fault(fault)
        return take_card(self.driver)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.line.close()


def test_a_card_is_read_whole(bench: Bench) -> None:
    assert bench.take(ABDUL) == ABDUL
    assert bench.reader.requests == [0x2001, 0x2002, 0x3001, 0x3003]  # never 30 10: no fingerprints


def test_the_newest_address_is_asked_for(bench: Bench) -> None:
    moved = replace(ABDUL, newest_address="喀什市新城大道200号5栋1单元802室")
    assert bench.take(moved).current_address == "喀什市新城大道200号5栋1单元802室"


def test_probe_tells_the_module(bench: Bench) -> None:
    assert bench.driver.probe().number == "99.99-19700101-000000000-000000000"


def test_no_card(bench: Bench) -> None:
    assert not bench.driver.find()
    with pytest.raises(ReaderRefused) as caught:
        bench.driver.select()
    assert caught.value.code == "id-card.select-failed"


def test_a_read_card_must_be_lifted_and_is_known_to_lie_there(bench: Bench) -> None:
    bench.take(ABDUL)
    assert not bench.driver.find()
    assert bench.driver.newest_address().still_there
    bench.reader.lift()
    assert bench.driver.newest_address().still_there is False
    bench.reader.lay(ABDUL)
    assert bench.driver.find()


def test_an_old_module_reads_and_cannot_tell_whether_the_card_lies_there() -> None:
    bench = Bench(old=True)
    assert bench.take(ABDUL) == ABDUL
    assert bench.driver.newest_address().still_there is None
    bench.line.close()


@pytest.mark.parametrize(
    "fault",
    [
        "noise-before", "noise-before@any*", "noise-after@any*", "repeat", "repeat@any*", "cut:3", "cut:700",
        "cut:1294", "flip:3", "flip:45", "flip:90", "flip:5000", "flip:10352", "wrong-checksum",
        "wrong-checksum@2001", "wrong-checksum@2002", "cut:9@2001", "flip:100@2002", "cut:6@3003",
        "slow:2000@3001", "slow:400@2001", "status:10", "status:11@2001", "short-data",
    ],
)  # fmt: skip
def test_passing_trouble_is_overcome(bench: Bench, fault: str) -> None:
    assert bench.take(ABDUL, fault) == ABDUL
    assert bench.port.now < 12


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("cut:700*", "id-card.cut"),
        ("cut:1294*", "id-card.cut"),
        ("silent@3001*", "id-card.no-answer"),
        ("slow:9000@3001*", "id-card.no-answer"),
        ("flip:5000*", "id-card.damaged"),
        ("wrong-checksum*", "id-card.damaged"),
        ("short-data*", "id-card.damaged"),
        ("status:10*", "id-card.checksum"),
        ("status:11*", "id-card.length"),
        ("status:21*", "id-card.command"),
        ("status:23*", "id-card.not-permitted"),
        ("status:24*", "id-card.unknown-error"),
        ("status:31*", "id-card.authentication"),
        ("status:32*", "id-card.authentication"),
        ("status:33*", "id-card.mac"),
        ("status:40*", "id-card.unknown-card"),
        ("status:41*", "id-card.read-failed"),
        ("status:47*", "id-card.random-number"),
        ("status:60*", "id-card.self-test"),
        ("status:66*", "id-card.not-authorised"),
        ("status:80*", "id-card.no-card"),
        ("status:81@2002*", "id-card.select-failed"),
        ("status:91*", "id-card.nothing"),
        ("status:77*", "id-card.other"),
        ("unplug:640", "port.lost"),
    ],
)
def test_lasting_trouble_has_a_stable_code(bench: Bench, fault: str, code: str) -> None:
    with pytest.raises(TROUBLE) as caught:
        bench.take(ABDUL, fault)
    assert isinstance(caught.value, UserFacingError)
    assert caught.value.code == code
    assert "{" not in str(caught.value)
    assert bench.port.now < 25


def test_unknown_nation_and_long_term_come_through(bench: Bench) -> None:
    found = bench.take(ABDUL, "unknown-nation", "long-term")
    assert found.nation.shown == "66"
    assert (found.valid_to, found.long_term) == (None, True)


def attempts(driver: IdCardDriver) -> Iterator[IdentityDocument | None]:
    for _ in range(20):
        try:
            yield take_card(driver)
        except (ReaderSilent, ReaderRefused):
            yield None


@pytest.mark.parametrize("milliseconds", [5500, 6000, 9000, 15000])
def test_a_late_answer_is_not_taken_for_the_next_persons(bench: Bench, milliseconds: int) -> None:
    with pytest.raises(ReaderSilent):
        bench.take(ABDUL, f"slow:{milliseconds}@3001")
    bench.reader.lift()
    bench.reader.lay(LI)
    assert next(found for found in attempts(bench.driver) if found is not None) == LI


def test_two_flips_that_cancel_in_the_checksum_are_read_again(bench: Bench) -> None:
    assert bench.take(ABDUL, "double-flip") == ABDUL
    assert bench.reader.requests.count(0x3001) == 2


def test_a_number_that_is_wrong_on_the_card_itself_is_accepted_with_a_remark(bench: Bench) -> None:
    odd = replace(ABDUL, number="653101198503120217")
    found = bench.take(odd)
    assert found.number == odd.number
    assert [w.code for w in found.warnings] == ["number.check-digit"]


@settings(max_examples=150)
@given(st.data())
def test_whatever_happens_on_the_way_it_is_never_another_person(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["cut", "flip", "repeat", "noise-before", "silent", "slow", "unplug"]))
    size = 1302 if kind != "flip" else 1302 * 8
    number = f":{data.draw(st.integers(0, size - 1))}" if kind in {"cut", "flip", "slow", "unplug"} else ""
    on = data.draw(st.sampled_from(["any", "2001", "2002", "3001", "3003"]))
    times = data.draw(st.sampled_from(["", "*2", "*"]))
    bench = Bench()
    try:
        found = bench.take(ABDUL, f"{kind}{number}@{on}{times}")
    except TROUBLE:
        pass
    else:
        assert found == ABDUL
    finally:
        bench.line.close()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("新城大道".encode("utf-16-le"), "新城大道"),
        ("新城大道".encode("utf-16-le").ljust(70, b" "), "新城大道" + "\u2020" * 31),
        (b"\x00\x08" + "新城大道".encode("utf-16-le"), "新城大道"),
        ("新城大道   ".encode("utf-16-le"), "新城大道"),
        (b"\x00", ""),
        (b"\x00\xd8\x00\x00", ""),
    ],
)
def test_addresses_with_and_without_a_length_before_them(data: bytes, text: str) -> None:
    assert address_text(data) == text


def test_module_numbers_are_little_endian() -> None:
    data = bytes.fromhex("05000300 01000000 02000000 FFFFFF7F")
    assert module_number(data) == "05.03-1-000000002-2147483647"


def test_supported() -> None:
    assert all(supported(u) for u in ("/dev/ttyUSB0", "COM3", "socket://h:1", "rfc2217://h:1", "loop://"))
    assert not supported("usb://0416:5011")


def test_the_module_changes_its_speed(bench: Bench) -> None:
    bench.driver.change_speed(57600)
    assert bench.reader.requests[-1] == 0x6001
    with pytest.raises(ValueError):
        bench.driver.change_speed(300)
