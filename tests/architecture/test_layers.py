"""The house's one-way layers, and the tests' own check that the contracts catch what they should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def _write(file: Path, text: str = "") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    for parent in file.parents:
        if parent.name == "house":
            break
        (parent / "__init__.py").touch()
    file.write_text(text)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("domain/rule.py", "import counter_app.store"),
        ("domain/rule.py", "import random"),
        ("store/rows.py", "import counter_app.devices"),
        ("store/rows.py", "import PySide6.QtCore"),
        ("ui/counter/view.py", "import counter_app.ui.kiosk"),
        ("ui/counter/view.py", "import sqlalchemy"),
        ("use_cases/call.py", "import counter_app.ui"),
        ("printing/out.py", "import serial"),
        ("devices/out.py", "import escpos.printer"),
        ("devices/out.py", "import fcntl"),
        ("stray.py", ""),
    ],
)
def test_a_crooked_house_is_refused(tmp_path: Path, module: str, line: str) -> None:
    house = tmp_path / "house"
    for package in ("domain", "store", "devices", "printing", "use_cases", "ui/counter", "ui/kiosk"):
        _write(house / "counter_app" / package / "__init__.py")
    (house / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    straight = _lint(house)
    assert straight.returncode == 0, straight.stdout + straight.stderr
    _write(house / "counter_app" / module, line)
    crooked = _lint(house)
    assert crooked.returncode == 1
    assert "BROKEN" in crooked.stdout
