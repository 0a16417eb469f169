"""The demo hall is told another day; a real home never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from counter_app.home import open_home
from tests.integration.cli.conftest import Commands


def now(app: Commands, *words: str) -> datetime:
    return datetime.fromisoformat(app.json("demo", "clock", *words)["now"])


def test_the_demo_hall_goes_on_to_a_day_and_never_back(app: Commands) -> None:
    began = now(app)
    later = (began + timedelta(days=40)).replace(hour=9, minute=0, second=0)
    assert now(app, f"{later:%Y-%m-%dT%H:%M}") == later
    with app.program() as program:
        saved = program.intake_queries.case_view(app.draft()).saved_at
    assert timedelta() <= saved - later < timedelta(minutes=5)
    assert app.refused("demo", "clock", f"{began:%Y-%m-%dT%H:%M}") == "demo.clock"


def test_a_real_home_has_the_machines_time_and_a_hall_of_many_its_own(app: Commands) -> None:
    home = open_home(app.home)
    replace(home, centre="https://127.0.0.1:1").save()
    assert app.refused("demo", "clock", "2090-01-01T09:00") == "demo.clock"
    replace(home, training=False, peripherals=type(home.peripherals)()).save()
    assert app.refused("demo", "clock", "2090-01-01T09:00") == "home.real"
    assert not home.training_clock.exists()
