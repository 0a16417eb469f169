"""`day print | check`: a closed day's signed totals on paper, and such a paper held against the journal.

Closing the day itself is `ticket close-day`.
"""

from __future__ import annotations

from typing import Any, Final

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.errors import mark

VERDICTS: Final = {
    "genuine": mark("The totals of {day} are what the centre signed and the journal says."),
    "altered": mark("The journal says something else of {day}: the paper or the journal was altered."),
    "unknown": mark("This machine knows nothing of a close of {day}."),
}


def add(parsers: Any) -> None:
    group = add_group(parsers, "day", "a closed day's signed totals: the anchor outside the machines")
    printed = add_command(group, "print", print_, "print the totals of a closed day", journal=True)
    printed.add_argument("day", help="as 2026-11-28")
    printed.add_argument("--counter", default="", metavar="N", help="whose printer")
    checked = add_command(
        group, "check", check, "hold a day's paper against the journal; exit 1 if it differs"
    )
    checked.add_argument("code", help="the code under “Root of the order”, as scanned")


def print_(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        paper = program.day_totals.print_total(call.actor, call.key, given.day)
    call.say({"paper": paper, "day": given.day}, [call.t("The signed totals of {day} print.", day=given.day)])
    return DONE


def check(call: Call) -> int:
    with call.program() as program:
        found = program.day_totals.check(call.arguments.code)
    call.say(found, [call.t(VERDICTS[found.verdict], day=found.day)])
    return DONE if found.verdict == "genuine" else NO
