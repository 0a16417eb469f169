"""Between receipt and acceptance: which cases wait, until when their lead may ask, and what it says is short
(mission: I7, I8).

The counter and the management see all of them, a department those it will handle. What the lead says is short
are marks on the checklist: the counter's verdict suggests the notice from them. Not here: the notice itself
(`intake/deciding.py`), what silence comes to (`by_clock.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from counter_app.domain.casework.beginning import lines_of
from counter_app.domain.casework.rights import Who
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case, MarkKind, Notice
from counter_app.domain.intake.deeming import (
    i7_answered,
    i7_asked_late,
    i7_is_deemed,
    i7_lead_by,
    i7_lead_late,
)
from counter_app.domain.intake.facts import MaterialMarked
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.intake.verdict import shortcomings
from counter_app.domain.journal import Actor
from counter_app.domain.time.alarms import LEVELS, Level, t4_level
from counter_app.domain.time.calendar import WorkCalendar
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.ground import who_acts
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, look
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.time.views import ReceivedLine, ReceivedPage, ReceivedRow

MOST: Final = 500
EVER: Final = date.max
SAID: Final[tuple[MarkKind, ...]] = ("to_correct", "missing", "present")


class Received:
    """Cases that were received and are not accepted; each question is one short read."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def list(self, actor: Actor, most: int = MOST) -> tuple[ReceivedRow, ...]:
        """Those this person may see, the most urgent first; then those whose notice was late. UserFacingError
        `work.who`."""
        with self._store.reading() as reader:
            seen = Waiting(reader, self._reference)
            who = who_acts(reader, seen.plan, actor)
            onlooker = Onlooker(reader, self._reference, actor)
            return tuple(
                seen.row(case, hidden=onlooker.hides(case))
                for case in (*seen.cases(most), *seen.asked_late(most))
                if seen.may_list(who, case)
            )

    def page(self, actor: Actor, case: str) -> ReceivedPage:
        """UserFacingError `case.unknown`, `received.not-yours`, `received.over` once it is no longer so."""
        with self._store.reading() as reader:
            seen = Waiting(reader, self._reference)
            who, state = self._needed(reader, seen, actor, case)
            may_say = seen.is_lead(who, state) and state.stage == "received"
            return seen.page(look(reader, self._reference, case).case, may_say)

    def say(self, actor: Actor, key: str, case: str, material: str, kind: MarkKind, reason: str = "") -> None:
        """The lead says of one material that it is missing, to be corrected (with the reason), or in order.

        UserFacingError as `page`, and `received.not-lead`, `mark.not-asked`, `mark.reason-needed`.
        """
        checked_text(reason)

        def work(tx: Transaction) -> None:
            seen = Waiting(tx, self._reference)
            who, state = self._needed(tx, seen, actor, case)
            if state.stage != "received":
                raise _over(state)
            if not seen.is_lead(who, state):
                raise UserFacingError(
                    "received.not-lead",
                    "What is short is said by the people who will handle the case.",
                    kept="Nothing was changed.",
                    remedy="Tell them; at the counter the checklist is marked as always.",
                )
            standard = _reasons(seen, state, material)
            if kind not in SAID or standard is None:
                raise UserFacingError(
                    "mark.not-asked",
                    "The material {material} is not on the checklist.",
                    remedy="Look at the answers: one of them drops it.",
                    material=material,
                )
            if kind == "to_correct" and not reason.strip():
                raise UserFacingError(
                    "mark.reason-needed",
                    "What is to be corrected on {material}?",
                    remedy="Choose a phrase or type the reason.",
                    material=material,
                )
            known = reason in standard
            tx.record(
                MaterialMarked(case=case, material=material, mark=kind, phrase=reason if known else ""),
                private={"reason": reason.encode()} if reason and not known else None,
            )

        self._store.act(actor, key, work)

    @staticmethod
    def _needed(reader: Reader, seen: Waiting, actor: Actor, id: str) -> tuple[Who, Case]:
        who, case = who_acts(reader, seen.plan, actor), reader.need(CASES, id)
        asked = i7_asked_late(case) is not None
        if not asked and (case.stage != "received" or i7_is_deemed(case, seen.today)):
            raise _over(case)
        if not seen.may_list(who, case) or Onlooker(reader, seen.reference, actor).hides(case):
            raise UserFacingError(
                "received.not-yours",
                "Case {number} will be handled by another department.",
                kept="Nothing was shown.",
                remedy="Ask the counter's management.",
                number=case.number,
            )
        return who, case


