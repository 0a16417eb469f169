"""What belongs to a person and goes when the person's data is erased, and why it may have to stay.

A *reach* is found from events alone, without any private part: the device that previews it and the centre
that decides come to the same. A case belongs to who applies, or to its only person: then every private part
of it goes, its papers' facts among them (number and digest stay, so a paper can still be proven genuine). In
another person's case only what is about the person goes: the mandate, what the person signed on a
pad, and the person in a hand-over's luggage.

Not here: emptying the parts (`store`), who may ask (`domain/hall/rights`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeVar, get_args

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.erasure_facts import (
    ERASURE,
    PartyErased,
    PartyErasureAsked,
    PartyErasureRefused,
)
from counter_app.domain.intake.facts import PersonAdded
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PartyRecorded
from counter_app.domain.journal import Recorded
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.paper.signed import PaperSigned
from counter_app.domain.streams import Stream
from counter_app.domain.waiting.fold import TICKETS

Basis = Literal["retention_over", "purpose_ended", "consent_withdrawn", "unlawful", "recorded_in_error"]
BASES: Final[tuple[Basis, ...]] = get_args(Basis)
# 个人信息保护法 art. 47: while the law has a record kept, these alone end its keeping
BEFORE_TIME: Final = frozenset({"unlawful", "recorded_in_error"})
RETENTION_SETTING: Final = "retention.case_days"
RETENTION_DAYS: Final = 3653  # ten years, the shortest term of a fixed-term file (国家档案局令第8号)
MANDATE: Final = "mandate"
ADVICE: Final = "consultation:"
LUGGAGE: Final = "party/"
# Streams beside a case's own under its id: what is private there is the case's as well. A test holds every
# fact about a case to one of them.
BESIDE: Final = ("handling", "clock", "drafted")
LOOKED_AT: Final = "looked-at"
MOST_PARTIES: Final = 90
PARTS_A_FACT: Final = 2000

T = TypeVar("T")
History = Callable[[str], Sequence[Recorded]]
There = Callable[[Recorded, str], bool]
Part = tuple[str, str]
State = Literal["asked", "done", "refused"]


@dataclass(frozen=True, slots=True)
class CaseReached:
    """A case the person stands in; `own`: it goes whole. `kept_from` is the day its retention runs from, None
    where it left no formal trace: a draft that nobody touched today (`changed_on`) is given up."""

    id: str
    number: str
    stage: str
    ended: bool
    own: bool
    kept_from: date | None
    changed_on: date


@dataclass(frozen=True, slots=True)
class Reach:
    """All that is the person's. `parts` are (event, slot), none twice.

    `live_tickets` are numbers still in hand; `others_papers` counts papers of other people's cases that may
    name the person and stay; `halls` are those that cases were handed on to or came from: each erases for
    itself.
    """

    parties: tuple[str, ...]
    cases: tuple[CaseReached, ...]
    tickets: tuple[str, ...]
    live_tickets: tuple[str, ...]
    parts: tuple[Part, ...]
    papers: int
    others_papers: int
    halls: tuple[str, ...]

    @property
    def own_cases(self) -> tuple[str, ...]:
        return tuple(case.id for case in self.cases if case.own)


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure as it stands: asked for, done, or refused with `code` and `detail`."""

    id: str
    state: State
    basis: str
    staff: str
    place: str
    asked_at: datetime
    parties: tuple[str, ...]
    cases: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    done_at: datetime | None = None
    code: str = ""
    detail: tuple[tuple[str, str], ...] = ()


def fold_erasure(state: Erasure | None, event: Recorded) -> Erasure | None:
    fact = event.fact
    if isinstance(fact, PartyErasureAsked) and state is None:
        actor = event.actor
        return Erasure(fact.erasure, "asked", fact.basis, actor.staff, actor.place, event.at, fact.parties)
    if isinstance(fact, PartyErased):
        begun = state or Erasure(
            fact.erasure, "asked", fact.basis, fact.staff, event.actor.place, event.at, fact.parties
        )
        return replace(
            begun,
            state="done",
            parties=fact.parties,
            cases=_with(begun.cases, fact.cases),
            tickets=_with(begun.tickets, fact.tickets),
            parts=_with(begun.parts, fact.parts),
            done_at=begun.done_at or event.at,
        )
    if isinstance(fact, PartyErasureRefused) and state is not None and state.state == "asked":
        return replace(state, state="refused", code=fact.code, detail=tuple(sorted(fact.detail.items())))
    return state


ERASURES: Final = Stream(ERASURE, Erasure, fold_erasure)


def _always(event: Recorded, slot: str) -> bool:
    return True


def reach(parties: Iterable[str], history: History, there: There = _always) -> Reach:
    """Everything of the person that these parties are; `history` gives a subject's events in order, `there`
    says whether a part is still to be erased.

    What a party superseded is the same person and belongs to it.
    """
    return _Reaching(history, there).of(parties)


