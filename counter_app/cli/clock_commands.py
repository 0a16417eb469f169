"""`clock show | ask | approve | exclude | correct | resume …`: the time of a case (mission: T1–T3, C8).

Not here: late work and urging (`late_commands.py`), the calendar (`calendar_commands.py`).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group, add_list
from counter_app.cli.named import case_named
from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.domain.time.alarms import LEVEL_WORDS
from counter_app.domain.time.clock import ASKS, AskKind, Clock
from counter_app.domain.time.ledger import STOPPED, Due
from counter_app.domain.time.limits import UNITS
from counter_app.domain.time.runs import Run, runs
from counter_app.domain.time.stopping import GROUNDS, SITE_VISIT
from counter_app.domain.time.words import ASK_WORDS, amount_words
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.time.requests import Request
from counter_app.use_cases.time.views import AskRow, ClockView, SuspendedRow

CASE_HELP: Final = "its id, its number, or the number of one of its papers"


def add(parsers: Any) -> None:
    group = add_group(parsers, "clock", "a case's time: what counts, what stops it, what is added")
    _case(add_command(group, "show", show, "the due dates, day by day"))
    _add_ask(group)
    for name, run, help in (
        ("approve", approve, "approve what another asked for; the citizen's notice is issued"),
        ("refuse", refuse, "say no to it, with a reason"),
    ):
        answer = _case(add_command(group, name, run, help, journal=True))
        answer.add_argument("--ask", default="", metavar="ID", help="which request, when several wait")
        answer.add_argument("--reason", default="")
    exclude_ = _case(add_command(group, "exclude", exclude, "time the law leaves out", journal=True))
    exclude_.add_argument("ground", choices=(*GROUNDS, SITE_VISIT))
    exclude_.add_argument("--article", default="", help="law and article; needed for `other`")
    exclude_.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY")
    exclude_.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="when it is over")
    correct_ = _case(add_command(group, "correct", correct, "papers are to be corrected", journal=True))
    for command in (exclude_, correct_):
        command.add_argument("--reason", default="")
        command.add_argument("--expected", type=date.fromisoformat, metavar="DAY")
    _case(add_command(group, "resume", resume, "the clock goes on", journal=True))
    _case(add_command(group, "slip", slip, "print the progress slip", journal=True))
    suspended_ = add_list(group, "suspended", suspended, "open suspensions, by department")
    suspended_.add_argument("--department", default="", metavar="CODE")
    add_list(group, "asked", asked, "requests that wait for approval")


def _case(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("case", help=CASE_HELP)
    command.add_argument("--counter", default="", metavar="N", help="where papers are printed")
    return command


def _add_ask(group: Any) -> None:
    ask_ = _case(add_command(group, "ask", ask, "ask for time another must approve", journal=True))
    ask_.add_argument("kind", choices=tuple(ASKS))
    ask_.add_argument("--amount", type=int, default=0, metavar="N")
    ask_.add_argument("--unit", default="", choices=("", *UNITS))
    ask_.add_argument("--expected", type=date.fromisoformat, metavar="DAY", help="when a suspension ends")
    ask_.add_argument("--reason", default="")
    ask_.add_argument("--does", default="", help="what the lead does to end the suspension")
    ask_.add_argument("--order", default="", help="the decision that orders work redone")


def show(call: Call) -> int:
    """Exit 1 before acceptance: no clock runs."""
    with call.program() as program:
        case = case_named(program, call.arguments.case)
        view = program.time.queries.clock_of(case.id)
    if view is None:
        call.say({"case": case.id, "clock": None}, [call.t("No clock runs before acceptance.")])
        return NO
    call.say(_answer(view), list(_lines(view, call.t)))
    return DONE


def _answer(view: ClockView) -> dict[str, Any]:
    clock = view.clock
    return {
        "case": view.case,
        "number": view.number,
        "stage": view.stage,
        "department": clock.department,
        "level": view.level,
        "left": view.left,
        "promised": _due(view.promised),
        "legal": _due(view.legal),
        "standing": clock.standing,
        "stops": clock.stops,
        "added": clock.added,
        "asked": [entry for entry in clock.asks if not entry.answer],
        "urges": clock.urges,
        "moves": clock.moves,
    }


def _due(due: Due | None) -> dict[str, Any] | None:
    if due is None:
        return None
    return {
        "day": None if due.standing else due.day,
        "at": due.at,
        "provisional": due.provisional,
        "standing": due.standing,
        "ledger": due.ledger,
    }


def _lines(view: ClockView, t: Translator) -> Iterator[str]:
    yield f"{view.number}  {view.item}  {view.department}  {t(STAGE_WORDS[view.stage])}"
    for label, due in ((t("Promised"), view.promised), (t("Legal"), view.legal)):
        if due is not None:
            yield f"  {label}: {_due_words(due, t)}"
    stop = view.standing
    if stop is not None and view.clock.running:
        until = t("expected until {day}", day=stop.expected) if stop.expected else ""
        ground = next((t(words) for code, words in GROUNDS.items() if code == stop.ground), "")
        parts = (t(STOPPED[stop.kind]), ground, until, stop.reason)
        yield f"  {' '.join(part for part in parts if part)}"
    elif view.left is not None and view.clock.running:
        yield f"  {t(LEVEL_WORDS[view.level])} · {t('working days left: {count}', count=view.left)}"
    for urge in view.urges:
        said = urge.answer or t("by {day}, reply", day=urge.reply_by)
        yield f"  {urge.at:%m-%d} {urge.by} → {urge.department} {urge.step} {urge.text}: {said}"
    for run in runs(view.ledger.ledger) if view.ledger else ():
        yield f"    {run_words(run, t)}"


def _due_words(due: Due, t: Translator) -> str:
    if due.standing:
        return t("the clock stands")
    day = f"{due.at:%Y-%m-%d %H:%M}" if due.at else due.day.isoformat()
    return t("{day} (may change: a year's calendar is missing)", day=day) if due.provisional else day


def run_words(run: Run, t: Translator) -> str:
    """A line of the ledger: its days, which counted days they are, why."""
    days = run.first.isoformat() if run.first == run.last else f"{run.first} – {run.last}"
    nth = "" if not run.m else (f"#{run.n}" if run.n == run.m else f"#{run.n}–{run.m}")
    why = f"{t(run.why)} {run.basis}".rstrip()
    return "  ".join(part for part in (days, nth, why) if part)


def ask(call: Call) -> int:
    given = call.arguments
    kind: AskKind = ASKS[given.kind]
    wanted = Request(
        kind=kind,
        amount=given.amount,
        unit=given.unit,
        expected=given.expected,
        reason=given.reason,
        does=given.does,
        order=given.order,
    )
    with call.program() as program:
        case = case_named(program, given.case)
        asked_ = program.time.commands.ask(call.actor, call.key, case.id, wanted)
    call.say(
        {"case": case.id, "ask": asked_}, [call.t("Asked for; another must approve it ({id}).", id=asked_)]
    )
    return DONE


def approve(call: Call) -> int:
    return _decided(call, approved=True)


def refuse(call: Call) -> int:
    return _decided(call, approved=False)


def _decided(call: Call, *, approved: bool) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        view = program.time.queries.clock(case.id)
        id = given.ask or _only(view.clock)
        commands = program.time.commands
        if approved:
            commands.approve(call.actor, call.key, case.id, id)
        else:
            commands.refuse(call.actor, call.key, case.id, id, given.reason)
        view = program.time.queries.clock(case.id)
    call.say(_answer(view), list(_lines(view, call.t)))
    return DONE


def _only(clock: Clock) -> str:
    waiting = [entry.id for entry in clock.asks if not entry.answer]
    if len(waiting) > 1:
        raise UserFacingError(
            "time.which-ask",
            "Several requests wait on this case: {ids}.",
            remedy="Name one with --ask.",
            ids=", ".join(waiting),
        )
    return waiting[0] if waiting else ""


def exclude(call: Call) -> int:
    given = call.arguments
    first, last = given.first, given.last or given.first
    with call.program() as program:
        case = case_named(program, given.case)
        program.time.commands.exclude(
            call.actor,
            call.key,
            case.id,
            given.ground,
            article=given.article,
            reason=given.reason,
            expected=given.expected,
            days=(first, last) if first else None,
        )
        view = program.time.queries.clock(case.id)
    call.say(_answer(view), list(_lines(view, call.t)))
    return DONE


def correct(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        program.time.commands.correct(call.actor, call.key, case.id, given.reason, given.expected)
        view = program.time.queries.clock(case.id)
    call.say(_answer(view), list(_lines(view, call.t)))
    return DONE


def resume(call: Call) -> int:
    with call.program() as program:
        case = case_named(program, call.arguments.case)
        program.time.commands.resume(call.actor, call.key, case.id)
        view = program.time.queries.clock(case.id)
    call.say(_answer(view), list(_lines(view, call.t)))
    return DONE


def slip(call: Call) -> int:
    with call.program() as program:
        case = case_named(program, call.arguments.case)
        paper = program.time.progress.issue(call.actor, call.key, case.id)
    call.say({"case": case.id, "paper": paper}, [call.t("Progress slip issued: {paper}", paper=paper)])
    return DONE


def suspended(call: Call) -> int:
    """Exit 1 when nothing is suspended."""
    with call.program() as program:
        rows = program.time.queries.suspended(call.actor, call.arguments.department)
    call.say(
        {"suspended": rows},
        [_suspended(row, call.t) for row in rows] or [call.t("No case is suspended.")],
    )
    return DONE if rows else NO


def _suspended(row: SuspendedRow, t: Translator) -> str:
    near = t("three months are nearly over: by {day}", day=row.until) if row.warn else ""
    parts = (
        row.department,
        row.number,
        item_words(t, row.item, hidden=row.hidden),
        f"{row.since} → {row.expected}",
        row.reason,
        row.does,
        near,
    )
    return "  ".join(part for part in parts if part)


def asked(call: Call) -> int:
    """Exit 1 when nothing waits."""
    with call.program() as program:
        rows = program.time.queries.asked(call.actor)
    call.say(
        {"asked": rows}, [_asked(row, call.t) for row in rows] or [call.t("Nothing waits for approval.")]
    )
    return DONE if rows else NO


def _asked(row: AskRow, t: Translator) -> str:
    what = amount_words(t, row.amount, row.unit) if row.amount else f"→ {row.expected}"
    wanted = f"{t(ASK_WORDS[ASKS[row.kind]])} {what}"
    item = item_words(t, row.item, hidden=row.hidden)
    return f"{row.number}  {item}  {wanted}  {row.by}  {row.reason}  [{row.ask}]"
