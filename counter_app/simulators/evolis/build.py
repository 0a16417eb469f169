"""Builds the library where the machine has a C compiler: `counter-app simulate evolis FILE`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from counter_app.errors import UserFacingError

SOURCE: Final = Path(__file__).with_name("fake.c")
COMPILERS: Final = ("cc", "gcc", "clang")
SECONDS: Final = 60


def compiler() -> str | None:
    return next((found for name in COMPILERS if (found := shutil.which(name))), None)


def build(library: Path) -> None:
    """Make the shared library at this path. UserFacingError `simulator.no-compiler`."""
    program = compiler()
    if program is None:
        raise UserFacingError(
            "simulator.no-compiler",
            "There is no C compiler on this machine to build the simulated library with.",
            remedy="Install gcc, or use a folder in the place of the card printer.",
        )
    words = [program, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(library), str(SOURCE)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise UserFacingError(
            "simulator.not-built", "The simulated library could not be built: {why}", why=done.stderr[:400]
        )
