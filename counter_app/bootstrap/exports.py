"""What a window writes out for other systems: folders under `export/` in the home, of this account only.

A folder is never written into twice: who fetched the first finds it as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from counter_app.i18n import Translator
from counter_app.use_cases.program import Program

Files = tuple[tuple[str, bytes], ...]


def exporting(program: Program) -> Callable[[str, Files], Path]:
    """`export(name, files)` writes them into a new folder of that name and gives it; names may hold `/`."""

    def export(name: str, files: Files) -> Path:
        folder = _new_folder(program.home.exports, "".join(sign if sign.isalnum() else "-" for sign in name))
        for file, data in files:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_bytes(data)
        return folder

    return export


def packages(program: Program, t: Translator) -> Callable[[str], Path]:
    """`package(case)` writes a closed file's whole package (mission: C14). UserFacingError `archive.*`."""
    export = exporting(program)

    def package(case: str) -> Path:
        packed = program.packaging()
        return export(packed.number(case), tuple((one.name, one.data) for one in packed.files(case, t)))

    return package


def _new_folder(within: Path, name: str) -> Path:
    within.mkdir(parents=True, exist_ok=True, mode=0o700)
    for nth in count(1):
        folder = within / (name if nth == 1 else f"{name}-{nth}")
        if not folder.exists():
            folder.mkdir(mode=0o700)
            return folder
    raise AssertionError("there is always another number")
