"""A joint matter end to end: one intake opens all its cases, results arrive in the system, a failure has
three ways out.

The chopsticks business of the seed: the licence waits for two permits; it is pre-reviewed meanwhile, shared
papers are taken once, and nobody carries a permit from one department to the next (mission: C2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.joint_facts import (
    JointOpened,
    PrerequisiteAppliedAgain,
    PrerequisiteFailed,
    PrerequisiteSettled,
    PrerequisitesNeeded,
)
from counter_app.domain.casework.joint_rules import c2_answers_without, c2_materials_of, c2_may_apply_again
from counter_app.domain.casework.state import Handling, Prerequisite, WayOut
from counter_app.domain.intake.facts import (
    CaseOpened,
    CasePreReviewed,
    FieldSet,
    ItemChosen,
    PersonAdded,
    PersonMatched,
    QuestionAnswered,
)
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.flow import close_work
from counter_app.use_cases.casework.following import Decide, Following, follow
from counter_app.use_cases.casework.planning import keep_plan
from counter_app.use_cases.casework.results_needed import is_late
from counter_app.use_cases.casework.rights_here import applicants_choice, counter_only
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Store, Transaction

Number = Callable[[Transaction, str], None]
Reindex = Callable[[Transaction, str], None]


@dataclass(frozen=True, slots=True)
class JointNeeds:
    """How a case gets its number and its search tokens, and how it is decided."""

    number: Number
    reindex: Reindex
    decide: Decide
    statements: StatementMaker


class JointMatters:
    """Commands on matters of several cases, at the counter that took them in."""

    def __init__(self, store: Store, reference: CaseReference, needs: JointNeeds) -> None:
        self._store = store
        self._reference = reference
        self._needs = needs

    def open(self, actor: Actor, key: str, case: str) -> Mapping[str, str]:
        """Open the prerequisites of this draft beside it: gives the cases by item, its own among them.

        People, fields and answers that the items share are taken over. UserFacingError `joint.none`,
        `joint.already`, `case.closed`.
        """

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            counter_only(seen.plan, actor)
            name, items = _wanted(seen)
            handling = tx.get(HANDLINGS, case)
            if handling is not None and handling.joint is not None:
                raise _refused_already()
            lead_item, _ = seen.needed_item()
            cases = {lead_item.code: case}
            for code in items:
                cases[code] = self._open_beside(tx, seen, code)
            joint = tx.next_id
            together = tuple((own, item) for item, own in cases.items())
            for id in cases.values():
                tx.record(JointOpened(case=id, joint=joint, name=name, lead=case, cases=together))
            wanted = tuple((code, cases[code]) for code in items)
            tx.record(PrerequisitesNeeded(case=case, items=wanted))
            self._needs.number(tx, case)
            keep_plan(tx, self._reference, case, "joint")

        events = self._store.act(actor, key, work).events
        opened = next(event.fact for event in events if isinstance(event.fact, JointOpened))
        return {item: id for id, item in opened.cases}

    def _open_beside(self, tx: Transaction, seen: Look, code: str) -> str:
        first, item = seen.case, seen.catalogue.item(code, seen.today)
        id = tx.next_id
        tx.record(CaseOpened(case=id, ticket=first.ticket, channel=first.channel))
        for person in first.draft.persons:
            private = {"mandate": msgspec.json.encode(person.mandate)} if person.mandate else None
            fact = PersonAdded(case=id, party=person.party, role=person.role, source=person.source)
            tx.record(fact, private=private)
            if person.same is not None:
                tx.record(PersonMatched(case=id, party=person.party, same=person.same))
        for name, text in first.draft.fields.items():
            tx.record(FieldSet(case=id, field=name), private={"text": text.encode()})
        tx.record(ItemChosen(case=id, code=item.code, item_version=item.version))
        for question in item.questions:
            value = first.draft.answers.get(question.code)
            if value is not None and question.accepts(value):
                tx.record(QuestionAnswered(case=id, question=question.code, value=value))
        self._needs.reindex(tx, id)
        return id

    def pre_review(self, actor: Actor, key: str, case: str) -> None:
        """材料预审 of the case that waits: its department looks it through while the others run."""

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            counter_only(seen.plan, actor)
            if seen.case.stage not in ("draft", "held"):
                raise _refused_already()
            tx.record(CasePreReviewed(case=case))
            follow(tx, self._reference, case, self._following(actor))

        self._store.act(actor, key, work)

    def arrived(self, actor: Actor, key: str, case: str, item: str, number: str) -> None:
        """A result was shown at the counter after all: it counts as if it had come in the system."""

        def work(tx: Transaction) -> None:
            _prerequisite(tx, case, item)
            counter_only(self._reference.plan(tx), actor)
            self._following(actor).arrive(tx, self._reference, case, item, number)

        self._store.act(actor, key, work)

    def supplied(self, tx: Transaction, actor: Actor, case: str, materials: tuple[str, ...]) -> None:
        """Promised papers have come: results among them are here with it (mission: C2, I15)."""
        handling = tx.get(HANDLINGS, case)
        if handling is None or not handling.prerequisites:
            return
        _, lines = look(tx, self._reference, case).needed_item()
        for entry in handling.prerequisites:
            if not entry.settled and c2_materials_of(entry.item, lines, materials):
                self._following(actor).arrive(tx, self._reference, case, entry.item, entry.number)

    def settle(self, actor: Actor, key: str, case: str, item: str, way: WayOut, reason: str = "") -> None:
        """The applicant's choice when a prerequisite was refused, withdrawn or is late: drop the scope, wait,
        withdraw. UserFacingError `joint.nothing-failed`, `joint.cannot-drop`."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            handling, entry = _prerequisite(tx, case, item)
            applicants_choice(seen.plan, actor, handling)
            if entry.state == "open":
                self._late(tx, case, entry)
            close_work(tx, case, entry.task, way)
            tx.record(PrerequisiteSettled(case=case, item=item, way=way))
            if way == "drop":
                self._drop(tx, seen, item)
            elif way == "withdraw":
                why = reason or "前置许可未能取得，申请人撤回"
                self._needs.decide(tx, actor, case, "withdraw", DecisionInput(reason=why))
            self._following(actor).release(tx, self._reference, case)
            keep_plan(tx, self._reference, case, f"{way}:{item}")

        self._store.act(actor, key, work)

    def apply_again(self, actor: Actor, key: str, case: str, item: str) -> str:
        """Nothing came of the application for `item`: a new draft for the same people, which the case waits
        for from now on. Gives the new case. UserFacingError `joint.nothing-failed`, `joint.still-runs`."""

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            counter_only(seen.plan, actor)
            handling, entry = _prerequisite(tx, case, item)
            earlier = tx.get(CASES, entry.from_case) if entry.from_case else None
            if not c2_may_apply_again(entry, earlier):
                raise _runs_still()
            if entry.state == "failed":
                close_work(tx, case, entry.task, "wait")
                tx.record(PrerequisiteSettled(case=case, item=item, way="wait"))
            lead, _ = seen.needed_item()
            new = self._open_beside(tx, seen, item)
            joint = handling.joint
            others = joint.cases if joint else ((case, lead.code),)
            together = (*(one for one in others if one[0] != entry.from_case), (new, item))
            known = joint.id if joint else tx.next_id
            name = joint.name if joint else lead.short_name or lead.name
            for id in (new,) if joint else (case, new):
                opened = JointOpened(case=id, joint=known, name=name, lead=case, cases=together)
                tx.record(opened)
            tx.record(PrerequisiteAppliedAgain(case=case, item=item, from_case=new))
            keep_plan(tx, self._reference, case, f"again:{item}")

        events = self._store.act(actor, key, work).events
        again = next(event.fact for event in events if isinstance(event.fact, PrerequisiteAppliedAgain))
        return again.from_case

    def _following(self, actor: Actor) -> Following:
        return Following(self._needs.decide, actor, self._needs.statements)

    @staticmethod
    def _late(tx: Transaction, case: str, entry: Prerequisite) -> None:
        """A choice before anything failed is only open when the result is late."""
        if not is_late(tx, entry):
            raise _runs_still()
        tx.record(PrerequisiteFailed(case=case, item=entry.item, how="late"))

    def _drop(self, tx: Transaction, seen: Look, item: str) -> None:
        """Take out the part of the scope that needs the item; what no longer is needed waits no more."""
        chosen, _ = seen.needed_item()
        changed = c2_answers_without(chosen, seen.case.draft.answers, item)
        if not changed or not seen.case.open:
            raise UserFacingError(
                "joint.cannot-drop",
                "No answer of this case can be changed so that {item} is no longer needed.",
                kept="Nothing was changed.",
                remedy="Wait for it, or withdraw the application.",
                item=seen.catalogue.history(item)[-1].name,
            )
        for question, value in changed.items():
            tx.record(QuestionAnswered(case=seen.case.id, question=question, value=value))
        after = look(tx, self._reference, seen.case.id)
        still = {entry.what.item for entry in after.checklist.prerequisites} if after.checklist else set()
        handling = tx.need(HANDLINGS, seen.case.id)
        for entry in handling.prerequisites:
            if entry.item not in still and not entry.settled:
                if entry.state == "open":
                    fact = PrerequisiteFailed(case=seen.case.id, item=entry.item, how="not_needed")
                    tx.record(fact)
                tx.record(PrerequisiteSettled(case=seen.case.id, item=entry.item, way="drop"))


