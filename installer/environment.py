"""Make `.venv` from the hashed lock files, or find that it is up to date. Standard library only.

`run`, `run.cmd` and `test` call this with a Python 3.11 or 3.12 that has `venv`. The environment is
stamped last with what it was made from, so an interrupted making is taken up again. Wheels only: no
compiler is needed. Not here: libraries of the system (`environment.sh`), fonts and translations
(`prepare.py`).

    environment.py [--dev] [--check]

`--dev` adds the tools that `test` needs. `--check` makes nothing and exits 1 where something is to do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
BIN: Final = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON: Final = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS: Final = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
SUPPORTED: Final = ((3, 11), (3, 12))
# What decides the environment; the tools' own sections of pyproject.toml do not.
DECIDING: Final = ("build-system", "project", "dependency-groups")


def wanted(kind: str, version: tuple[int, int]) -> str:
    """What an environment of `kind` ("run" or "dev") on this Python and at this place is made from."""
    digest = hashlib.sha256((ROOT / LOCKS[kind]).read_bytes())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    deciding = {name: project.get(name) for name in DECIDING}
    digest.update(json.dumps(deciding, sort_keys=True).encode())
    return f"{digest.hexdigest()}\n{version[0]}.{version[1]}\n{VENV}\n"


def stamp(kind: str) -> Path:
    return VENV / f".made-from-{kind}"


def up_to_date(kind: str) -> bool:
    version = _version_of_environment()
    if version is None or not (BIN / f"counter-app{PYTHON.suffix}").exists():
        return False
    try:
        return stamp(kind).read_text(encoding="utf-8") == wanted(kind, version)
    except FileNotFoundError:
        return False


def _version_of_environment() -> tuple[int, int] | None:
    """The environment's Python without starting it, or None when there is none that could start."""
    if not PYTHON.exists():  # also when it points at a Python that is gone
        return None
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    for line in lines:
        name, _, value = line.partition("=")
        if name.strip() in {"version", "version_info"}:
            major, minor, *_ = value.strip().split(".")
            return int(major), int(minor)
    return None


def make(kind: str) -> None:
    """Make or mend the environment. Raises CalledProcessError when an installation fails."""
    if _usable():
        print("environment: bringing .venv up to date", flush=True)
    else:
        print("environment: making .venv (once; a minute or two)", flush=True)
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)
    _pip("--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / LOCKS[kind]))
    _pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))
    version = _version_of_environment()
    if version is None:
        raise OSError(f"{VENV} was made, but holds no Python")
    # The dev lock contains the other with the same versions, so one making serves both.
    for made in {"run", kind}:
        stamp(made).write_text(wanted(made, version), encoding="utf-8")


def _usable() -> bool:
    """Whether an environment of this Python is there that can be brought up to date where it is."""
    here = (sys.version_info.major, sys.version_info.minor)
    if _version_of_environment() != here or _moved():
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def _moved() -> bool:
    """A copied environment still names its old place in every script."""
    return any(
        stamp(kind).exists() and str(VENV) not in stamp(kind).read_text(encoding="utf-8").splitlines()
        for kind in LOCKS
    )


def _pip(*arguments: str) -> None:
    environment = os.environ | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PYTHONNOUSERSITE": "1",
    }
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", *arguments]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def main() -> int:
    parser = argparse.ArgumentParser(description="Make .venv, or find that it is up to date.")
    parser.add_argument("--dev", action="store_true", help="with the tools that ./test needs")
    parser.add_argument("--check", action="store_true", help="make nothing; exit 1 where something is to do")
    arguments = parser.parse_args()
    kind = "dev" if arguments.dev else "run"
    if up_to_date(kind):
        return 0
    if arguments.check:
        return 1
    if sys.version_info[:2] not in SUPPORTED:
        print(
            f"environment: Python 3.11 or 3.12 is needed, this is {sys.version.split()[0]}", file=sys.stderr
        )
        return 1
    try:
        make(kind)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"environment: .venv could not be made: {error}", file=sys.stderr)
        print("environment: with a network (or a wheel mirror set for pip) run it again", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
