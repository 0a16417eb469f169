"""A hall as its commands make it: a centre founded once, copied for each test, its hub in a thread."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from counter_app.bootstrap.centre_home import open_centre_home
from counter_app.bootstrap.hub_home import serve_hub
from counter_app.bootstrap.machine import ThisMachine
from counter_app.bootstrap.program import open_program
from counter_app.cli.main import run
from counter_app.i18n import RESOURCES
from counter_app.use_cases.program import Program

PATIENCE = 20.0


@dataclass(frozen=True)
class Answer:
    """What a script gets from one command."""

    code: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error_code(self) -> str:
        code: str = json.loads(self.error)["error"]["code"]
        return code


def command(*words: object) -> Answer:
    """One command in this process."""
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        code = run([str(word) for word in words], ThisMachine())
    return Answer(code, out.getvalue(), error.getvalue())


def answer(*words: object) -> Any:
    """The JSON answer of a command that must succeed."""
    done = command(*words, "--json")
    assert done.code == 0, done.error or done.out
    return done.json


def refused(*words: object) -> str:
    """The code of the error that a command must end in."""
    done = command(*words, "--json")
    assert done.code == 3, (done.code, done.out, done.error)
    return done.error_code


def found(folder: Path) -> Path:
    """A training hall's centre in `folder`, its recovery key beside it."""
    answer(
        "hub", "init", "--home", folder / "centre", "--hall", RESOURCES / "demo" / "hall.toml",
        "--training", "--recovery-key", folder / "recovery.txt",
    )  # fmt: skip
    return folder


@dataclass
class Hall:
    """A hall in `folder`; machines get homes beside the centre's."""

    folder: Path
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    address: str = "127.0.0.1:0"

    @property
    def centre(self) -> Path:
        return self.folder / "centre"

    @property
    def recovery(self) -> Path:
        return self.folder / "recovery.txt"

    def home(self, name: str) -> Path:
        return self.folder / name

    def start(self) -> None:
        """Serve, at the same address as before."""
        self._stop = threading.Event()
        ready = threading.Event()

        def on_ready(address: str, fingerprint: str) -> None:
            self.address = address
            ready.set()

        home = open_centre_home(self.centre)
        self._thread = threading.Thread(
            target=lambda: serve_hub(home, self.address, "", on_ready, stop=self._stop), name="test-hub"
        )
        self._thread.start()
        assert ready.wait(PATIENCE)

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def invite(self, device: str, role: str = "counter", *more: object) -> str:
        made = answer("device", "invite", device, "--role", role, "--home", self.centre, *more)
        text: str = made["invitation"]
        return text

    def join(self, device: str, role: str = "counter", name: str = "") -> Path:
        """Enrol a new machine; its home."""
        home = self.home(name or f"machine-{device}")
        answer("device", "enrol", self.invite(device, role), "--home", home)
        return home

    def sync(self, home: Path) -> Answer:
        return command("sync", "--once", "--json", "--home", home)

    @contextlib.contextmanager
    def program(self, home: Path) -> Iterator[Program]:
        with open_program(home) as program:
            yield program

    def events(self) -> int:
        """How many the centre has, all of them sound."""
        report = answer("store", "check", "--home", self.centre)
        count: int = report["events"]
        return count


def ticket(home: Path, item: str = "0603") -> str:
    """A ticket's number, issued on that machine."""
    number: str = answer("ticket", "issue", "--item", item, "--home", home)["number"]
    return number


def numbers(home: Path) -> list[str]:
    """Of all who wait for counter 3, as that machine knows them."""
    with open_program(home) as program:
        return sorted(row.number for row in program.waiting_queries.line_view("3").waiting)


@contextlib.contextmanager
def running_hall(founded: Path, folder: Path) -> Iterator[Hall]:
    """A copy of a founded hall with its hub, for the length of a block."""
    shutil.copytree(founded, folder / "hall")
    hall = Hall(folder / "hall")
    hall.start()
    try:
        yield hall
    finally:
        hall.stop()
