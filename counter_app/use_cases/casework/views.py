"""Frozen rows that desk and counter show of work and of cases behind the counter. No behaviour.

Names of people, departments and items are as the hall's plan and catalogue have them; states are stable
codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from counter_app.domain.casework.discretion import Amount
from counter_app.domain.casework.drafts import KeptDraft
from counter_app.domain.casework.opinion import Lack
from counter_app.domain.casework.plan import BarKind
from counter_app.domain.casework.rights import Action, Sight
from counter_app.domain.casework.state import Answer, Cause, OpinionLevel, View
from counter_app.domain.casework.task import WorkKind
from counter_app.domain.catalogue.handling import (
    AssistMatter,
    Complexity,
    DecisionLevel,
    DiscretionBand,
    Guidance,
    ReviewQuestion,
    StepKind,
)
from counter_app.domain.catalogue.materials import LegalBasis
from counter_app.domain.intake.case import Stage
from counter_app.domain.time.limits import Limit
from counter_app.use_cases.casework.joint_views import JointRow, PrerequisiteRow

Urgency = Literal["late", "near", "calm", "free", "stopped"]


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One piece of work. `due` and `days_left` (working days, negative when past) are its own clock's;
    `case_due` is what the citizen was promised. `urgency`: late, near (a working day), calm, free (no
    limit), stopped (the case's clock stands, and the lead's with it), at first until `stopped_until`.
    `due_at` and `minutes_left` are those of a limit in hours.

    `moves` of a plan that is followed are the steps that moved last, the end first: (name, former last
    day, new last day). `told` are (name, words) of who sent it back or handed it over, for the department
    that has it.
    What the clock asks (`TimeKind`) is no task: `task` names case and order, `code` the sort of a request,
    `name` what is wanted or why, `staff_name` who ordered or asked."""

    task: str
    case: str
    number: str
    kind: WorkKind
    code: str
    name: str
    item: str
    applicant: str
    department: str
    department_name: str
    post: str
    post_name: str
    staff: str
    staff_name: str
    since: datetime
    due: date | None
    days_left: int | None
    urgency: Urgency
    case_due: date | None
    lead: bool
    on_paper: bool
    booked_late: bool
    joint: str
    sensitive: bool
    waits_for: tuple[str, ...]
    mine: bool
    stopped_until: date | None = None
    moves: tuple[tuple[str, date | None, date | None], ...] = ()
    told: tuple[tuple[str, str], ...] = ()
    hidden: bool = False
    due_at: datetime | None = None
    minutes_left: int | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for one person. `posts` are those he holds now; `standing_in` those of them where A is
    away."""

    staff: str
    name: str
    department: str
    department_name: str
    posts: tuple[str, ...]
    standing_in: tuple[str, ...]
    rows: tuple[InboxRow, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as the page shows it. `started_on` to `ended_on` is what was, `due` what its clock says now (the
    upper body's day where it lies there); `stands` while it stands with the case. `remark` is what it found,
    `back_reason` why `back_name` sent it back."""

    code: str
    name: str
    kind: StepKind
    department: str
    department_name: str
    post_name: str
    staff_name: str
    state: Literal["waiting", "open", "done"]
    after: tuple[str, ...]
    limit: Limit | None
    started_at: datetime | None
    ended_at: datetime | None
    due: date | None
    late: bool
    stands: bool
    outcome: str
    task: str
    sent_back: int
    level: str
    flag: str
    applicant_does: str
    back_name: str = ""
    back_reason: str = ""
    remark: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """A signed opinion: who, at which level, view and basis."""

    step: str
    level: OpinionLevel
    view: View
    staff: str
    name: str
    at: datetime
    text: str
    law: str
    article: str
    conditions: tuple[tuple[str, bool], ...]
    bands: tuple[tuple[str, int], ...]
    band_approver: str
    band_reason: str
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class AssistRow:
    """A matter another department is asked for. `reason` is empty for who may not read it, and so is what
    was said of a booked cause; `may_dispute` when this person may contest it. `laws` an answer may rest on:
    the matter's, then the item's."""

    matter: str
    name: str
    department: str
    department_name: str
    demand: str
    task: str
    asked_at: datetime
    due: date | None
    late: bool
    silent: bool
    answer: Answer | None
    answered_at: datetime | None
    law: str
    article: str
    reason: str
    on_paper: bool
    rounds: int
    cause: Cause | None
    disputed: bool
    settled: bool
    cause_reason: str = ""
    dispute_reason: str = ""
    settle_reason: str = ""
    may_dispute: bool = False
    due_at: datetime | None = None
    laws: tuple[LegalBasis, ...] = ()


