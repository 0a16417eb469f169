"""`work inbox | show | take | pass | opine | approve | …`: a handler's day by command (mission: C1, C9, C12,
H5, X3).

Names of applicants are masked. Not here: what departments ask of one another (`asking_commands.py`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, get_args

from counter_app.cli import asking_commands, joint_commands, overtaken_commands
from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.cli.named import case_named
from counter_app.domain.casework.discretion import TAB
from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import COMPLEXITIES, View
from counter_app.domain.casework.words import (
    ANSWER_WORDS,
    LEVEL_WORDS,
    PREREQUISITE_WORDS,
    STEP_STATE_WORDS,
    TASK_WORDS,
    chosen_words,
    view_words,
)
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.i18n import Translator
from counter_app.use_cases.casework.views import CasePage, InboxRow


def add(parsers: Any) -> None:
    group = add_group(parsers, "work", "accepted cases behind the counter")
    inbox = add_command(
        group, "inbox", inbox_, "what waits for a person, the most urgent first", journal=True
    )
    inbox.add_argument("--department", default="", metavar="CODE", help="all open work of a department")
    inbox.add_argument("--followed", action="store_true", help="plans this person follows")
    inbox.add_argument("--most", type=int, default=200, metavar="COUNT")
    on_case(group, "show", show, "a case as this person may see it, and what he may do next")
    take_ = add_command(group, "take", take, "take work into one's own hands", journal=True)
    take_.add_argument("task")
    pass_ = add_command(group, "pass", pass_on, "hand work to a colleague", journal=True)
    pass_.add_argument("task")
    pass_.add_argument("to", metavar="BADGE")
    pass_.add_argument("--remark", default="")
    review_ = on_step(group, "review", review, "answer questions of the review form")
    review_.add_argument("answers", nargs="+", metavar="QUESTION=ANSWER")
    for name, help in (("opine", "sign the handler's opinion"), ("approve", "approve, or approve finally")):
        _add_opinion(on_step(group, name, opine, help))
    _add_opinion(on_step(group, "reply-slip", reply_slip, "enter a decision that came on a reply slip"))
    back = on_step(group, "back", send_back, "give the work back to an earlier step")
    back.add_argument("to", metavar="STEP")
    back.add_argument("--reason", required=True)
    end = on_step(group, "end", end_step, "a visit, a test, a meeting is over")
    end.add_argument("--outcome", choices=("done", "failed"), default="done")
    end.add_argument("--remark", default="")
    level = on_step(group, "meeting-level", meeting_level, "for which meeting the case waits")
    level.add_argument("level")
    upper = on_step(group, "upper", upper_answered, "the upper body has decided")
    upper.add_argument("view", choices=get_args(View))
    upper.add_argument("--number", default="", help="of its decision")
    upper.add_argument("--remark", default="", help="its reason, which a refusal needs")
    for word in ("law", "article"):
        upper.add_argument(f"--{word}", default="", help="what a refusal rests on")
    class_ = on_case(group, "class", classify, "another complexity or sensitivity")
    class_.add_argument("complexity", choices=COMPLEXITIES)
    class_.add_argument("--sensitive", action="store_true")
    class_.add_argument("--reason", required=True)
    _add_posts(group)
    overtaken_commands.add(group)
    asking_commands.add(group)
    joint_commands.add(group)


def _add_posts(group: Any) -> None:
    passed = add_command(group, "post-pass", post_pass, "a post and all work in hand pass over", journal=True)
    passed.add_argument("post")
    passed.add_argument("--to", default="", metavar="BADGE", help="a colleague; else the other of A and B")
    passed.add_argument("--reason", required=True)
    back = add_command(group, "post-back", post_back, "a post and its open work return", journal=True)
    back.add_argument("post")


def on_case(group: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    command = add_command(group, name, run, help, journal=True)
    command.add_argument("case", help="its id, its number, or the number of one of its papers")
    return command


def on_step(group: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    command = on_case(group, name, run, help)
    command.add_argument("step", help="its code, as `work show` names it")
    return command


def _add_opinion(command: argparse.ArgumentParser) -> None:
    command.add_argument("--view", required=True, choices=get_args(View))
    command.add_argument("--text", default="", help="the opinion in words")
    command.add_argument("--law", default="")
    command.add_argument("--article", default="")
    command.add_argument("--all-met", action="store_true", help="every condition of the item is met")
    command.add_argument("--unmet", type=int, nargs="*", default=[], metavar="N", help="conditions not met")
    command.add_argument("--band", nargs="*", default=[], metavar="CODE=AMOUNT", help="discretion used")
    command.add_argument("--band-approver", default="", metavar="BADGE")
    command.add_argument(
        "--band-reason", nargs="*", default=[], metavar="[CODE=]REASON", help="why beyond the band, of each"
    )
    command.add_argument("--result-number", default="")


def inbox_(call: Call) -> int:
    """Exit 1 when nothing waits."""
    given = call.arguments
    with call.program() as program:
        queries = program.casework.queries
        if given.followed:
            rows = queries.followed(call.actor, given.most)
        elif given.department:
            rows = queries.department(call.actor, given.department, given.most)
        else:
            rows = queries.inbox(call.actor, given.most).rows
    shown = [{**_plain(row), "applicant": mask_name(row.applicant)} for row in rows]
    call.say(shown, [_line(row, call.t) for row in rows] or [call.t("Nothing waits.")])
    return DONE if rows else NO


def _plain(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def _line(row: InboxRow, t: Translator) -> str:
    due = t("no limit")
    if row.due is not None and row.days_left is not None:
        late = row.days_left < 0 or row.urgency == "late"
        day = _due(row.due, row.due_at)
        due = (
            t("{days} working days late ({day})", days=-row.days_left, day=day)
            if late
            else t("{days} working days left ({day})", days=row.days_left, day=day)
        )
    who = row.staff_name or row.post_name or row.department_name
    item = item_words(t, row.item, hidden=row.hidden)
    parts = (row.number, item, mask_name(row.applicant), f"{t(TASK_WORDS[row.kind])}：{row.name}", who)
    return "  ".join((*parts, due, row.task))


def _due(day: date | None, at: datetime | None) -> str:
    """The last day; of a limit in hours the minute."""
    return f"{at:%Y-%m-%d %H:%M}" if at is not None else day.isoformat() if day is not None else ""


def show(call: Call) -> int:
    with call.program() as program:
        page = program.casework.queries.page(call.actor, case_named(program, call.arguments.case).id)
    call.say({**_plain(page), "applicant": mask_name(page.applicant)}, list(_page(page, call.t)))
    return DONE


def _page(page: CasePage, t: Translator) -> Iterator[str]:
    yield f"{page.number}  {page.item}  {mask_name(page.applicant)}".rstrip()
    stage = t(STAGE_WORDS[page.stage])
    due = page.promised_due or page.legal_due
    yield "  ".join(
        part for part in (page.department_name, stage, t("due on {day}", day=due) if due else "") if part
    )
    for step in page.steps:
        when = step.ended_at.date().isoformat() if step.ended_at else _due(step.due, step.due_at)
        state = t(STEP_STATE_WORDS[step.state])
        who = step.staff_name or step.post_name or step.department_name
        yield "  " + "  ".join(part for part in (f"[{state}]", step.code, step.name, who, when) if part)
    for opinion in page.opinions:
        view = t(view_words(opinion.level, reported_up=page.reported_up)[opinion.view])
        level = t(LEVEL_WORDS[opinion.level])
        yield f"  {level} {opinion.name}：{view}  《{opinion.law}》{opinion.article}  {opinion.text}"
    for assist in page.assists:
        answer = t(ANSWER_WORDS[assist.answer]) if assist.answer else t("not answered yet")
        asked = f"{assist.department_name} · {assist.name}（{assist.matter}）"
        yield f"  {asked}：{answer} {assist.reason}".rstrip()
    for row in page.prerequisites:
        state = t(PREREQUISITE_WORDS[row.state])
        if row.chosen_at is not None and row.state == "open":
            state += f"，{chosen_words(t, row.chosen_at, row.chosen_name)}"
        yield "  " + t("Prerequisite {name}: {state}", name=row.name, state=state)
    for matter in page.offered:
        yield "  " + t("May be asked: {matter}", matter=f"{matter.name} ({matter.code})")
    if page.may:
        yield t("May be done: {actions}", actions=", ".join(sorted(page.may)))


def _named(call: Call, program: Any) -> str:
    return case_named(program, call.arguments.case).id


def take(call: Call) -> int:
    with call.program() as program:
        program.casework.work.take(call.actor, call.key, call.arguments.task)
    return done(call)


def pass_on(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        program.casework.work.pass_on(call.actor, call.key, given.task, given.to, given.remark)
    return done(call)


def review(call: Call) -> int:
    given = call.arguments
    lines = [(code, answer) for code, _, answer in (entry.partition("=") for entry in given.answers)]
    with call.program() as program:
        program.casework.work.fill_review(call.actor, call.key, _named(call, program), given.step, lines)
    return done(call)


def opine(call: Call) -> int:
    with call.program() as program:
        case = _named(call, program)
        form = program.casework.queries.page(call.actor, case).form
        opinion = _opinion(call.arguments, form.conditions if form else ())
        program.casework.work.opine(call.actor, call.key, case, call.arguments.step, opinion)
    return done(call)


def reply_slip(call: Call) -> int:
    with call.program() as program:
        case = _named(call, program)
        opinion = _opinion(call.arguments, ())
        program.casework.work.enter_reply(call.actor, call.key, case, call.arguments.step, opinion)
    return done(call)


def _opinion(given: argparse.Namespace, conditions: tuple[str, ...]) -> OpinionInput:
    checked = tuple(
        (text, number not in given.unmet)
        for number, text in enumerate(conditions, start=1)
        if given.all_met or number in given.unmet
    )
    bands = [entry.partition("=") for entry in given.band]
    return OpinionInput(
        view=given.view,
        text=given.text,
        law=given.law,
        article=given.article,
        conditions=checked,
        bands=tuple((code, int(amount)) for code, _, amount in bands),
        band_approver=given.band_approver,
        band_reason="\n".join(_reason(entry, [code for code, _, _ in bands]) for entry in given.band_reason),
        result_number=given.result_number,
    )


def _reason(entry: str, bands: list[str]) -> str:
    code, equals, reason = entry.partition("=")
    return f"{code}{TAB}{reason}" if equals and code in bands else entry


def send_back(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _named(call, program)
        program.casework.work.send_back(call.actor, call.key, case, given.step, given.to, given.reason)
    return done(call)


def end_step(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _named(call, program)
        program.casework.work.end_step(call.actor, call.key, case, given.step, given.outcome, given.remark)
    return done(call)


def meeting_level(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _named(call, program)
        flag = program.casework.work.send_to_meeting(call.actor, call.key, case, given.step, given.level)
    said = {
        "needless": call.t("Sent up needlessly: the table gives a lower level."),
        "missed": call.t("The table gives a higher level."),
    }
    call.say({"flag": flag}, [said.get(flag, call.t("Done."))])
    return DONE


def upper_answered(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _named(call, program)
        decided = OpinionInput(
            view=given.view,
            text=given.remark,
            law=given.law,
            article=given.article,
            result_number=given.number,
        )
        program.casework.work.upper_answered(call.actor, call.key, case, given.step, decided)
    return done(call)


def classify(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = _named(call, program)
        program.casework.work.classify(
            call.actor, call.key, case, given.complexity, given.sensitive, given.reason
        )
    return done(call)


def post_pass(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        count = program.casework.posts.pass_over(call.actor, call.key, given.post, given.reason, given.to)
    call.say({"moved": count}, [call.t("{count} pieces of work passed over.", count=count)])
    return DONE


def post_back(call: Call) -> int:
    with call.program() as program:
        count = program.casework.posts.give_back(call.actor, call.key, call.arguments.post)
    call.say({"moved": count}, [call.t("{count} pieces of work returned.", count=count)])
    return DONE


def done(call: Call, **answer: Any) -> int:
    call.say({"done": True, **answer}, [call.t("Done.")])
    return DONE
