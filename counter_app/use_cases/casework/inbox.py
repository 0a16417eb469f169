"""Inboxes: what waits for a person or a department, the most urgent first (mission: C12, H5).

Every list is bounded and a seek in an index, at 20,000 open cases too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from counter_app.domain.casework.clocks import as_of, is_over, working_days_left
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.plan import Bar, c11_ends
from counter_app.domain.casework.rights import Who, i10_sight
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import Task
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.journal import Actor
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.ledger import Due
from counter_app.use_cases.casework.ground import held_posts, who_acts
from counter_app.use_cases.casework.joint_views import NeededRow
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.casework.results_needed import ResultsNeeded
from counter_app.use_cases.casework.views import Inbox, InboxRow, Urgency
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.intake.queries import due_day
from counter_app.use_cases.ports.store import Reader

MOST: Final = 200
NEAR: Final = 1
FOLLOWED: Final = "followed"  # the code of a row that stands for a plan
FAR: Final = date.max


@dataclass(frozen=True)
class RowMaker:
    """Makes inbox rows; reads each case once."""

    reader: Reader
    plan: HallPlan
    catalogue: Catalogue
    calendar: WorkCalendar
    today: date
    staff: str
    onlooker: Onlooker

    def knows(self, task: Task) -> bool:
        """A dispute may outlive its case by so long that a new machine was never given the case."""
        return task.kind != "dispute" or self.reader.get(CASES, task.case) is not None

    def row(self, task: Task) -> InboxRow:
        case = self.reader.need(CASES, task.case)
        handling = self.reader.get(HANDLINGS, task.case) or Handling(task.case)
        member, post = self.plan.member(task.staff), self.plan.post(task.post)
        body = self.catalogue.body(task.department)
        clock = self.reader.get(CLOCKS, task.case)
        found, now = as_of(task, clock, self.calendar, self.reader.now), self.reader.now
        due, at = (found.day, found.at) if found else (None, None)
        stop = clock.standing if clock is not None and found is not None and found.standing else None
        left = working_days_left(due, self.today, self.calendar) if due else None
        hidden = self.onlooker.hides(case, handling)
        return InboxRow(
            task=task.id,
            case=task.case,
            number=case.number,
            kind=task.kind,
            code=task.code,
            name=task.name,
            item="" if hidden else self.item(case),
            applicant="" if hidden else self.applicant(case),
            department=task.department,
            department_name=body.name if body else task.department,
            post=task.post,
            post_name=post.name if post else "",
            staff=task.staff,
            staff_name=member.name if member else "",
            since=task.opened_at,
            due=due,
            days_left=left,
            urgency=_urgency(found, now, left),
            case_due=due_day(self.reader, case),
            lead=task.lead,
            on_paper=task.on_paper,
            booked_late=task.late,
            joint=handling.joint.name if handling.joint and not hidden else "",
            sensitive=handling.sensitive,
            waits_for=_waits_for(task, handling),
            mine=bool(task.staff) and task.staff == self.staff,
            stopped_until=stop.expected if stop else None,
            told=() if hidden else self._told(task, handling),
            hidden=hidden,
            due_at=at,
            minutes_left=int((at - now).total_seconds() // 60) if at else None,
        )

    def _told(self, task: Task, handling: Handling) -> tuple[tuple[str, str], ...]:
        """Words for whoever has this work: why it came back, what the colleague said who handed it over."""
        step = handling.step(task.code) if task.kind == "step" else None
        said = [(task.passed_by, task.remark)]
        if step is not None and step.state != "done":
            said.insert(0, (step.back_by, step.back_reason))
        return tuple((self.name(staff), words) for staff, words in said if words)

    def name(self, staff: str) -> str:
        member = self.plan.member(staff)
        return member.name if member else staff

    def item(self, case: Case) -> str:
        key = case.item_key
        item = self.catalogue.version(*key) if key else None
        return (item.short_name or item.name) if item else ""

    def applicant(self, case: Case) -> str:
        person = case.applicant
        party = self.reader.get(PARTIES, person.party) if person else None
        return party.name if party else ""


def needed_row(maker: RowMaker, needed: ResultsNeeded) -> NeededRow:
    """A case that waits for results; of a sensitive one that is not this person's business its number."""
    case, hidden = needed.case, maker.onlooker.hides(needed.case)
    names = (maker.catalogue.history(item)[-1].name for item in needed.items)
    return NeededRow(
        case=case.id,
        number=case.number,
        item="" if hidden else maker.item(case),
        applicant="" if hidden else maker.applicant(case),
        what=needed.what,
        names=() if hidden else tuple(names),
        items=() if hidden else needed.items,
        since=needed.since,
        chosen_name=maker.name(needed.chosen_by),
        hidden=hidden,
    )


def urgency(due: date | None, today: date, left: int | None) -> Urgency:
    """Late once the last day has passed; near on it and the working day before."""
    if due is None or left is None:
        return "free"
    if due < today:
        return "late"
    return "near" if left <= NEAR else "calm"


def _waits_for(task: Task, handling: Handling) -> tuple[str, ...]:
    """Codes of what this work still waits for: `assist:MATTER`, `result:ITEM`, `plan`."""
    if task.kind != "step":
        return ()
    waits = [f"assist:{entry.matter}" for entry in handling.assists if entry.answer is None]
    waits += [f"result:{entry.item}" for entry in handling.prerequisites if not entry.settled]
    return tuple(waits)


