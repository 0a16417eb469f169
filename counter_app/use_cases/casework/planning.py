"""The plan of a case and of its joint matter: worked out again at every event, approved, followed, printed.

mission: C11. The days are pure (`domain/casework/plan.py`); here stands what they are worked out from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from counter_app.domain.casework.beginning import step_limit
from counter_app.domain.casework.clocks import as_of
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.joint_facts import PlanKept
from counter_app.domain.casework.plan import HAND_OVER, Bar, Node, c11_moved, c11_plan
from counter_app.domain.casework.procedure import c4_assists_of, i10_class_at_intake, steps_of
from counter_app.domain.casework.state import LEVELS, Assist, Handling, Step
from counter_app.domain.casework.task import Task
from counter_app.domain.catalogue.handling import AssistMatter, HandlingStep
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import CLOCKS
from counter_app.use_cases.casework.applicants import APPLICANT, applicant_nodes
from counter_app.use_cases.casework.known import c5_known
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Reader, Transaction

COLLECT: Final = "领取办理结果"
ASSIST: Final = "/assist/"
BRING_ID: Final = "携带受理通知书和身份证件领取"


class Planner:
    """Works plans out of one reader. Cheap to make; good for one read or act."""

    def __init__(self, reader: Reader, reference: CaseReference) -> None:
        self._reader = reader
        self._plan: HallPlan = reference.plan(reader)
        self._catalogue = reference.catalogue(reader)
        self._calendar: WorkCalendar = reference.calendar(reader)

    def bars(self, id: str) -> tuple[Bar, ...]:
        """The whole plan of the joint matter this case is the lead of, else of the case alone."""
        handling = self._reader.get(HANDLINGS, id)
        case = self._reader.get(CASES, id)
        if case is None or case.item_key is None:
            return ()
        nodes = list(self._all_nodes(case, handling))
        begins = (case.accepted_at or case.opened_at).date()
        return c11_plan(nodes, begins, self._reader.now, self._calendar)

    def _all_nodes(self, case: Case, handling: Handling | None) -> Iterator[Node]:
        joint = handling.joint if handling else None
        if handling is None or joint is None or joint.lead != case.id:
            yield from self._nodes(case, handling, {})
            return
        ends: dict[str, str] = {}
        for id, code in joint.cases:
            other = self._reader.get(CASES, id) if id != case.id else None
            if other is not None and not _given_up(other):
                theirs = list(self._nodes(other, self._reader.get(HANDLINGS, id), {}))
                yield from theirs
                ends[code] = next((node.code for node in reversed(theirs) if node.kind == "step"), "")
        yield from self._nodes(case, handling, ends)

    def _nodes(self, case: Case, handling: Handling | None, ends: dict[str, str]) -> Iterator[Node]:
        """Steps, assists, and what the applicant does last. `ends` are the last steps of prerequisites."""
        key = case.item_key
        if key is None:
            return
        item = self._catalogue.version(*key)
        short = item.short_name or item.name
        tasks = {task.id: task for task in self._reader.casework.of_case(case.id)}
        steps = self._steps(case, handling, item)
        asked = handling.assists if handling else ()
        assists = [self._assist(item, assist, tasks.get(assist.task)) for assist in asked]
        assists += [self._foreseen(item, matter) for matter in self._to_ask(case, handling, item, steps)]
        signing, now = _signing(steps), self._reader.now
        for step in steps:
            node = self._node(item, step, tasks.get(step.task), ends)
            if step is signing:
                needs = tuple(one.code for one in assists if not _silent(one, now))
                assists = [replace(one, after=node.after) for one in assists]
                node = replace(node, needs=needs)
            yield node
        yield from assists
        yield from applicant_nodes(self._reader, case, item)
        if steps and not case.ended:
            yield Node(
                code=f"{item.code}/{HAND_OVER}",
                name=f"{short}·{COLLECT}",
                who=APPLICANT,
                kind="applicant",
                after=(f"{item.code}/{steps[-1].code}",),
                applicant_does=BRING_ID,
            )

    def names(self, bars: Sequence[Bar], codes: Iterable[str]) -> tuple[str, ...]:
        """What bars are called, also assists that are in the plan no more; what nobody knows is left out."""
        known = {bar.code: bar.name for bar in bars}
        found = (known.get(code) or self._assist_name(code) for code in codes)
        return tuple(name for name in found if name)

    def _assist_name(self, code: str) -> str:
        named, _, matter = code.partition(ASSIST)
        versions = self._catalogue.history(named) if matter else ()
        declared = next((one for item in reversed(versions) if (one := item.assist(matter))), None)
        return _named(versions[-1], declared.name) if declared else ""

    def _to_ask(
        self, case: Case, handling: Handling | None, item: Item, steps: Sequence[Step]
    ) -> tuple[AssistMatter, ...]:
        """Whom the catalogue would have asked and nobody has asked yet: until the batch goes out, or the
        lead signs without it. What the hall holds itself is never asked (mission: C4, C5)."""
        sent = handling is not None and bool(handling.assists or handling.looked_up)
        lead = handling.department if handling is not None and handling.department else item.department
        signs = [step for step in steps if step.kind in LEVELS and step.department == lead]
        if sent or case.ended or not signs or signs[0].state == "done":
            return ()
        today = self._reader.now.date()
        return tuple(
            matter
            for matter in c4_assists_of(item, case.draft.answers, today)
            if not c5_known(self._reader, case, today, matter)
        )

    def _foreseen(self, item: Item, matter: AssistMatter) -> Node:
        return Node(
            code=f"{item.code}{ASSIST}{matter.code}",
            name=_named(item, matter.name),
            who=self._department(matter.department),
            kind="assist",
            limit=matter.limit,
            foreseen=True,
        )

    def _assist(self, item: Item, assist: Assist, task: Task | None) -> Node:
        declared = item.assist(assist.matter)
        due, due_at = self._due(task)
        return Node(
            code=f"{item.code}{ASSIST}{assist.matter}",
            name=_named(item, declared.name if declared else assist.matter),
            who=self._department(assist.department),
            kind="assist",
            limit=declared.limit if declared else None,
            started=assist.asked_at.date(),
            ended=assist.answered_at.date() if assist.answered_at else None,
            due=due,
            due_at=due_at,
        )

    def _steps(self, case: Case, handling: Handling | None, item: Item) -> tuple[Step, ...]:
        """The steps under way, or before acceptance those it will go through; when the case is over, those
        it came to."""
        if handling is not None and handling.begun_at is not None:
            return tuple(step for step in handling.steps if handling.open or step.state != "waiting")
        away = frozenset(entry.code for entry in self._plan.departments if not entry.moved_in)
        today = self._reader.now.date()
        planned = steps_of(
            item,
            case.draft.answers,
            i10_class_at_intake(item, case.draft.fields),
            item.department,
            today,
            away,
        )
        return tuple(_as_step(step) for step in planned)

    def _node(self, item: Item, step: Step, task: Task | None, ends: dict[str, str]) -> Node:
        after = tuple(f"{item.code}/{code}" for code in step.after)
        if step.needs_results:
            after += tuple(code for code in ends.values() if code)
        limit = step_limit(step, item)
        due, due_at = self._due(task)
        return Node(
            code=f"{item.code}/{step.code}",
            name=f"{item.short_name or item.name}·{step.name}",
            who=self._department(step.department),
            after=after,
            limit=limit,
            started=step.started_at.date() if step.started_at else None,
            ended=step.ended_at.date() if step.ended_at else None,
            due=step.upper_due or due,
            due_at=None if step.upper_due else due_at,
            applicant_does=step.applicant_does,
        )

    def _due(self, task: Task | None) -> tuple[date | None, datetime | None]:
        """As of now: what stops the case moves the lead's steps, and the plan with them (mission: T5)."""
        clock = self._reader.get(CLOCKS, task.case) if task is not None and task.open else None
        found = as_of(task, clock, self._calendar, self._reader.now) if task is not None else None
        return (found.day, found.at) if found is not None else (None, None)

    def _department(self, code: str) -> str:
        body = self._catalogue.body(code)
        return body.name if body else code


