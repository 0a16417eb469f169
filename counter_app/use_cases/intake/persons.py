"""Recording who came, inside an act (mission: I2).

A card left on the reader since before the call is never taken; a second card asks its role. A person
recorded before with the same particulars is not recorded twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import msgspec

from counter_app.domain.intake.case import Case, Role
from counter_app.domain.intake.facts import PersonAdded
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import IDENTITY, PARTIES, PHOTO, Identity, PartyRecorded, pack
from counter_app.domain.waiting.fold import TICKETS
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import PersonInput, checked
from counter_app.use_cases.intake.tokens import id_tokens, joined, name_tokens, number_tokens
from counter_app.use_cases.ports.catalogue import Romaniser
from counter_app.use_cases.ports.store import Transaction

PersonHash = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class People:
    """What recording needs of the world: pinyin, the keyed hash of numbers, monotonic seconds."""

    romaniser: Romaniser
    person_hash: PersonHash
    monotonic: Callable[[], float]

    def record(self, tx: Transaction, case: Case, role: Role, person: PersonInput) -> str:
        """Record the person in its role; gives the party's id. Raises `card.left-over`, `person.*`."""
        self._refuse_left_over(tx, case, person)
        clean = checked(person, tx.now.date())
        number = clean.identity.number
        lookup = self.person_hash(number) if number else ""
        identity = replace(clean.identity, lookup=lookup)
        self._refuse_second_applicant(tx, case, role, identity)
        party = self._known(tx, identity) or self._new(tx, identity, clean)
        private = {"mandate": msgspec.json.encode(person.mandate)} if person.mandate else None
        tx.record(PersonAdded(case=case.id, party=party, role=role, source=clean.source), private=private)
        self.reindex(tx, case.id)
        return party

    def _refuse_left_over(self, tx: Transaction, case: Case, person: PersonInput) -> None:
        ticket = tx.get(TICKETS, case.ticket) if case.ticket else None
        if person.read_at is None or ticket is None or ticket.called_at is None:
            return
        read = tx.now - timedelta(seconds=self.monotonic() - person.read_at)
        if read < ticket.called_at:
            raise UserFacingError(
                "card.left-over",
                "This card has been on the reader since before {number} was called.",
                kept="Nothing was taken from it.",
                remedy="Hand it back to its owner; lay on the card of the citizen at the counter.",
                number=ticket.number,
            )

    def _refuse_second_applicant(self, tx: Transaction, case: Case, role: Role, identity: Identity) -> None:
        applicant = case.with_role("applicant")
        if role != "applicant" or applicant is None:
            return
        party = tx.get(PARTIES, applicant.party)
        known = party.identity if party else None
        if known is not None and known.lookup != identity.lookup:
            raise UserFacingError(
                "person.role-needed",
                "{applicant} applies already. In which role does {name} come?",
                remedy="Choose spouse, guardian, agent, collector or helper.",
                applicant=known.name,
                name=identity.name,
            )

    def _known(self, tx: Transaction, identity: Identity) -> str | None:
        party = tx.cases.person(identity.lookup) if identity.lookup else None
        return party.id if party is not None and party.identity == identity else None

    def _new(self, tx: Transaction, identity: Identity, person: PersonInput) -> str:
        party = tx.next_id
        private = {IDENTITY: pack(identity)} | ({PHOTO: person.photo} if person.photo else {})
        before = tx.cases.person(identity.lookup) if identity.lookup else None
        tx.record(
            PartyRecorded(
                party=party,
                sort=identity.sort,
                source=person.source,
                document=identity.document,
                supersedes=before.id if before else "",
            ),
            private=private,
        )
        if identity.lookup:
            self.index_person(tx, identity)
        return party

    def index_person(self, tx: Transaction, identity: Identity) -> None:
        """The person is found by name and by the tail of the number."""
        tx.index("person", identity.lookup, self._tokens(identity))

    def _tokens(self, identity: Identity) -> tuple[str, ...]:
        name = name_tokens(identity.name, self.romaniser, person=identity.sort == "person")
        return joined((name, id_tokens(identity.number)))

    def reindex(self, tx: Transaction, id: str) -> None:
        """The case is found by its people, its number, its query code and its ticket."""
        case = tx.need(CASES, id)
        parties = (tx.get(PARTIES, person.party) for person in case.draft.persons)
        names = [self._tokens(party.identity) for party in parties if party and party.identity]
        numbers = number_tokens(case.number) if case.number else ()
        tx.index("case", id, joined((*names, numbers)))
