"""When the environment counts as up to date. Nothing is installed here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

STAMP = "import environment as e; [e.stamp(k).write_text(e.wanted(k, (3, 11))) for k in ('run', 'dev')]"


def python(checkout: Path, *arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], cwd=checkout / "installer", check=False).returncode


def up_to_date(checkout: Path, *options: str) -> bool:
    return python(checkout, "environment.py", "--check", *options) == 0


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose environment looks as if it had just been made."""
    top = tmp_path / "a hall"
    (top / "installer").mkdir(parents=True)
    shutil.copy(ROOT / "installer" / "environment.py", top / "installer")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, top)
    folder = top / ".venv" / ("Scripts" if sys.platform == "win32" else "bin")
    folder.mkdir(parents=True)
    ending = ".exe" if sys.platform == "win32" else ""
    for program in ("python", "counter-app"):
        (folder / f"{program}{ending}").touch()
    (top / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.2\n")
    assert python(top, "-c", STAMP) == 0
    return top


def test_what_was_made_is_not_made_again(checkout: Path) -> None:
    assert up_to_date(checkout)
    assert up_to_date(checkout, "--dev")


def test_another_lock_asks_for_another_environment(checkout: Path) -> None:
    with (checkout / "requirements-dev.lock").open("a") as lock:
        lock.write("\n")
    assert up_to_date(checkout)
    assert not up_to_date(checkout, "--dev")


@pytest.mark.parametrize(
    ("section", "still"), [("[tool.other]\nkey = 1\n", True), ("[project.urls]\nhome = ''\n", False)]
)
def test_only_what_decides_the_environment_counts(checkout: Path, section: str, still: bool) -> None:
    with (checkout / "pyproject.toml").open("a") as project:
        project.write(f"\n{section}")
    assert up_to_date(checkout) is still


def test_a_moved_checkout_is_noticed(checkout: Path) -> None:
    moved = checkout.rename(checkout.with_name("another hall"))
    assert not up_to_date(moved)


@pytest.mark.parametrize("gone", ["bin/python", "bin/counter-app", "pyvenv.cfg", ".made-from-run"])
@pytest.mark.skipif(sys.platform == "win32", reason="the folders have other names there")
def test_an_unfinished_environment_is_noticed(checkout: Path, gone: str) -> None:
    (checkout / ".venv" / gone).unlink()
    assert not up_to_date(checkout)
