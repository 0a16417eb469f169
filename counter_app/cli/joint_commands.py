"""`work joint | pre-review | arrived | prerequisite`: matters of several cases by command (mission: C2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.cli.frame import DONE, Call, add_command
from counter_app.cli.named import case_named
from counter_app.domain.casework.state import WAYS
from counter_app.i18n import Translator
from counter_app.use_cases.casework.views import PlanView
from counter_app.use_cases.program import Program


def add(group: Any) -> None:
    for name, run, help in (
        ("joint", joint, "open the cases this draft needs first, as one matter"),
        ("pre-review", pre_review, "its department looks it through while the earlier cases run"),
    ):
        command = add_command(group, name, run, help, journal=True)
        command.add_argument("case", help="the draft that needs the others")
        command.add_argument("--counter", default="", metavar="N", help="where it is done")
    plan_ = add_command(group, "plan", plan, "the dated plan, as of now", journal=True)
    plan_.add_argument("case")
    plan_.add_argument("--print", action="store_true", help="print it for the applicant")
    plan_.add_argument("--counter", default="", metavar="N", help="where it is printed")
    approve_ = add_command(group, "plan-approve", approve, "the management approves the plan", journal=True)
    approve_.add_argument("case")
    return_ = add_command(group, "plan-return", send_back, "the plan goes back with a word", journal=True)
    return_.add_argument("case")
    return_.add_argument("word", help="what is to be changed")
    track_ = add_command(group, "track", track, "name who follows the plan", journal=True)
    track_.add_argument("case")
    track_.add_argument("badge")
    notice = add_command(
        group, "copy-notice", copy_notice, "print the copy-notice of open work", journal=True
    )
    notice.add_argument("case")
    notice.add_argument("task")
    notice.add_argument("--counter", default="", metavar="N", help="where it is printed")
    arrived_ = add_command(group, "arrived", arrived, "a result was shown at the counter", journal=True)
    arrived_.add_argument("case")
    arrived_.add_argument("item", help="the item whose result it is")
    arrived_.add_argument("number", help="its number")
    again = add_command(
        group, "apply-again", apply_again, "apply anew for a result that failed", journal=True
    )
    again.add_argument("case", help="the case that waits for it")
    again.add_argument("item", help="the item whose result did not come")
    again.add_argument("--counter", default="", metavar="N", help="where it is done")
    settled = add_command(group, "prerequisite", settle, "what the applicant chose", journal=True)
    settled.add_argument("case")
    settled.add_argument("item", help="the item whose result does not come")
    settled.add_argument("way", choices=WAYS)
    settled.add_argument("--reason", default="")


def _case(call: Call, program: Program) -> str:
    return case_named(program, call.arguments.case).id


def joint(call: Call) -> int:
    with call.program() as program:
        cases = program.casework.joint.open(call.actor, call.key, _case(call, program))
        names = {code: program.catalogue().history(code)[-1].name for code in cases}
    call.say({"cases": cases}, [f"{names[code]}  {case}" for code, case in cases.items()])
    return DONE


def pre_review(call: Call) -> int:
    with call.program() as program:
        program.casework.joint.pre_review(call.actor, call.key, _case(call, program))
    return _done(call)


def arrived(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _case(call, program)
        program.casework.joint.arrived(call.actor, call.key, case, given.item, given.number)
    return _done(call)


def apply_again(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _case(call, program)
        new = program.casework.joint.apply_again(call.actor, call.key, case, given.item)
    call.say({"case": new}, [new])
    return DONE


def settle(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _case(call, program)
        program.casework.joint.settle(call.actor, call.key, case, given.item, given.way, given.reason)
    return _done(call)


def plan(call: Call) -> int:
    with call.program() as program:
        case = _case(call, program)
        paper = program.casework.plans.print(call.actor, call.key, case) if call.arguments.print else ""
        view = program.casework.queries.plan(call.actor, case)
    call.say({"plan": view, "paper": paper}, list(_plan_lines(view, call.t)))
    return DONE


def _plan_lines(view: PlanView, t: Translator) -> Iterator[str]:
    if view.ends_on is not None:
        yield t("All done by {day}: {way}", day=view.ends_on, way=" → ".join(view.critical))
    for row in view.rows:
        sign = "*" if row.critical else " "
        done = t("done") if row.done else t("late") if row.late else t("foreseen") if row.foreseen else ""
        until = f"{row.until_at:%Y-%m-%d %H:%M}" if row.until_at else row.until_on
        yield f"{sign} {row.from_on} – {until}  {row.name}  {row.who}  {done}".rstrip()
    for row in view.owed:
        yield t("The applicant, {day}: {task}", day=row.from_on, task=row.applicant_does)
    for change in view.changes[-1:]:
        if change.asked:
            yield t("sent, no longer foreseen: {what}", what="、".join(change.asked))
        if change.left_out:
            yield t("not asked for after all: {what}", what="、".join(change.left_out))


def approve(call: Call) -> int:
    with call.program() as program:
        program.casework.plans.approve(call.actor, call.key, _case(call, program))
    return _done(call)


def send_back(call: Call) -> int:
    with call.program() as program:
        plans = program.casework.plans
        plans.send_back(call.actor, call.key, _case(call, program), call.arguments.word)
    return _done(call)


def track(call: Call) -> int:
    with call.program() as program:
        program.casework.plans.track(call.actor, call.key, _case(call, program), call.arguments.badge)
    return _done(call)


def copy_notice(call: Call) -> int:
    with call.program() as program:
        case = _case(call, program)
        paper = program.casework.plans.copy_notice(call.actor, call.key, case, call.arguments.task)
    call.say({"paper": paper}, [call.t("Done.")])
    return DONE


def _done(call: Call) -> int:
    call.say({"done": True}, [call.t("Done.")])
    return DONE
