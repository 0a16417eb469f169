"""A case as its handlers see it: steps, opinions, assists, the working group, prerequisites, the plan.

The fold of `handling:<case>` (`fold.py`). It lives in the encrypted store only, so it may hold opinions and
reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from counter_app.domain.catalogue.handling import Authority, Complexity, StepKind
from counter_app.domain.time.limits import Limit

OpinionLevel = Literal["handler", "approver", "final"]
View = Literal["grant", "deny"]
Answer = Literal["agree", "disagree", "agree_report", "need_material", "not_ours"]
ANSWERS: Final[tuple[Answer, ...]] = ("agree", "disagree", "agree_report", "need_material", "not_ours")
Cause = Literal["assist_short", "lead_unclear"]
CAUSES: Final[tuple[Cause, ...]] = ("assist_short", "lead_unclear")
WayOut = Literal["drop", "wait", "withdraw"]
WAYS: Final[tuple[WayOut, ...]] = ("drop", "wait", "withdraw")
LEVELS: Final[dict[StepKind, OpinionLevel]] = {"review": "handler", "approval": "approver", "final": "final"}
COMPLEXITIES: Final[tuple[Complexity, ...]] = ("simple", "ordinary", "complex")
OUTCOMES: Final = frozenset({"agreed", "passed", "denied"})
MOST_CHANGES: Final = 30


# The outcome of a visit or test that found against the applicant.
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One answered line of a review form; `speaks_for` the applicant or against."""

    question: str
    answer: str
    speaks_for: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A step of this case. `task` is the work that is or was open for it, `outcome` "" while it is not
    done; `cut_short` when the case ended before it was. `remark`: what a visit, a test, a meeting found, what
    the upper body wrote; `back_reason`: why it was last sent back, by `back_by`."""

    code: str
    name: str
    kind: StepKind
    department: str
    post: str = ""
    after: tuple[str, ...] = ()
    needs_results: bool = False
    limit: Limit | None = None
    level: str = ""
    applicant_does: str = ""
    task: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    review: tuple[ReviewLine, ...] = ()
    sent_back: int = 0
    back_by: str = ""
    back_reason: str = ""
    remark: str = ""
    meeting_level: str = ""
    flag: str = ""
    upper_body: str = ""
    upper_due: date | None = None
    cut_short: bool = False

    @property
    def meets_at(self) -> str:
        """The level of the meeting it waits for: as chosen, else as the catalogue has it (mission: C15)."""
        return self.meeting_level or self.level

    @property
    def state(self) -> Literal["waiting", "open", "done"]:
        if self.outcome:
            return "done"
        return "open" if self.started_at else "waiting"


@dataclass(frozen=True, slots=True)
class Opinion:
    """One signed opinion. Only the last of a step and level counts; earlier ones stay readable."""

    step: str
    level: OpinionLevel
    view: View
    staff: str
    at: datetime
    text: str
    law: str
    article: str
    conditions: tuple[tuple[str, bool], ...] = ()
    bands: tuple[tuple[str, int], ...] = ()
    band_approver: str = ""
    band_reason: str = ""
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class Assist:
    """One matter another department is asked for. `rounds` 2 after a second request, with its `cause`."""

    matter: str
    department: str
    task: str
    asked_at: datetime
    asked_by: str
    answer: Answer | None = None
    answered_at: datetime | None = None
    answered_by: str = ""
    law: str = ""
    article: str = ""
    reason: str = ""
    on_paper: bool = False
    rounds: int = 1
    cause: Cause | None = None
    cause_reason: str = ""
    disputed_by: str = ""
    dispute_task: str = ""
    dispute_reason: str = ""
    settled_by: str = ""
    settle_reason: str = ""

    @property
    def disputed(self) -> bool:
        return bool(self.disputed_by) and not self.settled_by


@dataclass(frozen=True, slots=True)
class GroupNote:
    """A note, or with `to` a question to a department and its answer. `of`: whose words on paper it is."""

    id: str
    staff: str
    at: datetime
    text: str
    to: str = ""
    task: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A joint visit or meeting. `tasks` ask each department to come; `absent` are (department, task that
    urges it); minutes "" until it was held."""

    id: str
    kind: Literal["visit", "meeting"]
    day: date
    departments: tuple[str, ...]
    called_by: str
    held: bool = False
    present: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()
    minutes: str = ""
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """A co-ordination order of the counter's management: who is told, who has replied what."""

    id: str
    by: str
    at: datetime
    text: str
    reply_by: date
    tasks: tuple[tuple[str, str], ...]
    replies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """An item whose result must be here first. `way` is what the applicant chose after it failed, kept by
    `chosen_by` at `chosen_at`."""

    item: str
    from_case: str = ""
    state: Literal["open", "arrived", "failed", "dropped"] = "open"
    number: str = ""
    how: str = ""
    task: str = ""
    way: WayOut | None = None
    chosen_at: datetime | None = None
    chosen_by: str = ""

    @property
    def settled(self) -> bool:
        return self.state in ("arrived", "dropped")


