"""Handing results over, and everything that becomes of them (mission: C13, C18, P6). One act each.

Not here: who may collect (`domain/delivery/rules.py`), chasing (`use_cases/telling`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from counter_app.domain.delivery import facts as f
from counter_app.domain.delivery.delivery import DELIVERIES, Delivery, Produced
from counter_app.domain.delivery.rules import Shown
from counter_app.domain.identity.masking import mask_number
from counter_app.domain.intake.scene import Planned, applicant_of
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.facts_delivery import DeliveryFacts
from counter_app.domain.paper.facts_ending import AmendmentFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.delivery.allowed import (
    is_receipt,
    need_served,
    need_way,
    refuse_unfit,
    refuse_unpaid,
)
from counter_app.use_cases.delivery.inputs import (
    AmendInput,
    CollectInput,
    DeliveryView,
    ResultInput,
    ServedInput,
)
from counter_app.use_cases.delivery.producing import no_result, result_fact
from counter_app.use_cases.intake.inputs import checked, checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction

PersonHash = Callable[[str], str]
RECORDABLE: Final = frozenset({"granted"})
LOST: Final = "收件回执遗失声明"


class Delivering:
    """Commands on a case's results. The same key again gives the same result."""

    def __init__(
        self, store: Store, reference: CaseReference, statements: StatementMaker, person_hash: PersonHash
    ) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements
        self._hash = person_hash

    def view(self, case: str) -> DeliveryView:
        """UserFacingError `case.unknown`, `case.no-item`."""
        with self._store.reading() as reader:
            seen = look(reader, self._reference, case)
            item, _ = seen.needed_item()
            applicant = seen.case.applicant
            identity = seen.identities.get(applicant.party) if applicant else None
            return DeliveryView(
                case=case,
                number=seen.case.number,
                item=item.name,
                stage=seen.case.stage,
                applicant=identity.name if identity else "",
                delivery=reader.get(DELIVERIES, case) or Delivery(case),
                relations=item.delivery.collectors,
                ways=item.delivery.ways,
                wished=seen.case.draft.fields.get("delivery", ""),
            )

    def record(self, actor: Actor, key: str, case: str, given: ResultInput) -> None:
        """The result of a granted case. UserFacingError `result.not-granted`, `result.unknown`."""
        checked_text(given.number)

        def work(tx: Transaction) -> None:
            need_open_file(tx, case)
            seen = look(tx, self._reference, case)
            if seen.case.stage not in RECORDABLE:
                raise UserFacingError(
                    "result.not-granted",
                    "A result is recorded once the case is granted.",
                    kept="Nothing was recorded.",
                    remedy="Decide the case first.",
                )
            tx.record(result_fact(seen, given))

        self._store.act(actor, key, work)

    def hand_over(self, actor: Actor, key: str, case: str, given: CollectInput) -> str:
        """Over the counter; gives the collection slip's paper id.

        UserFacingError `delivery.nothing`, `delivery.not-allowed` (with every reason), `person.*`.
        """

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            delivery = self._need(tx, case)
            person = checked(given.person, tx.now.date())
            number = person.identity.number
            shown = Shown(
                given.relation,
                person.identity.name,
                self._hash(number) if number else "",
                is_receipt(tx, seen.case, given.receipt),
                given.declared,
                given.mandate,
                self._hash(given.applicant_number) if given.applicant_number else "",
            )
            results = given.results or delivery.here
            refuse_unfit(tx, seen, shown, delivery, results)
            facts = replace(
                _slip(seen, actor, delivery, results),
                place=seen.plan.hall.address or seen.plan.hall.name,
                receiver=person.identity.name,
                relation=given.relation,
                receiver_id=mask_number(number),
                shown=_proofs(given),
            )
            paper = self._issue(tx, actor, seen, facts)
            fact = f.ResultHandedOver(
                case=case,
                results=results,
                manner="direct",
                relation=given.relation,
                receipt=given.receipt,
                declared=given.declared,
                mandate=given.mandate.number if given.mandate else "",
                lookup=shown.lookup,
                paper=paper,
            )
            tx.record(fact, private={"receiver": person.identity.name.encode()})

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def serve(self, actor: Actor, key: str, case: str, given: ServedInput) -> str:
        """送达 otherwise than over the counter, or its refusal; gives the 送达回证's paper id.

        UserFacingError `delivery.nothing`, `delivery.in-person`, `delivery.way`, `delivery.not-allowed`.
        """
        for text in (given.receiver, given.place, given.refused, given.witness):
            checked_text(text)

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            delivery = self._need(tx, case)
            results = delivery.waiting
            need_served(seen, given)
            if not _only_refused(given):
                refuse_unpaid(tx, case, delivery, results)
            facts = replace(
                _slip(seen, actor, delivery, results),
                manner=given.manner,
                receiver=given.receiver,
                relation=given.relation,
                place=given.place,
                refusal=given.refused,
                witness=given.witness,
            )
            paper = self._issue(tx, actor, seen, facts)
            if _only_refused(given):
                refused = f.HandingRefused(case=case, manner=given.manner, witness=given.witness)
                tx.record(refused, private={"reason": given.refused.encode()})
                return
            fact = f.ResultHandedOver(
                case=case, results=results, manner=given.manner, relation=given.relation, paper=paper
            )
            tx.record(fact, private={"receiver": given.receiver.encode()} if given.receiver else None)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def post(self, actor: Actor, key: str, case: str, carrier: str, tracking: str, address: str = "") -> None:
        """Give what waits to the post.

        UserFacingError `delivery.nothing`, `delivery.way`, `delivery.not-allowed`."""
        fields = (checked_text(carrier), checked_text(tracking))
        if not all(fields):
            raise UserFacingError(
                "delivery.tracking", "The carrier and its tracking number are needed.", remedy="Type both."
            )

        def work(tx: Transaction) -> None:
            seen, delivery = self._by_way(tx, case, "post")
            where = address or seen.case.draft.fields.get("address", "")
            fact = f.ResultPosted(case=case, results=delivery.here, carrier=carrier, tracking=tracking)
            tx.record(fact, private={"address": where.encode()} if where else None)

        self._store.act(actor, key, work)

    def post_settled(self, actor: Actor, key: str, case: str, *, arrived: bool, reason: str = "") -> None:
        """Signed for, or back with a reason. UserFacingError `delivery.not-posted`."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            delivery = self._need(tx, case)
            post = delivery.post
            if post is None or not any(delivery.results[at - 1].state == "posted" for at in post.results):
                raise UserFacingError(
                    "delivery.not-posted", "Nothing of this case is under way by post.", remedy="Look at it."
                )
            tx.record(f.PostSettled(case=case, tracking=post.tracking, arrived=arrived, reason=reason))

        self._store.act(actor, key, work)

    def to_station(self, actor: Actor, key: str, case: str, station: str) -> None:
        """Send what waits on to a station of this hall. UserFacingError `delivery.station`."""

        def work(tx: Transaction) -> None:
            seen, delivery = self._by_way(tx, case, "station")
            if station not in {hall.code for hall in seen.plan.stations()}:
                raise UserFacingError(
                    "delivery.station",
                    "{station} is no station of this hall.",
                    kept="Nothing was changed.",
                    remedy="Choose one of its stations.",
                    station=station,
                )
            tx.record(f.ResultSentToStation(case=case, results=delivery.here, station=station))

        self._store.act(actor, key, work)

    def give_back(self, actor: Actor, key: str, case: str, reason: str) -> str:
        """Nobody collected it: back to its department, with a slip; gives its paper id."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            delivery = self._need(tx, case)
            results = delivery.waiting
            one = delivery.results[results[0] - 1]
            facts = replace(_amended(seen, actor, one), amendment="returned", reason=reason)
            paper = self._issue(tx, actor, seen, facts)
            fact = f.ResultReturned(case=case, results=results, department=seen.department, paper=paper)
            tx.record(fact)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def amend(self, actor: Actor, key: str, case: str, given: AmendInput) -> str:
        """更正, 补证, 变更, 撤销; gives the paper's id. UserFacingError `result.unknown`, `result.basis`."""
        for text in (given.reason, given.article, given.was, given.now, given.number):
            checked_text(text)
        if not given.reason.strip() or not given.article.strip():
            raise UserFacingError(
                "result.basis",
                "A change of a result names its reason and its law and article.",
                kept="Nothing was changed.",
                remedy="Type both.",
            )

        def work(tx: Transaction) -> None:
            need_open_file(tx, case)
            seen = look(tx, self._reference, case)
            delivery = tx.get(DELIVERIES, case)
            known = delivery.results if delivery else ()
            if not 1 <= given.result <= len(known) or known[given.result - 1].state == "revoked":
                raise no_result()
            one = known[given.result - 1]
            facts = replace(
                _amended(seen, actor, one),
                amendment=given.amendment,
                reason=given.reason,
                basis=(given.article,),
                was=given.was,
                now=given.now,
                new_number=given.number,
                remedies=seen.remedies if given.amendment in ("changed", "revoked") else None,
            )
            paper = self._issue(tx, actor, seen, facts)
            fact = f.ResultAmended(
                case=case,
                result=given.result,
                amendment=given.amendment,
                article=given.article,
                number=given.number,
                paper=paper,
            )
            private = {"reason": given.reason, "was": given.was, "now": given.now}
            tx.record(fact, private={slot: text.encode() for slot, text in private.items() if text})

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def _need(self, reader: Reader, case: str) -> Delivery:
        need_open_file(reader, case)
        delivery = reader.get(DELIVERIES, case)
        if delivery is None or not delivery.waiting:
            raise UserFacingError(
                "delivery.nothing",
                "No result of this case waits to be handed over.",
                kept="Nothing was changed.",
                remedy="Look whether it was recorded, or handed over already.",
            )
        return delivery

    def _by_way(self, tx: Transaction, case: str, way: str) -> tuple[Look, Delivery]:
        seen = look(tx, self._reference, case)
        need_way(seen, way)
        delivery = self._need(tx, case)
        refuse_unpaid(tx, case, delivery, delivery.here)
        return seen, delivery

    def _issue(self, tx: Transaction, actor: Actor, seen: Look, facts: PaperFacts) -> str:
        short = seen.plan.short_name
        number = paper_number(tx, facts.kind, short)
        about = About(place=actor.place, short_name=short, case=seen.case.id, item=seen.case.draft.item)
        issue(tx, [(Planned(facts, sheet=True), number)], about, self._statements)
        return number


