"""A counter was stolen with its key: what a thief can do with it at the real centre, before it is revoked.

He may do what the counter might. He reads no other hall, is nobody else, and no act that stands is altered:
after each try the order is the one it was, the store is sound, and what was refused is in the log.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from counter_app.domain.journal import GENESIS
from counter_app.domain.waiting.facts import TicketIssued, TicketVoided
from counter_app.errors import UserFacingError
from counter_app.sync.hub_centre import HubCentre, Who
from counter_app.use_cases.centre import wire
from counter_app.use_cases.centre.checking import check_centre
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.centre import CentreAway, Publication
from tests.support.centres import (
    HALL,
    Sender,
    centre_needs,
    device_key,
    open_centre,
    open_store,
    publish_hall,
    sender,
)
from tests.support.clock import HandClock
from tests.support.hubs import PATIENT, RunningHub, ServiceDoor, running_hub
from tests.support.raw_device import RawDevice, code_of

OTHER = "北环"


@dataclass
class Stolen:
    """Hall, hub, and the stolen counter 3 with what it sent while it was honest. 4 goes on being honest."""

    service: CentreService
    hub: RunningHub
    counter: Sender
    honest: Sender
    log: pytest.LogCaptureFixture

    def raw(self) -> RawDevice:
        return RawDevice(self.hub, "3", key=device_key("3"))

    def line(self, hall: str = HALL, device: str = "3") -> HubCentre:
        who = Who(hall, device, device_key("3").sign)
        return HubCentre(self.hub.url, self.hub.tls.authority_pem, who, times=PATIENT)

    def state(self) -> tuple[object, ...]:
        """Everything that must not change: the order, the ends of chains, who is enrolled."""
        with self.service.store.reading() as reader:
            head = reader.head()
            return head.hall_seq, head.root, tuple(reader.chains()), tuple(reader.devices())

    def refused(self, attempt: Callable[[], object], *codes: str) -> None:
        """Nothing came of it, and the log says that it was tried."""
        before, said = self.state(), len(self.log.records)
        with pytest.raises((UserFacingError, CentreAway)) as found:
            attempt()
        if codes:
            assert isinstance(found.value, UserFacingError)
            assert found.value.code in codes
        self.unchanged(before, said)

    def unchanged(self, before: tuple[object, ...], said: int) -> None:
        assert self.state() == before
        assert check_centre(self.service.store).broken == ""
        assert any("refused" in one.getMessage() for one in self.log.records[said:])


@pytest.fixture
def stolen(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Stolen]:
    caplog.set_level(logging.INFO, "counter_app.hub")
    with ExitStack() as held:
        service = open_centre(tmp_path)
        held.callback(service.close)
        publish_hall(service)
        counter, honest = sender(service, "3"), sender(service, "4")
        for device in (counter, honest):
            device.greet()
            _ticket(device)
            device.push()
        hub = held.enter_context(running_hub(ServiceDoor(service), tmp_path))
        yield Stolen(service, hub, counter, honest, caplog)


def _ticket(device: Sender) -> str:
    ticket = device.next_id
    fact = TicketIssued(ticket=ticket, number=f"A{device.device}{device.seq}", line="A", day="2026-11-23")
    return device.act(fact, key=f"issue {ticket}", private={"person": "李秀英".encode()})


def test_another_hall_stays_shut(stolen: Stolen, tmp_path: Path) -> None:
    """The other hall has a counter 3 too; the thief's key is not its key."""
    (tmp_path / "other").mkdir()
    clock = HandClock()
    store = open_store(tmp_path / "other", clock, OTHER)
    other = Stolen(
        CentreService(store, centre_needs(clock)), stolen.hub, stolen.counter, stolen.honest, stolen.log
    )
    code = other.service.enrolling.invite("3", "counter", "counter 3", 30, "1001")
    other.service.enrol(code, device_key("other hall's 3").public)
    with running_hub(ServiceDoor(other.service), tmp_path / "other") as hub:
        other.hub = hub
        line = other.line(OTHER)
        other.refused(lambda: line.pull(0))
        line.close()
        with stolen.raw() as device:
            token = device.token()
        with RawDevice(hub, "3", key=device_key("3")) as device:
            assert device.send(wire.PULL.path, wire.write(wire.PullAsked(0)), token=token).status == 401
    other.service.close()


