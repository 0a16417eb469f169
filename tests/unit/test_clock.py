"""A training home is told another day; every clock of the home goes there together."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from counter_app.clock import HALL_ZONE, SystemClock, TrainingClock

NEW_YEAR = datetime(2027, 1, 1, 9, 0, tzinfo=HALL_ZONE)


def test_without_a_word_it_is_the_machines_time(tmp_path: Path) -> None:
    clock = TrainingClock(tmp_path / "clock")
    assert abs(clock.now() - SystemClock().now()) < timedelta(seconds=5)


def test_all_clocks_of_a_home_go_to_the_day_that_one_was_told(tmp_path: Path) -> None:
    told, other = TrainingClock(tmp_path / "clock"), TrainingClock(tmp_path / "clock")
    before = other.monotonic()
    for moment in (NEW_YEAR, NEW_YEAR + timedelta(days=3)):
        told.go_to(moment)
        for clock in (told, other, TrainingClock(tmp_path / "clock")):
            assert timedelta() <= clock.now() - moment < timedelta(seconds=5)
            assert clock.now().utcoffset() == timedelta(hours=8)
    assert other.monotonic() - before < 5  # deadlines go on as before
    assert [path.name for path in tmp_path.iterdir()] == ["clock"]
