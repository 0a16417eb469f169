"""What a command names: every id that was given out is taken back, and the number people use as well.

Also answers as words. Not here: searching by parts of a name (`case find`).
"""

from __future__ import annotations

from counter_app.domain.catalogue.questions import Answer, QuestionKind
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.numbers import read_number, tidy_query_code
from counter_app.domain.paper.issued import PAPERS, IssuedPaper
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.program import Program


def ticket_named(program: Program, text: str) -> Ticket:
    """By id, or today's by number. UserFacingError `ticket.unknown`."""
    with program.store.reading() as reader:
        ticket = reader.get(TICKETS, text.strip())
    return ticket or program.waiting.find(text)


def case_named(program: Program, text: str) -> Case:
    """By id, number, query code, or the number of one of its papers. UserFacingError `case.unknown`."""
    with program.store.reading() as reader:
        typed = text.strip()
        found = reader.get(CASES, typed) or _by_number(reader, typed)
        return found or reader.cases.by_query(tidy_query_code(typed)) or reader.need(CASES, typed)


def _by_number(reader: Reader, typed: str) -> Case | None:
    number = read_number(typed)
    if number is None:
        return None
    paper = reader.papers.by_number(str(number))
    if paper is not None and paper.case:
        return reader.get(CASES, paper.case)
    return reader.cases.by_number(str(number))


def paper_named(program: Program, text: str) -> IssuedPaper:
    """By id or number. UserFacingError `paper.unknown`."""
    with program.store.reading() as reader:
        typed = text.strip()
        number = read_number(typed)
        by_number = reader.papers.by_number(str(number) if number else typed)
        return by_number or reader.need(PAPERS, typed)


def answer_of(kind: QuestionKind, text: str) -> Answer:
    """A word of a command line as that kind of question is answered: several options with commas."""
    if kind != "multiple_choice":
        return text
    return tuple(part.strip() for part in text.split(",") if part.strip())
