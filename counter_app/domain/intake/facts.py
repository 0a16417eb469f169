"""What people do to a case before it is handled, as facts (mission: I1–I9, I15, I16).

Free text (reasons, phone, notes) may name people, so it travels in private parts (`text`, `reason`),
never in a body; `phrase` holds standard phrases of the catalogue. Not here: what the facts come to
(`fold.py`), who the parties are (`parties.py`), the papers an act issues (`domain/paper/issued.py`).
"""

from __future__ import annotations

from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.journal import Fact


class CaseFact(Fact):
    """Base of every fact about one case."""

    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"case:{self.case}",)


class CaseOpened(CaseFact):
    """A draft begins, from a ticket or without one; `channel` by GB/T 39046 办理形式."""

    ticket: str | None = None
    channel: int = 1

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"case:{self.case}",) + ((f"ticket:{self.ticket}",) if self.ticket else ())


class PersonAdded(CaseFact):
    """A party takes a role. A mandate is the private part `mandate`."""

    party: str
    role: str
    source: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"case:{self.case}", f"party:{self.party}")


class PersonDropped(CaseFact):
    party: str


class PersonMatched(CaseFact):
    """人证相符: the clerk compared the face with the card."""

    party: str
    same: bool


class ItemChosen(CaseFact):
    """The item's version is kept from here on (mission: I1)."""

    code: str
    item_version: int


class QuestionAnswered(CaseFact):
    """None takes the answer away."""

    question: str
    value: Answer | None


class FieldSet(CaseFact):
    """A field's text is the private part `text`; none empties it."""

    field: str


class MaterialMarked(CaseFact):
    """`mark` None takes the mark away. A reason in own words is the private part `reason`."""

    material: str
    mark: str | None
    phrase: str = ""
    originals: int | None = None
    copies: int | None = None


class NoteWritten(CaseFact):
    """The text is the private part `text`."""


class StepUndone(CaseFact):
    """Takes back the last step of the draft, named by its event; `what` and `target` say what it was."""

    step: str
    what: str
    target: str


class CaseNumbered(CaseFact):
    """The number on every paper of the case; the query code is the private part `query`."""

    number: str


class CaseHeld(CaseFact):
    """What can be put right on the spot may be, until the end of `until` (mission: I6)."""

    until: str


class CasePreReviewed(CaseFact):
    """材料预审: looked through, nothing received yet (mission: I8)."""


class PapersReceived(CaseFact):
    """收件: papers handed in, not yet accepted; `decide_by` is the day by which that is said."""

    materials: tuple[str, ...]
    decide_by: str


class CaseAccepted(CaseFact):
    """受理: the clock starts. `handled_as` is one of `spot`, `promise`, `report_up` (mission: I8, I9).

    `lacking` materials come later (容缺), by `supply_by`.
    """

    handled_as: str
    legal_due: str | None
    promised_due: str | None
    provisional: bool = False
    lacking: tuple[str, ...] = ()
    supply_by: str | None = None


class NoticeIssued(CaseFact):
    """一次性告知: all shortcomings, once. `nth` above 1 has a `cause` that is counted (mission: I6).
    `number` is its paper's; `lead_late` the working days beyond the lead's two (mission: I7).

    `lines` are (material, mark, phrase) of each shortcoming; reasons in own words are the private
    part `reasons`, a JSON object by material.
    """

    nth: int
    lines: tuple[tuple[str, str, str], ...]
    until: str | None
    number: str = ""
    after_receipt: bool = False
    lead_late: int = 0
    cause: str = ""
    caused_by: str = ""


class ReturnVisited(CaseFact):
    """The citizen came back: only these lines are open again."""

    lines: tuple[str, ...]


class CorrectionsReceived(CaseFact):
    """What came of the open lines, for the 补正材料收件凭证."""

    came: tuple[str, ...]
    still_open: tuple[str, ...]


class CaseRefused(CaseFact):
    """不予受理 / 退件: reason (private), law and article, the competent body if it is not ours."""

    article: str
    competent: str = ""
    phrase: str = ""


class PermitNotNeeded(CaseFact):
    """不受理: the matter needs no permit."""

    phrase: str = ""
    article: str = ""


class CaseGranted(CaseFact):
    """The decision. `on_the_spot` when acceptance and decision were one visit (即办件)."""

    on_the_spot: bool
    result: str = ""
    result_number: str = ""


class CaseWithdrawn(CaseFact):
    """The applicant takes the case back; the reason is private."""

    returned: tuple[str, ...] = ()
