"""Handing a case on to the hall that handles it, and signing for papers that come (mission: H1, I14, I16).

One act: the case leaves, its hand-over slip is issued, and everything the other hall needs goes along as
private parts. Not here: how it travels between the halls' centres (`use_cases/relay`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import Hall
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.forward_facts import CASE, CaseForwarded, HandOverSigned
from counter_app.domain.intake.forward_fold import FORWARDABLE, pack_case
from counter_app.domain.intake.numbers import read_number
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.intake.scene import Planned, applicant_of, kept, kept_lines
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_public import HandOverFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.facts import CLOCK, ClockEnded
from counter_app.domain.time.ledger import due
from counter_app.domain.time.limits import Limit
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.flow import close_all
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction

SIGN_WITHIN: Final = Limit(1, "working_days")
PARTY_SLOT: Final = "party/"
MOST_INCOMING: Final = 200


@dataclass(frozen=True, slots=True)
class Incoming:
    """A case from another hall whose papers are not signed for yet. `late` when the day has passed; `names`
    are the materials' in words."""

    case: str
    number: str
    item: str
    from_hall: str
    materials: tuple[str, ...]
    sign_by: date
    late: bool
    names: tuple[str, ...] = ()


class Forwarding:
    """Commands on cases that change halls. The same key again gives the same result."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def halls(self) -> tuple[Hall, ...]:
        """Where a case may go: the other halls of the tree that stand, nearest kin first."""
        with self._store.reading() as reader:
            plan = self._reference.plan(reader)
        here = plan.hall
        kin = {here.parent: 0, **{hall.code: 1 for hall in plan.stations()}}
        others = [hall for hall in plan.halls if hall.code != here.code and hall.building == "built"]
        return tuple(sorted(others, key=lambda hall: (kin.get(hall.code, 2), hall.code)))

    def forward(self, actor: Actor, key: str, case: str, to_hall: str, reason: str = "") -> str:
        """Hand the case on; gives the hand-over slip's paper id.

        UserFacingError `case.unknown`, `forward.not-yet` (before papers are received),
        `forward.hall-unknown`, `forward.here`.
        """
        checked_text(reason)

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            target = _target(seen, to_hall)
            if seen.case.stage not in FORWARDABLE:
                raise UserFacingError(
                    "forward.not-yet",
                    "A case is handed on after its papers were received.",
                    kept="The case is kept as it is.",
                    remedy="Receive or accept it first: the citizen takes the receipt and its number along.",
                )
            sign_by = due(SIGN_WITHIN, tx.now, seen.calendar).day
            self._record(tx, actor, seen, target, sign_by, reason)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def _record(
        self, tx: Transaction, actor: Actor, seen: Look, target: Hall, sign_by: date, reason: str
    ) -> None:
        scene = seen.scene(actor.staff, actor.place)
        short, number = seen.plan.short_name, read_number(seen.case.number)
        slip = paper_number(tx, PaperKind.HAND_OVER, short)
        facts = HandOverFacts(
            head=scene.head,
            case_number=seen.case.number,
            item=scene.named,
            applicant=applicant_of(scene),
            from_hall=seen.plan.hall.name,
            to_hall=target.name,
            given_by=scene.head.clerk,
            materials=kept(scene),
            sign_by=sign_by,
            reason=reason,
            bar_code=number.plain if number else "",
        )
        sent = tuple(line.material.code for line, _, _ in kept_lines(scene.checklist, scene.case))
        tx.record(
            CaseForwarded(
                case=seen.case.id,
                to_hall=target.code,
                materials=sent,
                sign_by=sign_by.isoformat(),
                slip=slip,
            ),
            private=_luggage(tx, seen.case, reason),
        )
        _let_go(tx, seen.case.id)
        about = About(
            place=actor.place,
            short_name=short,
            case=seen.case.id,
            item=seen.case.draft.item,
            query=seen.case.query,
        )
        issue(tx, [(Planned(facts, sheet=True), slip)], about, self._statements)

    def incoming(self) -> tuple[Incoming, ...]:
        """Cases whose papers are to be signed for, the most urgent first."""
        with self._store.reading() as reader:
            plan = self._reference.plan(reader)
            names = {hall.code: hall.name for hall in plan.halls}
            today = reader.now.date()
            return tuple(
                self._incoming(reader, names, case, today)
                for case in reader.cases.to_be_signed(MOST_INCOMING)
            )

    def _incoming(self, reader: Reader, names: dict[str, str], case: Case, today: date) -> Incoming:
        over = case.hand_over
        assert over is not None
        key = case.item_key
        item = self._reference.catalogue(reader).version(*key) if key else None
        return Incoming(
            case=case.id,
            number=case.number,
            item=item.name if item else case.draft.item,
            from_hall=names.get(over.from_hall, over.from_hall),
            materials=over.materials,
            sign_by=over.sign_by,
            late=today > over.sign_by,
            names=tuple(_material_name(item, code) for code in over.materials),
        )

    def sign(
        self, actor: Actor, key: str, case: str, missing: tuple[str, ...] = (), remark: str = ""
    ) -> None:
        """Sign for the papers of a case that came over; `missing` are materials that did not come.

        UserFacingError `case.unknown`, `forward.nothing-to-sign`, `forward.not-on-slip`.
        """
        checked_text(remark)

        def work(tx: Transaction) -> None:
            state = tx.need(CASES, case)
            over = state.hand_over
            if over is None or not state.to_be_signed:
                raise UserFacingError(
                    "forward.nothing-to-sign",
                    "No papers of this case wait to be signed for.",
                    kept="Nothing was changed.",
                    remedy="Look at the list of cases from other halls.",
                )
            strange = [code for code in missing if code not in over.materials]
            if strange:
                raise UserFacingError(
                    "forward.not-on-slip",
                    "{material} is not on the hand-over slip.",
                    kept="Nothing was signed.",
                    remedy="Name only papers of the slip as missing.",
                    material=strange[0],
                )
            private = {"text": remark.encode()} if remark else None
            tx.record(HandOverSigned(case=case, missing=missing), private=private)

        self._store.act(actor, key, work)


def _material_name(item: Item | None, code: str) -> str:
    material = item.material(code) if item is not None else None
    return material.name if material is not None else code


def _target(seen: Look, to_hall: str) -> Hall:
    if to_hall == seen.plan.code:
        raise UserFacingError(
            "forward.here",
            "The case is at this hall already.",
            kept="Nothing was changed.",
            remedy="Choose another hall.",
        )
    found = next((hall for hall in seen.plan.halls if hall.code == to_hall), None)
    if found is None:
        raise UserFacingError(
            "forward.hall-unknown",
            "There is no hall {hall} in this hall's tree.",
            kept="Nothing was changed.",
            remedy="Choose one of the halls listed.",
            hall=to_hall,
        )
    return found


def _luggage(tx: Transaction, case: Case, reason: str) -> dict[str, bytes]:
    """What the other hall needs: the case, its parties, its clock, the reason."""
    parts = {CASE: pack_case(case)}
    for person in case.draft.persons:
        party = tx.get(PARTIES, person.party)
        if party is not None:
            parts[PARTY_SLOT + person.party] = PARTIES.encode(party)
    clock = tx.get(CLOCKS, case.id)
    if clock is not None and clock.running:
        parts[CLOCK] = CLOCKS.encode(clock)
    if reason:
        parts["reason"] = reason.encode()
    return parts


def _let_go(tx: Transaction, case: str) -> None:
    """Time and work of the case are the other hall's now; here nothing of it waits or grows late."""
    clock, handling = tx.get(CLOCKS, case), tx.get(HANDLINGS, case)
    if clock is not None and clock.running:
        tx.record(ClockEnded(case=case, outcome="forwarded"))
    if handling is not None:
        close_all(tx, handling, "forwarded")
