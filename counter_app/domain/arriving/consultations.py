"""Advice before an application: who asked what, what was answered, which case came of it (mission: I13, S5).

Name, telephone, question and answer are private parts; the answer quotes the item's version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

SAID: Final = ("name", "phone", "question", "answer")


class ConsultationHeld(Fact):
    """A small meeting or a question before an application. `item` is `CODE@VERSION`, "" for none."""

    consultation: str
    item: str = ""
    present: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"consultation:{self.consultation}",)


class ConsultationLinked(Fact):
    """The case that came of it."""

    consultation: str
    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"consultation:{self.consultation}", f"case:{self.case}")


@dataclass(frozen=True, slots=True)
class Consultation:
    id: str
    at: datetime
    staff: str
    counter: str
    item: str
    present: tuple[str, ...]
    name: str
    phone: str
    question: str
    answer: str
    cases: tuple[str, ...] = ()


def fold_consultation(state: Consultation | None, event: Recorded) -> Consultation | None:
    fact = event.fact
    if isinstance(fact, ConsultationHeld) and state is None:
        name, phone, question, answer = (event.private.get(slot, b"").decode() for slot in SAID)
        return Consultation(
            fact.consultation,
            event.at,
            event.actor.staff,
            event.actor.place,
            fact.item,
            fact.present,
            name,
            phone,
            question,
            answer,
        )
    if isinstance(fact, ConsultationLinked) and state is not None and fact.case not in state.cases:
        return replace(state, cases=(*state.cases, fact.case))
    return state


CONSULTATIONS: Final = Stream("consultation", Consultation, fold_consultation)
