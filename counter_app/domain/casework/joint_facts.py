"""A joint matter (一件事), its prerequisites, the plan over all of it, and who follows it up (mission: C2,
C11)."""

from __future__ import annotations

from counter_app.domain.casework.task import HandlingFact


class JointOpened(HandlingFact):
    """One intake opened all `cases` ((case, item) each); `lead` is the one the others are for. Recorded for
    each."""

    joint: str
    name: str
    lead: str
    cases: tuple[tuple[str, str], ...]


class PrerequisitesNeeded(HandlingFact):
    """The items whose results must be there first: (item, the case that may bring it or "") each."""

    items: tuple[tuple[str, str], ...]


class PrerequisiteArrived(HandlingFact):
    """A result came in the system, or was shown on paper (`from_case` empty); nobody carries it (mission:
    C2)."""

    item: str
    from_case: str = ""
    number: str = ""


class PrerequisiteFailed(HandlingFact):
    """Refused, withdrawn or late: the successor has three ways out; `task` waits for who asks the
    applicant."""

    item: str
    how: str
    task: str = ""


class PrerequisiteSettled(HandlingFact):
    """The way the applicant chose: `drop` the scope, `wait`, `withdraw` (mission: C2)."""

    item: str
    way: str


class PrerequisiteAppliedAgain(HandlingFact):
    """Nothing came of the earlier application; the case waits for a new one, `from_case` (mission: C2)."""

    item: str
    from_case: str


class PlanKept(HandlingFact):
    """The dated plan as of now: (code, from, until, critical) each, and why it was worked out again (mission:
    C11). `foreseen` are those that nobody has asked for yet."""

    bars: tuple[tuple[str, str, str, bool], ...]
    cause: str
    foreseen: tuple[str, ...] = ()


class PlanApproved(HandlingFact):
    """The counter's management approves the plan; only then the steps start (报领导审批, mission: C11)."""


class PlanReturned(HandlingFact):
    """The management sends the plan back with a word, the group's note `note`; it comes before it again when
    the lead has answered (mission: C11)."""

    note: str


class TrackerNamed(HandlingFact):
    """专人跟蹤: who follows the plan (mission: C11)."""

    staff: str
