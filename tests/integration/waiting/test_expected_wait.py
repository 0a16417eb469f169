"""The expected wait is right at least 70 % of the time in a simulated day, and says something (Q1)."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from random import Random

import pytest

from counter_app.use_cases.waiting.reference import Reference
from tests.integration.waiting.conftest import Room
from tests.integration.waiting.simulated_day import Day
from tests.support.hall import with_settings

RIGHT = 0.70


@pytest.mark.parametrize("seed", [1, 4, 8, 10, 11])
def test_range_is_right_in_a_simulated_day(make_room: Callable[[Reference], Room], seed: int) -> None:
    room = make_room(with_settings({"waiting.burst": 10_000}))
    told = Day(room, Random(seed)).run()
    assert len(told) > 120
    hits = [entry.wait is not None and entry.wait.holds(entry.minutes) for entry in told]
    assert statistics.mean(hits) >= RIGHT
    waited = [entry for entry in told if entry.minutes > 10]
    assert len(waited) > 25  # an easy day would prove nothing
    assert (
        statistics.mean(entry.wait is not None and entry.wait.holds(entry.minutes) for entry in waited) > 0.6
    )
    widths = [
        (entry.wait.high_minutes - entry.wait.low_minutes) / entry.minutes for entry in waited if entry.wait
    ]
    assert statistics.median(widths) < 1.6  # a range that always holds because it is huge says nothing
