"""Health, metrics, limits on connections, enrolment, housekeeping, and a stop in good order."""

from __future__ import annotations

import json
import re
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.errors import UserFacingError
from counter_app.hub.serve import serve
from counter_app.sync.enrolling import enrol
from counter_app.sync.hub_centre import HubCentre, Who
from counter_app.use_cases.centre import wire
from counter_app.use_cases.ports.centre import Batch, CentreAway, Claim, SealedEvent
from tests.support.hubs import HALL, PATIENT, QUICK, Key, MemoryHall, RunningHub, client, running_hub
from tests.support.raw_device import RawDevice, raw_tls

CODE = "7K4M2XQDPW"
FRESH = Key(bytes(range(32)))


def metric(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    assert found, f"{name} not in:\n{text}"
    return float(found[1])


def test_an_invitation_makes_a_device(hall: MemoryHall, hub: RunningHub) -> None:
    hall.codes[CODE] = "5"
    joined = enrol(hub.invitation(CODE), FRESH.public, FRESH.sign)
    assert joined.enrolled == wire.Enrolled(HALL, "Z", "5", "counter", "5", 1)
    assert joined.authority_pem == hub.tls.authority_pem
    line = HubCentre(joined.url, joined.authority_pem, Who(HALL, "5", FRESH.sign), times=PATIENT)
    assert {one.device for one in line.devices()} == {"3", "4", "5"}
    line.close()
    with pytest.raises(UserFacingError) as refused:
        enrol(hub.invitation(CODE), FRESH.public, FRESH.sign)
    assert refused.value.code == "centre.code-unknown"


def test_a_code_is_never_told_to_another_hub(hall: MemoryHall, hub: RunningHub, tmp_path: Path) -> None:
    forged_hall = MemoryHall()
    with running_hub(forged_hall, tmp_path / "forged") as forged:
        invitation = replace(hub.invitation(CODE), port=forged.port)
        with pytest.raises(UserFacingError) as refused:
            enrol(invitation, FRESH.public, FRESH.sign)
    assert refused.value.code == "centre.wrong-certificate"
    assert "not sent" in refused.value.kept


def test_a_key_one_does_not_hold_is_not_enrolled(hall: MemoryHall, hub: RunningHub) -> None:
    hall.codes[CODE] = "5"
    other = Key(bytes(32))
    with pytest.raises(UserFacingError) as refused:
        enrol(hub.invitation(CODE), FRESH.public, other.sign)
    assert refused.value.code == "centre.unknown-device"
    assert hall.codes == {CODE: "5"}


def test_codes_cannot_be_tried_out(hall: MemoryHall, tmp_path: Path) -> None:
    limits = replace(QUICK, tries=3, enrol_seconds=0.3)
    hall.codes[CODE] = "5"
    with running_hub(hall, tmp_path, limits=limits) as hub:
        took = []
        for _ in range(3):
            began = time.monotonic()
            with pytest.raises(UserFacingError, match="Unknown"):
                enrol(hub.invitation("0000000000"), FRESH.public, FRESH.sign)
            took.append(time.monotonic() - began)
        assert min(took) >= 0.3
        with pytest.raises(UserFacingError) as refused:
            enrol(hub.invitation(CODE), FRESH.public, FRESH.sign)
    assert refused.value.code == "centre.too-many-tries"
    assert hall.codes == {CODE: "5"}


def test_health_tells_whether_the_store_answers(hall: MemoryHall, hub: RunningHub) -> None:
    with RawDevice(hub) as device:
        end = time.monotonic() + 5
        while (reply := device.send("/health", None, method="GET")).status != 200:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert json.loads(reply.body) == {"state": "ok", "hall_seq": 0}


def test_metrics_count_what_happens_and_name_nobody(hall: MemoryHall, hub: RunningHub) -> None:
    line = client(hub, "3")
    line.push(Batch(1, (SealedEvent(b"x"),) * 3, b"s"))
    line.claim(Claim("key", "3", "w003", 0))
    line.wait(0, 1.0)
    with RawDevice(hub, "4") as device:
        device.send(wire.CLAIM.path, b"")
        reply = device.send("/metrics", None, method="GET")
    line.close()
    text = reply.body.decode()
    assert reply.status == 200
    assert metric(text, 'hub_requests_total{outcome="ok",route="push"}') == 1
    assert metric(text, 'hub_requests_total{outcome="logged-out",route="claim"}') == 1
    assert metric(text, 'hub_request_seconds_count{route="claim"}') == 2
    assert metric(text, "hub_hall_seq") == 3
    assert metric(text, "hub_devices_connected") == 1
    assert 0 <= metric(text, "hub_oldest_contact_seconds") < 60
    assert "hub_loop_lag_seconds_bucket" in text
    assert "w003" not in text
    assert "127.0.0.1" not in text


def test_only_so_many_connections(hall: MemoryHall, tmp_path: Path) -> None:
    with running_hub(hall, tmp_path, limits=replace(QUICK, connections=2, head_seconds=5.0)) as hub:
        with raw_tls(hub), raw_tls(hub):
            line = client(hub, "3")
            with pytest.raises(CentreAway):
                line.devices()
        end = time.monotonic() + 5
        while True:
            try:
                assert line.devices()
                break
            except CentreAway:
                assert time.monotonic() < end
        line.close()


def test_house_is_kept_each_second(hall: MemoryHall, hub: RunningHub) -> None:
    end = time.monotonic() + 5
    while hall.swept < 1:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_hub_whose_house_is_no_longer_kept_ends(hall: MemoryHall, tmp_path: Path) -> None:
    """Grants that never lapse would be worse than a hub that is gone and is started anew."""
    defects: list[object] = []
    before, threading.excepthook = threading.excepthook, lambda args: defects.append(args.exc_type)

    def sweep() -> None:
        raise KeyError("a defect")

    hall.sweep = sweep  # type: ignore[method-assign]  # a hall with a defect
    try:
        with running_hub(hall, tmp_path) as hub:
            hub.thread.join(10)
            assert not hub.thread.is_alive()
    finally:
        threading.excepthook = before
    assert defects == [KeyError]


def test_stopping_finishes_what_is_under_way(hall: MemoryHall, tmp_path: Path) -> None:
    going = threading.Event()

    def before(name: str) -> None:
        going.set()
        time.sleep(0.5)

    hall.before = before
    with running_hub(hall, tmp_path) as hub:
        line, waiting = client(hub, "3"), client(hub, "4")
        waiting.wait(-1, 0.1)
        done: list[object] = []
        push = threading.Thread(target=lambda: done.append(line.push(Batch(1, (SealedEvent(b"x"),), b"s"))))
        poll = threading.Thread(target=lambda: done.append(_waited(waiting)))
        push.start()
        poll.start()
        assert going.wait(5)
        began = time.monotonic()
        hub.stop()
        assert time.monotonic() - began < 4
        push.join()
        poll.join()
        line.close()
        waiting.close()
    assert len(hall.order) == 1
    assert any(getattr(one, "state", "") == "ok" for one in done)


def _waited(line: HubCentre) -> int:
    try:
        return line.wait(0, 10.0)
    except CentreAway:
        return -1


def test_a_taken_address_is_told(hall: MemoryHall, hub: RunningHub) -> None:
    with pytest.raises(UserFacingError) as refused:
        serve(hall, (hub.host, hub.port), hub.tls, on_ready=lambda host, port: None, stop=threading.Event())
    assert refused.value.code == "hub.address-taken"
