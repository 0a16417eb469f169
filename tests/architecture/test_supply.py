"""What comes from outside: locks with hashes and without hosts, and a notice for all that is bundled."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import ROOT

LOCKS: Final = ("requirements.lock", "requirements-dev.lock")
SCRIPTS: Final = ("run", "run.cmd", "test", ".ci/run", "pyproject.toml")
HOST: Final = re.compile(
    r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|PIP_INDEX_URL", re.IGNORECASE
)
PIN: Final = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+)", re.MULTILINE)
NOT_BUNDLED: Final = (".md", ".txt", ".po", ".py")


def _pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def _installer_files() -> list[str]:
    return [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "installer").iterdir()
        if path.suffix in {"", ".py", ".sh"} and path.is_file()
    ]


@pytest.mark.parametrize("name", [*LOCKS, *SCRIPTS, *_installer_files()])
def test_no_host_is_named(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if HOST.search(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = list(PIN.finditer(text))
    assert pins
    for here, following in zip(pins, [*pins[1:], None], strict=True):
        entry = text[here.start() : following.start() if following else None]
        assert "--hash=sha256:" in entry, here["name"]


def test_both_locks_agree() -> None:
    """What is tested is what is installed."""
    run, dev = _pins(LOCKS[0]), _pins(LOCKS[1])
    assert run.items() <= dev.items()


def _bundled() -> list[Path]:
    """Files that came from elsewhere or were made by another's program: fonts and sounds."""
    return [
        file
        for folder in ("fonts", "sounds")
        for file in sorted((ROOT / "resources" / folder).rglob("*"))
        if file.is_file() and file.suffix not in NOT_BUNDLED
    ]


def test_every_bundled_file_has_its_notice() -> None:
    notices = (ROOT / "NOTICES.md").read_text(encoding="utf-8")
    covered = re.findall(r"`(resources/[^`]+)`", notices)
    without = [
        name
        for file in _bundled()
        if not any(Path(name := file.relative_to(ROOT).as_posix()).match(pattern) for pattern in covered)
    ]
    assert _bundled()
    assert without == []
    assert [pattern for pattern in covered if not list(ROOT.glob(pattern))] == []


def test_every_library_on_the_customers_machine_has_its_notice() -> None:
    notices = (ROOT / "NOTICES.md").read_text(encoding="utf-8").lower()
    assert [name for name in _pins(LOCKS[0]) if f"| {name} |" not in notices] == []
