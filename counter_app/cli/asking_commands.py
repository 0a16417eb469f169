"""`work assist | answer | repeat | dispute | settle | order | note | ask | meeting …`: departments among
themselves.

mission: C3 (working group), C4–C7 (lead and assist), H2 (the counter enters replies that came on paper).
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from counter_app.cli.frame import DONE, Call, add_command
from counter_app.cli.named import case_named
from counter_app.domain.casework.state import ANSWERS, CAUSES
from counter_app.use_cases.casework.casework import Casework
from counter_app.use_cases.program import Program


def add(group: Any) -> None:
    assist = _command(group, "assist", _assist, "ask other departments, all at once")
    assist.add_argument("matters", nargs="+", metavar="MATTER")
    answer = _command(group, "answer", _answer, "answer a request, or enter an answer that came on paper")
    answer.add_argument("matter")
    answer.add_argument("answer", choices=ANSWERS)
    for word in ("reason", "law", "article"):
        answer.add_argument(f"--{word}", default="")
    for name, run, help in (
        ("repeat", _repeat, "ask a second time, with the cause"),
        ("settle", _settle, "decide a disputed cause"),
    ):
        command = _command(group, name, run, help)
        command.add_argument("matter")
        command.add_argument("cause", choices=CAUSES)
        command.add_argument("--reason", default="")
    dispute = _command(group, "dispute", _dispute, "do not accept a booked cause")
    dispute.add_argument("matter")
    dispute.add_argument("--reason", default="")
    order = _command(group, "order", _order, "a co-ordination order over several departments")
    order.add_argument("text")
    order.add_argument("departments", nargs="+", metavar="DEPARTMENT")
    order.add_argument("--reply-by", required=True, type=date.fromisoformat, metavar="DAY")
    replied = _command(group, "order-reply", _order_reply, "what a department did on an order")
    for word in ("order", "department", "text"):
        replied.add_argument(word)
    _add_group_commands(group)


def _add_group_commands(group: Any) -> None:
    _command(group, "note", _note, "a note of the working group").add_argument("text")
    ask = _command(group, "ask", _ask, "a question to a department of the group")
    ask.add_argument("department")
    ask.add_argument("text")
    reply = _command(group, "reply", _reply, "answer a question")
    reply.add_argument("note")
    reply.add_argument("text")
    for kind, help in (("visit", "call a joint visit"), ("meeting", "call a meeting")):
        called = _command(group, kind, _meeting, help)
        called.set_defaults(kind=kind)
        called.add_argument("day", type=date.fromisoformat)
        called.add_argument("departments", nargs="+", metavar="DEPARTMENT")
    minutes = _command(group, "minutes", _minutes, "keep the minutes; who did not come is urged")
    minutes.add_argument("meeting")
    minutes.add_argument("text")
    minutes.add_argument("--present", nargs="*", default=[], metavar="DEPARTMENT")
    stated = add_command(
        group, "make-up", _make_up, "a department that did not come states its view", journal=True
    )
    stated.add_argument("task", help="the work that urges it, as `work inbox` names it")
    stated.add_argument("text")


def _command(group: Any, name: str, act: Any, help: str) -> argparse.ArgumentParser:
    command = add_command(group, name, _run, help, journal=True)
    command.set_defaults(act=act)
    command.add_argument("case", help="its id, its number, or the number of one of its papers")
    return command


def _run(call: Call) -> int:
    with call.program() as program:
        answer = call.arguments.act(call, program.casework, _case(call, program))
    call.say({"done": True, **(answer or {})}, [call.t("Done.")])
    return DONE


def _case(call: Call, program: Program) -> str:
    return case_named(program, call.arguments.case).id


def _assist(call: Call, casework: Casework, case: str) -> dict[str, Any]:
    return {"asked": casework.asking.request(call.actor, call.key, case, call.arguments.matters)}


def _answer(call: Call, casework: Casework, case: str) -> None:
    given = call.arguments
    casework.asking.answer(
        call.actor, call.key, case, given.matter, given.answer, given.reason, given.law, given.article
    )


def _repeat(call: Call, casework: Casework, case: str) -> None:
    given = call.arguments
    casework.asking.repeat(call.actor, call.key, case, given.matter, given.cause, given.reason)


def _settle(call: Call, casework: Casework, case: str) -> None:
    given = call.arguments
    casework.asking.settle(call.actor, call.key, case, given.matter, given.cause, given.reason)


def _dispute(call: Call, casework: Casework, case: str) -> None:
    casework.asking.dispute(call.actor, call.key, case, call.arguments.matter, call.arguments.reason)


def _order(call: Call, casework: Casework, case: str) -> dict[str, Any]:
    given = call.arguments
    order = casework.asking.order(call.actor, call.key, case, given.departments, given.text, given.reply_by)
    return {"order": order}


def _order_reply(call: Call, casework: Casework, case: str) -> None:
    given = call.arguments
    casework.asking.reply_order(call.actor, call.key, case, given.order, given.department, given.text)


def _note(call: Call, casework: Casework, case: str) -> dict[str, Any]:
    return {"note": casework.group.note(call.actor, call.key, case, call.arguments.text)}


def _ask(call: Call, casework: Casework, case: str) -> dict[str, Any]:
    given = call.arguments
    return {"note": casework.group.ask(call.actor, call.key, case, given.department, given.text)}


def _reply(call: Call, casework: Casework, case: str) -> None:
    casework.group.reply(call.actor, call.key, case, call.arguments.note, call.arguments.text)


def _meeting(call: Call, casework: Casework, case: str) -> dict[str, Any]:
    given = call.arguments
    meeting = casework.group.call_meeting(
        call.actor, call.key, case, given.kind, given.day, given.departments
    )
    return {"meeting": meeting}


def _minutes(call: Call, casework: Casework, case: str) -> dict[str, Any]:
    given = call.arguments
    absent = casework.group.minute(call.actor, call.key, case, given.meeting, given.present, given.text)
    return {"absent": absent}


def _make_up(call: Call) -> int:
    with call.program() as program:
        program.casework.group.make_up(call.actor, call.key, call.arguments.task, call.arguments.text)
    call.say({"done": True}, [call.t("Done.")])
    return DONE
