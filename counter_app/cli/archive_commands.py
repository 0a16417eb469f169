"""`archive …`: what a case's file lacks, closing it, its package in a folder, opening by right (C14, P8)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group, add_list
from counter_app.cli.named import case_named
from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.archive.archiving import ToFile


def add(parsers: Any) -> None:
    group = add_group(parsers, "archive", "the files of closed cases")
    add_list(group, "list", to_file, "cases that ended and are not filed, the oldest first")
    shown = add_command(group, "show", show, "what a case's file holds and lacks")
    shown.add_argument("case")
    closed = add_command(group, "close", close, "close the file", journal=True)
    closed.add_argument("case")
    closed.add_argument("--reason", default="", help="why what is missing may be let pass")
    package = add_command(group, "package", package_, "write the package into a folder that is not there yet")
    package.add_argument("case")
    package.add_argument("folder", type=Path)
    opened = add_command(group, "open", open_file, "open a closed file by right", journal=True)
    opened.add_argument("case")
    opened.add_argument("--reason", required=True)
    undone = add_command(group, "undo-end", undo_end, "set the end of a case aside by right", journal=True)
    undone.add_argument("case")
    undone.add_argument("--reason", required=True)
    undone.add_argument("--article", required=True)
    for command in (closed, opened, undone):
        command.add_argument("--counter", default="", metavar="N", help="where it is done")


def to_file(call: Call) -> int:
    """Exit 1 when everything is filed."""
    with call.program() as program:
        rows = program.around.archiving.to_file(call.actor)
    lines = [_to_file(row, call.t) for row in rows]
    call.say({"to_file": rows}, lines or [call.t("Everything that ended is filed.")])
    return DONE if rows else NO


def _to_file(row: ToFile, t: Translator) -> str:
    item, stage = item_words(t, row.item, hidden=row.hidden), t(STAGE_WORDS[row.stage])
    return f"{row.number}  {item}  {stage}  {row.ended_on}  {row.needed or ''}"


def show(call: Call) -> int:
    """Exit 1 while something needed is missing."""
    with call.program() as program:
        view = program.around.archiving.view(case_named(program, call.arguments.case).id)
    lines = [f"{kind}  {reference}  {title}" for kind, reference, title in view.entries]
    lines += [one.words(call.t) for one in view.missing]
    call.say(view, lines)
    return DONE if view.complete else NO


def close(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        paper = program.around.archiving.archive(call.actor, call.key, case.id, given.reason)
        number = program.papers.facts(paper)[0].number
    call.say({"case": case.id, "file": number}, [call.t("The file is closed.") + f" {number}"])
    return DONE


def package_(call: Call) -> int:
    folder: Path = call.arguments.folder
    if folder.exists():
        raise UserFacingError(
            "archive.folder",
            "{folder} is there already.",
            kept="Nothing was written.",
            remedy="Name a folder that is not there yet.",
            folder=str(folder),
        )
    with call.program() as program:
        case = case_named(program, call.arguments.case)
        files = program.packaging().files(case.id, call.t)
    for file in files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(file.data)
    names = [file.name for file in files]
    call.say({"folder": folder, "files": names}, [str(folder / name) for name in names])
    return DONE


def open_file(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        program.around.archiving.open_file(call.actor, call.key, case.id, given.reason)
    call.say({"case": case.id}, [call.t("The file is open again.")])
    return DONE


def undo_end(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        paper = program.around.archiving.undo_end(call.actor, call.key, case.id, given.reason, given.article)
        number = program.papers.facts(paper)[0].number
    call.say({"case": case.id, "paper": number}, [call.t("Papers: {numbers}", numbers=number)])
    return DONE
