"""`application …`, `consult …`, `agent …`, `blanks …`: what comes in, advice, agents, numbered blanks.

mission: I11 I12 I13 I14 P11
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

from counter_app.cli.frame import DONE, NO, REFUSED, Call, add_command, add_group, tell_error
from counter_app.cli.named import case_named
from counter_app.domain.arriving.applications import SOURCES
from counter_app.domain.arriving.form import MOST_BYTES, schema, write_form
from counter_app.domain.intake.fold import CASES
from counter_app.errors import UserFacingError
from counter_app.use_cases.agents.agents import AgentInput
from counter_app.use_cases.arriving.consulting import Advice

STDOUT: Final = "-"


def add(parsers: Any) -> None:
    group = add_group(parsers, "application", "applications by web, telephone, post and word of mouth")
    taken = add_command(group, "import", take_in, "take in applications in the open form", journal=True)
    taken.add_argument("files", nargs="+", type=Path)
    given = add_command(group, "export", export, "a case in the open form")
    given.add_argument("case")
    given.add_argument("--to", default=STDOUT, metavar="FILE", help="a file; `-` prints it")
    several = add_command(
        group, "export-all", export_all, "all cases of a department since a day, for its system", journal=True
    )
    several.add_argument("department", help="its code")
    several.add_argument("--since", type=date.fromisoformat, required=True, metavar="DAY")
    several.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new folder")
    several.add_argument("--reason", required=True, help="what for; it is recorded with every person")
    add_command(group, "schema", show_schema, "the JSON Schema of the open form")
    add_command(group, "list", listed, "applications whose draft waits for a clerk")
    source = add_command(group, "source", note_source, "a case came by web, telephone or post", journal=True)
    source.add_argument("case")
    source.add_argument("source", choices=[one for one in SOURCES if one != "oral"])
    source.add_argument("number", help="its number there")
    oral = add_command(group, "oral", write_down, "write a spoken application down", journal=True)
    oral.add_argument("case")
    oral.add_argument("text")
    signed = add_command(group, "read-back", read_back, "it was read back and signed", journal=True)
    signed.add_argument("case")
    signed.add_argument("--witness", default="")
    advice = add_command(parsers, "consult", consult, "advice before an application", journal=True)
    advice.add_argument("question")
    advice.add_argument("answer")
    for word in ("item", "name", "phone", "case"):
        advice.add_argument(f"--{word}", default="")
    advice.add_argument("--present", nargs="*", default=[])
    group = add_group(parsers, "advice", "advice that was given before an application")
    listed_ = add_command(group, "list", advice_list, "advice whose case has not come, or of one case")
    listed_.add_argument("--case", default="")
    shown = add_command(group, "show", advice_show, "all that was asked and told")
    shown.add_argument("advice")
    linked = add_command(group, "link", advice_link, "the case that came of it", journal=True)
    linked.add_argument("advice")
    linked.add_argument("case")
    for command in (source, oral, signed, advice, linked):
        command.add_argument("--counter", default="", metavar="N", help="where it is done")
    _add_agents(parsers)
    _add_blanks(parsers)


def _add_agents(parsers: Any) -> None:
    group = add_group(parsers, "agent", "agents of communities and streets")
    register = add_command(group, "register", register_agent, "a new agent", journal=True)
    register.add_argument("name")
    register.add_argument("--until", type=date.fromisoformat, required=True, metavar="DAY")
    for word in ("phone", "station", "number"):
        register.add_argument(f"--{word}", default="")
    register.add_argument("--items", nargs="*", default=[], metavar="CODE", help="all when none is named")
    add_command(group, "list", list_agents, "agents whose mandate runs")
    for name, help in (("brought", "he brings a case"), ("close", "a case is closed with him")):
        slip = add_command(group, name, agent_slip, help, journal=True)
        slip.set_defaults(part=name)
        slip.add_argument("agent")
        slip.add_argument("case")
        slip.add_argument("--counter", default="", metavar="N", help="where it is done")
    ended = add_command(group, "end", end_agent, "his mandate ends", journal=True)
    ended.add_argument("agent")
    ended.add_argument("reason")


def _add_blanks(parsers: Any) -> None:
    group = add_group(parsers, "blanks", "numbered blanks of a counter")
    shown = add_command(group, "show", show_blanks, "what lies at a counter")
    received = add_command(group, "receive", receive_blanks, "a stretch came in", journal=True)
    issued = add_command(group, "issue", issue_blank, "one to the citizen of a case", journal=True)
    spoiled = add_command(group, "spoil", spoil_blank, "one is torn or misprinted", journal=True)
    moved = add_command(group, "hand-on", hand_on_blanks, "a stretch to another counter", journal=True)
    counted = add_command(group, "count", count_blanks, "the count of the day", journal=True)
    for command in (received, issued, spoiled, moved, counted):
        command.add_argument("kind")
    for command in (received, moved):
        command.add_argument("first")
        command.add_argument("last")
    moved.add_argument("to", metavar="COUNTER")
    issued.add_argument("case")
    issued.add_argument("--number", default="", help="this one instead of the next")
    spoiled.add_argument("number")
    spoiled.add_argument("reason")
    counted.add_argument("counted", type=int)
    counted.add_argument("--reason", default="")
    for command in (shown, received, issued, spoiled, moved, counted):
        command.add_argument("--counter", required=True, metavar="N", help="the counter they lie at")


def take_in(call: Call) -> int:
    """Every file; one that is refused is named on standard error, and the exit code is 3."""
    taken, refused = [], 0
    with call.program() as program:
        for path in call.arguments.files:
            try:
                with path.open("rb") as file:
                    data = file.read(MOST_BYTES + 1)
                taken.append(program.around.applying.take_in(call.actor, data))
            except UserFacingError as error:
                refused += 1
                print(path, file=sys.stderr)
                tell_error(error, call.t, as_json=call.arguments.json)
    lines = [call.t("{id} is case {case}.", id=one.application, case=one.case) for one in taken]
    call.say({"taken": taken, "refused": refused}, lines)
    return REFUSED if refused else DONE


def export(call: Call) -> int:
    with call.program() as program:
        case = case_named(program, call.arguments.case)
        data = write_form(program.around.applying.form_of(case.id))
    if call.arguments.to == STDOUT:
        print(data.decode(), end="")
    else:
        Path(call.arguments.to).write_bytes(data)
    return DONE


def export_all(call: Call) -> int:
    """One file for each case; exit 1 when there is none."""
    given = call.arguments
    with call.program() as program:
        applying = program.around.applying
        cases = applying.of_department(given.department, given.since)
        if cases:
            given.to.mkdir(mode=0o700)
        for at, id in enumerate(cases):
            with program.store.reading() as reader:
                persons = reader.need(CASES, id).draft.persons
            for place, person in enumerate(persons):
                key = f"{call.key}.{at}.{place}"
                program.persons.open_person(call.actor, key, person.party, given.reason)
            name, data = applying.file_of(id)
            path = given.to / name
            path.touch(mode=0o600)
            path.write_bytes(data)
    call.say({"cases": cases}, list(cases) or [call.t("No cases.")])
    return DONE if cases else NO


def show_schema(call: Call) -> int:
    call.arguments.json = True
    call.say(schema(), [])
    return DONE


def listed(call: Call) -> int:
    """Exit 1 when none waits."""
    with call.program() as program:
        rows = program.around.applying.recent()
    call.say({"applications": rows}, [f"{row.id}  {row.item}  {row.case}" for row in rows])
    return DONE if rows else NO


def note_source(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        id = program.around.applying.note_source(call.actor, call.key, case, given.source, given.number)
    call.say({"case": case, "application": id}, [call.t("Noted.")])
    return DONE


def write_down(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        paper = program.around.applying.write_down(call.actor, call.key, case, given.text)
        number = program.papers.facts(paper)[0].number
    call.say({"case": case, "paper": number}, [call.t("Papers: {numbers}", numbers=number)])
    return DONE


def read_back(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        program.around.applying.read_back(call.actor, call.key, case, given.witness)
    call.say({"case": case}, [call.t("Noted.")])
    return DONE


def consult(call: Call) -> int:
    given = call.arguments
    advice = Advice(
        question=given.question,
        answer=given.answer,
        item=given.item,
        name=given.name,
        phone=given.phone,
        present=tuple(given.present),
    )
    with call.program() as program:
        case = case_named(program, given.case).id if given.case else ""
        id = program.around.consulting.hold(call.actor, call.key, advice, case)
    call.say({"consultation": id, "case": case}, [call.t("The advice is recorded.")])
    return DONE


def advice_list(call: Call) -> int:
    """Exit 1 when there is none."""
    with call.program() as program:
        case = case_named(program, call.arguments.case).id if call.arguments.case else ""
        consulting = program.around.consulting
        rows = consulting.of_case(case) if case else consulting.unlinked()
    shown = [{"id": one.id, "at": one.at, "item": one.item, "question": one.question} for one in rows]
    call.say({"advice": shown}, [f"{one.id}  {one.at:%Y-%m-%d}  {one.item}  {one.question}" for one in rows])
    return DONE if rows else NO


def advice_show(call: Call) -> int:
    with call.program() as program:
        one = program.around.consulting.shown(call.arguments.advice)
    told = {"id": one.id, "at": one.at, "item": one.item, "present": (one.staff, *one.present)}
    words = {"question": one.question, "answer": one.answer, "cases": one.cases}
    call.say({**told, **words}, [f"{one.id}  {one.at:%Y-%m-%d}  {one.item}", one.question, one.answer])
    return DONE


def advice_link(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        program.around.consulting.link(call.actor, call.key, given.advice, case)
    call.say({"consultation": given.advice, "case": case}, [call.t("Noted.")])
    return DONE


def register_agent(call: Call) -> int:
    given = call.arguments
    agent = AgentInput(
        name=given.name,
        phone=given.phone,
        station=given.station,
        items=tuple(given.items),
        until=given.until,
        number=given.number,
    )
    with call.program() as program:
        id = program.around.agents.register(call.actor, call.key, agent)
    call.say({"agent": id}, [f"{id}  {given.name}"])
    return DONE


def list_agents(call: Call) -> int:
    with call.program() as program:
        rows = program.around.agents.agents()
    call.say({"agents": rows}, [f"{row.id}  {row.name}  {row.until}  {len(row.open)}" for row in rows])
    return DONE if rows else NO


def agent_slip(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        book = program.around.agents
        work = book.brought if given.part == "brought" else book.close
        paper = work(call.actor, call.key, given.agent, case)
        number = program.papers.facts(paper)[0].number
    call.say({"case": case, "paper": number}, [call.t("Papers: {numbers}", numbers=number)])
    return DONE


def end_agent(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        program.around.agents.end(call.actor, call.key, given.agent, given.reason)
    call.say({"agent": given.agent}, [call.t("Noted.")])
    return DONE


def show_blanks(call: Call) -> int:
    """Exit 1 when none lies there."""
    with call.program() as program:
        blanks = program.around.blanks.of(call.arguments.counter)
    lines = [
        f"{kind}  {one.number(one.first)}–{one.number(one.last)}  {len(one)}"
        for kind, stretches in blanks.stock
        for one in stretches
    ]
    call.say(blanks, lines)
    return DONE if lines else NO


def receive_blanks(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        count = program.around.blanks.receive(call.actor, call.key, given.kind, given.first, given.last)
    call.say({"count": count}, [call.t("{count} taken in.", count=count)])
    return DONE


def issue_blank(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case).id
        number = program.around.blanks.issue(call.actor, call.key, given.kind, case, given.number)
    call.say({"case": case, "number": number}, [call.t("{number} goes to the citizen.", number=number)])
    return DONE


def spoil_blank(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        number = program.around.blanks.spoil(call.actor, call.key, given.kind, given.number, given.reason)
    call.say({"number": number}, [call.t("{number} is spoiled and kept.", number=number)])
    return DONE


def hand_on_blanks(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        count = program.around.blanks.hand_on(
            call.actor, call.key, given.kind, given.first, given.last, given.to
        )
    call.say({"count": count}, [call.t("{count} handed on.", count=count)])
    return DONE


def count_blanks(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        paper = program.around.blanks.count(call.actor, call.key, given.kind, given.counted, given.reason)
        number = program.papers.facts(paper)[0].number
    call.say({"paper": number}, [call.t("Papers: {numbers}", numbers=number)])
    return DONE