def row_maker(reader: Reader, reference: CaseReference, actor: Actor) -> RowMaker:
    return RowMaker(
        reader,
        reference.plan(reader),
        reference.catalogue(reader),
        reference.calendar(reader),
        reader.now.date(),
        actor.staff,
        Onlooker(reader, reference, actor),
    )


def inbox_of(reader: Reader, reference: CaseReference, actor: Actor, most: int) -> Inbox:
    """What waits for this person: in his hands, for the posts he holds, for anybody of his department;
    replies on paper for the counter, and for the management every assist whose department keeps silent
    (mission: C4, H2)."""
    maker = row_maker(reader, reference, actor)
    who = who_acts(reader, maker.plan, actor)
    rows = reader.casework
    own = rows.of_staff(actor.staff, most + 1)
    for_posts = rows.of_posts(who.posts, most + 1) if who.posts else ()
    pool = rows.pool(who.department, most + 1) if who.has("case.review", "case.approve") else ()
    on_paper = rows.on_paper(most + 1) if who.has("reply.enter") else ()
    silent = _silent(reader, maker, most) if who.has("case.arbitrate") else ()
    found = _merged((*own, *for_posts, *pool, *on_paper, *silent), most + 1)
    held = held_posts(reader)
    body = maker.catalogue.body(who.department)
    return Inbox(
        staff=actor.staff,
        name=who.name,
        department=who.department,
        department_name=body.name if body else who.department,
        posts=who.posts,
        standing_in=tuple(code for code in who.posts if code in held),
        rows=in_order(maker.row(task) for task in found[:most] if maker.knows(task)),
        more=len(found) > most,
    )


def followed_of(reader: Reader, reference: CaseReference, actor: Actor, most: int) -> tuple[InboxRow, ...]:
    """The plans this person follows (专人跟蹤), each with what runs now and what moved last, those that end
    first before the rest (mission: C11)."""
    maker, planner = row_maker(reader, reference, actor), Planner(reader, reference)
    who = who_acts(reader, maker.plan, actor)
    rows = [_followed(maker, planner, who, id) for id in reader.casework.tracked_by(actor.staff, most)]
    return in_order(rows)


def in_order(rows: Iterable[InboxRow]) -> tuple[InboxRow, ...]:
    """By when they are due as of now; of one day, hours by their minute before what has all day."""
    return tuple(sorted(rows, key=_when))


def _when(row: InboxRow) -> tuple[date, bool, datetime, str]:
    return row.due or FAR, row.due_at is None, row.due_at or row.since, row.task


def _followed(maker: RowMaker, planner: Planner, who: Who, id: str) -> InboxRow:
    """Shown like a piece of work, under the case's id; the applicant masked beyond one's own cases."""
    case, handling = maker.reader.need(CASES, id), maker.reader.need(HANDLINGS, id)
    bars = planner.bars(id)
    names = {bar.code: _own(bar) for bar in bars if bar.kind == "step"}
    moved = handling.plan_changes[-1].moved if handling.plan_changes else ()
    moves = [(names[code], old, new) for code, old, new in moved if code in names]
    now = next((bar for bar in bars if not bar.done), None)
    ends, applicant = c11_ends(bars), maker.applicant(case)
    left = working_days_left(ends, maker.today, maker.calendar) if ends else None
    body = maker.catalogue.body(handling.department)
    return InboxRow(
        task=id,
        case=id,
        number=case.number,
        kind="plan",
        code=FOLLOWED,
        name=_own(now) if now else "",
        item=maker.item(case),
        applicant=applicant if i10_sight(who, handling) == "all" else mask_name(applicant),
        department=handling.department,
        department_name=body.name if body else handling.department,
        post="",
        post_name="",
        staff="",
        staff_name=now.who if now else "",
        since=case.accepted_at or case.opened_at,
        due=ends,
        days_left=left,
        urgency=urgency(ends, maker.today, left),
        case_due=due_day(maker.reader, case),
        lead=True,
        on_paper=False,
        booked_late=False,
        joint=handling.joint.name if handling.joint else "",
        sensitive=handling.sensitive,
        waits_for=(),
        mine=False,
        moves=tuple(sorted(moves, key=lambda move: move[2] or FAR, reverse=True)),
    )


def _urgency(found: Due | None, now: datetime, left: int | None) -> Urgency:
    if found is None:
        return "free"
    if found.standing:
        return "stopped"
    return "late" if is_over(found, now) else urgency(found.day, now.date(), left)


def _silent(reader: Reader, maker: RowMaker, most: int) -> tuple[Task, ...]:
    """Assists past their day; those in hours from their minute."""
    rows = reader.casework
    hours = (
        task
        for task in rows.in_hours(maker.today, most)
        if task.kind == "assist" and is_over(as_of(task, None, maker.calendar, reader.now), reader.now)
    )
    return (*rows.silent(maker.today, most + 1), *hours)


def _own(bar: Bar) -> str:
    """A bar's name without its item's, which stands beside it."""
    return bar.name.partition("·")[2] or bar.name


def _merged(tasks: Iterable[Task], most: int) -> tuple[Task, ...]:
    once = {task.id: task for task in tasks}
    return tuple(sorted(once.values(), key=lambda task: (task.due or FAR, task.opened_at, task.id))[:most])


def may_see_inbox(who: Who, department: str) -> bool:
    """One's own department's work; supervision and the counter's management see every department's."""
    return who.department == department or who.has("case.arbitrate")
