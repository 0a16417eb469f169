"""`./run --headless` in a process of its own: every step did what it should, its pictures are there.

Each part is played for itself, so that two workers share them. Not judged here: how long anything took.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from counter_app.ui.tour.stories import STORIES
from counter_app.ui.tour.tour import MAIN_JOB
from tests.support.demo import ROOT

SECONDS: Final = 280
SIZES: Final = {(1366, 768), (1920, 1080), (1080, 1920)}


def played(name: str, folder: Path) -> tuple[int, list[dict[str, object]]]:
    """The exit code and the steps."""
    done = subprocess.run(
        [sys.executable, "-m", "counter_app", "demo", "run", "--headless", str(folder), "--story", name],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    return done.returncode, summary["steps"]


def pictures_named(steps: list[dict[str, object]]) -> set[str]:
    produced = [one for step in steps if isinstance(step["produced"], list) for one in step["produced"]]
    return {str(one) for one in produced if str(one).endswith(".png") and str(one)[:3].isdecimal()}


def assert_played(name: str, folder: Path) -> list[dict[str, object]]:
    code, steps = played(name, folder)
    assert [(step["step"], step["error"]) for step in steps if not step["ok"]] == []
    assert steps
    assert code == 0
    screens = {path.name: path for path in (folder / "screens").iterdir()}
    assert pictures_named(steps) <= screens.keys()
    assert screens
    for path in screens.values():
        with Image.open(path) as picture:
            assert picture.size in SIZES
            assert len(picture.getcolors(1 << 24) or ()) > 1
    return steps


@pytest.mark.timeout(SECONDS + 20)
@pytest.mark.parametrize("name", STORIES)
def test_a_story_is_played_through_the_windows_by_keys(name: str, tmp_path: Path) -> None:
    steps = assert_played(name, tmp_path)
    assert [step["step"] for step in steps if not step["checked"]] == []
    sheets = list((tmp_path / "paper").glob(f"{name}-*-a4-1.png"))
    assert sheets


@pytest.mark.long
@pytest.mark.timeout(SECONDS + 20)
def test_the_main_job_is_played_through_the_windows_by_keys(tmp_path: Path) -> None:
    assert_played(MAIN_JOB, tmp_path)
    assert list((tmp_path / "paper").glob("*.pdf"))