def _wanted(seen: Look) -> tuple[str, tuple[str, ...]]:
    """The joint matter's name and the items to open. UserFacingError `joint.none`, `case.closed`."""
    item, lines = seen.needed_item()
    items = tuple(entry.what.item for entry in lines.prerequisites)
    if not items or not seen.case.open:
        raise UserFacingError(
            "joint.none",
            "This case needs no results of other items, so there is no joint matter to open.",
            kept="Nothing was changed.",
            remedy="Answer the situation questions first.",
        )
    named = (effect.joint for effect in item.effects if effect.joint and effect.prerequisites)
    return next(named, item.short_name or item.name), items


def _prerequisite(tx: Transaction, case: str, item: str) -> tuple[Handling, Prerequisite]:
    handling = tx.get(HANDLINGS, case)
    entry = handling.prerequisite(item) if handling else None
    if handling is None or entry is None or entry.settled:
        raise UserFacingError(
            "joint.nothing-failed",
            "This case does not wait for {item}.",
            kept="Nothing was changed.",
            remedy="Look at its prerequisites.",
            item=item,
        )
    return handling, entry


def _runs_still() -> UserFacingError:
    return UserFacingError(
        "joint.still-runs",
        "The earlier case is still within its time.",
        kept="Nothing was changed.",
        remedy="Wait until it is decided or late.",
    )


def _refused_already() -> UserFacingError:
    return UserFacingError(
        "joint.already",
        "The joint matter of this case was opened before.",
        kept="Nothing was changed.",
        remedy="Look at its cases.",
    )
