"""A case as it stands at the counter: a draft that grows, then acts that end the visit.

The state is the fold of its events (`fold.py`) and lives in the encrypted store only, so it may hold
a phone number or a reason in own words; who the parties are stands in their own rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from counter_app.domain.catalogue.questions import Answer

Role = Literal["applicant", "spouse", "guardian", "agent", "collector", "helper", "organisation"]
ROLES: Final[tuple[Role, ...]] = (
    "applicant",
    "spouse",
    "guardian",
    "agent",
    "collector",
    "helper",
    "organisation",
)
MarkKind = Literal["present", "to_correct", "missing", "lacking"]
MARKS: Final[tuple[MarkKind, ...]] = ("present", "to_correct", "missing", "lacking")
Stage = Literal[
    "draft",
    "held",
    "pre_reviewed",
    "received",
    "notified",
    "reopened",
    "accepted",
    "granted",
    "refused",
    "no_permit",
    "withdrawn",
    "forwarded",
    "denied",
    "terminated",
    "lapsed",
    "merged",
]
OPEN_STAGES: Final = frozenset({"draft", "held", "pre_reviewed", "received", "reopened"})
ENDED: Final = frozenset(
    {"granted", "refused", "no_permit", "withdrawn", "denied", "terminated", "lapsed", "merged"}
)
# what leaves nothing to be collected or looked after
WITHOUT_RESULT: Final = ENDED - {"granted", "denied"}
MOST_STEPS: Final = 50
# the fields that say where the citizen is reached and how he wants the result (mission: I17, C13)
CONTACT: Final = frozenset({"phone", "address", "delivery"})
# the project a case is filed under, and which stage of it the case is (mission: C2)
PROJECT: Final = "project"
STAGE_OF_PROJECT: Final = "project_stage"


@dataclass(frozen=True, slots=True)
class Mandate:
    """委托: what the agent may do, until when; `number` of the paper if it has one."""

    scope: str
    until: date | None = None
    number: str = ""

    def holds(self, today: date) -> bool:
        return bool(self.scope) and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True)
class Participant:
    """A party in its role. `same` is 人证相符: None until the clerk has looked."""

    party: str
    role: Role
    source: str
    same: bool | None = None
    mandate: Mandate | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of the checklist as judged. `originals`/`copies` None: as many as asked."""

    kind: MarkKind
    reason: str = ""
    originals: int | None = None
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One shortcoming as it was told."""

    material: str
    kind: MarkKind
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A once-only notice that went out; `number` is its paper's, `cause` why there was a second one,
    `lead_late` the working days beyond the lead's two."""

    nth: int
    event: str
    at: datetime
    lines: tuple[NoticeLine, ...]
    until: date | None
    number: str = ""
    cause: str = ""
    caused_by: str = ""
    lead_late: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """A formal act: what, when, who, where; `reason` in words, `article` as quoted."""

    kind: str
    event: str
    at: datetime
    staff: str
    counter: str
    reason: str = ""
    article: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A case between two halls: who gave it to whom, with which materials, and who signed for the papers.

    `event` is the id of `CaseForwarded`; `news` is what the other hall last said (a stage), at `news_at`.
    """

    event: str
    from_hall: str
    to_hall: str
    materials: tuple[str, ...]
    sign_by: date
    at: datetime
    signed_at: datetime | None = None
    signed_by: str = ""
    missing: tuple[str, ...] = ()
    news: str = ""
    news_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What the clerk fills in; every change of it can be undone."""

    item: str = ""
    persons: tuple[Participant, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One undoable change: what it was about, and what stood there before.

    `what` is `item`, `person`, `match`, `answer`, `field`, `mark` or `note`; only the matching
    piece of the former draft is kept, so that a step stays small.
    """

    event: str
    what: str
    target: str
    item: str = ""
    persons: tuple[Participant, ...] = ()
    answer: Answer | None = None
    text: str | None = None
    mark: Mark | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """The fold of a case. `draft.item` is `CODE@VERSION`; dates are days in the hall's zone. `filed`: its
    file is closed in the archive."""

    id: str
    opened_at: datetime
    opened_by: str
    counter: str
    ticket: str | None
    channel: int
    changed_at: datetime
    stage: Stage = "draft"
    draft: Draft = field(default_factory=Draft)
    steps: tuple[Step, ...] = ()
    number: str = ""
    query: str = ""
    held_until: date | None = None
    open_lines: tuple[str, ...] | None = None
    notices: tuple[Notice, ...] = ()
    acts: tuple[Act, ...] = ()
    received_at: datetime | None = None
    decide_by: date | None = None
    decide_from: datetime | None = None
    accepted_at: datetime | None = None
    handled_as: str = ""
    legal_due: date | None = None
    promised_due: date | None = None
    due_provisional: bool = False
    lacking: tuple[str, ...] = ()
    supply_by: date | None = None
    ended_at: datetime | None = None
    hand_over: HandOver | None = None
    overtaken: tuple[str, ...] = ()
    filed: bool = False

    @property
    def to_be_signed(self) -> bool:
        """Whether papers from another hall are under way to this one, or lie here unsigned (mission: H1)."""
        over = self.hand_over
        return over is not None and bool(over.from_hall) and over.signed_at is None

    @property
    def open(self) -> bool:
        """Whether the checklist and persons may still be changed."""
        return self.stage in OPEN_STAGES

    @property
    def barely_begun(self) -> bool:
        """Nothing but an item and who came: what is left where an earlier case was opened instead."""
        draft = self.draft
        filled = draft.answers or draft.fields or draft.marks or draft.notes
        return self.stage == "draft" and not self.number and not filled

    @property
    def ended(self) -> bool:
        return self.stage in ENDED

    @property
    def item_key(self) -> tuple[str, int] | None:
        """(code, version) of the item the case keeps; None before one is chosen."""
        code, _, version = self.draft.item.rpartition("@")
        return (code, int(version)) if code else None

    def with_role(self, role: Role) -> Participant | None:
        return next((person for person in self.draft.persons if person.role == role), None)

    @property
    def applicant(self) -> Participant | None:
        """Who applies: the person, else the organisation."""
        return self.with_role("applicant") or self.with_role("organisation")

    def may_mark(self, material: str) -> bool:
        """On a return visit only the open lines may be marked (mission: I6)."""
        return self.open and (self.open_lines is None or material in self.open_lines)
