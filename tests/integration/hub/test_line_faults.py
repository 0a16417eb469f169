"""A line that delays, stalls, is cut at any byte and comes back: never half an answer, never a long wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from counter_app.domain.centre.order import batch_digest
from counter_app.sync.hub_centre import HubCentre, Times
from counter_app.use_cases.centre import wire
from counter_app.use_cases.ports.centre import Batch, CentreAway, Claim, SealedEvent, SealedPart
from tests.support.hubs import HALL, QUICK, MemoryHall, RunningHub, client, key_of, running_hub, start_hub
from tests.support.proxy import LineProxy

CLAIM = Claim("key", "3", "w003", 0)
EVENTS = tuple(SealedEvent(b"event %d " % number * 40) for number in range(200))
SLACK = 0.7  # seconds a busy test machine may add


@pytest.fixture
def proxy(hub: RunningHub) -> Iterator[LineProxy]:
    with LineProxy((hub.host, hub.port)) as made:
        yield made


@pytest.fixture
def line(hub: RunningHub, proxy: LineProxy) -> Iterator[HubCentre]:
    made = client(hub, "3", port=proxy.port, times=Times(hello=2.0, bulk=3.0))
    yield made
    made.close()


def test_cut_at_any_byte_an_answer_is_whole_or_none(
    hall: MemoryHall, hub: RunningHub, proxy: LineProxy
) -> None:
    direct = client(hub, "3")
    direct.push(Batch(1, EVENTS, b"s"))
    whole = direct.pull(0)
    direct.close()
    answers = 0
    for most in [*range(0, 6000, 313), 8000, 20_000]:
        for reset in (False, True):
            proxy.cut(to_client=most, reset=reset)
            line = client(hub, "3", port=proxy.port, sockets=False)
            try:
                assert line.pull(0) == whole
                answers += 1
            except CentreAway:
                pass
            finally:
                line.close()
    assert 0 < answers < 40


def test_a_question_cut_short_never_reaches_the_centre(
    hall: MemoryHall, hub: RunningHub, proxy: LineProxy
) -> None:
    noise = tuple(SealedEvent(sha256(b"%d" % number).digest() * 1) for number in range(400))
    for most in range(600, 12_000, 1900):
        proxy.cut(to_hub=most)
        line = client(hub, "3", port=proxy.port, sockets=False)
        with pytest.raises(CentreAway):
            line.push(Batch(1, noise, b"s"))
        line.close()
    assert hall.order == []


def test_a_stalled_line_does_not_hold_a_clerk_up(line: HubCentre, proxy: LineProxy) -> None:
    line.devices()
    proxy.stall()
    began = time.monotonic()
    with pytest.raises(CentreAway):
        line.claim(CLAIM)
    assert time.monotonic() - began < 0.8 + SLACK
    proxy.heal()
    assert line.claim(CLAIM).grant


def test_a_dribbling_line_keeps_the_limit_too(line: HubCentre, proxy: LineProxy) -> None:
    line.devices()
    proxy.delay(0.5)
    began = time.monotonic()
    with pytest.raises(CentreAway):
        line.claim(CLAIM)
    assert time.monotonic() - began < 0.8 + SLACK


def test_a_line_that_is_down_is_noticed_at_once(line: HubCentre, proxy: LineProxy) -> None:
    line.devices()
    proxy.refuse()
    began = time.monotonic()
    for _ in range(3):
        with pytest.raises(CentreAway):
            line.claim(CLAIM)
    assert time.monotonic() - began < SLACK
    proxy.heal()
    assert line.claim(CLAIM).grant


def test_a_kept_connection_that_died_is_replaced_unnoticed(line: HubCentre, proxy: LineProxy) -> None:
    line.devices()
    for reset in (False, True):
        proxy.drop(reset=reset)
        assert line.claim(CLAIM).grant


def test_nobody_at_the_address_is_away(hub: RunningHub, proxy: LineProxy) -> None:
    with LineProxy(("127.0.0.1", 1)) as nowhere:
        line = client(hub, "3", port=nowhere.port)
        with pytest.raises(CentreAway):
            line.devices()
        line.close()


def test_after_a_restart_of_the_hub_the_device_logs_in_by_itself(hall: MemoryHall, tmp_path: Path) -> None:
    first = start_hub(hall, tmp_path)
    line = client(first, "3")
    assert line.wait(-1, 0.2) == 0
    assert line.devices()
    first.stop()
    with pytest.raises(CentreAway):
        line.devices()
    with running_hub(hall, tmp_path, port=first.port):
        assert line.devices()
        assert line.wait(-1, 0.2) == 0
    line.close()


def test_a_batch_too_large_for_one_question_goes_as_several(hall: MemoryHall, hub: RunningHub) -> None:
    photos = tuple(
        SealedEvent(b"%d" % number, (SealedPart("photo", b"s", number.to_bytes(2) * (1 << 20)),))
        for number in range(7)
    )
    assert len(wire.write(photos)) > wire.MOST_ASKED
    line = client(hub, "3")
    ack = line.push(Batch(1, photos, b"signature over all"))
    assert ack.state == "ok"
    assert [event.data for event in hall.order] == [event.data for event in photos]
    batches = [asked for _, name, asked in hall.asked if isinstance(asked, Batch)]
    assert len(batches) > 1
    for batch in batches:
        hashes = [sha256(event.data).hexdigest() for event in batch.events]
        assert batch.signature == key_of("3").sign(batch_digest(HALL, "3", 1, hashes))
    pulled = line.pull(0)
    assert 0 < len(pulled.events) < 7
    assert (pulled.after, pulled.head) == (0, 7)
    line.close()


def test_news_come_by_socket_and_over_long_polls_when_sockets_do_not_live(
    hall: MemoryHall, hub: RunningHub
) -> None:
    for sockets in (True, False):
        line, other = client(hub, "3", sockets=sockets), client(hub, "4", sockets=False)
        place = line.wait(-1, 1.0)
        later = threading.Timer(0.1, other.push, (Batch(1, EVENTS[:1], b"s"),))
        later.start()
        began = time.monotonic()
        while (heard := line.wait(place, 5.0)) <= place:
            continue
        assert heard == place + 1
        assert time.monotonic() - began < 0.1 + SLACK
        later.join()
        began = time.monotonic()
        assert line.wait(heard, 0.2) == heard
        assert 0.15 < time.monotonic() - began < 0.2 + SLACK
        line.close()
        other.close()


def test_a_lost_socket_gives_way_to_polls_and_comes_back(
    line: HubCentre, proxy: LineProxy, hall: MemoryHall
) -> None:
    assert line.wait(-1, 0.5) == 0
    proxy.drop()
    assert line.wait(-1, 0.5) == 0
    proxy.refuse()
    with pytest.raises(CentreAway):
        line.wait(0, 0.5)
    proxy.heal()
    assert line.wait(-1, 0.5) == 0


def test_closing_ends_a_wait_under_way(hub: RunningHub) -> None:
    for sockets in (True, False):
        line = client(hub, "3", sockets=sockets)
        line.wait(-1, 0.1)
        ended: list[float] = []

        def wait(line: HubCentre = line, ended: list[float] = ended) -> None:
            with pytest.raises(CentreAway):
                line.wait(0, 20.0)
            ended.append(time.monotonic())

        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.2)
        began = time.monotonic()
        line.close()
        waiting.join()
        assert ended[0] - began < SLACK


def test_calls_of_one_device_run_side_by_side(hall: MemoryHall, hub: RunningHub) -> None:
    """A backlog being sent does not stand before a claim."""
    going, free = threading.Event(), threading.Event()

    def before(name: str) -> None:
        if name == "push":
            going.set()
            free.wait(10)

    hall.before = before
    line = client(hub, "3")
    pushing = [threading.Thread(target=line.push, args=(Batch(1, EVENTS, b"s"),)) for _ in range(6)]
    for thread in pushing:
        thread.start()
    assert going.wait(5)
    began = time.monotonic()
    assert line.claim(CLAIM).grant
    assert time.monotonic() - began < SLACK
    free.set()
    for thread in pushing:
        thread.join()
    line.close()


def test_a_busy_hub_says_so(hall: MemoryHall, tmp_path: Path) -> None:
    free, going = threading.Event(), threading.Event()

    def before(name: str) -> None:
        going.set()
        free.wait(10)

    with running_hub(hall, tmp_path, limits=replace(QUICK, pending=1)) as hub:
        line = client(hub, "3")
        line.devices()
        hall.before = before
        asking = threading.Thread(target=line.devices)
        asking.start()
        assert going.wait(5)
        with pytest.raises(CentreAway, match="503"):
            line.claim(CLAIM)
        free.set()
        asking.join()
        line.close()
