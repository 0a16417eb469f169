"""`case open | person | item | answer | field | mark | undo | decide …`: a case by command (I1–I9, X3).

Every change answers with where the case stands now. Not here: `case show | list | find` (`case_views.py`).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any, Final, get_args

from counter_app.cli import card_commands, case_views, forward_commands, picture_commands
from counter_app.cli.frame import DONE, Call, add_command, add_group
from counter_app.cli.masked import masked_sentence
from counter_app.cli.named import answer_of, case_named, ticket_named
from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.identity.known_days import read_known
from counter_app.domain.intake.case import MARKS, ROLES, Mandate
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.parties import Identity
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.domain.intake.words import STAGE_WORDS
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.program import Program

NONE: Final = "none"
DOCUMENTS: Final = (
    "resident", "hmt_permit", "foreigner_2017", "foreigner_2023", "passport",
    "hm_travel_permit", "tw_travel_permit", "credit_code", "service_card", "other",
)  # fmt: skip
DETAILS: Final = {
    "reason": "why, in words",
    "phrase": "why, as a standard phrase",
    "article": "law and article",
    "competent": "the body that is competent",
    "cause": "why a second notice",
    "caused-by": "who caused the second notice",
    "result-number": "the number of the result",
    "consequence": "what follows when nothing comes",
    "into": "the number of the case that a duplicate goes on as",
}
Extra = dict[str, Any]
Step = Callable[[Call, Program, str], Extra | None]


def add(parsers: Any) -> None:
    group = add_group(parsers, "case", "cases at the counter")
    opened = add_command(group, "open", open_case, "begin a draft", journal=True)
    opened.add_argument("--ticket", default="", metavar="NUMBER", help="the ticket of the citizen, or its id")
    _at_counter(opened)
    _add_person(group)
    _step(group, "drop", _drop, "take a person out", "party")
    match = _step(group, "match", _match, "say whether face and document match", "party")
    match.add_argument("same", choices=("yes", "no"))
    _step(group, "item", _item, "choose the item", "code")
    answer = _step(group, "answer", _answer, "answer a situation question", "question")
    answer.add_argument("value", help="an option's code, several with commas, a day; `none` takes it away")
    field = _step(group, "field", _field, "phone, address, delivery …", "field")
    field.add_argument("text", help="an empty text empties it")
    _add_mark(group)
    _step(group, "note", _note, "write a note", "text")
    _step(group, "undo", _undo, "take the last step back")
    _step(group, "hold", _hold, "wait for what can be put right today")
    _step(group, "pre-review", _pre_review, "looked through, nothing received")
    _step(group, "return", _return_visit, "the citizen is back with what the notice named")
    decide = _step(group, "decide", _decide, "decide, with its papers")
    decide.add_argument("outcome", choices=get_args(DecisionKind))
    for name, help in DETAILS.items():
        decide.add_argument(f"--{name}", default="", help=help)
    case_views.add(group)
    forward_commands.add(group)
    picture_commands.add(group)
    card_commands.add(group)


def _step(group: Any, name: str, step: Step, help: str, *words: str) -> argparse.ArgumentParser:
    """A command that changes one case."""
    command = add_command(group, name, on_case, help, journal=True)
    command.set_defaults(step=step)
    command.add_argument("case", help="its id, its number, or the number of one of its papers")
    for word in words:
        command.add_argument(word)
    _at_counter(command)
    return command


def _at_counter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--counter", default="", metavar="N", help="where it is done")


def _add_person(group: Any) -> None:
    person = _step(group, "person", _person, "record who came")
    person.add_argument("--role", required=True, choices=ROLES)
    source = person.add_mutually_exclusive_group(required=True)
    source.add_argument("--port", metavar="URL", help="read the card on this reader")
    source.add_argument("--name", help="typed from the document; it stays marked as typed")
    person.add_argument("--baudrate", type=int, default=115200)
    person.add_argument("--timeout", type=float, default=10.0, metavar="S", help="seconds to wait for a card")
    person.add_argument("--document", choices=DOCUMENTS, default="resident")
    for word in ("number", "name-latin", "nation", "address", "phone"):
        person.add_argument(f"--{word}", default="")
    person.add_argument("--sex", choices=("0", "1", "2", "9"), default="0", help="GB/T 2261.1")
    person.add_argument(
        "--birth", type=read_known, default=(None, ""), metavar="DAY", help="or year and month, or year"
    )
    person.add_argument("--valid-to", type=_day, default=None, metavar="DAY")
    for word in ("organisation-type", "capital", "representative"):
        person.add_argument(f"--{word}", default="", help="of an organisation")
    person.add_argument("--mandate", default="", metavar="SCOPE", help="what an agent may do")
    person.add_argument("--mandate-until", type=_day, default=None, metavar="DAY")
    person.add_argument("--mandate-number", default="")


def _add_mark(group: Any) -> None:
    mark = _step(group, "mark", _mark, "judge one line of the checklist", "material")
    mark.add_argument("mark", choices=(*MARKS, NONE))
    mark.add_argument("--reason", default="", help="what is to be corrected")
    mark.add_argument("--originals", type=int, default=None)
    mark.add_argument("--copies", type=int, default=None)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def open_case(call: Call) -> int:
    with call.program() as program:
        named = call.arguments.ticket
        ticket = ticket_named(program, named).id if named else None
        case = program.intake.open_case(call.actor, call.key, ticket)
        _tell(call, program, case, {"ticket": ticket})
    return DONE


def on_case(call: Call) -> int:
    """One step, then where the case stands."""
    with call.program() as program:
        case = case_named(program, call.arguments.case).id
        extra = call.arguments.step(call, program, case)
        _tell(call, program, case, extra or {})
    return DONE


def _tell(call: Call, program: Program, case: str, extra: Extra) -> None:
    view, t = program.intake_queries.case_view(case, call.arguments.counter), call.t
    verdict = view.verdict
    answer = {
        "case": case,
        "number": view.number,
        "stage": view.stage,
        "suggested": verdict.suggested,
        "allowed": verdict.allowed,
        "counts": verdict.counts,
        **extra,
    }
    papers = t("Papers: {numbers}", numbers="、".join(extra["papers"])) if extra.get("papers") else ""
    said = (t(sentence.source, **masked_sentence(sentence)) for sentence in verdict.sentences)
    call.say(
        answer, [f"{view.number or case}  {t(STAGE_WORDS[view.stage])}", *([papers] if papers else []), *said]
    )


def _person(call: Call, program: Program, case: str) -> Extra:
    given = call.arguments
    scope = given.mandate
    mandate = Mandate(scope, given.mandate_until, given.mandate_number) if scope else None
    if given.port is not None:
        read = call.machine.read_card(given.port, given.baudrate, given.timeout)
        person = PersonInput.from_card(read, mandate)
    else:
        person = PersonInput.typed(_typed(given), mandate)
    party = program.intake.record_person(call.actor, call.key, case, given.role, person)
    return {"party": party, "source": person.source}


def _typed(given: argparse.Namespace) -> Identity:
    return Identity(
        sort="organisation" if given.document == "credit_code" else "person",
        name=given.name,
        document=given.document,
        number=given.number,
        name_latin=given.name_latin,
        sex=given.sex,
        nation=given.nation,
        birth=given.birth[0],
        birth_part=given.birth[1],
        address=given.address,
        registered_address=given.address,
        valid_to=given.valid_to,
        organisation_type=given.organisation_type,
        capital=given.capital,
        representative=given.representative,
        phone=given.phone,
    )


def _drop(call: Call, program: Program, case: str) -> None:
    program.intake.drop_person(call.actor, call.key, case, call.arguments.party)


def _match(call: Call, program: Program, case: str) -> None:
    given = call.arguments
    program.intake.confirm_match(call.actor, call.key, case, given.party, given.same == "yes")


def _item(call: Call, program: Program, case: str) -> None:
    program.intake.choose_item(call.actor, call.key, case, call.arguments.code)


def _answer(call: Call, program: Program, case: str) -> None:
    given = call.arguments
    program.intake.answer(call.actor, call.key, case, given.question, _value(program, case, given))


def _value(program: Program, case: str, given: argparse.Namespace) -> Answer | None:
    """The word as the kind of question wants it; what fits no question is refused by intake."""
    if given.value == NONE:
        return None
    asked = (view.question for view in program.intake_queries.case_view(case).questions)
    question = next((question for question in asked if question.code == given.question), None)
    return answer_of(question.kind, given.value) if question else str(given.value)


def _field(call: Call, program: Program, case: str) -> None:
    program.intake.set_field(call.actor, call.key, case, call.arguments.field, call.arguments.text)


def _mark(call: Call, program: Program, case: str) -> None:
    given = call.arguments
    kind = None if given.mark == NONE else given.mark
    program.intake.mark(
        call.actor, call.key, case, given.material, kind, given.reason, given.originals, given.copies
    )


def _note(call: Call, program: Program, case: str) -> None:
    program.intake.note(call.actor, call.key, case, call.arguments.text)


def _undo(call: Call, program: Program, case: str) -> Extra:
    return {"undone": program.intake.undo(call.actor, call.key, case)}


def _hold(call: Call, program: Program, case: str) -> None:
    program.intake.hold(call.actor, call.key, case)


def _pre_review(call: Call, program: Program, case: str) -> None:
    program.intake.pre_review(call.actor, call.key, case)


def _return_visit(call: Call, program: Program, case: str) -> Extra:
    return {"reopened": program.intake.return_visit(call.actor, call.key, case)}


def _decide(call: Call, program: Program, case: str) -> Extra:
    given = call.arguments
    detail = DecisionInput(
        **{name: getattr(given, name) for name in (key.replace("-", "_") for key in DETAILS)}
    )
    if detail == DecisionInput():  # as the counter's form is filled in before anybody types
        detail = program.intake_queries.case_view(case).suggested_detail
    done = program.intake.decide(call.actor, call.key, case, given.outcome, detail)
    return {"papers": done.papers, "query": done.query}
