"""The frame every command stands in: its arguments, its answer as text or JSON, its exit code.

Exit codes: 0 done · 1 the answer is no (nobody waits, altered, forged, problems found) · 2 wrong
words · 3 refused, with a stable error code on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from counter_app.cli.hall_machine import HallMachine
from counter_app.cli.machine import Machine
from counter_app.cli.rights import OF_COMMAND, need_right
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.home import default_path
from counter_app.i18n import Translator
from counter_app.use_cases.program import Program

DONE: Final = 0
NO: Final = 1
BY_COMMAND: Final = "command"
REFUSED: Final = 3


@dataclass(frozen=True)
class Call:
    """One command as it was called."""

    arguments: argparse.Namespace
    machine: Machine
    t: Translator
    words: Sequence[str]

    @property
    def hall_machine(self) -> HallMachine:
        return self.machine.hall

    @property
    def home(self) -> Path:
        return Path(self.arguments.home) if self.arguments.home else default_path()

    @property
    def actor(self) -> Actor:
        """Commands act for the account that may read the home's keys; `--staff` names the clerk."""
        staff = getattr(self.arguments, "staff", "") or BY_COMMAND
        return Actor(staff, str(getattr(self.arguments, "counter", "") or ""))

    @property
    def key(self) -> str:
        """The command key: given by a script that may ask twice, else a new one."""
        return self.arguments.key or uuid.uuid4().hex

    @contextmanager
    def program(self) -> Iterator[Program]:
        """The home's use cases. UserFacingError `home.*`, `keys.*`, `store.*`; `access.no-right` for a badge
        that may not do this."""
        with self.machine.open(self.home) as program:
            right = OF_COMMAND.get(self.arguments.command)
            if right is not None and self.actor.staff != BY_COMMAND:
                need_right(program.plan(), self.actor.staff, right)
            yield program

    def say(self, answer: Any, lines: Sequence[str]) -> None:
        """Print `answer` as JSON when asked for, else the lines."""
        if self.arguments.json:
            print(json.dumps(plain(answer), ensure_ascii=False, indent=1))
        else:
            for line in lines:
                print(line)


Run = Callable[[Call], int]


def add_command(
    parsers: Any, name: str, run: Run, help: str, *, journal: bool = False
) -> argparse.ArgumentParser:
    """A sub-command with the options all have; `journal` adds those of commands that write."""
    parser: argparse.ArgumentParser = parsers.add_parser(name, help=help, description=help)
    parser.add_argument("--home", default="", metavar="DIR", help="the data directory")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument(
        "--key", default="", help="command key: the same key acts once" if journal else argparse.SUPPRESS
    )
    if journal:
        parser.add_argument("--staff", default="", metavar="BADGE", help="the clerk it is done for")
    parser.set_defaults(run=run, command=parser.prog.partition(" ")[2])
    return parser


def add_list(parsers: Any, name: str, run: Run, help: str) -> argparse.ArgumentParser:
    """A list for somebody: what he may not see of sensitive cases it leaves out (mission: I10)."""
    parser = add_command(parsers, name, run, help)
    parser.add_argument("--staff", default="", metavar="BADGE", help="for whom; without, no sensitive case")
    parser.add_argument("--counter", default="", metavar="N", help="where it is read: its own cases are seen")
    return parser


def add_group(parsers: Any, name: str, help: str) -> Any:
    """A command that has sub-commands of its own."""
    parser = parsers.add_parser(name, help=help, description=help)
    return parser.add_subparsers(required=True, metavar="COMMAND")


def plain(value: Any) -> Any:
    """Frozen rows as JSON can hold them."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(entry) for entry in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Path):
        return str(value)
    return value


def tell_error(error: UserFacingError, t: Translator, *, as_json: bool) -> None:
    """What happened, what was kept, what to do; on standard error."""
    parts = [t(text, **error.params) for text in (error.message, error.kept, error.remedy) if text]
    if as_json:
        told = {"error": {"code": error.code, "text": " ".join(parts), "params": plain(error.params)}}
        print(json.dumps(told, ensure_ascii=False), file=sys.stderr)
    else:
        print(f"[{error.code}] {' '.join(parts)}", file=sys.stderr)
