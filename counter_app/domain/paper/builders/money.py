"""The papers of money: notice, receipt, refund, a cashier's day (mission: P5). Not here: what is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from counter_app.domain.fees.rules import in_capitals
from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import sign_with_date
from counter_app.domain.paper.builders.words import day, day_to_keep, given
from counter_app.domain.paper.facts_fees import (
    Back,
    FeeBackFacts,
    FeeCharged,
    FeeNoticeFacts,
    FeeReceiptFacts,
    SettlementFacts,
)
from counter_app.domain.paper.model import (
    Block,
    Column,
    Entry,
    Heading,
    Numbered,
    Pair,
    Paper,
    Rule,
    Table,
    Text,
)
from counter_app.errors import mark
from counter_app.i18n import Translator

METHODS: Final[Mapping[str, str]] = {
    "cash": mark("cash"),
    "card": mark("bank card"),
    "scan": mark("scanned code"),
    "transfer": mark("bank transfer"),
}
_BACK_TITLES: Final[Mapping[Back, str]] = {
    "voided": mark("Voucher for a voided receipt"),
    "refunded": mark("Voucher for a refund"),
}


def money(fen: int) -> str:
    """`￥1,234.50` of 123450."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    return f"{sign}￥{fen // 100:,}.{fen % 100:02d}"


def method_words(method: str, t: Translator) -> str:
    return t(METHODS[method]) if method in METHODS else method


def build_fee_notice(facts: FeeNoticeFacts, t: Translator) -> Paper:
    """缴费通知书."""
    return framed(facts, t, t("Notice of fees"), _notice(facts, t))


def _notice(facts: FeeNoticeFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("Payer"), facts.payer, strong=True)
    yield Pair(t("Collecting body"), facts.collecting)
    yield Rule()
    yield from _fees(facts.fees, t)
    yield Rule()
    yield Pair(t("Total"), money(facts.total), strong=True)
    yield Pair(t("In words"), in_capitals(facts.total))
    yield Pair(t("Pay by"), day_to_keep(t, facts.pay_by), strong=True)
    yield from given(((t("Pay at"), facts.place),))
    yield Text(t("Only what stands here may be asked for. Ask for the receipt when you pay."))


def _fees(fees: tuple[FeeCharged, ...], t: Translator) -> Iterator[Block]:
    """By matter: a joint matter lists all its fees, each once."""
    matters = dict.fromkeys((fee.case_number, fee.item) for fee in fees)
    for number, item in matters:
        yield Heading(item)
        yield from given(((t("Case number"), number),))
        of_it = (fee for fee in fees if (fee.case_number, fee.item) == (number, item))
        yield Numbered(tuple(_fee(fee, t) for fee in of_it))


def _fee(fee: FeeCharged, t: Translator) -> Entry:
    unit = f" / {fee.unit}" if fee.unit else ""
    times = f" × {fee.quantity}"
    notes = [t("Standard: {standard}", standard=f"{money(fee.standard)}{unit}{times}")]
    if fee.reduction:
        notes.append(t("Reduction: {reduction}", reduction=fee.reduction))
    notes.append(t("Basis: {basis}", basis=fee.basis))
    return Entry(fee.name, money(fee.amount), tuple(notes))


def build_fee_receipt(facts: FeeReceiptFacts, t: Translator) -> Paper:
    """收费凭据."""
    return framed(facts, t, t("Fee receipt"), _receipt(facts, t))


def _receipt(facts: FeeReceiptFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("Payer"), facts.payer, strong=True)
    yield Pair(t("Collecting body"), facts.collecting)
    yield from given(((t("For notice"), facts.notice),))
    yield Rule()
    yield from _fees(facts.fees, t)
    yield Rule()
    yield Pair(t("Paid"), money(facts.total), strong=True)
    yield Pair(t("In words"), facts.capitals)
    yield Pair(t("Paid by"), method_words(facts.method, t))


def build_fee_back(facts: FeeBackFacts, t: Translator) -> Paper:
    """作废凭据, 退费凭据."""
    return framed(facts, t, t(_BACK_TITLES[facts.back]), _back(facts, t))


def _back(facts: FeeBackFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("Receipt no."), facts.receipt, strong=True)
    yield Pair(t("Collecting body"), facts.collecting)
    yield Pair(t("Given back to"), facts.payer)
    yield Rule()
    yield Pair(t("Amount"), money(facts.amount), strong=True)
    yield Pair(t("In words"), facts.capitals)
    yield Pair(t("Reason"), facts.reason)
    yield from given(((t("Legal basis"), facts.basis),))
    yield sign_with_date(t, t("Received by (signature)"))
    yield sign_with_date(t, t("Approved by (signature)"))


def build_settlement(facts: SettlementFacts, t: Translator) -> Paper:
    """收费日结单."""
    return framed(facts, t, t("Cashier's day"), _settlement(facts, t))


def _settlement(facts: SettlementFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("Day"), day(t, facts.day), strong=True)
    yield Pair(t("Cashier"), facts.cashier, strong=True)
    yield Rule()
    if facts.receipts:
        columns = (Column(t("Receipt no."), 5), Column(t("Paid by"), 2), Column(t("Amount"), 3, "right"))
        rows = tuple((no, _row_word(word, t), money(amount)) for no, word, amount in facts.receipts)
        yield Table(columns, rows)
        yield Rule()
    yield from (Pair(method_words(method, t), money(amount)) for method, amount in facts.by_method)
    yield Pair(t("Taken"), money(facts.taken), strong=True)
    yield Pair(t("In words"), facts.capitals)
    yield from given(((t("Given back"), money(facts.refunded) if facts.refunded else ""),))
    yield Pair(t("Counted in the drawer"), money(facts.counted), strong=True)
    yield from given(((t("Difference, because"), facts.reason),))
    yield sign_with_date(t, t("Cashier (signature)"))
    yield sign_with_date(t, t("Checked by (signature)"))


def _row_word(word: str, t: Translator) -> str:
    return t("voided") if word == "voided" else method_words(word, t)
