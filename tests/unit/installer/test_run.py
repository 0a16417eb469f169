"""`./run` before there is an environment: what a bare machine is told. The environment is a stand-in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="run is for Linux; run.cmd is its sibling")

ECHO = '#!/bin/bash\nprintf "%s|" "$@"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with a space, whose environment is up to date and only echoes its arguments."""
    top = tmp_path / "a hall"
    (top / ".venv" / "bin").mkdir(parents=True)
    (top / "installer").mkdir()
    shutil.copy(ROOT / "run", top)
    shutil.copy(ROOT / "installer" / "environment.sh", top / "installer")
    script(top / ".venv" / "bin" / "python", "#!/bin/bash\nexit 0\n")
    script(top / ".venv" / "bin" / "counter-app", ECHO)
    return top


def script(file: Path, text: str) -> None:
    file.write_text(text)
    file.chmod(0o755)


def start(
    checkout: Path, *arguments: str, libraries: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Start ./run as an ordinary person with a `ldconfig` that knows all libraries or none."""
    tools = checkout / "tools"
    tools.mkdir()
    sonames = re.findall(
        r"lib[A-Za-z0-9.-]+\.so\.[0-9]+", (ROOT / "installer" / "environment.sh").read_text()
    )
    listed = "\n".join(f"{name} (libc6)" for name in sonames)
    script(tools / "ldconfig", f"#!/bin/bash\ncat <<'END'\n{listed if libraries else ''}\nEND\n")
    script(tools / "id", "#!/bin/bash\necho 1000\n")
    return subprocess.run(
        [checkout / "run", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{tools}:{os.environ['PATH']}", "HOME": "", **environment},
    )


def test_without_a_display_the_tour_is_meant(checkout: Path) -> None:
    assert start(checkout).stdout == "demo|run|--headless|out|"


def test_with_a_display_the_hall_is_opened(checkout: Path) -> None:
    assert start(checkout, "--fresh", WAYLAND_DISPLAY="wayland-0").stdout == "demo|run|--fresh|"


def test_a_folder_of_ones_own_is_kept(checkout: Path) -> None:
    assert start(checkout, "--headless", "my folder").stdout == "demo|run|--headless|my folder|"


def test_missing_libraries_are_named_with_the_line_that_installs_them(checkout: Path) -> None:
    told = start(checkout, libraries=False, DISPLAY=":1")
    assert told.returncode == 1
    assert told.stdout == ""
    line = next(line for line in told.stderr.splitlines() if "apt-get" in line)
    assert line.split()[:4] == ["apt-get", "install", "-y", "--no-install-recommends"]
    assert {"libegl1", "libxcb-cursor0", "libglib2.0-0", "libasound2"} <= set(line.split())
    assert "libwayland-egl1" not in line


def test_the_hall_of_many_machines_is_asked_for_by_a_word(checkout: Path) -> None:
    assert start(checkout, "--hall", "--headless", "here").stdout == "demo|hall|--headless|here|"


def test_without_a_display_the_hall_is_played(checkout: Path) -> None:
    assert start(checkout, "--hall").stdout == "demo|hall|--headless|out|"
