"""The short forms of two benchmarks: their JSON, and figures no worse than three times their bars.

A loaded machine is slow in everything it is asked here, so only ratios of one run are judged.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[3]
SLACK: Final = 3.0
KEYS: Final = {"what", "value", "unit", "bar", "ratio", "holds"}
BARS: Final = {"acts": 1, "startup": 2}


def told(name: str) -> dict[str, Any]:
    """What `python -m bench NAME --quick --json` prints; exit code 1 only says that a bar was missed."""
    done = subprocess.run(
        [sys.executable, "-m", "bench", name, "--quick", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("name", BARS)
def test_figures_have_their_shape_and_no_order_of_magnitude_is_lost(name: str) -> None:
    report = told(name)
    results = report["results"]
    assert report["bench"] == name
    assert all(set(result) == KEYS and result["value"] > 0 for result in results)
    barred = [result for result in results if result["bar"] is not None]
    assert len(barred) == BARS[name]
    for result in barred:
        assert result["ratio"] < SLACK, result
        assert result["holds"] == (result["value"] <= result["bar"]) or abs(result["ratio"] - 1) < 0.01


@pytest.mark.long
@pytest.mark.parametrize("name", ["city", "hall", "sync"])
def test_those_of_many_processes_end_by_themselves_with_figures(name: str) -> None:
    """Their times are judged on an idle machine, by hand."""
    results = told(name)["results"]
    assert len(results) > 5
    assert all(set(result) == KEYS for result in results)
