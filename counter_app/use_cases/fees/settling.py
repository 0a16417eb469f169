"""A cashier's day: what was taken and given back, counted and handed in (mission: P5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.fees.facts import CashierSettled
from counter_app.domain.fees.fees import PAYOUTS, RECEIPTS, SETTLEMENTS, FeeReceipt, Settlement
from counter_app.domain.fees.rules import in_capitals
from counter_app.domain.intake.scene import Planned
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_fees import SettlementFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, paper_head
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction

MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class CashierDay:
    """What a cashier's day comes to. Amounts in fen; `drawer` is cash taken less cash given back."""

    day: date
    cashier: str
    receipts: tuple[FeeReceipt, ...]
    by_method: tuple[tuple[str, int], ...]
    taken: int
    refunded: int
    drawer: int
    settled: Settlement | None


class Settling:
    """A cashier counts his drawer once a day. The same key again gives the same result."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def day(self, cashier: str, on: date | None = None) -> CashierDay:
        with self._store.reading() as reader:
            return _day(reader, cashier, on or reader.now.date())

    def settle(self, actor: Actor, key: str, counted: int, reason: str = "", on: date | None = None) -> str:
        """Hand in the day of the actor; gives the paper's id. A difference needs its reason.

        UserFacingError `fees.day-settled`, `fees.difference`.
        """
        checked_text(reason)

        def work(tx: Transaction) -> None:
            found = _day(tx, actor.staff, on or tx.now.date())
            if found.settled is not None:
                raise UserFacingError(
                    "fees.day-settled",
                    "This cashier's day is settled and handed in.",
                    kept="It stands as it is.",
                    remedy="Print its paper again if it is missing.",
                )
            if counted != found.drawer and not reason.strip():
                raise UserFacingError(
                    "fees.difference",
                    "The drawer and the receipts differ by {fen} fen: say why.",
                    kept="Nothing was settled.",
                    remedy="Count again, or give the reason.",
                    fen=counted - found.drawer,
                )
            self._record(tx, actor, found, counted, reason)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def _record(self, tx: Transaction, actor: Actor, found: CashierDay, counted: int, reason: str) -> None:
        plan = self._reference.plan(tx)
        member = plan.member(actor.staff)
        facts = SettlementFacts(
            head=paper_head(plan, tx.now, actor.staff, actor.place),
            day=found.day,
            cashier=member.name if member else actor.staff,
            receipts=tuple(
                (one.number, one.method if one.holds else "voided", one.amount if one.holds else 0)
                for one in found.receipts
            ),
            by_method=found.by_method,
            taken=found.taken,
            refunded=found.refunded,
            counted=counted,
            capitals=in_capitals(found.taken),
            reason=reason,
        )
        number = paper_number(tx, facts.kind, plan.short_name)
        about = About(place=actor.place, short_name=plan.short_name)
        issue(tx, [(Planned(facts, sheet=True), number)], about, self._statements)
        tx.record(
            CashierSettled(
                day=found.day.isoformat(),
                cashier=actor.staff,
                receipts=tuple(one.id for one in found.receipts),
                taken=found.taken,
                refunded=found.refunded,
                by_method=found.by_method,
                counted=counted,
                reason=reason,
                paper=number,
            )
        )


def _day(reader: Reader, cashier: str, on: date) -> CashierDay:
    day = on.isoformat()
    receipts = reader.listed.owned(RECEIPTS, f"{cashier}/{day}", MOST)
    holding = [one for one in receipts if one.holds]
    methods = dict.fromkeys(one.method for one in holding)
    payouts = reader.get(PAYOUTS, f"{cashier}/{day}")
    refunded = payouts.total if payouts else 0
    cash = sum(one.amount for one in holding if one.method == "cash")
    return CashierDay(
        day=on,
        cashier=cashier,
        receipts=receipts,
        by_method=tuple(
            (method, sum(one.amount for one in holding if one.method == method)) for method in methods
        ),
        taken=sum(one.amount for one in holding),
        refunded=refunded,
        drawer=cash - refunded,
        settled=reader.get(SETTLEMENTS, f"{cashier}/{day}"),
    )
