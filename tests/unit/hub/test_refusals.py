"""Refusals are written down, and nobody can fill the disk with them."""

from __future__ import annotations

import logging

import pytest

from counter_app.hub.refusals import MOST_LINES, SECONDS, Refusals


def test_a_flood_is_counted_and_not_written(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "counter_app.hub")
    times = [0.0]
    counted: list[str] = []
    refusals = Refusals(lambda: times[0], counted.append)
    for _ in range(MOST_LINES + 500):
        refusals.note("claim", "10.0.0.9", "garbled", "3")
    refusals.note("claim", "10.0.0.8", "garbled")
    assert len(counted) == MOST_LINES + 501
    assert len(caplog.records) == MOST_LINES + 2
    assert "10.0.0.8" in caplog.records[-1].getMessage()
    times[0] += SECONDS
    refusals.note("push", "10.0.0.9", "garbled")
    assert "500 times more" in caplog.records[-2].getMessage()
    assert "call=push" in caplog.records[-1].getMessage()


def test_texts_from_outside_stay_in_their_line(caplog: pytest.LogCaptureFixture) -> None:
    refusals = Refusals(lambda: 0.0, lambda call: None)
    refusals.note("log-in", "10.0.0.9", "as '3'\nrefused call=x", "4\u2028")
    (line,) = (record.getMessage() for record in caplog.records)
    assert "\n" not in line
    assert "\u2028" not in line
