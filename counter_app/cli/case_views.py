"""`case show | list | find`: what is known of cases, people masked (mission: I1, X3).

To see a person in full something must be at hand: the ticket being served at `--counter`, the query
code of a receipt, or a stated reason. Each such look is recorded before anything is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counter_app.cli.case_looks import record_looks
from counter_app.cli.frame import DONE, NO, Call, add_command, add_list
from counter_app.cli.masked import masked_case, masked_person, masked_row, masked_sentence
from counter_app.cli.named import case_named, ticket_named
from counter_app.cli.words import HITS, TICKETS
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.words import MARK_WORDS, OUTCOME_WORDS, ROLE_WORDS, STAGE_WORDS, item_words
from counter_app.i18n import Translator
from counter_app.use_cases.intake.queries import row
from counter_app.use_cases.intake.views import CaseRow, CaseView, Hit
from counter_app.use_cases.program import Program

MOST = 500


def add(group: Any) -> None:
    shown = add_command(group, "show", show, "everything about one case", journal=True)
    shown.add_argument("case", help="its id, number or query code, or the number of one of its papers")
    shown.add_argument("--counter", default="", metavar="N")
    shown.add_argument("--full", action="store_true", help="names and addresses unmasked; it is recorded")
    shown.add_argument("--reason", default="", help="why, when nothing of the citizen is at hand")
    listed = add_list(group, "list", list_, "cases in hand, changed last first, or those of --counter")
    listed.add_argument("--all", action="store_true", help="decided ones as well")
    listed.add_argument("--most", type=int, default=50, metavar="COUNT")
    whose = listed.add_mutually_exclusive_group()
    whose.add_argument("--ticket", default="", metavar="NUMBER", help="those of one ticket")
    whose.add_argument("--person", default="", metavar="ID", help="those of a person that `find` gave")
    found = add_command(group, "find", find, "items, people, cases, tickets, papers by whatever is known")
    found.add_argument("text")
    found.add_argument("--counter", default="", metavar="N", help="what it may do comes first")
    found.add_argument("--most", type=int, default=20, metavar="COUNT")


def show(call: Call) -> int:
    given = call.arguments
    with call.program() as program:
        case = case_named(program, given.case)
        if given.full:
            record_looks(call, program, case)
        view = program.intake_queries.case_view(case.id, given.counter)
    call.say(masked_case(view, full=given.full), list(_lines(view, call.t, full=given.full)))
    return DONE


def _lines(view: CaseView, t: Translator, *, full: bool) -> Iterator[str]:
    name = view.item.name if view.item else ""
    yield f"{view.number or view.case}  {t(STAGE_WORDS[view.stage])}  {name}".rstrip()
    for person in view.persons:
        shown = masked_person(person, full=full)
        yield f"  {t(ROLE_WORDS[person.role])}: {shown['name']} {person.number} {shown['address']}".rstrip()
    for question in view.questions:
        yield f"  {question.question.text} {question.reads or '—'}"
    for line in view.lines:
        marked = t(MARK_WORDS[line.mark]) if line.mark else "—"
        yield "  " + " ".join(part for part in (f"[{marked}]", line.material, line.name, line.reason) if part)
    for sentence in (*view.verdict.sentences, *view.warnings):
        yield t(sentence.source, **masked_sentence(sentence, full=full))
    if view.verdict.allowed:
        outcomes = "、".join(f"{t(OUTCOME_WORDS[one])} ({one})" for one in view.verdict.allowed)
        yield t("May be decided: {outcomes}", outcomes=outcomes)


def list_(call: Call) -> int:
    with call.program() as program:
        rows = _rows(call, program)
    words = [
        "  ".join(
            (
                one.number or one.case,
                call.t(STAGE_WORDS[one.stage]),
                mask_name(one.applicant),
                item_words(call.t, one.item, hidden=one.hidden),
            )
        )
        for one in rows
    ]
    call.say([masked_row(one) for one in rows], words or [call.t("No cases.")])
    return DONE


def _rows(call: Call, program: Program) -> tuple[CaseRow, ...]:
    given = call.arguments
    if given.ticket:
        return program.intake_queries.cases_of_ticket(ticket_named(program, given.ticket).id)
    most = min(max(given.most, 1), MOST)
    queries = program.intake_queries
    if given.person:
        return queries.cases_of_person(call.actor, given.person, most)
    return queries.case_list(call.actor, given.counter, open_only=not given.all, most=most)


def find(call: Call) -> int:
    """Exit 1 when nothing is found."""
    given = call.arguments
    with call.program() as program:
        hits = program.finder.search(given.text, min(max(given.most, 1), MOST), given.counter, call.actor)
        shown = [_masked_hit(program, hit) for hit in hits]
    words = [
        f"{call.t(HITS[hit.kind])}  {one['title']}  {_detail(hit, call.t)}  {hit.id}"
        for hit, one in zip(hits, shown, strict=True)
    ]
    call.say(shown, words or [call.t("Nothing found.")])
    return DONE if hits else NO


def _masked_hit(program: Program, hit: Hit) -> dict[str, Any]:
    title = hit.title
    if hit.kind == "person":
        title = mask_name(title)
    elif hit.kind == "case":
        with program.store.reading() as reader:
            case = case_named(program, hit.id)
            shown = row(reader, program.reference.catalogue(reader), case)
        title = " ".join(part for part in (mask_name(shown.applicant), shown.item) if part)
    return {"kind": hit.kind, "id": hit.id, "title": title, "detail": hit.detail, "score": hit.score}


def _detail(hit: Hit, t: Translator) -> str:
    """States in words; the rest as it was found."""
    words = TICKETS if hit.kind == "ticket" else {str(stage): text for stage, text in STAGE_WORDS.items()}
    return t(words[hit.detail]) if hit.detail in words else hit.detail
