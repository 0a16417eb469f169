"""Keepers of two homes and a centre's store on one machine: what one home does the other shows."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from counter_app.bootstrap.centre_home import CENTRE, HALL_KEY, open_centre_home, open_service
from counter_app.bootstrap.centre_line import open_centre
from counter_app.bootstrap.keeping import centre_duties, to_centre
from counter_app.bootstrap.program import DEVICE_KEY, STORE_KEY, open_program
from counter_app.domain.intake.facts import CaseOpened
from counter_app.domain.intake.fold import CASES
from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.keeper.loop import Keeper
from counter_app.keeper.waking import CommitWatch
from counter_app.keys.keeping import key_place
from counter_app.keys.signing import DeviceKey
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.program import Program
from counter_app.use_cases.sync.state import read_state
from tests.support.stores import CLERK

PATIENCE = 20.0


def make_home(path: Path, device: str, role: str, centre: str) -> Home:
    path.mkdir()
    (path / "keys").mkdir()
    home = Home(path, "南环", device, training=True, role=role, centre=centre)
    home.save()
    for name in (STORE_KEY, HALL_KEY, DEVICE_KEY):
        key_place(path).secret(name, make=True)
    return home


@pytest.fixture
def homes(tmp_path: Path) -> list[Home]:
    """A centre's home, and two enrolled ones that name its store."""
    centre = make_home(tmp_path / "centre", "C", CENTRE, "sqlite:///centre.db")
    url = f"sqlite:///{tmp_path / 'centre' / 'centre.db'}"
    homes = [make_home(tmp_path / code, code, "counter", url) for code in "34"]
    with open_service(open_centre_home(centre.path)) as service:
        for home in homes:
            code = service.enrolling.invite(home.device, "counter", home.device, 5, "1001")
            key = DeviceKey(key_place(home.path).secret(DEVICE_KEY, make=False))
            service.enrol(code, key.public)
    return [centre, *homes]


@contextmanager
def kept(home: Home) -> Iterator[Program]:
    """The home's program with its keeper's duties towards the centre at work."""
    with open_program(home.path) as program:
        duties = centre_duties(program)
        assert duties is not None
        watch = CommitWatch(program.store.changed)
        keeper = Keeper(home, to_centre(duties, watch), stay=True)
        thread = threading.Thread(target=keeper.run)
        thread.start()
        try:
            yield program
        finally:
            keeper.stop()
            thread.join()
            duties.close()


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, "nothing came"
        time.sleep(0.01)


def state(program: Program) -> str:
    with program.store.reading() as reader:
        return read_state(reader).state


def case(program: Program) -> str:
    def work(tx: Transaction) -> None:
        tx.record(CaseOpened(case=tx.next_id))

    return program.store.act(CLERK, "", work).first(CaseOpened).case


def knows(program: Program, case: str) -> bool:
    with program.store.reading() as reader:
        return reader.get(CASES, case) is not None


def test_what_one_home_does_the_other_shows_and_both_say_in_step(homes: list[Home]) -> None:
    with ExitStack() as opened:
        here, there = (opened.enter_context(kept(home)) for home in homes[1:])
        until(lambda: state(here) == state(there) == "in_step")
        first, second = case(here), case(there)
        until(lambda: knows(there, first) and knows(here, second))
        until(lambda: state(here) == state(there) == "in_step")


def test_a_revoked_home_cannot_be_opened_any_more(homes: list[Home]) -> None:
    with kept(homes[1]) as program:
        until(lambda: state(program) == "in_step")
        with open_service(open_centre_home(homes[0].path)) as service:
            service.enrolling.revoke("3", "stolen", "1001")
        until(lambda: state(program) == "revoked")
    with pytest.raises(UserFacingError) as refused, open_program(homes[1].path):
        pass
    assert refused.value.code == "keys.missing"
    assert homes[1].store.exists()


def test_a_home_alone_and_the_centres_own_have_no_such_duties(homes: list[Home], tmp_path: Path) -> None:
    alone = make_home(tmp_path / "alone", "9", "counter", "")
    with open_program(alone.path) as program:
        assert centre_duties(program) is None
    with pytest.raises(UserFacingError) as refused:
        open_centre(alone)
    assert refused.value.code == "home.no-centre"
