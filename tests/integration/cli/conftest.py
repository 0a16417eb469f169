"""A training home made once for each worker and copied for each test, and commands run on it."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from counter_app.bootstrap.machine import ThisMachine
from counter_app.bootstrap.program import open_program
from counter_app.cli.main import run
from counter_app.use_cases.program import Program

ZHANG = ("--name", "张伟", "--number", "653101198805170130")


@dataclass(frozen=True)
class Answer:
    """What a script gets from one command."""

    code: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error_code(self) -> str:
        code: str = json.loads(self.error)["error"]["code"]
        return code


@dataclass(frozen=True)
class Commands:
    """`counter-app` on one home, in this process; each call opens and closes the home like the real one."""

    home: Path

    def __call__(self, *words: object) -> Answer:
        out, error = io.StringIO(), io.StringIO()
        argv = [str(word) for word in words]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
            code = run([*argv, "--home", str(self.home)], ThisMachine())
        return Answer(code, out.getvalue(), error.getvalue())

    def json(self, *words: object) -> Any:
        """The answer of a command that must succeed."""
        answer = self(*words, "--json")
        assert answer.code == 0, answer.error
        return answer.json

    def refused(self, *words: object) -> str:
        """The code of the error that a command must end in."""
        answer = self(*words, "--json")
        assert answer.code == 3, (answer.code, answer.out)
        assert answer.out == ""
        return answer.error_code

    @contextlib.contextmanager
    def program(self) -> Iterator[Program]:
        with open_program(self.home) as program:
            yield program

    def events(self) -> int:
        report = self("store", "check", "--json")
        assert report.code == 0, report.out
        count: int = report.json["events"]
        return count

    def draft(self, item: str = "0603", /, *person: str, **answers: str) -> str:
        """A case at counter 3 with an applicant, an item and its answers."""
        case: str = self.json("case", "open", "--counter", "3")["case"]
        self.json("case", "person", case, "--role", "applicant", *(person or ZHANG))
        self.json("case", "item", case, item)
        for question, value in answers.items():
            self.json("case", "answer", case, question, value)
        return case

    def complete(self, case: str) -> None:
        """The clerk found the hall competent and everything in order."""
        self.json("case", "field", case, "competence", "ours")
        for line in self.json("case", "show", case)["lines"]:
            self.json("case", "mark", case, line["material"], "present")

    def accepted(self) -> dict[str, Any]:
        """A case of item 0603 that was accepted at counter 3."""
        case = self.draft("0603", married="no", has_children="no")
        self.complete(case)
        decided: dict[str, Any] = self.json("case", "decide", case, "accept", "--counter", "3")
        return decided


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("prepared") / "home"
    ThisMachine().make_demo(home)
    return home


@pytest.fixture
def app(prepared: Path, tmp_path: Path) -> Commands:
    """Commands on a home of the test's own."""
    return Commands(Path(shutil.copytree(prepared, tmp_path / "home")))
