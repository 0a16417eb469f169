"""`paper verify | list | reprint | retry | confirm | drop | pdf | guide | signature` (mission: P7, P10, M1).

Commands issue and queue; the home's keeper prints.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

from counter_app.cli import sheet_commands, signature_commands
from counter_app.cli.frame import DONE, NO, Call, add_command, add_group, plain
from counter_app.cli.named import answer_of, paper_named
from counter_app.cli.words import JOBS
from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.journal import Actor
from counter_app.domain.paper.jobs import JOBS as JOB_STREAM
from counter_app.errors import UserFacingError
from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.papers.statements import Verification
from counter_app.use_cases.ports.papers import SheetSize
from counter_app.use_cases.program import Program

UNREADABLE: Final = "paper.qr-unreadable"
MOST: Final = 500
Act = Callable[[Program, Actor, str, str], None]


def add(parsers: Any) -> None:
    group = add_group(parsers, "paper", "papers and print jobs")
    verified = add_command(group, "verify", verify, "whether a paper is genuine, by its QR code")
    verified.add_argument("text", metavar="QRTEXT", help="the code's text; - reads it from standard input")
    listed = add_command(group, "list", list_, "print jobs and their states, newest first")
    listed.add_argument("--counter", default="", metavar="N", help="those of one counter")
    listed.add_argument("--unsettled", action="store_true", help="only those not printed yet, oldest first")
    listed.add_argument("--most", type=int, default=50, metavar="COUNT")
    again = add_command(group, "reprint", reprint, "print again as 补打", journal=True)
    again.add_argument("paper", metavar="NUMBER", help="its number or id")
    again.add_argument("--reason", required=True)
    again.add_argument("--counter", default="", metavar="N", help="where; else where it was issued")
    for name, run, help in (
        ("retry", retry, "send a failed or unconfirmed job again"),
        ("print-now", print_now, "release a job of an earlier day"),
        ("drop", drop, "give a job up"),
        ("confirm", confirm, "say what came out of the printer"),
    ):
        command = add_command(group, name, run, help, journal=True)
        command.add_argument("job")
        if name == "drop":
            command.add_argument("--reason", required=True)
        if name == "confirm":
            command.add_argument("--printed", required=True, choices=("yes", "no"))
    sheet = add_command(group, "pdf", pdf, "a paper as a PDF; its print count stays")
    sheet.add_argument("paper", metavar="NUMBER", help="its number or id")
    sheet.add_argument("--out", required=True, type=Path, metavar="FILE")
    _with_size(sheet)
    _add_guide(group)
    signature_commands.add(group)
    sheet_commands.add(group)


def _with_size(parser: Any) -> None:
    parser.add_argument("--size", choices=get_args(SheetSize), default="A4")


def _add_guide(group: Any) -> None:
    told = add_command(group, "guide", guide, "what an item asks for: a slip, or a PDF", journal=True)
    told.add_argument("item", metavar="ITEM")
    told.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="QUESTION=VALUE",
        help="for this situation; may be given often, several values with commas",
    )
    told.add_argument("--counter", default="", metavar="N", help="whose printer gives the slip")
    told.add_argument("--out", type=Path, default=None, metavar="FILE", help="a PDF instead of a slip")
    told.add_argument("--language", choices=("zh_CN", "zh_TW", "en"), default="zh_CN")
    _with_size(told)


def verify(call: Call) -> int:
    """Exit 0 for a genuine paper only."""
    text = sys.stdin.read() if call.arguments.text == "-" else call.arguments.text
    with call.program() as program:
        try:
            found = program.papers.verify(text)
        except UserFacingError as error:
            if error.code != UNREADABLE:
                raise
            told = call.t(error.message, **error.params)
            call.say({"result": "unreadable", "message": told}, [told])
            return NO
    _tell_verified(call, found)
    return DONE if found.result == "genuine" else NO


def _tell_verified(call: Call, found: Verification) -> None:
    t, said = call.t, found.statement
    answer = plain(found) | {"message": t(found.message)}
    # what a forged paper says is shown, so that people see what was forged
    lines = [t(found.message), f"{said.number}  {said.item_name}  {said.on.isoformat()}  {said.masked_name}"]
    if found.paper is not None:
        lines.append(t("Printed {count} times.", count=found.paper.prints))
    if found.anchored is False:
        lines.append(t("The journal here no longer has the entry this paper quotes: run `store check`."))
    call.say(answer, lines)


def list_(call: Call) -> int:
    given = call.arguments
    most = min(max(given.most, 1), MOST)
    with call.program() as program:
        if given.unsettled:
            rows = tuple(row for row in program.papers.unsettled(most) if given.counter in ("", row.place))
        else:
            rows = program.papers.job_list(given.counter, most)
    call.say(rows, [_line(call, row) for row in rows] or [call.t("No print jobs.")])
    return DONE


def _line(call: Call, row: JobRow) -> str:
    why = call.t(row.why) if row.why else ""
    again = call.t("print {count}", count=row.count) if row.count > 1 else ""
    return "  ".join(part for part in (row.job, row.number, call.t(JOBS[row.state]), again, why) if part)


def reprint(call: Call) -> int:
    with call.program() as program:
        paper = paper_named(program, call.arguments.paper)
        actor = replace(call.actor, place=call.actor.place or paper.counter)
        job = program.papers.reprint(actor, call.key, paper.id, call.arguments.reason)
        count = paper_named(program, paper.id).prints
    answer = {"job": job, "paper": paper.id, "number": paper.number, "count": count}
    call.say(answer, [f"{paper.number}  {call.t(JOBS['queued'])}  {job}"])
    return DONE


def retry(call: Call) -> int:
    return _on_job(call, lambda program, actor, key, job: program.papers.retry(actor, key, job))


def print_now(call: Call) -> int:
    return _on_job(call, lambda program, actor, key, job: program.papers.print_now(actor, key, job))


def drop(call: Call) -> int:
    reason = call.arguments.reason
    return _on_job(call, lambda program, actor, key, job: program.papers.drop(actor, key, job, reason))


def confirm(call: Call) -> int:
    printed = call.arguments.printed == "yes"
    return _on_job(call, lambda program, actor, key, job: program.papers.confirm(actor, key, job, printed))


def pdf(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        paper = paper_named(program, given.paper)
        _write_pdf(call, program, paper.id)
    call.say({"paper": paper.id, "number": paper.number, "file": str(given.out)}, [str(given.out)])
    return DONE


def guide(call: Call) -> int:
    given = call.arguments
    slip = given.out is None
    with call.program() as program:
        id = program.papers.print_guide(
            call.actor,
            call.key,
            given.item,
            _answers(program, given.item, given.answer),
            slip=slip,
            language=given.language,
        )
        paper = paper_named(program, id)
        if not slip:
            _write_pdf(call, program, id)
    answer = {"paper": id, "number": paper.number, "file": None if slip else str(given.out)}
    call.say(answer, [paper.number] if slip else [paper.number, str(given.out)])
    return DONE


def _on_job(call: Call, act: Act) -> int:
    """One act on a print job, then how it stands."""
    id = call.arguments.job
    with call.program() as program:
        act(program, call.actor, call.key, id)
        with program.store.reading() as reader:
            job = reader.need(JOB_STREAM, id)
    answer = {"job": id, "paper": job.paper, "state": job.state, "count": job.count}
    call.say(answer, [f"{id}  {call.t(JOBS[job.state])}"])
    return DONE


def _answers(program: Program, item: str, given: Sequence[str]) -> dict[str, Answer]:
    """`married=yes` and its like; what the item does not ask is refused rather than passed over."""
    if not given:
        return {}
    asked = program.catalogue().item(item, program.clock.now().date())
    answers: dict[str, Answer] = {}
    for pair in given:
        name, _, value = pair.partition("=")
        question = asked.question(name)
        answer = answer_of(question.kind, value) if question else value
        if question is None or not question.accepts(answer):
            raise UserFacingError(
                "question.unknown" if question is None else "question.not-an-answer",
                "“{value}” is no answer to {question}.",
                remedy="Choose one of the answers offered.",
                value=value,
                question=question.text if question else name,
            )
        answers[name] = answer
    return answers


def _write_pdf(call: Call, program: Program, paper: str) -> None:
    """Beside its place, then moved there: never half a paper. UserFacingError `file.cannot-write`."""
    out: Path = call.arguments.out
    data = program.paper_reading.pdf(paper, call.t, call.arguments.size)
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(out)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise UserFacingError(
            "file.cannot-write",
            "{path} cannot be written: {reason}",
            kept="The paper itself is kept and can be asked for again.",
            remedy="Choose another place.",
            path=str(out),
            reason=error.strerror or type(error).__name__,
        ) from error
