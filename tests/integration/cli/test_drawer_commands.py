"""The cash drawer and signatures by command: with a reason, on record, by a badge that may (P5, M3, X3)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_app.bootstrap import around
from counter_app.domain.hall.plan import StaffMember
from counter_app.home import open_home
from counter_app.peripherals import Kind, Peripheral, Peripherals
from counter_app.use_cases.peripherals.drawer import CashDrawer, Watch
from tests.integration.cli.conftest import Commands


@pytest.fixture
def till(app: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawer is declared, and no keeper answers for it: nobody waits half a minute here."""
    monkeypatch.setattr(around, "CashDrawer", partial(CashDrawer, watch=Watch(seconds=0.1)))
    home = open_home(app.home)
    found = Peripheral(Kind.DRAWER, "till", "printer:", simulated=True)
    replace(home, peripherals=Peripherals((*home.peripherals.declared, found))).save()


# mission: P5
@pytest.mark.usefixtures("till")
def test_an_opening_is_on_record_whether_or_not_it_came_about(app: Commands) -> None:
    assert app("drawer", "list").code == 1
    assert app("drawer", "open", "change", "--staff", "1002", "--counter", "3", "--key", "k").code == 1
    assert app("drawer", "open", "change", "--staff", "1002", "--counter", "3", "--key", "k").code == 1
    (one,) = app.json("drawer", "list")["openings"]
    assert (one["staff"], one["counter"], one["cause"], one["drawer"]) == ("1002", "3", "change", "till")
    assert app.refused("drawer", "open", "other") == "drawer.reason"


# mission: X3
@pytest.mark.usefixtures("till")
def test_a_badge_without_the_right_opens_nothing_and_signs_nothing(app: Commands, tmp_path: Path) -> None:
    admin = next(one.badge for one in _staff(app) if one.roles == ("admin",))
    assert app.refused("drawer", "open", "change", "--staff", admin) == "access.no-right"
    assert app("drawer", "list").code == 1
    paper = app.accepted()["papers"][0]
    strokes = tmp_path / "pad.json"
    strokes.write_text("{}", encoding="utf-8")
    words = ("paper", "signature", paper, "--strokes", strokes, "--staff", admin)
    assert app.refused(*words) == "access.no-right"


def test_without_a_drawer_it_is_told(app: Commands) -> None:
    assert app.refused("drawer", "open", "change") == "drawer.none"


def _staff(app: Commands) -> tuple[StaffMember, ...]:
    with app.program() as program:
        return program.plan().staff
