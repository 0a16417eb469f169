"""Looks at a case's persons by command: something of the citizen is at hand or a reason is given, and each
look is recorded before anything is shown (mission: X3).
"""

from __future__ import annotations

from counter_app.cli.frame import Call
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.numbers import tidy_query_code
from counter_app.use_cases.access.persons import Basis
from counter_app.use_cases.program import Program


def record_looks(call: Call, program: Program, case: Case) -> None:
    """One look for each person of the case. UserFacingError `person.no-reason`."""
    given, key = call.arguments, call.key
    basis = _basis(program, case, given.case, given.counter)
    for place, person in enumerate(case.draft.persons):
        program.persons.open_person(call.actor, f"{key}.{place}", person.party, given.reason, basis)


def _basis(program: Program, case: Case, named: str, counter: str) -> Basis:
    if case.query and tidy_query_code(named.strip()) == case.query:
        return "receipt"
    serving = program.waiting_queries.line_view(counter).now_serving if counter else None
    return "ticket" if serving is not None and serving.ticket == case.ticket else "reason"
