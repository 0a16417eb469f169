"""Advice before an application, recorded and linked to the case that comes of it (mission: I13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.arriving.consultations import (
    CONSULTATIONS,
    Consultation,
    ConsultationHeld,
    ConsultationLinked,
)
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store, Transaction

MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """`item` is a catalogue code, "" for none; `present` are the badges of who else took part."""

    question: str
    answer: str
    item: str = ""
    name: str = ""
    phone: str = ""
    present: tuple[str, ...] = ()


class Consulting:
    """Commands on consultations. The same key again gives the same result."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def hold(self, actor: Actor, key: str, advice: Advice, case: str = "") -> str:
        """Record it, linked at once to `case` where there is one; gives its id. UserFacingError
        `consultation.empty`, `consultation.present`, `catalogue.*`."""
        texts = {
            "name": advice.name,
            "phone": advice.phone,
            "question": advice.question,
            "answer": advice.answer,
        }
        for text in texts.values():
            checked_text(text)
        if not advice.question.strip() or not advice.answer.strip():
            raise UserFacingError(
                "consultation.empty", "Question and answer are both needed.", remedy="Type them."
            )

        def work(tx: Transaction) -> None:
            _need_staff(self._reference.plan(tx), advice.present)
            item = ""
            if advice.item:
                found = self._reference.catalogue(tx).item(advice.item, tx.now.date())
                item = f"{found.code}@{found.version}"
            id = tx.next_id
            private = {slot: text.encode() for slot, text in texts.items() if text}
            tx.record(ConsultationHeld(consultation=id, item=item, present=advice.present), private=private)
            if case:
                tx.need(CASES, case)
                need_open_file(tx, case)
                tx.record(ConsultationLinked(consultation=id, case=case))

        return self._store.act(actor, key, work).first(ConsultationHeld).consultation

    def link(self, actor: Actor, key: str, consultation: str, case: str) -> None:
        """This case came of it. UserFacingError `consultation.unknown`, `case.unknown`."""

        def work(tx: Transaction) -> None:
            tx.need(CONSULTATIONS, consultation)
            tx.need(CASES, case)
            need_open_file(tx, case)
            tx.record(ConsultationLinked(consultation=consultation, case=case))

        self._store.act(actor, key, work)

    def unlinked(self) -> tuple[Consultation, ...]:
        """Those of which no case has come yet, the oldest first."""
        with self._store.reading() as reader:
            return reader.listed.open(CONSULTATIONS, MOST)

    def of_case(self, case: str) -> tuple[Consultation, ...]:
        """All that led to this case, the oldest first: one consultation may lead to several cases."""
        with self._store.reading() as reader:
            facts = (event.fact for event in reader.history(CASES.subject(case)))
            linked = (fact.consultation for fact in facts if isinstance(fact, ConsultationLinked))
            return tuple(reader.need(CONSULTATIONS, id) for id in dict.fromkeys(linked))

    def shown(self, consultation: str) -> Consultation:
        """UserFacingError `consultation.unknown`."""
        with self._store.reading() as reader:
            return reader.need(CONSULTATIONS, consultation)


def _need_staff(plan: HallPlan, badges: tuple[str, ...]) -> None:
    """UserFacingError `consultation.present`: names of people stand in no event, badges do."""
    strange = next((badge for badge in badges if plan.member(badge) is None), None)
    if strange is not None:
        raise UserFacingError(
            "consultation.present",
            "Nobody of the staff has the badge or name {text}.",
            kept="Nothing was recorded.",
            remedy="Type badges or whole names, with commas.",
            text=strange,
        )