class _Reaching:
    def __init__(self, history: History, there: There) -> None:
        self._history = history
        self._there = there
        self._parts: dict[Part, None] = {}
        self._papers = self._others = 0

    def of(self, parties: Iterable[str]) -> Reach:
        known: dict[str, None] = {}
        added: dict[str, list[Recorded]] = {}
        waiting = list(dict.fromkeys(parties))
        while waiting:
            party = waiting.pop()
            if party in known:
                continue
            known[party] = None
            for event in self._history(f"party:{party}"):
                waiting += self._of_party(event, added)
            for event in self._history(f"{LOOKED_AT}:{party}"):
                self._take(event, event.parts)
        cases: list[CaseReached] = []
        tickets: dict[str, None] = {}
        halls: dict[str, None] = {}
        live: list[str] = []
        for id, events in added.items():
            whole = self._history(CASES.subject(id))
            case = CASES.replay(whole)
            if case is None:
                continue
            reached = _reached(case, set(known))
            cases.append(reached)
            self._of_case(whole, events, reached.own, known)
            if reached.own:
                self._beside(id)
            if case.hand_over is not None:
                hall = case.hand_over.to_hall or case.hand_over.from_hall
                halls[hall] = None
            if reached.own:
                for ticket in _tickets(whole):
                    tickets[ticket] = None
        own = {CASES.subject(case.id) for case in cases if case.own}
        for ticket in tickets:
            live += self._of_ticket(ticket, own)
        return Reach(
            parties=tuple(known),
            cases=tuple(cases),
            tickets=tuple(tickets),
            live_tickets=tuple(live),
            parts=tuple(self._parts),
            papers=self._papers,
            others_papers=self._others,
            halls=tuple(halls),
        )

    def _of_party(self, event: Recorded, added: dict[str, list[Recorded]]) -> list[str]:
        """The parties that this one supersedes."""
        fact = event.fact
        if isinstance(fact, PartyRecorded):
            self._take(event, event.parts)
            return [fact.supersedes] if fact.supersedes else []
        if isinstance(fact, PersonAdded):
            added.setdefault(fact.case, []).append(event)
        return []

    def _of_case(
        self, whole: Sequence[Recorded], added: list[Recorded], own: bool, parties: Collection[str]
    ) -> None:
        luggage = {LUGGAGE + party for party in parties}
        for event in whole:
            paper = isinstance(event.fact, PaperIssued)
            if own:
                self._take(event, event.parts)
                self._papers += paper
                self._of_advice(event)
            else:
                self._take(event, luggage & event.parts.keys())
                if isinstance(event.fact, PaperSigned) and event.fact.party in parties:
                    self._take(event, event.parts)
                self._others += paper
        if not own:
            for event in added:
                self._take(event, {MANDATE} & event.parts.keys())

    def _beside(self, case: str) -> None:
        """What was said and decided of it behind the counter."""
        for kind in BESIDE:
            for event in self._history(f"{kind}:{case}"):
                self._take(event, event.parts)

    def _of_advice(self, event: Recorded) -> None:
        """Advice that led to an own case goes with it."""
        for subject in event.subjects:
            if subject.startswith(ADVICE):
                for told in self._history(subject):
                    self._take(told, told.parts)

    def _of_ticket(self, ticket: str, own_cases: set[str]) -> list[str]:
        """Parts of the ticket and its papers, unless they are another case's; the number while it lives."""
        whole = self._history(TICKETS.subject(ticket))
        for event in whole:
            cases = {subject for subject in event.subjects if subject.startswith("case:")}
            if cases <= own_cases:
                self._take(event, event.parts)
        state = TICKETS.replay(whole)
        return [state.number] if state is not None and state.live else []

    def _take(self, event: Recorded, slots: Iterable[str]) -> None:
        self._parts |= dict.fromkeys((event.id, slot) for slot in sorted(slots) if self._there(event, slot))


def _reached(case: Case, parties: set[str]) -> CaseReached:
    persons = case.draft.persons
    applicant = case.applicant
    sole = bool(persons) and all(person.party in parties for person in persons)
    formal = bool(case.received_at or case.accepted_at or case.notices or case.hand_over)
    formal = formal or case.stage in ("refused", "no_permit")
    return CaseReached(
        id=case.id,
        number=case.number,
        stage=case.stage,
        ended=case.ended or case.stage == "forwarded",  # what goes on elsewhere is that hall's record
        own=sole or (applicant is not None and applicant.party in parties),
        kept_from=(case.ended_at or case.changed_at).date() if formal else None,
        changed_on=case.changed_at.date(),
    )


def _tickets(events: Sequence[Recorded]) -> list[str]:
    """The tickets a case was opened from: its first event names them."""
    prefix = TICKETS.subject("")
    return [
        subject.removeprefix(prefix)
        for event in events[:1]
        for subject in event.subjects
        if subject.startswith(prefix)
    ]


def why_not(found: Reach, basis: str, today: date, days: int) -> tuple[str, dict[str, str]] | None:
    """Why nothing of it may be erased now: a code of `erasure_words.REFUSALS` and what its sentence needs;
    None when it may.

    `days` is the hall's retention: so long after its end a case that left a formal trace is kept.
    """
    if basis not in BASES:
        return "erase.basis", {"basis": basis[:40]}
    for case in found.cases:
        given_up = case.kept_from is None and case.changed_on < today
        if not case.ended and not given_up:
            return "erase.case-open", {"number": case.number or case.id}
    if found.live_tickets:
        return "erase.in-hand", {"number": found.live_tickets[0]}
    if not found.parts:
        return "erase.nothing", {}
    if basis not in BEFORE_TIME:
        for case in found.cases:
            until = case.kept_from + timedelta(days=days) if case.kept_from else today
            if until > today:
                return "erase.too-early", {"number": case.number or case.id, "until": until.isoformat()}
    return None


def erased_facts(erasure: str, found: Reach, basis: str, staff: str) -> tuple[PartyErased, ...]:
    """The facts that carry a decision out; each names everything but its own share of the parts."""
    return tuple(
        PartyErased(
            erasure=erasure,
            parties=found.parties,
            cases=found.own_cases if at == 0 else (),
            others=tuple(case.id for case in found.cases if not case.own) if at == 0 else (),
            tickets=found.tickets if at == 0 else (),
            parts=found.parts[at : at + PARTS_A_FACT],
            basis=basis,
            staff=staff,
        )
        for at in range(0, len(found.parts), PARTS_A_FACT)
    )


def _with(known: tuple[T, ...], more: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(known + more))
