"""`paper print | sheets | came-out`: papers on the A4 printer, by the system's printing (mission: P1, M1)."""

from __future__ import annotations

from typing import Any

from counter_app.cli.attached_machine import SheetCall
from counter_app.cli.frame import DONE, NO, Call, add_command
from counter_app.cli.named import paper_named
from counter_app.domain.paper.sheets import SheetPrint
from counter_app.use_cases.ports.printing import PrintEnd, Why


def add(group: Any) -> None:
    out = add_command(group, "print", print_sheet, "on the A4 printer; waits for its queue", journal=True)
    out.add_argument("paper", metavar="NUMBER", help="its number or id")
    size = out.add_mutually_exclusive_group()
    size.add_argument("--a4", dest="size", action="store_const", const="A4", default="")
    size.add_argument("--a5", dest="size", action="store_const", const="A5")
    out.add_argument("--counter", default="", metavar="N", help="where it is done")
    listed = add_command(group, "sheets", list_sheets, "its ways to the A4 printer, and how each ended")
    listed.add_argument("paper", metavar="NUMBER", help="its number or id")
    said = add_command(group, "came-out", came_out, "say what came out of the A4 printer", journal=True)
    said.add_argument("paper", metavar="NUMBER", help="its number or id")
    said.add_argument("--printed", required=True, choices=("yes", "no"))


def print_sheet(call: Call) -> int:
    """Exit 1 when it was not printed for certain."""
    given, t = call.arguments, call.t
    with call.program() as program:
        paper = paper_named(program, given.paper)
        asked = SheetCall(call.actor, call.key, paper.id, given.size)
        done = call.machine.attached.print_sheet(program, asked, t)
    told = t(done.why.message) if done.why.message else t("Printed.")
    answer = {"paper": paper.id, "number": paper.number, "end": done.end.value, "why": done.why.value}
    call.say(answer, [f"{paper.number}  {told}"])
    return NO if done.end is PrintEnd.FAILED else DONE


def list_sheets(call: Call) -> int:
    """Exit 1 when it never went there."""
    with call.program() as program:
        paper = paper_named(program, call.arguments.paper)
        prints = program.papers.sheets.of_paper(paper.id)
    lines = [_line(call, one) for one in prints]
    answer = {"paper": paper.id, "number": paper.number, "prints": prints}
    call.say(answer, lines or [call.t("This paper was never handed to an A4 printer here.")])
    return DONE if prints else NO


def came_out(call: Call) -> int:
    printed = call.arguments.printed == "yes"
    with call.program() as program:
        paper = paper_named(program, call.arguments.paper)
        one = program.papers.sheets.confirm(call.actor, call.key, paper.id, printed)
    call.say({"paper": paper.id, "number": paper.number, "end": one.end}, [_line(call, one)])
    return DONE


def _line(call: Call, one: SheetPrint) -> str:
    t = call.t
    why = t(Why(one.code).message) if one.code else ""
    end = {"printed": t("Printed."), "failed": t("Not printed.")}.get(one.end, t("Nobody knows yet."))
    return f"{one.at:%Y-%m-%d %H:%M}  {one.staff}  {one.printer}  {one.size}  {why or end}"
