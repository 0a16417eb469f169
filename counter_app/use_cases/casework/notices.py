"""Copy-notices to departments that have not moved in, and the printed plan: papers inside an act (mission:
P4, C11, H2).

A desk has no receipt printer: there only the sheet with the seal's place is issued.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Final

from counter_app.domain.access.shift import is_desk
from counter_app.domain.casework.clocks import as_of
from counter_app.domain.casework.plan import Bar, c11_ends
from counter_app.domain.casework.state import Handling, PlanChange
from counter_app.domain.casework.task import NOTICED, TASKS, Task, TaskKind
from counter_app.domain.catalogue.materials import LegalBasis
from counter_app.domain.intake.scene import Planned, Scene, applicant_of, kept, quoted
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts, PaperKind, PlanStep
from counter_app.domain.paper.facts_casework import CopyNoticeFacts, PlanFacts
from counter_app.domain.time.clock import Clock
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.ground import Ground
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.papers.papers import facts_of
from counter_app.use_cases.ports.store import Reader, Transaction

Moves = tuple[tuple[str, date | None, date | None], ...]
WITH_A_PLAN = frozenset({"plan", "acceptance"})
ASKED = "已发出协办，不再是预计"
LEFT_OUT = "未提出协办，不再预计"
SILENCE = "逾期未答复的，按延误记录，并报窗口管理处协调"
ABSENCE = "不能到场的，记录在案并催报书面意见"
IN_WORDS: Final[frozenset[TaskKind]] = frozenset({"question", "absence", "meeting", "order"})
OWN_ANSWER = "请作出决定并填写回执"


def issue_copy_notices(
    tx: Transaction, reference: CaseReference, statements: StatementMaker, actor: Actor, on: Ground
) -> tuple[str, ...]:
    """A notice for each piece of work on paper that was opened in this act; gives the papers' ids."""
    fresh = [
        task
        for task in tx.casework.of_case(on.case.id)
        if task.open and task.on_paper and task.opened_at == tx.now
    ]
    if not fresh:
        return ()
    seen = look(tx, reference, on.case.id)
    scene = seen.scene(actor.staff, actor.place)
    return tuple(
        paper
        for task in fresh
        for paper in _issue(tx, seen, statements, actor, _copy_notice(scene, on, task, seen.clock))
    )


def notice_out(reader: Reader, case: str, task: str) -> str:
    """The paper that asks this work already, "" for none: one request has one number."""
    for paper in reversed(reader.papers.of_case(case)):
        if paper.kind == PaperKind.COPY_NOTICE:
            facts = facts_of(reader, paper.id, 1, "")
            if isinstance(facts, CopyNoticeFacts) and facts.task == task:
                return paper.id
    return ""


def copy_notice_of(
    tx: Transaction,
    reference: CaseReference,
    statements: StatementMaker,
    actor: Actor,
    on: Ground,
    task: str,
) -> tuple[str, ...]:
    """A notice for this work, whether its department has moved in or not. UserFacingError
    `notice.not-open`."""
    known = tx.get(TASKS, task)
    if known is None or not known.open or known.kind not in NOTICED:
        raise UserFacingError(
            "notice.not-open",
            "No copy-notice can be made of this work.",
            kept="Nothing was printed.",
            remedy="Choose open work that lies with a department: an assist, a step, a question, an order.",
        )
    seen = look(tx, reference, on.case.id)
    scene = seen.scene(actor.staff, actor.place)
    return _issue(tx, seen, statements, actor, _copy_notice(scene, on, known, seen.clock))


def _copy_notice(scene: Scene, on: Ground, task: Task, clock: Clock | None) -> CopyNoticeFacts:
    declared = on.item.assist(task.code) if task.kind == "assist" else None
    assist = on.handling.assist(task.code) if task.kind == "assist" else None
    basis: Sequence[LegalBasis] = declared.basis if declared else on.item.legal_basis
    within = task.limit.amount if task.limit and task.limit.unit == "working_days" else 0
    words = _words(on, task)
    due = as_of(task, clock, on.calendar, on.now)
    lead = declared is not None or task.kind in ("question", "absence", "meeting")
    return CopyNoticeFacts(
        head=scene.head,
        authority=scene.authority,
        from_department=on.department_name(on.handling.department) if lead else scene.head.hall,
        to_department=on.department_name(task.department),
        case_number=on.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        matter=on.handling.joint.name if on.handling.joint else "",
        asked=(declared.demand if declared else f"{task.name}：{words or OWN_ANSWER}",),
        attached=() if task.kind in IN_WORDS else kept(scene),
        basis=tuple(quoted(entry) for entry in basis),
        reply_by=None if task.kind == "meeting" or due is None else due.day,
        reply_at=due.at if due is not None and task.kind != "meeting" else None,
        reply_days=within,
        consequence=ABSENCE if task.kind == "meeting" else SILENCE,
        again=assist.cause_reason if assist and assist.rounds > 1 else "",
        decides=task.kind == "step",
        in_words=task.kind in IN_WORDS,
        task=task.id,
    )


