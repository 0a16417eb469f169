"""Halls of one tree, each with its own centre and machines: a station, its street office, the city.

Each is founded from the demo hall's plan as the hall it is; `join` makes one the relay of another, over a
line that can be cut.
"""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import tomli_w

from counter_app.bootstrap.centre_home import open_centre_home, open_service
from counter_app.bootstrap.relaying import UPSTREAM_FILE, post_of
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.i18n import RESOURCES
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.program import Program
from counter_app.use_cases.relay.post import Post
from tests.support.halls import Hall, answer
from tests.support.intake_hall import citizens
from tests.support.proxy import LineProxy

STATION, STREET, CITY = "station-01", "nanhuan", "city"
STATION_NAME = "署西社区便民服务代办点"
STREET_NAME = "南环街道便民服务中心"
CITY_NAME = "市政务服务中心"
ITEM = "0603"
ANSWERS = {"married": "no", "has_children": "no"}
CLERK = Actor("1002", "3")
PATIENCE = 20.0


def found_as(folder: Path, code: str) -> Hall:
    """The centre of the demo tree's hall with this code, in `folder`."""
    folder.mkdir()
    plan = tomllib.loads((RESOURCES / "demo" / "hall.toml").read_text(encoding="utf-8"))
    file = folder / "hall.toml"
    file.write_text(tomli_w.dumps({**plan, "code": code}), encoding="utf-8")
    answer(
        "hub", "init", "--home", folder / "centre", "--hall", file, "--training",
        "--recovery-key", folder / "recovery.txt",
    )  # fmt: skip
    return Hall(folder)


def join(lower: Hall, code: str, upper: Hall, line: LineProxy | None = None) -> None:
    """Enrol a centre, whose hub does not run yet, at a running one above it; `line` stands between them."""
    answer("hub", "join-upper", upper.invite(code, "relay"), "--home", lower.centre)
    if line is not None:
        file = lower.centre / UPSTREAM_FILE
        known = tomllib.loads(file.read_text(encoding="utf-8"))
        file.write_text(tomli_w.dumps({**known, "url": f"https://127.0.0.1:{line.port}"}), encoding="utf-8")


@contextlib.contextmanager
def line_to(hall: Hall) -> Iterator[LineProxy]:
    """A line to a running hub."""
    port = int(hall.address.rpartition(":")[2])
    with LineProxy(("127.0.0.1", port)) as line:
        yield line


def until(holds: Callable[[], bool], what: str) -> None:
    ends = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < ends, what
        sleep(0.05)


@contextlib.contextmanager
def post(hall: Hall) -> Iterator[Post]:
    """A look at a centre's own order and its copies of others'."""
    home = open_centre_home(hall.centre)
    with open_service(home) as service:
        yield post_of(home, service)


def place(hall: Hall) -> int:
    """The hall's newest place."""
    with post(hall) as at:
        return at.mirrors.standing(at.store.hall).hall_seq


def kept_of(hall: Hall, name: str) -> int:
    """How much of the named hall's order is kept here."""
    with post(hall) as at:
        return at.mirrors.standing(name).hall_seq


@dataclass
class Desk:
    """A clerk at one machine of a hall."""

    hall: Hall
    home: Path
    program: Program

    def key(self) -> str:
        return f"{self.home.name}-{monotonic()}"

    def received(self, who: str = "zhang") -> str:
        """A case whose papers were received here."""
        program = self.program
        intake = program.intake
        case = intake.open_case(CLERK, self.key())
        intake.record_person(CLERK, self.key(), case, "applicant", PersonInput.from_document(citizens()[who]))
        intake.choose_item(CLERK, self.key(), case, ITEM)
        for question, value in ANSWERS.items():
            intake.answer(CLERK, self.key(), case, question, value)
        self.mark_all(case)
        intake.decide(CLERK, self.key(), case, "receive")
        return case

    def mark_all(self, case: str) -> None:
        for line in self.program.intake_queries.case_view(case).lines:
            if line.mark is None and line.markable:
                self.program.intake.mark(CLERK, self.key(), case, line.material, "present")

    def sync(self) -> None:
        done = self.hall.sync(self.home)
        assert done.code == 0, done.error or done.out

    def case(self, id: str) -> Case | None:
        """As this machine knows it, after asking its centre."""
        self.sync()
        with self.program.store.reading() as reader:
            return reader.get(CASES, id)


@contextlib.contextmanager
def desk(hall: Hall, device: str) -> Iterator[Desk]:
    """A new machine of a running hall."""
    home = hall.join(device)
    with hall.program(home) as program:
        yield Desk(hall, home, program)
