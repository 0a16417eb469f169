"""One process of a busy hall: `kiosk` issues tickets, `clerk` calls and decides; told to work until killed.

What the program acknowledged goes to stdout, a line each, and nothing else: `ticket ID NUMBER`,
`called ID`, `marked CASE MATERIAL`, `decided CASE PAPER`.
"""

from __future__ import annotations

import sys
import uuid
from datetime import date
from pathlib import Path

from counter_app.bootstrap.program import open_program
from counter_app.domain.intake.parties import Identity
from counter_app.domain.journal import Actor
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.program import Program
from counter_app.use_cases.waiting.requests import IssueTicket

ITEM = "0605"


def new_key() -> str:
    return uuid.uuid4().hex


def tell(*words: str) -> None:
    print(*words, flush=True)


def issue(program: Program, actor: Actor) -> None:
    issued = program.waiting.issue_ticket(actor, new_key(), IssueTicket(items=(ITEM,), channel="counter"))
    tell("ticket", issued.ticket, issued.number)


def serve(program: Program, actor: Actor) -> None:
    """Call the next, decide, finish; what an earlier process left at the counter is finished first."""
    waiting = program.waiting
    left = program.waiting_queries.line_view(actor.place).now_serving
    if left is not None:
        if left.started_at is None:
            waiting.start(actor, new_key(), left.ticket)
        waiting.finish(actor, new_key(), left.ticket)
    called = waiting.call_next(actor, new_key())
    if called is None:
        return
    tell("called", called.id)
    waiting.start(actor, new_key(), called.id)
    decide(program, actor, called.id)
    waiting.finish(actor, new_key(), called.id)


def decide(program: Program, actor: Actor, ticket: str) -> None:
    intake = program.intake
    case = intake.open_case(actor, new_key(), ticket)
    citizen = Identity(name="李秀英", number="653101198908230263", sex="2", birth=date(1989, 8, 23))
    intake.record_person(actor, new_key(), case, "applicant", PersonInput.typed(citizen))
    intake.choose_item(actor, new_key(), case, ITEM)
    intake.answer(actor, new_key(), case, "replacing", "no")
    for line in program.intake_queries.case_view(case).lines:
        if line.mark is None:
            intake.mark(actor, new_key(), case, line.material, "present")
            tell("marked", case, line.material)
    decided = intake.decide(actor, new_key(), case, "grant")
    tell("decided", case, decided.papers[0])


def main(home: Path, role: str, counter: str) -> None:
    with open_program(home) as program:
        actor = Actor("1002" if counter == "3" else "1005", counter)
        while True:
            if role == "kiosk":
                issue(program, actor)
            else:
                serve(program, actor)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
