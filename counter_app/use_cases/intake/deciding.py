"""Carrying out a decision: its acts, its numbers and its papers, all inside one transaction.

Receipt, acceptance and decision are separate acts (mission: I8): what is granted on the spot is
accepted and decided in the same visit, and both stand in the journal.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from counter_app.domain.access.shift import is_desk
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.procedure import c9_decided_behind
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.ending_facts import CaseDenied, CaseLapsed, CaseMerged, CaseTerminated
from counter_app.domain.intake.facts import (
    CaseAccepted,
    CaseGranted,
    CaseNumbered,
    CaseRefused,
    CaseWithdrawn,
    CorrectionsReceived,
    NoticeIssued,
    PapersReceived,
    PermitNotNeeded,
)
from counter_app.domain.intake.numbers import QUERY_BYTES, query_code, read_number
from counter_app.domain.intake.paper_facts import DecisionInput, papers_for
from counter_app.domain.intake.scene import Scene
from counter_app.domain.intake.verdict import DecisionKind, overdue, shortcomings
from counter_app.domain.journal import Actor, Fact, Recorded
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.waiting.fold import TICKETS
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.following import Following, follow
from counter_app.use_cases.casework.foreseen import planned_steps
from counter_app.use_cases.delivery.producing import decision_made, produced
from counter_app.use_cases.intake.inputs import Decided
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number, run_of
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.time.keeping import keep_time, write_deemed

Privates = dict[str, bytes]
ANYWHERE: Final = frozenset({"withdraw", "merge"})
REASONED: Final = frozenset({"refuse", "no_permit", "withdraw", "deny", "terminate", "lapse"})
ARTICLED: Final = frozenset({"refuse", "deny", "terminate", "lapse"})


@dataclass(frozen=True, slots=True)
class Deciding:
    reference: CaseReference
    statements: StatementMaker
    entropy: Callable[[int], bytes]
    people: People

    def carry_out(
        self, tx: Transaction, actor: Actor, id: str, outcome: DecisionKind, detail: DecisionInput
    ) -> None:
        """Check, number, record, issue. Raises `decision.*`, `case.unknown`, `case.no-item`."""
        seen = look(tx, self.reference, id)
        _check_licence(seen, actor, outcome)
        _check_handled(tx, seen, outcome)
        self._carry_out(tx, actor, id, outcome, detail)

    def carry_out_behind(
        self, tx: Transaction, actor: Actor, id: str, outcome: DecisionKind, detail: DecisionInput
    ) -> None:
        """The same for what departments decide: whoever enters it needs no licence for the item."""
        self._carry_out(tx, actor, id, outcome, detail, behind=True)

    def _carry_out(
        self,
        tx: Transaction,
        actor: Actor,
        id: str,
        outcome: DecisionKind,
        detail: DecisionInput,
        *,
        behind: bool = False,
    ) -> None:
        write_deemed(tx, self.reference, id)
        seen = look(tx, self.reference, id)
        _check(seen, outcome, detail, behind=behind)
        into = _merged_into(tx, seen.case, detail.into) if outcome == "merge" else None
        if into is not None:
            detail = replace(detail, into=into.number)
        if not seen.case.number:
            self._number(tx, seen)
            seen = look(tx, self.reference, id)
        scene = seen.scene(actor.staff, actor.place)
        if outcome == "accept":
            scene = replace(scene, plan=planned_steps(tx, self.reference, seen))
        planned = papers_for(outcome, scene, detail)
        if is_desk(actor.place):  # a desk has no receipt printer: the sheet with the seal is the decision
            planned = tuple(replace(plan, roll=False) for plan in planned)
        short = seen.plan.short_name
        numbered = [(plan, paper_number(tx, plan.facts.kind, short)) for plan in planned]
        for fact, private in _acts(outcome, seen, scene, detail, actor, numbered[0][1], into):
            tx.record(fact, private=private or None)
        self._deliver(tx, actor, seen, outcome, numbered[0][1])
        about = About(
            place=actor.place,
            short_name=short,
            case=id,
            ticket=seen.case.ticket,
            item=seen.case.draft.item,
            query=seen.case.query,
        )
        issue(tx, numbered, about, self.statements)
        self.people.reindex(tx, id)
        keep_time(tx, self.reference, id)
        follow(tx, self.reference, id, Following(self.carry_out_behind, actor, self.statements))

    @staticmethod
    def _deliver(tx: Transaction, actor: Actor, seen: Look, outcome: DecisionKind, number: str) -> None:
        """A denial or an end waits until the citizen has it; who stands at the counter takes it with him."""
        ticket = tx.get(TICKETS, seen.case.ticket) if seen.case.ticket else None
        here = ticket is not None and ticket.state == "serving" and ticket.counter == actor.place
        known = tx.get(DELIVERIES, seen.case.id)
        earlier = len(known.results) if known else 0
        for fact, private in decision_made(seen, outcome, number, earlier=earlier, here=here):
            tx.record(fact, private=private or None)

    def number(self, tx: Transaction, id: str) -> None:
        """Give the case its number and query code before anything is decided (mission: C2)."""
        seen = look(tx, self.reference, id)
        if not seen.case.number:
            self._number(tx, seen)
        self.people.reindex(tx, id)

    def _number(self, tx: Transaction, seen: Look) -> None:
        number = str(run_of(tx, "case", seen.plan.short_name))
        query = query_code(self.entropy(QUERY_BYTES))
        tx.record(CaseNumbered(case=seen.case.id, number=number), private={"query": query.encode()})


def decided(case: Case, events: tuple[Recorded, ...]) -> Decided:
    """What a deciding act came to, from its events (also when its key is used again)."""
    papers = tuple(event.fact.number for event in events if isinstance(event.fact, PaperIssued))
    return Decided(case.id, case.number, case.query, papers)


def _check_licence(seen: Look, actor: Actor, outcome: DecisionKind) -> None:
    """Whether this counter may take the item in. A desk is no counter."""
    able = () if is_desk(actor.place) else seen.serving_counters()
    if able and actor.place and outcome not in ANYWHERE and actor.place not in {str(one) for one in able}:
        raise UserFacingError(
            "decision.unlicensed",
            "Counter {counter} is not licensed for this item.",
            kept="The draft is kept.",
            remedy="Transfer the ticket to counter {able}.",
            counter=actor.place,
            able=", ".join(str(number) for number in able),
        )


def _check_handled(tx: Transaction, seen: Look, outcome: DecisionKind) -> None:
    """Where its departments decide, its three people sign, and no counter meanwhile (mission: C9)."""
    handling = tx.get(HANDLINGS, seen.case.id)
    item, _ = seen.needed_item()
    accepted = seen.case.stage == "accepted" and outcome in ("grant", "deny")
    if accepted and c9_decided_behind(handling, item):
        raise UserFacingError(
            "decision.behind",
            "{department} decides this case: its opinions are not complete yet.",
            kept="Nothing was decided.",
            remedy="Look at the course of the case for who has it.",
            department=seen.department,
        )


def _check(seen: Look, outcome: DecisionKind, detail: DecisionInput, *, behind: bool) -> None:
    seen.needed_item()
    if outcome == "grant" and seen.case.stage == "accepted" and seen.case.lacking:
        raise UserFacingError(
            "decision.lacking",
            "Papers promised at acceptance have not come: it cannot be granted before.",
            kept="The case is kept as it is.",
            remedy="Enter them when they come, or let the case lapse once their day is over.",
        )
    allowed = seen.verdict.allowed
    if behind and seen.case.stage == "accepted":
        allowed = (*allowed, "grant", "deny")
    if outcome not in allowed:
        raise UserFacingError(
            "decision.not-allowed",
            "This cannot be decided so now.",
            kept="The draft is kept as it is.",
            remedy="Do what the verdict names first.",
        )
    reason = (detail.reason or detail.phrase).strip()
    if outcome in REASONED and not reason:
        raise _needed("decision.reason-needed")
    if outcome in ARTICLED and not detail.article.strip():
        raise UserFacingError(
            "decision.article-needed",
            "A refusal or an end by the hall names its law and article.",
            kept="The draft is kept.",
            remedy="Choose or type the law and article.",
        )
    if outcome == "notify" and seen.case.notices and not detail.cause.strip():
        raise UserFacingError(
            "decision.cause-needed",
            "A second notice on one case needs a reason, and who caused it.",
            kept="The draft is kept.",
            remedy="Say why it was not in the first notice.",
        )


def _needed(code: str) -> UserFacingError:
    return UserFacingError(
        code,
        "This decision needs a reason.",
        kept="The draft is kept.",
        remedy="Choose a phrase or type one.",
    )


def _acts(
    outcome: DecisionKind,
    seen: Look,
    scene: Scene,
    detail: DecisionInput,
    actor: Actor,
    number: str,
    into: Case | None,
) -> list[tuple[Fact, Privates]]:
    case = seen.case
    words: Privates = {"reason": detail.reason.encode()} if detail.reason else {}
    if outcome == "receive":
        return [(_received(scene), {})]
    if outcome == "accept":
        return [(_accepted(seen, scene), {})]
    if outcome == "notify":
        return [_noticed(seen, scene, detail, actor, number)]
    if outcome == "refuse":
        refused = CaseRefused(
            case=case.id, article=detail.article, competent=detail.competent, phrase=detail.phrase
        )
        return [(refused, words)]
    if outcome == "no_permit":
        return [(PermitNotNeeded(case=case.id, phrase=detail.phrase, article=detail.article), words)]
    if outcome == "withdraw":
        return [(CaseWithdrawn(case=case.id, returned=_present(scene)), words)]
    if outcome == "grant":
        return _granted(seen, scene, detail)
    return [(_end(outcome, scene, detail, into), words)]


def _end(outcome: DecisionKind, scene: Scene, detail: DecisionInput, into: Case | None) -> Fact:
    case, returned = scene.case, _present(scene)
    if into is not None:
        return CaseMerged(case=case.id, into=into.id, into_number=into.number)
    if outcome == "deny":
        return CaseDenied(case=case.id, article=detail.article, phrase=detail.phrase)
    if outcome == "terminate":
        return CaseTerminated(case=case.id, article=detail.article, phrase=detail.phrase, returned=returned)
    ground = overdue(case, scene.today)
    return CaseLapsed(
        case=case.id, ground=ground, article=detail.article, phrase=detail.phrase, returned=returned
    )


def _merged_into(tx: Transaction, case: Case, named: str) -> Case:
    """The case a duplicate goes on as. UserFacingError `decision.into`: it must be another one, not ended."""
    number = read_number(named)
    found = tx.cases.by_number(str(number)) if number else None
    if found is None or found.id == case.id or found.ended:
        raise UserFacingError(
            "decision.into",
            "A duplicate names the number of another case that is still open.",
            kept="The case is kept as it is.",
            remedy="Scan the other case's receipt or type its number.",
        )
    return found


def _present(scene: Scene) -> tuple[str, ...]:
    marks = scene.case.draft.marks
    return tuple(
        line.material.code
        for line in scene.checklist.lines
        if (mark := marks.get(line.material.code)) and mark.kind == "present"
    )


def _received(scene: Scene) -> Fact:
    case, present = scene.case, _present(scene)
    if case.stage == "reopened":
        opened = case.open_lines or ()
        return CorrectionsReceived(
            case=case.id,
            came=tuple(code for code in opened if code in present),
            still_open=tuple(code for code in opened if code not in present),
        )
    return PapersReceived(case=case.id, materials=present, decide_by=scene.decide_by.isoformat())


def _accepted(seen: Look, scene: Scene, *, spot: bool = False) -> CaseAccepted:
    handled_as = "report_up" if scene.item.report_up else "promise"
    lacking = tuple(code for code, mark in seen.case.draft.marks.items() if mark.kind == "lacking")
    due_on = scene.due.day if scene.due else seen.today
    return CaseAccepted(
        case=seen.case.id,
        handled_as="spot" if spot else handled_as,
        legal_due=scene.legal_due.day.isoformat() if scene.legal_due else None,
        promised_due=scene.due.day.isoformat() if scene.due else None,
        provisional=bool(scene.due and scene.due.provisional),
        lacking=lacking,
        supply_by=min(scene.supply_by, due_on).isoformat() if lacking else None,
    )


def _noticed(
    seen: Look, scene: Scene, detail: DecisionInput, actor: Actor, number: str
) -> tuple[Fact, Privates]:
    short = shortcomings(scene.checklist, seen.case)
    standard = {line.material.code: seen.catalogue.correction_reasons(line.material) for line, _ in short}
    lines, own_words = [], {}
    for line, mark in short:
        code = line.material.code
        known = mark.reason in standard[code]
        lines.append((code, mark.kind, mark.reason if known else ""))
        if mark.reason and not known:
            own_words[code] = mark.reason
    nth = len(seen.case.notices) + 1
    fact = NoticeIssued(
        case=seen.case.id,
        nth=nth,
        number=number,
        lines=tuple(lines),
        until=scene.supply_by.isoformat(),
        after_receipt=seen.case.received_at is not None,
        lead_late=seen.lead_late,
        cause=detail.cause if nth > 1 else "",
        caused_by=(detail.caused_by or _first_teller(seen.case, actor)) if nth > 1 else "",
    )
    return fact, {"reasons": json.dumps(own_words, ensure_ascii=False).encode()} if own_words else {}


def _first_teller(case: Case, actor: Actor) -> str:
    """A second notice counts against who issued the first, unless it is said otherwise (mission: I6)."""
    return next((act.staff for act in case.acts if act.kind == "notify"), actor.staff)


def _granted(seen: Look, scene: Scene, detail: DecisionInput) -> list[tuple[Fact, Privates]]:
    spot = seen.case.stage != "accepted"
    result = scene.checklist.results[0].code if scene.checklist.results else ""
    granted = CaseGranted(
        case=seen.case.id, on_the_spot=spot, result=result, result_number=detail.result_number
    )
    made = produced(seen, detail.result_number, spot=spot)
    first: list[tuple[Fact, Privates]] = [(_accepted(seen, scene, spot=True), {})] if spot else []
    return [*first, (granted, {}), *made]
