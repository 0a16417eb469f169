"""Cards made for a person of a case: issued with number and signed code, printed how often and why (P9).

Not here: which plastic (`card_blanks.py`), where a card leads (`card_links.py`), drawing (`printing`), the
printer (`devices`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES, Identity
from counter_app.domain.journal import Actor
from counter_app.domain.paper.cards import (
    CARDS,
    FACTS,
    TITLES,
    Card,
    CardFacts,
    CardIssued,
    CardKind,
    CardLinked,
    CardNotPrinted,
    CardPrinted,
    old_enough,
    pack_facts,
    unpack_facts,
)
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.papers.card_blanks import give_back, spoil_blank, take_blank
from counter_app.use_cases.papers.card_links import Hash, card_key, holder_of
from counter_app.use_cases.papers.issuing import run_of
from counter_app.use_cases.ports.printing import PrintEnd, PrintOutcome
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.waiting.reference import Reference

WORDS: Final = {"service": "服", "elder": "优"}
MOST_PHOTO: Final = 1 << 20


class CardStatements(Protocol):
    """Signs what a card's QR says."""

    def card(
        self, number: str, title: str, name: str, on: date, *, seq: int, head: str, event: str
    ) -> str: ...


@dataclass(frozen=True, slots=True)
class CardInput:
    """`photo` is a JPEG, empty for none; `blank` the number printed on the plastic that shall be used."""

    kind: CardKind
    photo: bytes = b""
    until: date | None = None
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """A print that was noted. `fresh` is False when this command was answered before: it is sent no more."""

    card: str
    count: int
    blank: str
    fresh: bool