def _named(item: Item, matter: str) -> str:
    return f"{item.short_name or item.name}·协办：{matter}"


def _signing(steps: tuple[Step, ...]) -> Step | None:
    """The opinion that waits for the assists' answers: the first that is not signed yet."""
    opinions = [step for step in steps if step.kind in LEVELS]
    return next((step for step in opinions if step.state != "done"), opinions[-1] if opinions else None)


def _silent(assist: Node, now: datetime) -> bool:
    """Not answered in its time: it holds up nobody (mission: C4)."""
    if assist.ended is not None or assist.due is None:
        return False
    return assist.due_at < now if assist.due_at is not None else assist.due < now.date()


def _given_up(case: Case) -> bool:
    """A case that brings nothing any more has no place in the plan."""
    return case.ended and case.stage != "granted"


def _as_step(step: HandlingStep) -> Step:
    return Step(
        code=step.code,
        name=step.name,
        kind=step.kind,
        department=step.department,
        after=step.after,
        needs_results=step.needs_results,
        limit=step.limit,
        applicant_does=step.applicant_does,
    )


def keep_plan(tx: Transaction, reference: CaseReference, id: str, cause: str) -> None:
    """Keep the plan when its days have moved, with the cause, here and in the case that waits for this
    one."""
    handling = tx.get(HANDLINGS, id)
    if handling is None:
        return
    lead = handling.joint.lead if handling.joint else id
    for case in dict.fromkeys((id, lead)):
        known = tx.get(HANDLINGS, case)
        if known is not None:
            _keep(tx, reference, known, case, cause)


def _keep(tx: Transaction, reference: CaseReference, known: Handling, case: str, cause: str) -> None:
    bars = Planner(tx, reference).bars(case)
    before: dict[str, date] = {bar.code: bar.until_on for bar in known.plan}
    foreseen = tuple(bar.code for bar in bars if bar.foreseen)
    asked = {bar.code for bar in known.plan if bar.foreseen} - set(foreseen)
    if not bars or not (asked or c11_moved(before, bars)):
        return
    kept = tuple((bar.code, bar.from_on.isoformat(), bar.until_on.isoformat(), bar.critical) for bar in bars)
    tx.record(PlanKept(case=case, bars=kept, cause=cause, foreseen=foreseen))
