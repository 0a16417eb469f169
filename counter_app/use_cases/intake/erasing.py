"""Erasing a person's data: who it is, what will go, the act, and the proof afterwards (mission: X3).

In a hall with a centre the act is a question, and the centre decides: it alone sees everything. A machine
alone decides for itself by the same rule. What cannot be undone is shown first. Not here: what belongs to a
person (`domain/intake/erasing.py`), what the centre looks at (`use_cases/centre/erasing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from counter_app.domain.hall.rights import rights_of
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.erasing import (
    ERASURES,
    MOST_PARTIES,
    RETENTION_DAYS,
    RETENTION_SETTING,
    Erasure,
    Reach,
    erased_facts,
    reach,
    why_not,
)
from counter_app.domain.intake.erasure_facts import PartyErased, PartyErasureAsked
from counter_app.domain.intake.erasure_words import refused
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.numbers import read_number
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.journal import Actor, Recorded
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.ports.sync import Also
from counter_app.use_cases.reference import PublishedReference
from counter_app.use_cases.sync.link import CentreLink

MOST: Final = 200
SHORTEST_LOOKUP: Final = 32  # a keyed hash is longer than any id
Kept = Literal["gone", "there", "unknown"]


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom and what an erasure would reach, as far as this machine knows. `name` is the person's, "" when
    nothing is known any more."""

    name: str
    found: Reach


@dataclass(frozen=True, slots=True)
class Emptied:
    """One private part of an erasure: its digest stands in the sealed event, its bytes must be gone.

    `unknown`: this machine does not hold the event.
    """

    event: str
    slot: str
    digest: str
    state: Kept


@dataclass(frozen=True, slots=True)
class Proof:
    """`since` counts parts of the same person that reached this machine after the erasure."""

    erasure: Erasure
    parts: tuple[Emptied, ...]
    since: int

    @property
    def holds(self) -> bool:
        return all(part.state != "there" for part in self.parts)


