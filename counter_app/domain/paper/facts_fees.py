"""Facts of the papers of money: 缴费通知书, 收费凭据, 退费凭据, 收费日结单 (mission: P5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counter_app.domain.paper.facts import PaperFacts, PaperKind

Back = Literal["voided", "refunded"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeCharged:
    """One fee: `standard` for a unit, `quantity`, the reduction's name with its percent, and what is due.

    Amounts are fen. `case_number` and `item` tell which matter it belongs to.
    """

    case_number: str
    item: str
    name: str
    standard: int
    quantity: int
    amount: int
    basis: str
    unit: str = ""
    reduction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeNoticeFacts(PaperFacts):
    """缴费通知书: every fee of the matter once, until when it is to be paid, and by whom it is collected."""

    collecting: str
    payer: str
    fees: tuple[FeeCharged, ...]
    total: int
    pay_by: date
    place: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.FEE_NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeReceiptFacts(PaperFacts):
    """收费凭据: what was paid, how, in figures and 大写."""

    notice: str
    collecting: str
    payer: str
    fees: tuple[FeeCharged, ...]
    total: int
    capitals: str
    method: str

    @property
    def kind(self) -> PaperKind:
        return PaperKind.FEE_RECEIPT


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBackFacts(PaperFacts):
    """作废 or 退费凭据: which receipt, how much, why, on what basis."""

    back: Back
    receipt: str
    collecting: str
    payer: str
    amount: int
    capitals: str
    reason: str
    basis: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.FEE_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementFacts(PaperFacts):
    """收费日结单: a cashier's receipts of a day, by method; what was counted and the difference's reason."""

    day: date
    cashier: str
    receipts: tuple[tuple[str, str, int], ...]
    by_method: tuple[tuple[str, int], ...]
    taken: int
    refunded: int
    counted: int
    capitals: str
    reason: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.SETTLEMENT
