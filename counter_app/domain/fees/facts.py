"""Fees as facts (mission: P5). Amounts are fen; none is ever typed: each comes from the catalogue.

A receipt is a subject of its own, so that a cashier's day can be added up. Not here: the standard and its
reductions (`domain/catalogue/items.py`), what the facts come to (`fees.py`).
"""

from __future__ import annotations

from counter_app.domain.journal import Fact

Lines = tuple[tuple[str, str, int, int, str, str, int, str], ...]


class FeeFact(Fact):
    """Base of every fact about the fees of a case."""

    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"fees:{self.case}", f"case:{self.case}")


class FeesCharged(FeeFact):
    """缴费通知: `lines` are (code, name, standard, quantity, reduction code, reduction name, amount, basis).

    `notice` is the paper's number, the same for all cases of a joint matter; `pay_by` an ISO day.
    """

    notice: str
    lines: Lines
    pay_by: str


class FeesDropped(FeeFact):
    """撤销缴费通知: what the notice asked for is not asked any more, nothing of it was paid; the reason is
    private (mission: C18)."""

    notice: str


class ReceiptFact(Fact):
    """Base of what happens to one receipt of one or several cases."""

    receipt: str
    cases: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        about = tuple(name for case in self.cases for name in (f"fees:{case}", f"case:{case}"))
        return (f"receipt:{self.receipt}", *about)


class FeePaid(ReceiptFact):
    """Money taken by a cashier. `amounts` are by case, in the order of `cases`; `method` one of `METHODS`."""

    number: str
    notice: str
    amounts: tuple[int, ...]
    method: str
    cashier: str
    day: str


class ReceiptVoided(ReceiptFact):
    """The receipt was wrong and the money is back in the same hands; only on its own day."""

    reason: str


class FeeRefunded(ReceiptFact):
    """退费: given back later, with its basis; it counts on `day` in the drawer of the `cashier` who paid."""

    amount: int
    reason: str
    article: str
    cashier: str
    day: str
    paper: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (*super().subjects, f"payout:{self.cashier}/{self.day}")


class CashierSettled(Fact):
    """日结: a cashier's takings of a day were counted and handed in; `counted` is what was in the drawer."""

    day: str
    cashier: str
    receipts: tuple[str, ...]
    taken: int
    refunded: int
    by_method: tuple[tuple[str, int], ...]
    counted: int
    reason: str = ""
    paper: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"settlement:{self.cashier}/{self.day}",)