@dataclass(frozen=True, slots=True)
class LookedUpRow:
    """A matter nobody was asked for: the hall has it, from `source`, a case's number or `party`."""

    matter: str
    name: str
    department_name: str
    source: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: str
    name: str
    at: datetime
    text: str
    to: str
    to_name: str
    task: str
    answer: str
    answered_name: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingRow:
    id: str
    kind: Literal["visit", "meeting"]
    day: date
    invited: tuple[str, ...]
    held: bool
    present: tuple[str, ...]
    absent: tuple[str, ...]
    minutes: str


@dataclass(frozen=True, slots=True)
class OrderRow:
    id: str
    name: str
    at: datetime
    text: str
    reply_by: date
    departments: tuple[str, ...]
    replies: tuple[tuple[str, str], ...]
    late: bool


@dataclass(frozen=True, slots=True)
class OpinionForm:
    """What the form of an open step asks: conditions, review lines with their answers, laws, bands, guidance;
    and `draft`, what this person has filled in of it before."""

    step: str
    level: OpinionLevel
    conditions: tuple[str, ...]
    review: tuple[ReviewQuestion, ...]
    answered: tuple[tuple[str, str], ...]
    laws: tuple[LegalBasis, ...]
    phrases: tuple[str, ...]
    bands: tuple[DiscretionBand, ...]
    approvers: frozenset[str]
    guidance: Guidance | None
    draft: KeptDraft | None = None


@dataclass(frozen=True, slots=True)
class StepForm:
    """What an open step that ends without an opinion has beside it: its review questions with their answers,
    its guidance (mission: C10)."""

    step: str
    review: tuple[ReviewQuestion, ...]
    answered: tuple[tuple[str, str], ...]
    guidance: Guidance | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One bar of the plan: `code` is ITEM/STEP, `who` a name, `after` what it waits for; see `Bar`."""

    code: str
    name: str
    who: str
    from_on: date
    until_on: date
    critical: bool
    done: bool
    late: bool
    applicant_does: str
    kind: BarKind
    after: tuple[str, ...] = ()
    foreseen: bool = False
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanChangeRow:
    """`asked`, `left_out`: names of assists that were foreseen, sent now or not asked for after all."""

    at: datetime
    cause: str
    moved: tuple[tuple[str, date | None, date | None], ...]
    asked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanView:
    """The whole plan: when all is done, over which steps (`critical`), what the applicant owes when, what
    moved."""

    case: str
    today: date
    ends_on: date | None
    critical: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    owed: tuple[PlanRow, ...]
    changes: tuple[PlanChangeRow, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """All of a case that somebody may see, and what he may do next (mission: C1).

    `sight`: all, course, state; what lies beyond is left empty. `may` are actions on the case or its open
    work; `offered` the matters that may still be asked. `tasks` is the work that is open now, `levels` the
    meetings that may decide. `lead_late`: working days by which its lead asked too late (mission:
    I7). `beside` are the forms of open visits, tests, meetings and reports.
    """

    case: str
    number: str
    item: str
    applicant: str
    stage: Stage
    sight: Sight
    department: str
    department_name: str
    case_class: str
    complexity: Complexity
    sensitive: bool
    reported_up: bool
    legal_limit: Limit | None
    promised_limit: Limit | None
    accepted_at: datetime | None
    legal_due: date | None
    promised_due: date | None
    due_provisional: bool
    tracker: str
    tracker_name: str
    plan_approval: bool
    plan_approved: bool
    joint: str
    joint_cases: tuple[JointRow, ...]
    prerequisites: tuple[PrerequisiteRow, ...]
    steps: tuple[StepRow, ...]
    opinions: tuple[OpinionRow, ...]
    assists: tuple[AssistRow, ...]
    offered: tuple[AssistMatter, ...]
    looked_up: tuple[LookedUpRow, ...]
    notes: tuple[NoteRow, ...]
    meetings: tuple[MeetingRow, ...]
    orders: tuple[OrderRow, ...]
    plan: tuple[PlanRow, ...]
    plan_changes: tuple[PlanChangeRow, ...]
    tasks: tuple[InboxRow, ...]
    time_work: tuple[InboxRow, ...]
    form: OpinionForm | None
    may: frozenset[Action]
    view: View | None
    result_number: str
    decided_at: datetime | None
    levels: tuple[DecisionLevel, ...] = ()
    right_level: str = ""
    lead_late: int = 0
    beside: tuple[StepForm, ...] = ()
    class_reason: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What keeps an opinion back as it is filled in so far: shown beside the key that sends it."""

    lacks: tuple[Lack, ...]