@dataclass(frozen=True, slots=True)
class Joint:
    """The joint matter the case belongs to; `lead` is the case the others are for."""

    id: str
    name: str
    lead: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanBar:
    """One bar of the dated plan as it was kept; `foreseen` when nobody had asked for it yet."""

    code: str
    from_on: date
    until_on: date
    critical: bool
    foreseen: bool = False


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What moved when the plan was worked out again: (code, former last day, new last day) and the cause.
    `asked` were foreseen and are now under way, `left_out` were foreseen and are not asked after all."""

    at: datetime
    cause: str
    moved: tuple[tuple[str, date | None, date | None], ...]
    asked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handling:
    """All of it. `item` is `CODE@VERSION`; `begun_at` None while the case only waits in a joint matter.

    `class_reason` says why another class than the catalogue's was set. `plan_returned` is the note with
    which the management sent the plan back last.

    `view` and `decided_at` stand once the final approver has signed. `work` says who has each piece of it
    ("" nobody yet, None: closed). `overtaken` are events that no longer fitted, `late` the acts they were of.
    """

    case: str
    begun_at: datetime | None = None
    item: str = ""
    department: str = ""
    case_class: str = ""
    authority: Authority = "own"
    complexity: Complexity = "ordinary"
    sensitive: bool = False
    restricted: bool = False
    class_reason: str = ""
    plan_approval: bool = False
    plan_approved_by: str = ""
    plan_returned: str = ""
    tracker: str = ""
    steps: tuple[Step, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    assists: tuple[Assist, ...] = ()
    looked_up: tuple[tuple[str, str], ...] = ()
    notes: tuple[GroupNote, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    orders: tuple[Order, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    joint: Joint | None = None
    plan: tuple[PlanBar, ...] = ()
    plan_changes: tuple[PlanChange, ...] = ()
    view: View | None = None
    result_number: str = ""
    decided_at: datetime | None = None
    ended_at: datetime | None = None
    work: Mapping[str, str | None] = field(default_factory=dict)
    late: tuple[str, ...] = ()
    overtaken: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        return self.begun_at is not None and self.ended_at is None

    def step(self, code: str) -> Step | None:
        return next((step for step in self.steps if step.code == code), None)

    def assist(self, matter: str) -> Assist | None:
        return next((assist for assist in self.assists if assist.matter == matter), None)

    def prerequisite(self, item: str) -> Prerequisite | None:
        return next((entry for entry in self.prerequisites if entry.item == item), None)

    @property
    def decides(self) -> StepKind:
        """The kind of step that decides the case: the final approver's, or the body it is reported up to."""
        return "report" if any(step.kind == "report" for step in self.steps) else "final"

    def departments(self) -> frozenset[str]:
        """Everybody who has a part in it: the working group, and who was asked, invited or told (mission:
        C3)."""
        return frozenset(
            {
                self.department,
                *(step.department for step in self.steps),
                *(assist.department for assist in self.assists),
                *(note.to for note in self.notes if note.to),
                *(code for meeting in self.meetings for code in meeting.departments),
                *(code for order in self.orders for code, _ in order.tasks),
            }
        )
