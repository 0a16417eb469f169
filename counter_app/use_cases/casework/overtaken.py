"""Work that two people did while their machines were cut off from each other: both are told (mission: C12,
X1).

The centre finds it and the first act stands (`domain/centre/judging.py`); what the later one did is kept in
the journal and not applied. Here it is put to the people it concerns, with what was kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.centre.conflict_words import ACTS, Choice, Sentence, choices, sentence
from counter_app.domain.centre.conflicts import Conflict, Side
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.streams import subject_id
from counter_app.use_cases.casework.ground import who_acts
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Reader, Store
from counter_app.use_cases.sync.hall import concerns, named

OF_WORK: Final = frozenset({"taken-twice", "worked-twice", "time-twice"})
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class OvertakenRow:
    """One act that was overtaken. `first` stands, `second` came too late; `act` (an English source) is what
    the second did, `kept` its words, for him and the management. `mine`: whoever asks is one of the two.
    `answers` are what may be said was done about it (`HallCentre.settle` takes the code)."""

    conflict: str
    rule: str
    case: str
    number: str
    work: str
    act: str
    first: str
    first_name: str
    first_at: datetime | None
    second: str
    second_name: str
    second_at: datetime | None
    kept: str
    mine: bool
    sentence: Sentence
    answers: tuple[Choice, ...]


class OvertakenWork:
    """What a desk, the counter's page and commands ask."""

    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def conflicts(self, actor: Actor) -> tuple[OvertakenRow, ...]:
        """What is open and concerns this person, oldest first; supervision and the counter's management see
        the whole hall's. UserFacingError `work.who`."""
        with self._store.reading() as reader:
            over_all = who_acts(reader, self._reference.plan(reader), actor).has("case.arbitrate")
            found = [
                one
                for one in reader.centre.open_conflicts(MOST)
                if one.rule in OF_WORK and (over_all or concerns(one, actor.staff, actor.place))
            ]
            return tuple(_row(reader, one, actor, over_all) for one in named(reader, found))


def _row(reader: Reader, conflict: Conflict, actor: Actor, over_all: bool) -> OvertakenRow:
    second, first = (*conflict.sides, Side("", "", ""), Side("", "", ""))[:2]
    detail = conflict.detail
    case = subject_id(conflict.subject)
    state = reader.get(CASES, case)
    return OvertakenRow(
        conflict=conflict.id,
        rule=conflict.rule,
        case=case,
        number=state.number if state else detail.get("number", ""),
        work=detail.get("work", ""),
        act=ACTS.get(detail.get("type", ""), ""),
        first=first.staff,
        first_name=detail.get("first_name", first.staff),
        first_at=_moment(detail.get("against_at", "")),
        second=second.staff,
        second_name=detail.get("second_name", second.staff),
        second_at=_moment(detail.get("at", "")),
        kept=_kept(reader, conflict.event) if over_all or actor.staff == second.staff else "",
        mine=actor.staff in (first.staff, second.staff),
        sentence=sentence(conflict),
        answers=choices(conflict.rule),
    )


def _kept(reader: Reader, event: str) -> str:
    """The words of the act that does not count: nobody need think of them twice."""
    recorded = reader.event(event)
    private = recorded.private if recorded is not None else {}
    return (private.get("text") or private.get("reason") or b"").decode()


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
