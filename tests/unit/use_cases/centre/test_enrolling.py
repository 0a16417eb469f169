"""One-time codes, enrolment, revoking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.centre.devices import DEVICES
from counter_app.domain.waiting.facts import TicketGaveUp
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.enrolling import REFUSED
from counter_app.use_cases.centre.service import CentreService
from tests.support.centres import device_key, enrolled, open_centre, sender
from tests.support.clock import HandClock

CODE = "centre.code-unknown"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def centre(tmp_path: Path, clock: HandClock) -> Iterator[CentreService]:
    service = open_centre(tmp_path, clock)
    yield service
    service.close()


def refusals(centre: CentreService) -> int:
    with centre.store.reading() as reader:
        return int(reader.note(REFUSED) or b"0")


def refused(centre: CentreService, code: str, expected: str = CODE, public: bytes | None = None) -> None:
    with pytest.raises(UserFacingError) as told:
        centre.enrol(code, device_key("x").public if public is None else public)
    assert told.value.code == expected


def test_a_code_makes_its_holder_the_device(centre: CentreService) -> None:
    code = centre.enrolling.invite("3", "counter", "综合窗口3", 30, "1001")
    key = device_key("3")
    done = centre.enrol(f" {code.lower()[:5]}-{code.lower()[5:]} ", key.public)
    assert (done.hall, done.centre, done.device, done.role) == (centre.hall, "C", "3", "counter")
    assert (done.name, done.epoch) == ("综合窗口3", 1)
    row = centre.known("3")
    assert row is not None
    assert (row.public, row.revoked) == (key.public.hex(), False)
    with centre.store.reading() as reader:
        state = reader.get(DEVICES, "3")
    assert state is not None
    assert state.public == row.public


def test_a_code_works_once(centre: CentreService) -> None:
    code = centre.enrolling.invite("3", "counter", "", 30, "1001")
    centre.enrol(code, device_key("3").public)
    refused(centre, code)
    assert refusals(centre) == 1


def test_a_code_expires(centre: CentreService, clock: HandClock) -> None:
    code = centre.enrolling.invite("3", "counter", "", 30, "1001")
    clock.advance(minutes=31)
    refused(centre, code)
    assert refusals(centre) == 1
    assert centre.known("3") is None


@pytest.mark.parametrize("code", ["", "0000000000", "x" * 5000, "\x00", "窗口"])
def test_a_wrong_code_is_refused_and_counted(centre: CentreService, code: str) -> None:
    centre.enrolling.invite("3", "counter", "", 30, "1001")
    refused(centre, code)
    refused(centre, code)
    assert refusals(centre) == 2


def test_a_key_of_another_length_is_refused(centre: CentreService) -> None:
    code = centre.enrolling.invite("3", "counter", "", 30, "1001")
    refused(centre, code, public=b"short")


def test_a_second_person_with_the_same_device_is_refused(centre: CentreService) -> None:
    first = centre.enrolling.invite("3", "counter", "", 30, "1001")
    second = centre.enrolling.invite("3", "counter", "", 30, "1001")
    key = device_key("3")
    centre.enrol(first, key.public)
    refused(centre, second, "centre.enrolled-already")
    with pytest.raises(UserFacingError) as told:
        centre.enrolling.invite("3", "counter", "", 30, "1001")
    assert told.value.code == "centre.enrolled-already"
    row = centre.known("3")
    assert row is not None
    assert row.public == key.public.hex()


@pytest.mark.parametrize(
    ("device", "role"),
    [("C", "counter"), ("", "counter"), ("a.b", "counter"), ("../x", "counter"), ("3", "king")],
)
def test_an_unfit_device_is_not_invited(centre: CentreService, device: str, role: str) -> None:
    with pytest.raises(UserFacingError) as told:
        centre.enrolling.invite(device, role, "", 30, "1001")
    assert told.value.code == "centre.device-unfit"


def test_no_code_is_kept_in_the_clear(centre: CentreService, tmp_path: Path) -> None:
    code = centre.enrolling.invite("3", "counter", "", 30, "1001")
    with centre.store.deciding() as tx:
        assert tx.use_invitation(code) is None


@pytest.mark.parametrize(("acts", "epoch"), [(0, 1), (1, 2)])
def test_a_new_machine_in_an_old_place_never_repeats_a_number(
    centre: CentreService, acts: int, epoch: int
) -> None:
    device = sender(centre, "3")
    device.greet()
    for _ in range(acts):
        device.act(TicketGaveUp(ticket="9.1.1", reason="left"))
        device.push()
    centre.enrolling.revoke("3", "broken", "1001")
    centre.enrolling.revoke("3", "broken", "1001")
    line, _ = enrolled(centre, "3")
    row = centre.known("3")
    assert row is not None
    assert (row.epoch, row.token, row.revoked) == (epoch, "", False)
    assert sum(b'"DeviceRevoked"' in entry.data for entry in line.pull(0).events) == 1


def test_nobody_revokes_who_is_unknown(centre: CentreService) -> None:
    with pytest.raises(UserFacingError) as told:
        centre.enrolling.revoke("9", "", "1001")
    assert told.value.code == "centre.unknown-device"