class Erasing:
    """Commands and queries. `also` makes the search tokens of what is left."""

    def __init__(
        self, store: Store, reference: PublishedReference, also: Also, link: CentreLink | None
    ) -> None:
        self._store = store
        self._reference = reference
        self._also = also
        self._link = link

    @property
    def alone(self) -> bool:
        """There is no centre to ask."""
        return self._link is None

    def preview(self, named: str) -> Preview:
        """What would go. `named` is a party's id, a person's as search gives it, or a case's number or id:
        then who applies is meant. UserFacingError `party.unknown`."""
        with self._store.reading() as reader:
            parties = self._parties(reader, named)
            first = reader.get(PARTIES, parties[0])
            found = reach(parties, reader.history, _there)
            return Preview(first.name if first else "", found)

    def need(self, actor: Actor, named: str, basis: str) -> Preview:
        """The preview, if it may be done as far as this machine knows. UserFacingError `party.unknown`,
        `erase.*`."""
        with self._store.reading() as reader:
            _need(
                self._why_not(
                    reader, actor, reach(self._parties(reader, named), reader.history, _there), basis
                )
            )
        return self.preview(named)

    def erase(self, actor: Actor, key: str, named: str, basis: str) -> Erasure:
        """Erase for good, everywhere. The same key again gives the same result.

        UserFacingError `centre.needed` while the centre is away, `party.unknown`, `erase.*` when it may not.
        The answer's state is `asked` when the centre went away before it answered: it will still decide.
        """
        if self._link is not None:
            self._link.need_in_step("erase-party")
        erasure = self.ask(actor, key, named, basis)
        if self._link is not None:
            self._link.answered(lambda reader: _answered(reader, erasure))
        return self.outcome(erasure)

    def ask(self, actor: Actor, key: str, named: str, basis: str) -> str:
        """Record the question, or alone the erasure itself; gives its id.

        UserFacingError `party.unknown`, `erase.*`.
        """

        def work(tx: Transaction) -> None:
            found = reach(self._parties(tx, named), tx.history, _there)
            _need(self._why_not(tx, actor, found, basis))
            erasure = tx.next_id
            tx.record(PartyErasureAsked(erasure=erasure, parties=found.parties, basis=basis))
            if self._link is None:
                self._carry_out(tx, erased_facts(erasure, found, basis, actor.staff))

        return self._store.act(actor, key, work).first(PartyErasureAsked).erasure

    def _carry_out(self, tx: Transaction, facts: tuple[PartyErased, ...]) -> None:
        recorded = []
        for fact in facts:
            recorded.append(tx.record(fact))
            tx.erase(fact)
        self._also(tx, recorded)

    def _why_not(
        self, reader: Reader, actor: Actor, found: Reach, basis: str
    ) -> tuple[str, dict[str, str]] | None:
        plan = self._reference.plan(reader)
        member = plan.member(actor.staff)
        if member is None or "party.erase" not in rights_of(member.roles):
            return "erase.no-right", {}
        if len(found.parties) > MOST_PARTIES:
            return "erase.too-many", {}
        days = plan.settings.get(RETENTION_SETTING, RETENTION_DAYS)
        return why_not(found, basis, reader.now.date(), days)

    def outcome(self, erasure: str) -> Erasure:
        """How it stands. UserFacingError `erasure.unknown`; `erase.*` when the centre refused it."""
        with self._store.reading() as reader:
            state = reader.need(ERASURES, erasure)
        if state.state == "refused":
            raise refused(state.code, dict(state.detail))
        return state

    def erased(self, most: int = MOST) -> tuple[Erasure, ...]:
        """All that were asked for, the newest first."""
        with self._store.reading() as reader:
            return reader.cases.erasures(most)

    def proof(self, erasure: str) -> Proof:
        """Each part named, with the digest that the chain still holds, and whether its bytes are gone here.

        UserFacingError `erasure.unknown`. That the chain itself is whole is `Store.check`'s to say.
        """
        with self._store.reading() as reader:
            state = reader.need(ERASURES, erasure)
            parts = tuple(_emptied(reader, id, slot) for id, slot in state.parts)
            named = set(state.parts)
            left = reach(state.parties, reader.history, _there).parts if state.state == "done" else ()
            return Proof(state, parts, sum(part not in named for part in left))

    def _parties(self, reader: Reader, named: str) -> tuple[str, ...]:
        """Every party that is the person meant; not empty."""
        typed = named.strip()
        case = self._case(reader, typed)
        applicant = case.applicant if case is not None else None
        id = applicant.party if applicant is not None else typed
        party = reader.get(PARTIES, id)
        if party is None:
            same = reader.cases.parties_of(typed, MOST) if len(typed) > SHORTEST_LOOKUP else ()
            if not same:
                raise UserFacingError(
                    "party.unknown",
                    "No person is known here under {named}.",
                    kept="Nothing was erased.",
                    remedy="Name a case by its number, or a person as `counter-app case find` gives it.",
                    named=typed,
                )
            return same
        lookup = party.identity.lookup if party.identity else ""
        same = reader.cases.parties_of(lookup, MOST) if lookup else ()
        return tuple(dict.fromkeys((id, *same)))

    def _case(self, reader: Reader, typed: str) -> Case | None:
        """By id or number; a number typed without the hall's word is one of this hall's."""
        number = read_number(typed)
        if number is None:
            return reader.get(CASES, typed)
        whole = number if number.word else replace(number, word=self._reference.plan(reader).short_name)
        return reader.cases.by_number(str(whole))


def _need(refusal: tuple[str, dict[str, str]] | None) -> None:
    if refusal is not None:
        raise refused(*refusal)


def _there(event: Recorded, slot: str) -> bool:
    return slot in event.private


def _answered(reader: Reader, erasure: str) -> bool:
    state = reader.get(ERASURES, erasure)
    return state is not None and state.state != "asked"


def _emptied(reader: Reader, id: str, slot: str) -> Emptied:
    event = reader.event(id)
    if event is None:
        return Emptied(id, slot, "", "unknown")
    return Emptied(id, slot, event.parts.get(slot, ""), "there" if slot in event.private else "gone")