def test_nobody_else_is_spoken_for(stolen: Stolen) -> None:
    line = stolen.line()
    forged = Sender(line, "4", device_key("3"), epoch=1, seq=stolen.honest.seq, prev=stolen.honest.prev)
    _ticket(forged)
    stolen.refused(forged.push, "centre.forged")
    line.close()
    line = stolen.line(device="4")
    stolen.refused(lambda: line.pull(0))
    line.close()


def test_what_stands_is_not_altered(stolen: Stolen) -> None:
    """History told anew from its beginning closes the thief's own run, and nothing else."""
    line = stolen.line()
    anew = replace(stolen.counter, centre=line, seq=0, prev=GENESIS, unsent=[])
    anew.act(TicketVoided(ticket="4.1.1", reason="never was"), key="other history")
    before = stolen.state()
    assert anew.push().state == "fork"
    after = stolen.state()
    assert after[:3] == before[:3]
    assert check_centre(stolen.service.store).broken == ""
    line.close()


def test_there_is_no_way_to_delete(stolen: Stolen) -> None:
    with stolen.raw() as device:
        token = device.token()
        before, said = stolen.state(), len(stolen.log.records)
        for method in ("DELETE", "PUT", "PATCH"):
            for path in ("/v1/events", wire.PUSH.path, wire.PULL.path, "/v1/devices/4", "/v1/../../store.db"):
                assert device.send(path, b"", token=token, method=method).status in (400, 404, 405)
        assert device.send("/v1/erase", b"", token=token).status in (400, 404)
        stolen.unchanged(before, said)


def test_only_the_centre_decides(stolen: Stolen) -> None:
    """A stolen kiosk does not even publish; a counter publishes nothing that cannot be read."""
    line = stolen.line()
    nonsense = Publication("evil", "hall", {"here": b"\xff"}, replace=True, staff="a001")
    stolen.refused(lambda: line.publish(nonsense))
    line.close()


def test_the_same_again_is_nothing_new(stolen: Stolen) -> None:
    """A recorded push, a recorded log-in and a recorded claim bring a thief on the line nothing."""
    with stolen.raw() as device:
        token = device.token()
        proof = device.proof(*device.challenge())
        assert device.send(wire.LOG_IN.path, wire.write(proof)).status == 200
        before, said = stolen.state(), len(stolen.log.records)
        assert device.send(wire.LOG_IN.path, wire.write(replace(proof, device="4"))).status in (401, 403)
        stolen.unchanged(before, said)
    _ticket(stolen.counter)
    question = wire.write(stolen.counter.batch())
    with stolen.raw() as device:
        assert device.send(wire.PUSH.path, question, token=token).status == 200
        before = stolen.state()
        assert device.send(wire.PUSH.path, question, token=token).status == 200
        assert stolen.state() == before


def test_cut_bent_and_bloated_questions(stolen: Stolen) -> None:
    _ticket(stolen.counter)
    question = wire.write(stolen.counter.batch())
    bloated = zlib.compress(bytes(64 << 20), 9)
    with stolen.raw() as device:
        token = device.token()
        before, said = stolen.state(), len(stolen.log.records)
        for cut in range(0, len(question), max(1, len(question) // 40)):
            assert device.send(wire.PUSH.path, question[:cut], token=token).status in (400, 403)
        for at in range(0, len(question), max(1, len(question) // 40)):
            bent = question[:at] + bytes([question[at] ^ 0x41]) + question[at + 1 :]
            answer = device.send(wire.PUSH.path, bent, token=token)
            assert answer.status in (200, 400, 403), answer.status
            assert answer.status != 200 or stolen.state() == before
        squeezed = device.send(wire.PUSH.path, bloated, token=token, headers={"content-encoding": "deflate"})
        assert squeezed.status in (400, 413)
        stolen.unchanged(before, said)


def test_once_revoked_it_is_out_with_all_it_has(stolen: Stolen) -> None:
    line = stolen.line()
    assert line.pull(0).head > 0
    with stolen.raw() as device:
        token = device.token()
        stolen.service.enrolling.revoke("3", "stolen", "1001")
        answer = device.send(wire.PULL.path, wire.write(wire.PullAsked(0)), token=token)
        assert (answer.status, code_of(answer)) == (403, "centre.revoked")
    stolen.refused(lambda: line.pull(0), "centre.revoked")
    _ticket(stolen.counter)
    stolen.counter.centre = line
    stolen.refused(stolen.counter.push, "centre.revoked")
    line.close()
