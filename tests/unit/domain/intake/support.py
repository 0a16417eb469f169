"""Events without a store: a journal that only counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.facts import CaseOpened
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import GENESIS, Actor, Fact, Recorded

START = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))


class Journal:
    """Folds one case as facts come in."""

    def __init__(self) -> None:
        self.events: list[Recorded] = []
        self.case: Case = self._opened()

    def _opened(self) -> Case:
        case = CASES.fold(None, self._event(CaseOpened(case="c"), {}))
        assert case is not None
        return case

    def add(self, fact: Fact, **private: str) -> Recorded:
        event = self._event(fact, {slot: text.encode() for slot, text in private.items()})
        case = CASES.fold(self.case, event)
        assert case is not None
        self.case = case
        return event

    def _event(self, fact: Fact, private: Mapping[str, bytes]) -> Recorded:
        seq = len(self.events) + 1
        event = Recorded(
            device="3",
            epoch=1,
            seq=seq,
            type=type(fact).__name__,
            version=1,
            hlc=seq,
            at=START + timedelta(seconds=seq),
            actor=Actor("1002", "3"),
            key=f"k{seq}",
            n=0,
            subjects=fact.subjects,
            fact=fact,
            parts={},
            prev=GENESIS,
            hash=GENESIS,
            private=private,
        )
        self.events.append(event)
        return event