def _only_refused(given: ServedInput) -> bool:
    """Nothing changed hands: left at the place is delivered all the same."""
    return bool(given.refused) and given.manner != "left"


def _proofs(given: CollectInput) -> tuple[str, ...]:
    """What proved the right to it, as the slip names it."""
    found = ["身份证件（读卡）" if given.person.source == "card" else "身份证件（人工录入）"]
    found.append(f"回执 {given.receipt}" if given.receipt and not given.declared else LOST)
    if given.mandate is not None:
        number = f" {given.mandate.number}" if given.mandate.number else ""
        found += [f"授权委托书{number}", "申请人身份证件"]
    return tuple(found)


def _slip(seen: Look, actor: Actor, delivery: Delivery, results: tuple[int, ...]) -> DeliveryFacts:
    """What every paper of a delivery names: the results, and whose they are; nothing else of the case."""
    scene = seen.scene(actor.staff, actor.place)
    named = [delivery.results[at - 1] for at in results]
    return DeliveryFacts(
        head=replace(scene.head, query_code=""),
        manner="direct",
        case_number=seen.case.number,
        item=scene.named,
        for_whom=applicant_of(scene).name,
        delivered=tuple((one.name, one.number) for one in named),
        authority=seen.authority,
    )


def _amended(seen: Look, actor: Actor, one: Produced) -> AmendmentFacts:
    scene = seen.scene(actor.staff, actor.place)
    return AmendmentFacts(
        head=scene.head,
        amendment="corrected",
        authority=seen.authority,
        case_number=seen.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        result_name=one.name,
        result_number=one.number,
        on=seen.today,
        reason="",
    )
