"""The simulated reader operated by lines: on standard input, and over its control port."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Queue

import pytest

from counter_app.devices.id_card.once import read_one_card
from counter_app.devices.serial_line import LineSettings
from counter_app.errors import UserFacingError
from counter_app.simulators.id_card.serve import ReaderServing, RunningReader, serve

QUICK = ReaderServing(tcp="127.0.0.1:0", pace=0, baudrate=None, control="127.0.0.1:0")


@pytest.fixture
def running() -> Iterator[RunningReader]:
    running = RunningReader(QUICK)
    yield running
    running.stop()


def test_lines_and_their_answers(running: RunningReader) -> None:
    run = running.control.run
    assert run("state") == ("card -", "ok")
    assert run("lay abdul") == ("ok",)
    assert run("  lay 张伟 \r") == ("ok",)
    assert run("state") == ("card zhang", "ok")
    assert run("fault cut:700") == ("ok",)
    assert [fault.number for fault in running.reader.faults] == [700]
    assert run("fault none") == ("ok",)
    assert not running.reader.faults
    assert run("lift") == ("ok",)
    assert run("state") == ("card -", "ok")
    assert len(run("tray")) == len(running.tray) + 1
    assert not running.quit.is_set()
    assert run("quit") == ("ok",)
    assert running.quit.is_set()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("lay nobody", "simulator.card-unknown"),
        ("lay", "simulator.command-unknown"),
        ("", "simulator.command-unknown"),
        ("fault explode", "simulator.fault-unknown"),
        ("lift all", "simulator.command-unknown"),
        ("\x00\x1b", "simulator.command-unknown"),
    ],
)
def test_bad_lines_are_answered(running: RunningReader, line: str, code: str) -> None:
    (answer,) = running.control.run(line)
    assert answer.startswith(f"error {code} ")


def test_a_card_laid_over_the_control_port_is_read_at_the_reader(running: RunningReader) -> None:
    assert running.control_line is not None
    host, port = running.control_line.url.removeprefix("socket://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as control, control.makefile("rwb") as lines:
        lines.write("lay 王𠅤䶮\nstate\n".encode())
        lines.flush()
        assert [lines.readline() for _ in range(3)] == [b"ok\n", b"card rare\n", b"ok\n"]
    assert read_one_card(LineSettings(running.url), 5).document.name == "王𠅤䶮"


def test_unplug_and_plug_by_line(running: RunningReader) -> None:
    running.control.run("unplug")
    with pytest.raises(UserFacingError):
        while True:
            read_one_card(LineSettings(running.url), 0.01)
    running.control.run("plug")
    running.control.run("lay li")
    for _ in range(100):
        try:
            assert read_one_card(LineSettings(running.url), 5).document.name == "李秀英"
        except UserFacingError:
            continue
        break
    else:
        pytest.fail("it did not come back")


@pytest.mark.parametrize(
    "on_pty", [False, pytest.param(True, marks=pytest.mark.skipif(sys.platform == "win32", reason="POSIX"))]
)
def test_serve_says_where_and_ends_by_quit(on_pty: bool, tmp_path: Path) -> None:
    serving = replace(QUICK, card="abdul", faults=("repeat",), control=None)
    if on_pty:
        serving = replace(serving, tcp=None, link=tmp_path / "reader")
    said: Queue[str] = Queue()
    lines: Queue[str] = Queue()
    thread = threading.Thread(target=serve, args=(serving, iter(lines.get, "EOF"), said.put))
    thread.start()
    word, _, url = said.get(timeout=5).partition(" ")
    assert word == "reader"
    assert read_one_card(LineSettings(url), 5).document.name == "阿卜杜拉·买买提"
    lines.put("quit")
    thread.join(5)
    assert not thread.is_alive()
    assert said.get(timeout=5) == "ok"


@pytest.mark.parametrize(
    ("serving", "code"),
    [
        (replace(QUICK, tcp="4000"), "simulator.address-bad"),
        (replace(QUICK, tcp="127.0.0.1:99999"), "simulator.address-bad"),
        (replace(QUICK, control="127.0.0.1:x"), "simulator.address-bad"),
        (replace(QUICK, tcp="192.0.2.1:0"), "simulator.place-taken"),
        (replace(QUICK, card="nobody"), "simulator.card-unknown"),
        (replace(QUICK, faults=("explode",)), "simulator.fault-unknown"),
    ],
)
def test_what_cannot_be_served_says_why_and_leaves_nothing_running(serving: ReaderServing, code: str) -> None:
    with pytest.raises(UserFacingError) as caught:
        RunningReader(serving)
    assert caught.value.code == code
