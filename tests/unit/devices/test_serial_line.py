"""Bytes over every kind of port: deadlines, loss, locks that name their holder."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counter_app.devices.port_lock import PortBusy
from counter_app.devices.serial_line import (
    LineLost,
    LineSettings,
    LineStopped,
    PortAbsent,
    PortDenied,
    PortUrlBad,
    SerialLine,
)
from counter_app.simulators.line import ByteDevice, LineServer, Wire, tcp_line

if sys.platform != "win32":
    from counter_app.simulators.line import pty_line


class Echo:
    def __init__(self) -> None:
        self.wire: Wire | None = None

    def connected(self, wire: Wire) -> None:
        self.wire = wire

    def feed(self, data: bytes) -> None:
        assert self.wire is not None
        self.wire.send(data)

    def disconnected(self) -> None:
        self.wire = None


@contextmanager
def served(kind: str, device: ByteDevice) -> Iterator[LineServer]:
    with pty_line(device) if kind == "pty" else tcp_line(device) as line:
        yield line


KINDS = ["tcp", "pty"] if sys.platform != "win32" else ["tcp"]


def soon() -> float:
    return time.monotonic() + 5


@pytest.mark.parametrize("kind", KINDS)
def test_bytes_go_both_ways_and_deadlines_hold(kind: str) -> None:
    with served(kind, Echo()) as server, SerialLine(LineSettings(server.url)) as line:
        line.write(bytes(range(256)))
        assert line.read(256, soon()) == bytes(range(256))
        began = time.monotonic()
        assert line.read(1, began + 0.1) == b""
        assert 0.09 <= time.monotonic() - began < 1
        line.write(b"leftover")
        time.sleep(0.1)
        line.discard_input()
        assert line.read(1, time.monotonic()) == b""


def test_loop_is_a_port_like_any_other() -> None:
    with SerialLine(LineSettings("loop://")) as line:
        line.write(b"abc")
        assert line.read(3, soon()) == b"abc"


@pytest.mark.parametrize("kind", KINDS)
def test_a_pulled_cable_is_a_lost_line_for_every_call(kind: str) -> None:
    device = Echo()
    with served(kind, device) as server:
        line = SerialLine(LineSettings(server.url))
        line.open()
        line.write(b"x")
        assert line.read(1, soon()) == b"x"
        server.unplug()
        with pytest.raises(LineLost):
            line.read(1, soon())
        with pytest.raises(LineLost):
            for _ in range(100):  # a socket takes a little before it refuses to be written to
                line.write(b"x")
                time.sleep(0.01)
        with pytest.raises(LineLost):
            line.discard_input()
            line.read(1, soon())
        line.close()
        line.close()
        with pytest.raises(LineLost):
            line.write(b"x")


def test_nothing_there(tmp_path: Path) -> None:
    with tcp_line(Echo()) as server:
        url = server.url
    for absent in (str(tmp_path / "ttyUSB9"), url):
        with pytest.raises(PortAbsent):
            SerialLine(LineSettings(absent, lock_folder=tmp_path)).open()
        with pytest.raises(PortAbsent):  # and the lock was given back
            SerialLine(LineSettings(absent, lock_folder=tmp_path)).open()


@pytest.mark.parametrize("url", ["nonsense://x", "socket://", "socket://host:notaport", "loop://?x=y"])
def test_no_port_at_all(url: str) -> None:
    with pytest.raises((PortUrlBad, PortAbsent)) as caught:
        SerialLine(LineSettings(url)).open()
    assert url in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may open everything")
def test_a_port_of_others_says_what_to_do(tmp_path: Path) -> None:
    port = tmp_path / "ttyS0"
    port.touch(mode=0)
    with pytest.raises(PortDenied, match="group"):
        SerialLine(LineSettings(str(port))).open()


@pytest.mark.parametrize("kind", KINDS)
def test_a_port_in_use_names_its_holder(kind: str, tmp_path: Path) -> None:
    with served(kind, Echo()) as server:
        first = SerialLine(LineSettings(server.url, lock_folder=tmp_path, owner="counter window"))
        with first:
            with pytest.raises(PortBusy) as caught:
                SerialLine(LineSettings(server.url, lock_folder=tmp_path)).open()
            assert caught.value.params["holder"] == f"counter window ({os.getpid()})"
            first.write(b"x")
            assert first.read(1, soon()) == b"x"  # the holder is not disturbed
        with SerialLine(LineSettings(server.url, lock_folder=tmp_path)) as again:
            again.write(b"y")


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo terminals are POSIX")
def test_a_port_open_in_a_program_that_knows_no_lock_file_is_busy(tmp_path: Path) -> None:
    with (
        served("pty", Echo()) as server,
        SerialLine(LineSettings(server.url)),
        pytest.raises(PortBusy, match="another program"),
    ):
        SerialLine(LineSettings(server.url, lock_folder=tmp_path)).open()


def test_a_read_ends_when_its_owner_stops() -> None:
    stop = threading.Event()
    with tcp_line(Echo()) as server, SerialLine(LineSettings(server.url), stopping=stop.is_set) as line:
        threading.Timer(0.05, stop.set).start()
        began = time.monotonic()
        with pytest.raises(LineStopped):
            line.read(1, began + 60)
        assert time.monotonic() - began < 2


def test_a_line_belongs_to_one_thread() -> None:
    caught: list[BaseException] = []
    with SerialLine(LineSettings("loop://")) as line:

        def other() -> None:
            try:
                line.write(b"x")
            except RuntimeError as error:
                caught.append(error)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "belongs to the thread" in str(caught[0])