class Waiting:
    """Hall, catalogue and calendar of one read, and how received cases read in them."""

    def __init__(self, reader: Reader, reference: CaseReference) -> None:
        self._reader = reader
        self.reference = reference
        self.plan: HallPlan = reference.plan(reader)
        self.catalogue: Catalogue = reference.catalogue(reader)
        self.calendar: WorkCalendar = reference.calendar(reader)
        self.today = reader.now.date()

    def cases(self, most: int = MOST) -> Iterable[Case]:
        """Received, not accepted, and silence has not accepted them either; the earliest day first."""
        found = self._reader.cases.unasked(EVER, most)
        return (case for case in found if case.draft.item and not i7_is_deemed(case, self.today))

    def asked_late(self, most: int = MOST) -> Iterable[Case]:
        """Those whose notice came after the lead's two days, until they are accepted or have ended."""
        return (case for case in self._reader.cases.asked_late(most) if case.draft.item)

    def lines(self, case: Case) -> Checklist:
        key = case.item_key
        assert key is not None
        return lines_of(self.catalogue.version(*key), case, self.today, self.plan.settings)

    def may_list(self, who: Who, case: Case) -> bool:
        """A row names nobody: every counter, the management, and who will handle it."""
        return who.has("case.arbitrate", "case.decide") or self.is_lead(who, case)

    def is_lead(self, who: Who, case: Case) -> bool:
        return who.has("case.review") and who.department == self.lines(case).department

    def lead_by(self, case: Case) -> date:
        return i7_lead_by(_received_on(case), self.calendar)

    def row(self, case: Case, *, hidden: bool = False) -> ReceivedRow:
        key = case.item_key
        assert key is not None
        lines = self.lines(case)
        body = self.catalogue.body(lines.department)
        lead_by = self.lead_by(case)
        decide_by = case.decide_by or lead_by
        notice = i7_asked_late(case)
        answer = i7_answered(case, notice) if notice is not None else None
        return ReceivedRow(
            case=case.id,
            number=case.number,
            item="" if hidden else self.catalogue.version(*key).name,
            department=body.name if body else lines.department,
            received_on=_received_on(case),
            lead_by=lead_by,
            lead_level=late_level(notice) if notice else t4_level(lead_by, self.today, self.calendar),
            lead_late=notice.lead_late if notice else i7_lead_late(case, self.today, self.calendar),
            decide_by=decide_by,
            level="" if notice else t4_level(decide_by, self.today, self.calendar),
            short=len(shortcomings(lines, case)),
            asked_on=notice.at.date() if notice else None,
            answered_on=answer.at.date() if answer else None,
            answered_by=self._name(answer.staff) if answer else "",
            hidden=hidden,
        )

    def _name(self, badge: str) -> str:
        member = self.plan.member(badge)
        return member.name if member else badge

    def page(self, case: Case, may_say: bool) -> ReceivedPage:
        person = case.applicant
        party = self._reader.get(PARTIES, person.party) if person else None
        marks = case.draft.marks
        lines = tuple(
            ReceivedLine(
                material=line.material.code,
                name=line.material.full_name,
                originals=line.originals,
                copies=line.copies,
                mark=marks[line.material.code].kind if line.material.code in marks else None,
                reason=marks[line.material.code].reason if line.material.code in marks else "",
                reasons=self.catalogue.correction_reasons(line.material),
            )
            for line in self.lines(case).lines
        )
        return ReceivedPage(
            self.row(case), party.name if party else "", person.party if person else "", lines, may_say
        )


def _over(case: Case) -> UserFacingError:
    return UserFacingError(
        "received.over",
        "Case {number} no longer waits to be accepted.",
        kept="Nothing was changed.",
        remedy="Look at the list.",
        number=case.number,
    )


def _received_on(case: Case) -> date:
    return (case.received_at or case.changed_at).date()


def _reasons(seen: Waiting, case: Case, material: str) -> tuple[str, ...] | None:
    """The standard reasons for this line; None when the checklist does not ask for it."""
    for line in seen.lines(case).lines:
        if line.material.code == material:
            return seen.catalogue.correction_reasons(line.material)
    return None


def late_level(notice: Notice) -> Level:
    """Of a notice that was late, as T4 counts working days past due."""
    return LEVELS[min(1 + notice.lead_late, len(LEVELS) - 1)]
