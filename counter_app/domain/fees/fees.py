"""Fees of a case, receipts and a cashier's day as they stand (the folds); mission: P5."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from counter_app.domain.changing import replace
from counter_app.domain.fees.facts import (
    CashierSettled,
    FeePaid,
    FeeRefunded,
    FeesCharged,
    FeesDropped,
    ReceiptVoided,
)
from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream

Method = Literal["cash", "card", "scan", "transfer"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee as charged: standard × quantity less its reduction comes to `amount` fen."""

    code: str
    name: str
    standard: int
    quantity: int
    reduction: str
    reduction_name: str
    amount: int
    basis: str


@dataclass(frozen=True, slots=True)
class Fees:
    """`id` is the case's. `payments` are (receipt, fen) of receipts that hold."""

    id: str
    lines: tuple[FeeLine, ...] = ()
    notice: str = ""
    charged_at: datetime | None = None
    pay_by: date | None = None
    payments: tuple[tuple[str, int], ...] = ()
    refunded: int = 0
    overtaken: tuple[str, ...] = ()

    @property
    def due(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def paid(self) -> int:
        return sum(amount for _, amount in self.payments)

    @property
    def owed(self) -> int:
        """What is still to be paid; a refund is not owed again."""
        return max(self.due - self.paid, 0)


@dataclass(frozen=True, slots=True)
class FeeReceipt:
    """One receipt. `refunded` fen were given back later."""

    id: str
    number: str
    notice: str
    cases: tuple[str, ...]
    amounts: tuple[int, ...]
    method: str
    cashier: str
    day: str
    at: datetime
    voided: str = ""
    refunded: int = 0

    @property
    def amount(self) -> int:
        return sum(self.amounts)

    @property
    def holds(self) -> bool:
        return not self.voided

    @property
    def refundable(self) -> int:
        return self.amount - self.refunded if self.holds else 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """A cashier's day once handed in."""

    id: str
    day: str
    cashier: str
    receipts: tuple[str, ...]
    taken: int
    refunded: int
    counted: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Payouts:
    """What a cashier paid out on a day: (receipt, fen)."""

    id: str
    paid: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.paid)


def fold_fees(fees: Fees | None, event: Recorded) -> Fees | None:
    fact = event.fact
    if isinstance(fact, FeesCharged):
        return _charged(fees or Fees(fact.case), fact, event)
    if fees is None:
        return None
    if isinstance(fact, FeesDropped):
        late = (event.id,) if fees.payments else ()  # paid meanwhile, at another machine: the notice stands
        dropped = replace(fees, lines=(), notice="", pay_by=None)
        return replace(fees, overtaken=(*fees.overtaken, *late)) if late else dropped
    if isinstance(fact, FeePaid) and fees.id in fact.cases:
        amount = fact.amounts[fact.cases.index(fees.id)]
        payments = (*fees.payments, (fact.receipt, amount))
        over = (event.id,) if amount > fees.owed else ()  # paid twice, at two machines: shown, to be refunded
        return replace(fees, payments=payments, overtaken=(*fees.overtaken, *over))
    if isinstance(fact, ReceiptVoided):
        return replace(fees, payments=tuple(one for one in fees.payments if one[0] != fact.receipt))
    if isinstance(fact, FeeRefunded):
        return replace(fees, refunded=fees.refunded + fact.amount)
    return fees


def _charged(fees: Fees, fact: FeesCharged, event: Recorded) -> Fees:
    if fees.paid:
        return replace(fees, overtaken=(*fees.overtaken, event.id))
    lines = tuple(FeeLine(*line) for line in fact.lines)
    by = date.fromisoformat(fact.pay_by)
    return replace(fees, lines=lines, notice=fact.notice, charged_at=event.at, pay_by=by)


def fold_receipt(receipt: FeeReceipt | None, event: Recorded) -> FeeReceipt | None:
    fact = event.fact
    if isinstance(fact, FeePaid) and receipt is None:
        return FeeReceipt(
            fact.receipt,
            fact.number,
            fact.notice,
            fact.cases,
            fact.amounts,
            fact.method,
            fact.cashier,
            fact.day,
            event.at,
        )
    if isinstance(fact, ReceiptVoided) and receipt is not None and receipt.holds and not receipt.refunded:
        return replace(receipt, voided=fact.reason or "—")
    if isinstance(fact, FeeRefunded) and receipt is not None and fact.amount <= receipt.refundable:
        return replace(receipt, refunded=receipt.refunded + fact.amount)
    return receipt


def fold_settlement(settled: Settlement | None, event: Recorded) -> Settlement | None:
    fact = event.fact
    if not isinstance(fact, CashierSettled) or settled is not None:
        return settled
    return Settlement(
        f"{fact.cashier}/{fact.day}",
        fact.day,
        fact.cashier,
        fact.receipts,
        fact.taken,
        fact.refunded,
        fact.counted,
        fact.reason,
        event.at,
    )


def fold_payouts(payouts: Payouts | None, event: Recorded) -> Payouts | None:
    fact = event.fact
    if not isinstance(fact, FeeRefunded):
        return payouts
    known = payouts or Payouts(f"{fact.cashier}/{fact.day}")
    return replace(known, paid=(*known.paid, (fact.receipt, fact.amount)))


FEES: Final = Stream("fees", Fees, fold_fees)
RECEIPTS: Final = Stream("receipt", FeeReceipt, fold_receipt)
PAYOUTS: Final = Stream("payout", Payouts, fold_payouts)
SETTLEMENTS: Final = Stream("settlement", Settlement, fold_settlement)
