"""What people do to an accepted case, as facts (mission: C3–C10, C12, C15, C16, I9, I10).

Opinions, reasons and notes are words about people: they travel as private parts (`text`, `reason`), never in
a body. Laws and articles are law, so they stand in the body. Not here: joint matters and plans
(`joint_facts.py`), the pieces of work that wait for somebody (`task.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.domain.casework.task import HandlingFact


class HandlingBegun(HandlingFact):
    """The case goes behind the counter. `steps` are those of its class, as the item's version gives them
    (`procedure.py`), so that the fold needs no catalogue."""

    item: str
    department: str
    case_class: str
    authority: str
    complexity: str
    sensitive: bool
    restricted: bool
    steps: tuple[Mapping[str, Any], ...]
    plan_approval: bool = False


class ClassSet(HandlingFact):
    """Another complexity or sensitivity than the catalogue assumed (mission: I10); reason private."""

    case_class: str
    complexity: str
    sensitive: bool
    restricted: bool


class StepStarted(HandlingFact):
    """Its start condition is met; `task` is the piece of work."""

    step: str
    task: str


class ReviewFilled(HandlingFact):
    """Lines of the review form as answered so far: (question, standard answer, for the applicant) (mission:
    C10)."""

    step: str
    lines: tuple[tuple[str, str, bool], ...]


class OpinionGiven(HandlingFact):
    """经办意见 and the two above it (mission: C9). `level` handler, approver, final; `view` grant, deny.

    `conditions` are (condition, met); `bands` (band, amount) of discretion used, with its approver when
    outside (mission: C16). The opinion itself is the private part `text`; reasons for leaving a band
    `reason`.
    """

    step: str
    level: str
    view: str
    law: str
    article: str
    conditions: tuple[tuple[str, bool], ...] = ()
    bands: tuple[tuple[str, int], ...] = ()
    band_approver: str = ""
    result_number: str = ""
    on_paper: bool = False


class StepEnded(HandlingFact):
    """`outcome`: agreed, passed, failed, denied. A remark is the private part `text`. `flag` of a meeting:
    needless, missed, or "" where the table agrees; None says nothing of it (mission: C15)."""

    step: str
    outcome: str
    flag: str | None = None


class StepSentBack(HandlingFact):
    """An approver sends the work back to the step it came from; the reason is private."""

    step: str
    to: str


class MeetingSentUp(HandlingFact):
    """The case waits for a meeting of `level`; `flag` needless or missed by the table (mission: C15)."""

    step: str
    level: str
    flag: str = ""


class ReportedUp(HandlingFact):
    """Reviewed here and sent to the body that decides, which has its own limit (上报件, mission: I9)."""

    step: str
    upper_body: str
    due: str | None


class UpperBodyAnswered(HandlingFact):
    """What the upper body decided: `view` grant or deny, `number` of its decision; a remark is private."""

    step: str
    view: str
    number: str = ""


class HandlingClosed(HandlingFact):
    """The case ended otherwise (withdrawn, terminated …): nothing waits for anybody any more."""

    cause: str


class HandlingTakenUp(HandlingFact):
    """The end of the case was set aside: what was cut short, or decided it, lies before people again.

    `assists` are (matter, task) of the answers that were still owed.
    """

    assists: tuple[tuple[str, str], ...] = ()


class AssistsRequested(HandlingFact):
    """All assists of a case in one batch, once (mission: C5): (matter, department, task) each."""

    matters: tuple[tuple[str, str, str], ...]


class FactLookedUp(HandlingFact):
    """What would have been asked is held by the hall itself and was looked up (mission: C5)."""

    matter: str
    source: str


class AssistAnswered(HandlingFact):
    """One of the five answers (mission: C4); `on_paper`: entered by the counter from a reply slip (mission:
    H2)."""

    matter: str
    answer: str
    law: str = ""
    article: str = ""
    on_paper: bool = False


class AssistRepeated(HandlingFact):
    """二次协办: asked once more with a cause; `cause` assist_short or lead_unclear (mission: C6). Reason
    private."""

    matter: str
    cause: str
    task: str


class AssistDisputed(HandlingFact):
    """A department does not accept the cause (mission: C7); reason private, `task` waits for the
    management."""

    matter: str
    department: str
    task: str


class DisputeSettled(HandlingFact):
    """Counter management decides the cause (mission: C7); reason private."""

    matter: str
    cause: str


class OrderGiven(HandlingFact):
    """协调: over two or more departments, with a date (mission: C7): (department, task) each; words
    private."""

    order: str
    departments: tuple[tuple[str, str], ...]
    reply_by: str


class OrderReplied(HandlingFact):
    order: str
    department: str


class GroupNoteWritten(HandlingFact):
    """A note of the working group, or a question to a department (mission: C3); words private. `of`: the
    department whose words came on paper."""

    note: str
    to: str = ""
    task: str = ""
    of: str = ""


class GroupQuestionAnswered(HandlingFact):
    note: str


class MeetingCalled(HandlingFact):
    """A joint visit (`visit`) or meeting (`meeting`) with the departments asked to come, and the work that
    asks each (mission: C3)."""

    meeting: str
    kind: str
    day: str
    departments: tuple[str, ...]
    tasks: tuple[str, ...] = ()


class MeetingMinuted(HandlingFact):
    """Who came and who did not, with the pieces of work that urge the absent; minutes private (mission:
    C3)."""

    meeting: str
    present: tuple[str, ...]
    absent: tuple[tuple[str, str], ...] = ()
