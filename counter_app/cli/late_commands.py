"""`late board | list | urge | orders | answer`: late and nearly late work, and urging (mission: T4, S1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group, add_list
from counter_app.cli.named import case_named
from counter_app.domain.casework.words import FLAG_WORDS
from counter_app.domain.intake.words import item_words
from counter_app.domain.time.alarms import LEVEL_WORDS
from counter_app.i18n import Translator
from counter_app.use_cases.time.views import BoardLine, FlaggedRow, LateRow, ReceivedRow, UrgeRow


def add(parsers: Any) -> None:
    group = add_group(parsers, "late", "late and nearly late work, and urging it")
    add_command(group, "board", board, "counts by department, step and cause")
    listed = add_list(group, "list", list_, "the cases, the longest late first")
    listed.add_argument("--department", default="", metavar="CODE")
    listed.add_argument("--step", default="", metavar="NAME", help="one sort of work, as the board names it")
    listed.add_argument("--cause", default="step", metavar="KIND", help="step, assist, question …")
    listed.add_argument("--most", type=int, default=200, metavar="COUNT")
    urge_ = add_command(group, "urge", urge, "order a reply by a date", journal=True)
    urge_.add_argument("case", help="its id, its number, or the number of one of its papers")
    urge_.add_argument("text", help="what is wanted")
    urge_.add_argument(
        "--by", type=date.fromisoformat, metavar="DAY", help="two working days on, if not given"
    )
    urge_.add_argument("--department", default="", metavar="CODE", help="who is to answer, if not the lead")
    urge_.add_argument("--step", default="", metavar="NAME", help="about which step or assist")
    urge_.add_argument("--counter", default="", metavar="N")
    received_ = add_list(group, "received", received, "received, not accepted: two days, and five")
    received_.add_argument("--most", type=int, default=200, metavar="COUNT")
    add_list(group, "meetings", meetings, "meetings sent up needlessly, or not sent up")
    add_list(group, "orders", orders, "urging orders: replies owed, work late all the same")
    answer_ = add_command(group, "answer", answer, "reply to an urging order", journal=True)
    answer_.add_argument("case", help="its id, its number, or the number of one of its papers")
    answer_.add_argument("order", help="the order's id, as `orders` lists it")
    answer_.add_argument("text", help="the reply")


def board(call: Call) -> int:
    """Exit 1 when nothing is late or nearly so."""
    with call.program() as program:
        found = program.time.queries.board()
    call.say(
        found, [_line(line, call.t) for line in found.lines] or [call.t("Nothing is late or nearly so.")]
    )
    return DONE if found.lines else NO


def _line(line: BoardLine, t: Translator) -> str:
    counts = (
        (t("due soon"), line.yellow),
        (t("reminder"), line.reminder),
        (t("warning"), line.warning),
        (t("alarm"), line.alarm),
    )
    said = "  ".join(f"{words} {count}" for words, count in counts if count)
    return "  ".join(part for part in (line.department, line.step, line.cause, said) if part)


def list_(call: Call) -> int:
    """Exit 1 when there is none."""
    given = call.arguments
    with call.program() as program:
        queries = program.time.queries
        if given.step:
            rows = queries.late_work(call.actor, given.department, given.step, given.cause, given.most)
        else:
            rows = queries.late(call.actor, given.department, given.most)
    call.say({"late": rows}, [_row(row, call.t) for row in rows] or [call.t("Nothing is late or nearly so.")])
    return DONE if rows else NO


def _row(row: LateRow, t: Translator) -> str:
    law = t("beyond the legal limit") if row.by_law else ""
    urged = t("urged, reply by {day}", day=row.reply_by) if row.reply_by else ""
    if row.answered_at is not None:
        urged = t("answered {day}, {name}", day=row.answered_at.date(), name=row.answered_by)
    work = (row.department, row.step, t(LEVEL_WORDS[row.level]), law, urged)
    due = f"{row.due_at:%Y-%m-%d %H:%M}" if row.due_at is not None else str(row.due)
    parts = (due, row.number, item_words(t, row.item, hidden=row.hidden), *work)
    return "  ".join(part for part in parts if part)


def received(call: Call) -> int:
    """Those the person may see. Exit 1 when none waits."""
    with call.program() as program:
        rows = program.time.received.list(call.actor, call.arguments.most)
    said = [_received(row, call.t) for row in rows]
    call.say({"received": rows}, said or [call.t("Nothing waits to be accepted.")])
    return DONE if rows else NO


def _received(row: ReceivedRow, t: Translator) -> str:
    days = t("The lead asks by {day}; after {end} silence accepts.", day=row.lead_by, end=row.decide_by)
    late = t("{day} · {count} days over", day=row.lead_by, count=row.lead_late) if row.lead_late else ""
    if row.answered_on is not None:
        days = t("answered {day}, {name}", day=row.answered_on, name=row.answered_by)
    elif row.asked_on is not None:
        days = t("asked {day}, {count} days over", day=row.asked_on, count=row.lead_late)
    level = t(LEVEL_WORDS[row.lead_level])
    item = item_words(t, row.item, hidden=row.hidden)
    return "  ".join(part for part in (row.number, item, row.department, level, days, late) if part)


def meetings(call: Call) -> int:
    """The latest first. Exit 1 when every meeting was of its level."""
    with call.program() as program:
        rows = program.time.queries.flagged(call.actor)
    said = [_meeting(row, call.t) for row in rows]
    call.say({"meetings": rows}, said or [call.t("Every meeting was of its level.")])
    return DONE if rows else NO


def _meeting(row: FlaggedRow, t: Translator) -> str:
    item = item_words(t, row.item, hidden=row.hidden)
    levels = f"{row.level} / {row.table}"
    return "  ".join(
        (str(row.on), row.number, item, row.department, row.step, levels, t(FLAG_WORDS[row.flag]))
    )


def urge(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        order = program.time.urging.urge(
            call.actor,
            call.key,
            case.id,
            given.text,
            reply_by=given.by,
            department=given.department,
            step=given.step,
        )
    call.say({"case": case.id, "order": order}, [call.t("Ordered: {id}", id=order)])
    return DONE


def orders(call: Call) -> int:
    """Exit 1 when none waits."""
    with call.program() as program:
        rows = program.time.queries.urged(call.actor)
    call.say(
        {"orders": rows}, [_order(row, call.t) for row in rows] or [call.t("No order waits for a reply.")]
    )
    return DONE if rows else NO


def _order(row: UrgeRow, t: Translator) -> str:
    if row.answered_at is not None:
        late = t("answered {day}, {name}", day=row.answered_at.date(), name=row.answered_by)
    elif row.late:
        late = t("the reply is late: by {day}", day=row.reply_by)
    else:
        late = t("by {day}, reply", day=row.reply_by)
    text = item_words(t, row.text, hidden=row.hidden)
    return f"{late}  {row.number}  {row.department}  {text}  {row.by}  [{row.urge}]"


def answer(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        program.time.urging.answer(call.actor, call.key, case.id, given.order, given.text)
    call.say({"case": case.id, "order": given.order}, [call.t("Answered.")])
    return DONE
