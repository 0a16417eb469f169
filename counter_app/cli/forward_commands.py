"""`case forward | incoming | sign`: cases that change halls by command, and how the hub tells of its relay.

The commands stand in the group `case`. Not here: how cases travel (`use_cases/relay`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from counter_app.cli.frame import DONE, NO, Call, add_command
from counter_app.cli.hall_machine import HubState
from counter_app.cli.named import case_named
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.use_cases.intake.forwarding import Incoming

LINES: Final[Mapping[str, str]] = {
    "none": mark("not asked yet"),
    "up": mark("up"),
    "cut_off": mark("cut off, the hall works on"),
    "refused": mark("refused by the hall above"),
}


def add(group: Any) -> None:
    forward_ = add_command(group, "forward", forward, "hand a case on to another hall", journal=True)
    forward_.add_argument("case", help="its id, its number, or the number of one of its papers")
    forward_.add_argument("hall", help="the code or name of the hall that goes on with it")
    forward_.add_argument("--reason", default="", help="why, for the slip")
    forward_.add_argument("--counter", default="", metavar="N", help="where it is done")
    add_command(group, "incoming", incoming, "cases from other halls whose papers are to be signed for")
    sign_ = add_command(group, "sign", sign, "sign for the papers of a case that came over", journal=True)
    sign_.add_argument("case", help="its id, its number, or the number of one of its papers")
    sign_.add_argument(
        "--missing", nargs="+", default=[], metavar="MATERIAL", help="papers that did not come"
    )
    sign_.add_argument("--remark", default="")
    sign_.add_argument("--counter", default="", metavar="N", help="where it is done")


def forward(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        named = next((hall for hall in program.forwarding.halls() if hall.name == given.hall), None)
        code = named.code if named else given.hall
        slip = program.forwarding.forward(call.actor, call.key, case.id, code, given.reason)
    answer = {"case": case.id, "number": case.number, "hall": code, "slip": slip}
    call.say(
        answer,
        [
            call.t(
                "{number} is handed over to {hall}; slip {slip}",
                number=case.number,
                hall=given.hall,
                slip=slip,
            )
        ],
    )
    return DONE


def incoming(call: Call) -> int:
    """Exit 1 when nothing waits to be signed for."""
    with call.program() as program:
        rows = program.forwarding.incoming()
    call.say(
        {"incoming": rows},
        [_line(row, call.t) for row in rows] or [call.t("Nothing waits to be signed for.")],
    )
    return DONE if rows else NO


def _line(row: Incoming, t: Translator) -> str:
    due = t("late, by {day}", day=row.sign_by) if row.late else t("by {day}", day=row.sign_by)
    return f"{row.number}  {row.from_hall}  {row.item}  {due}"


def sign(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        program.forwarding.sign(call.actor, call.key, case.id, tuple(given.missing), given.remark)
    answer = {"case": case.id, "number": case.number, "missing": given.missing}
    call.say(answer, [call.t("Signed for {number}.", number=case.number)])
    return DONE


def relay_lines(state: HubState, t: Translator) -> list[str]:
    """The part of `hub status` about other halls; none where there are none."""
    lines, post = [], state.post
    if state.upstream:
        said = t(LINES[post.up.line]) + (f" [{post.up.refused}]" if post.up.refused else "")
        lines.append(
            t(
                "Hall above: {url}, line {line} since {since}; acts not there yet: {behind}",
                url=state.upstream,
                line=said,
                since=post.up.since or "—",
                behind=post.up.behind,
            )
        )
    if post.halls:
        lines.append(t("Halls below: {halls}", halls="、".join(post.halls)))
    if post.letters or post.lost:
        lines.append(
            t(
                "Letters: {waiting} wait for halls below, {lost} could not be handed on",
                waiting=post.letters,
                lost=post.lost,
            )
        )
    return lines
