"""Conflicts: two machines acted at once and one act no longer fitted (design: the centre gives the order).

A conflict is found once, by the centre, and settled once, by a clerk it concerns. What follows from a call
made twice (the start and the end of it) is written down as well, but asks nobody again (`open` is False).
Not here: the questions and choices in words (`conflict_words.py`), how they are found (`use_cases/centre`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal, get_args

from counter_app.domain.blanks.blanks import BlankIssued, Blanks, BlankSpoiled
from counter_app.domain.casework import facts as work_facts
from counter_app.domain.casework import joint_facts
from counter_app.domain.casework.task import TaskPassed, TaskTaken
from counter_app.domain.centre.facts import ConflictFound, ConflictSettled
from counter_app.domain.intake import facts as case_facts
from counter_app.domain.intake.case import ENDED, Case
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.domain.waiting import facts as ticket_facts
from counter_app.domain.waiting.ticket import AT_COUNTER, LIVE, Ticket

Rule = Literal[
    "called-twice",
    "served-twice",
    "ended-already",
    "held-elsewhere",
    "moved-on",
    "carried-twice",
    "number-twice",
    "case-ended",
    "decided-twice",
    "case-moved-on",
    "party-twice",
    "taken-twice",
    "worked-twice",
    "time-twice",
    "paid-twice",
    "delivered-twice",
    "blank-twice",
    "same-end",
    "follows",
]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)
QUIET: Final[frozenset[str]] = frozenset({"same-end", "follows"})  # nobody is asked about these

NOBODY: Final = frozenset({"", "kiosk", "keeper", "centre"})  # no person did it

_SERVING: Final = (ticket_facts.ServingStarted, ticket_facts.TicketFinished, ticket_facts.MatterFinished)
_ENDINGS: Final[Mapping[type[Fact], str]] = {
    ticket_facts.TicketVoided: "void",
    ticket_facts.TicketGaveUp: "gave_up",
    ticket_facts.TicketCarriedOver: "carried_over",
}
_FORMAL: Final = (
    case_facts.CasePreReviewed,
    case_facts.PapersReceived,
    case_facts.CaseAccepted,
    case_facts.NoticeIssued,
    case_facts.CaseRefused,
    case_facts.PermitNotNeeded,
    case_facts.CaseGranted,
    case_facts.CaseWithdrawn,
    case_facts.CaseNumbered,
)
# What somebody did with work that was another's, or done.
WORKED: Final = (
    work_facts.OpinionGiven,
    work_facts.AssistsRequested,
    work_facts.AssistAnswered,
    work_facts.AssistRepeated,
    work_facts.AssistDisputed,
    work_facts.DisputeSettled,
    work_facts.StepEnded,
    work_facts.StepSentBack,
    work_facts.UpperBodyAnswered,
    work_facts.GroupQuestionAnswered,
    work_facts.MeetingMinuted,
    work_facts.OrderReplied,
    joint_facts.PrerequisiteSettled,
    joint_facts.PrerequisiteAppliedAgain,
    joint_facts.PlanApproved,
    joint_facts.PlanReturned,
)


@dataclass(frozen=True, slots=True)
class Side:
    """Who did one of the two acts, and where: one entry of `concerned`."""

    device: str
    staff: str
    place: str

    def text(self) -> str:
        return f"{self.device}/{self.staff}/{self.place}"


def side_of(event: Recorded) -> Side:
    return Side(event.device, event.actor.staff, event.actor.place)


def side(text: str) -> Side:
    """Read an entry of `concerned` back."""
    device, _, rest = text.partition("/")
    staff, _, place = rest.partition("/")
    return Side(device, staff, place)


@dataclass(frozen=True, slots=True)
class Conflict:
    """The fold of a conflict. `event` came second and changed nothing, `against` is the act that stands.

    `concerned` are the two sides, the one that came second first. `detail` holds what the sentence needs:
    `number`, `type` and `standing` (types of events), `state` it met, `at` and `against_at` (ISO 8601).
    """

    id: str
    subject: str
    rule: str
    event: str
    against: str
    concerned: tuple[str, ...]
    detail: Mapping[str, str] = field(default_factory=dict)
    found_at: datetime | None = None
    settled: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    note: str = ""

    @property
    def open(self) -> bool:
        return not self.settled and self.rule not in QUIET

    @property
    def sides(self) -> tuple[Side, ...]:
        return tuple(side(text) for text in self.concerned)

    def concerns(self, device: str, staff: str = "", place: str = "") -> bool:
        """Whether somebody at this device, or this clerk, or this counter, must hear of it."""
        return any(
            entry.device == device or (staff and entry.staff == staff) or (place and entry.place == place)
            for entry in self.sides
        )


def fold_conflict(state: Conflict | None, event: Recorded) -> Conflict | None:
    """The first settlement stands; what is said after it changes nothing."""
    fact = event.fact
    if isinstance(fact, ConflictFound) and state is None:
        return Conflict(
            id=fact.conflict,
            subject=fact.subject,
            rule=fact.rule,
            event=fact.event,
            against=fact.against,
            concerned=fact.concerned,
            detail=fact.detail,
            found_at=event.at,
        )
    if isinstance(fact, ConflictSettled) and state is not None and not state.settled:
        return replace(
            state, settled=fact.choice, settled_by=event.actor.staff, settled_at=event.at, note=fact.note
        )
    return state


CONFLICTS: Final = Stream("conflict", Conflict, fold_conflict)


def ticket_rule(fact: Fact, met: Ticket) -> Rule:
    """What it means that this act no longer fitted the ticket it `met`."""
    ending = _ENDINGS.get(type(fact))
    if ending is not None:
        return "same-end" if met.state == ending else "ended-already"
    if isinstance(fact, ticket_facts.TicketCalled):
        return "called-twice" if met.state in AT_COUNTER else "ended-already"
    if isinstance(fact, ticket_facts.TicketResumed):
        return "held-elsewhere" if met.live or met.state == "served" else "ended-already"
    if isinstance(fact, _SERVING) and met.state in ("serving", "served"):
        return "served-twice"
    return "moved-on" if met.state in LIVE or met.state == "no_show" else "ended-already"


def case_rule(fact: Fact, met: Case) -> Rule:
    """What it means that this act no longer fitted the case it `met`."""
    if isinstance(fact, _FORMAL):
        return "decided-twice"
    return "case-ended" if met.stage in ENDED else "case-moved-on"


def work_rule(fact: Fact) -> Rule | None:
    """What it means that this act no longer fitted the handling of its case. What its own rules started with
    it (steps, forms, the plan) is told with it."""
    if isinstance(fact, TaskTaken | TaskPassed):
        return "taken-twice"
    return "worked-twice" if isinstance(fact, WORKED) else None


def blank_number(fact: Fact, met: Blanks) -> str:
    """The number of the blank that was issued or spoiled twice."""
    return fact.number if isinstance(fact, BlankIssued | BlankSpoiled) else ""