class Cards:
    """Commands and queries. `person_hash` is the keyed hash of a number."""

    def __init__(
        self, store: Store, reference: Reference, statements: CardStatements, person_hash: Hash
    ) -> None:
        self._store = store
        self._person_hash = person_hash
        self._reference = reference
        self._statements = statements

    def issue(self, actor: Actor, key: str, case: str, given: CardInput) -> str:
        """A card for who applies; gives its id. UserFacingError `case.unknown`, `card.*`."""
        if len(given.photo) > MOST_PHOTO:
            raise UserFacingError(
                "card.photo-large",
                "The photo is too large for a card.",
                kept="No card was issued.",
                remedy="Take a smaller one: half a megabyte is plenty.",
            )

        def work(tx: Transaction) -> None:
            state = tx.need(CASES, case)
            need_open_file(tx, case)
            party, person = _applicant(tx, state)
            if given.kind == "elder" and not old_enough(person.born_by, tx.now.date()):
                raise UserFacingError(
                    "card.too-young",
                    "The card for the elderly is for persons of 60 years and more.",
                    kept="No card was issued.",
                    remedy="Check the date of birth on the ID card.",
                )
            self._record(tx, case, party, person, given)

        return self._store.act(actor, key, work).first(CardIssued).card

    def printed(self, actor: Actor, key: str, card: str, reason: str = "", *, lost: bool = False) -> Printing:
        """Note a print before it is made, on the next blank of the counter. From the second on with a reason,
        and the plastic before counts as spoiled unless it is `lost`. UserFacingError `card.reason-needed`,
        `card.no-blank`, `card.unknown`."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            state = card_of(tx, card)
            if state.prints and not reason.strip():
                raise UserFacingError(
                    "card.reason-needed",
                    "This card was printed before: printing it again needs a reason.",
                    kept="Nothing was printed.",
                    remedy="Say why: spoiled, lost, data changed.",
                )
            if state.prints and not lost:
                spoil_blank(tx, state, reason)
            tx.record(
                CardPrinted(
                    card=card,
                    case=state.case,
                    count=state.prints + 1,
                    reason=reason,
                    blank=take_blank(tx, state, actor.place),
                )
            )

        outcome = self._store.act(actor, key, work)
        noted = outcome.first(CardPrinted)
        return Printing(card, noted.count, noted.blank, not outcome.replayed)

    def ended(self, actor: Actor, key: str, noted: Printing, outcome: PrintOutcome) -> None:
        """How a noted print ended: one that left no dot for certain is taken back, with its blank."""
        if outcome.end is not PrintEnd.FAILED or outcome.may_have_printed:
            return

        def work(tx: Transaction) -> None:
            state = card_of(tx, noted.card)
            if state.prints != noted.count:
                return  # printed again meanwhile: that print stands
            give_back(tx, state)
            tx.record(
                CardNotPrinted(
                    card=noted.card,
                    case=state.case,
                    count=noted.count,
                    code=outcome.why.value,
                    blank=state.blank if state.blank_at else "",
                )
            )

        self._store.act(actor, key, work)

    def link(self, actor: Actor, key: str, card: str, serial: str) -> None:
        """A chip belongs to this card: laid on, it leads to the holder's cases. UserFacingError
        `card.unknown`, `card.erased`, `card.linked`."""
        found = card_key(serial, self._person_hash)

        def work(tx: Transaction) -> None:
            state = card_of(tx, card)
            if state.gone:
                raise _erased()
            holder = holder_of(tx, found)
            if holder is not None and holder.card != card:
                raise UserFacingError(
                    "card.linked",
                    "This chip belongs to another card already.",
                    kept="Nothing was changed.",
                    remedy="Use a chip of its own for each card.",
                )
            if holder is None:
                tx.record(CardLinked(card=card, case=state.case, party=state.party, key=found))

        self._store.act(actor, key, work)

    def of_case(self, case: str) -> tuple[Card, ...]:
        """In the order they were issued."""
        with self._store.reading() as reader:
            ids = [
                event.fact.card
                for event in reader.history(CASES.subject(case))
                if isinstance(event.fact, CardIssued)
            ]
            return tuple(card_of(reader, id) for id in ids)

    def facts(self, card: str) -> CardFacts:
        """What stands on it. UserFacingError `card.unknown`, `card.erased`."""
        with self._store.reading() as reader:
            card_of(reader, card)
            event = reader.event(card)
            packed = event.private.get(FACTS) if event is not None else None
        if packed is None:
            raise _erased()
        return unpack_facts(packed)

    def _record(self, tx: Transaction, case: str, party: str, person: Identity, given: CardInput) -> None:
        plan = self._reference.plan(tx)
        number = str(run_of(tx, f"card:{given.kind}", plan.short_name + WORDS[given.kind]))
        seq, head = tx.head()
        today = tx.now.date()
        title = TITLES[given.kind]
        code = self._statements.card(number, title, person.name, today, seq=seq, head=head, event=tx.next_id)
        facts = CardFacts(
            kind=given.kind,
            number=number,
            name=person.name,
            sex=person.sex,
            birth=person.birth,
            birth_part=person.birth_part,
            hall=plan.hall.name,
            line=plan.inquiry_line,
            issued=today,
            until=given.until,
            photo=given.photo,
            qr=code,
            training=plan.training,
        )
        issued = CardIssued(
            card=tx.next_id, case=case, party=party, kind=given.kind, number=number, blank=given.blank
        )
        tx.record(issued, private={FACTS: pack_facts(facts)})
        key = card_key(number, self._person_hash)
        tx.record(CardLinked(card=issued.card, case=case, party=party, key=key))


def card_of(reader: Reader, card: str) -> Card:
    """Cards are few and asked for by name: folded from their own events. UserFacingError `card.unknown`."""
    state = CARDS.replay(reader.history(CARDS.subject(card)))
    if state is None:
        raise UserFacingError(
            "card.unknown",
            "There is no card {card}.",
            kept="Nothing was changed.",
            remedy="`counter-app case card list` names those of a case.",
            card=card,
        )
    return state


def _erased() -> UserFacingError:
    return UserFacingError(
        "card.erased",
        "What stood on this card was erased, or is not for this machine.",
        kept="That it was issued stays on record.",
        remedy="Issue a new card if one is needed.",
    )


def _applicant(reader: Reader, case: Case) -> tuple[str, Identity]:
    who = case.applicant
    party = reader.get(PARTIES, who.party) if who is not None else None
    if who is None or party is None or party.identity is None or party.identity.sort != "person":
        raise UserFacingError(
            "card.no-person",
            "This case has no applicant to make a card for.",
            kept="No card was issued.",
            remedy="Read the citizen's ID card first.",
        )
    return who.party, party.identity