def _words(on: Ground, task: Task) -> str:
    """What was asked, ordered or called, in the words of whoever did it."""
    handling = on.handling
    if task.kind == "question":
        return next((note.text for note in handling.notes if note.task == task.id), "")
    if task.kind == "order":
        return next((order.text for order in handling.orders if order.id == task.code), "")
    if task.kind == "meeting":
        return next((f"{held.day:%Y-%m-%d}" for held in handling.meetings if held.id == task.code), "")
    missed = (held for held in handling.meetings if (task.department, task.id) in held.absent)
    return next((f"{held.day:%Y-%m-%d}，{held.minutes}" for held in missed), "")


def _issue(
    tx: Transaction, seen: Look, statements: StatementMaker, actor: Actor, facts: PaperFacts
) -> tuple[str, ...]:
    short = seen.plan.short_name
    about = About(
        place=actor.place,
        short_name=short,
        case=seen.case.id,
        item=seen.case.draft.item,
        query=seen.case.query,
    )
    planned = Planned(facts, roll=not is_desk(actor.place), sheet=True)
    return issue(tx, [(planned, paper_number(tx, facts.kind, short))], about, statements)


def plan_steps(bars: Sequence[Bar]) -> tuple[PlanStep, ...]:
    """Bars as papers show them; what only the applicant does stands among his tasks."""
    return tuple(
        PlanStep(
            what=bar.name,
            who=bar.who,
            from_on=bar.from_on,
            until_on=bar.until_on,
            applicant_does=bar.applicant_does,
            critical=bar.critical,
            foreseen=bar.foreseen,
            until_at=bar.until_at,
        )
        for bar in bars
    )


def issue_plan(
    tx: Transaction,
    reference: CaseReference,
    statements: StatementMaker,
    actor: Actor,
    case: str,
    handling: Handling | None,
) -> tuple[str, ...]:
    """Print the plan as of now. UserFacingError `plan.nothing` before there is an item."""
    seen, planner = look(tx, reference, case), Planner(tx, reference)
    bars = planner.bars(case)
    ends = c11_ends(bars)
    if ends is None:
        raise UserFacingError(
            "plan.nothing",
            "There is nothing to plan in this case yet.",
            kept="Nothing was printed.",
            remedy="Choose an item first.",
        )
    scene = seen.scene(actor.staff, actor.place)
    tracker = seen.plan.member(handling.tracker) if handling else None
    fresh = _since(handling.plan_changes, _last_printed(tx, case)) if handling else ()
    facts = PlanFacts(
        head=scene.head,
        case_number=seen.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        matter=handling.joint.name if handling and handling.joint else "",
        steps=plan_steps(bars),
        critical=tuple(bar.name for bar in sorted(bars, key=lambda bar: bar.until_on) if bar.critical),
        ends_on=ends,
        provisional=not seen.calendar.knows(ends.year),
        changed=tuple(_changed(planner, bars, fresh)),
        tracker=tracker.name if tracker else "",
    )
    return _issue(tx, seen, statements, actor, facts)


def _changed(planner: Planner, bars: Sequence[Bar], fresh: Sequence[PlanChange]) -> Iterator[str]:
    names = {bar.code: bar.name for bar in bars}
    for code, old, new in _moved(fresh):
        if code in names:
            yield f"{names[code]}：{_short(old)} → {_short(new)}"
    asked = _once(change.asked for change in fresh)
    left_out = [code for code in _once(change.left_out for change in fresh) if code not in asked]
    yield from (f"{name}：{ASKED}" for name in planner.names(bars, asked))
    yield from (f"{name}：{LEFT_OUT}" for name in planner.names(bars, left_out))


def _last_printed(tx: Transaction, case: str) -> datetime | None:
    """When the applicant last got a plan: on paper of its own, or with the notice of acceptance."""
    found = (paper.issued_at for paper in tx.papers.of_case(case) if paper.kind in WITH_A_PLAN)
    return max(found, default=None)


def _since(changes: Sequence[PlanChange], since: datetime | None) -> tuple[PlanChange, ...]:
    return tuple(change for change in changes if since is None or change.at > since)


def _moved(changes: Sequence[PlanChange]) -> Moves:
    """All that moved in these, each bar once: from where it stood before them to where it stands now. What
    came back to its day did not move."""
    found: dict[str, tuple[date | None, date | None]] = {}
    for change in changes:
        for code, old, new in change.moved:
            found[code] = (found[code][0] if code in found else old, new)
    return tuple((code, old, new) for code, (old, new) in found.items() if old != new)


def _once(codes: Iterable[Iterable[str]]) -> dict[str, None]:
    return dict.fromkeys(code for some in codes for code in some)


def _short(day: date | None) -> str:
    return f"{day:%m-%d}" if day else "—"
