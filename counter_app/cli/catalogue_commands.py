"""`catalogue check|import|export`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.domain.catalogue.problems import Problem
from counter_app.i18n import Translator


def add(parsers: Any) -> None:
    group = add_group(parsers, "catalogue", "service items as files")
    for name, run, help in (
        ("check", check, "find every mistake in a folder of items"),
        ("import", import_, "check a folder of items and put it in force"),
        ("export", export, "write the items in force to a folder"),
    ):
        command = add_command(group, name, run, help, journal=name == "import")
        command.add_argument("folder", type=Path)


def check(call: Call) -> int:
    problems = call.machine.catalogue_checker().check(call.arguments.folder)
    lines = [_told(problem, call.t) for problem in problems] or [call.t("No mistakes found.")]
    call.say(_rows(problems, call.t), lines)
    return NO if problems else DONE


def _told(problem: Problem, t: Translator) -> str:
    """Where it stands, what is wrong, what is allowed."""
    values = dict(problem.params)
    line = f":{problem.line}" if problem.line else ""
    where = " · ".join(part for part in (f"{problem.file}{line}", problem.item, problem.field) if part)
    said = " ".join(t(part, **values) for part in (problem.message, problem.allowed) if part)
    return f"{where}: {said}"


def _rows(problems: Sequence[Problem], t: Translator) -> list[dict[str, object]]:
    return [{**asdict(problem), "text": _told(problem, t)} for problem in problems]


def import_(call: Call) -> int:
    problems = call.machine.catalogue_checker().check(call.arguments.folder)
    if problems:
        told = [_told(problem, call.t) for problem in problems]
        call.say(_rows(problems, call.t), [*told, call.t("Nothing was imported.")])
        return NO
    catalogue = call.machine.catalogue_files().load(call.arguments.folder)
    with call.program() as program:
        program.publishing.catalogue(call.actor, call.key, catalogue)
    count = len(catalogue.items)
    call.say({"items": count}, [call.t("{count} item versions in force.", count=count)])
    return DONE


def export(call: Call) -> int:
    with call.program() as program:
        catalogue = program.catalogue()
    written = call.machine.catalogue_files().export(catalogue, call.arguments.folder)
    call.say([str(path) for path in written], [call.t("{count} files written.", count=len(written))])
    return DONE
