"""Fees of a case or of a whole matter: noticed once, and paid (mission: P5).

No amount is ever given: quantities and reductions are chosen, the catalogue says what that comes to. While
the centre is away no more money is taken than the hall allows (`domain/centre/offline.py`). Not here: giving
back (`refunding.py`), a cashier's day (`settling.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from counter_app.domain.centre.offline import not_offline
from counter_app.domain.fees.facts import FeePaid, FeesCharged
from counter_app.domain.fees.fees import (
    FEES,
    METHODS,
    RECEIPTS,
    FeeLine,
    FeeReceipt,
    Fees,
    Method,
)
from counter_app.domain.fees.rules import Standard, charged, in_capitals, standards
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.scene import applicant_of
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_fees import FeeCharged, FeeNoticeFacts, FeeReceiptFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.fees.refunding import issue_fee_paper, need_open_day
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.peripherals.drawer import CashDrawer
from counter_app.use_cases.ports.store import Reader, Store, Transaction

MOST: Final = 500
Away = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Choosing:
    """What is charged in one case: how many units of a fee, which reduction of it, each by the fee's code."""

    quantities: Mapping[str, int]
    reductions: Mapping[str, str]


ONCE: Final = Choosing({}, {})


@dataclass(frozen=True, slots=True)
class FeeView:
    """Fees of a case for the clerk. `matter` are the other cases of the same visit that have fees of their
    own and no notice yet: they belong on the same notice."""

    case: str
    number: str
    item: str
    payer: str
    standards: tuple[Standard, ...]
    fees: Fees
    receipts: tuple[FeeReceipt, ...]
    matter: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """A case with money owed; `late` when its day has passed (mission: C18). `hidden`: a sensitive one that
    whoever asks may not see (I10)."""

    case: str
    number: str
    item: str
    payer: str
    fen: int
    pay_by: str
    late: bool
    hidden: bool = False


class Charging:
    """Commands and lists. The same key again gives the same result."""

    def __init__(
        self,
        store: Store,
        reference: CaseReference,
        statements: StatementMaker,
        away: Away,
        drawer: CashDrawer,
    ) -> None:
        """`away` tells whether there is a centre and it does not answer; `drawer` opens for cash."""
        self._store = store
        self._reference = reference
        self._statements = statements
        self._away = away
        self._drawer = drawer

    def view(self, case: str) -> FeeView:
        """UserFacingError `case.unknown`, `case.no-item`."""
        with self._store.reading() as reader:
            seen = look(reader, self._reference, case)
            item, _ = seen.needed_item()
            fees = reader.get(FEES, case) or Fees(case)
            receipts = tuple(reader.need(RECEIPTS, receipt) for receipt, _ in fees.payments)
            payer = applicant_of(seen.scene("", "")).name
            due = standards(item, seen.case.draft.answers)
            return FeeView(
                case, seen.case.number, item.name, payer, due, fees, receipts, self._matter(reader, seen.case)
            )

    def charge(self, actor: Actor, key: str, chosen: Mapping[str, Choosing]) -> str:
        """One notice for all these cases (case id → what is charged); gives its paper id.

        UserFacingError `fees.none`, `fees.not-in-catalogue`, `fees.paid`, `fees.not-numbered`.
        """

        def work(tx: Transaction) -> None:
            seen = [(look(tx, self._reference, case), choosing) for case, choosing in chosen.items()]
            lines = {one.case.id: self._lines(tx, one, choosing) for one, choosing in seen}
            first, shown = seen[0][0], []
            for one, _ in seen:
                shown += [_shown(one, line) for line in lines[one.case.id]]
            if not shown:
                raise _nothing()
            days = max(self._days(one) for one, _ in seen)
            pay_by = tx.now.date() + timedelta(days=days)
            if days:  # nobody takes money on a day off
                pay_by = self._reference.calendar(tx).next_working(pay_by)
            scene = first.scene(actor.staff, actor.place)
            facts = FeeNoticeFacts(
                head=scene.head,
                collecting=first.plan.hall.name,
                payer=applicant_of(scene).name,
                fees=tuple(shown),
                total=sum(fee.amount for fee in shown),
                pay_by=pay_by,
                place=first.plan.hall.address,
            )
            number = issue_fee_paper(tx, self._statements, actor, first, facts)
            for one, _ in seen:
                if lines[one.case.id]:
                    tx.record(
                        FeesCharged(
                            case=one.case.id,
                            notice=number,
                            lines=tuple(_packed(line) for line in lines[one.case.id]),
                            pay_by=pay_by.isoformat(),
                        )
                    )

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def pay(self, actor: Actor, key: str, case: str, method: Method) -> str:
        """Take everything the case's notice asks for, of all its cases; gives the receipt's paper id.

        UserFacingError `fees.nothing-owed`, `fees.method`, `fees.day-settled`, `centre.needed`.
        """
        if method not in METHODS:
            raise UserFacingError("fees.method", "There is no such way to pay.", remedy="Choose one.")

        def work(tx: Transaction) -> None:
            fees = tx.get(FEES, case)
            of_notice = self._of_notice(tx, fees) if fees and fees.owed else ()
            if not of_notice:
                raise UserFacingError(
                    "fees.nothing-owed",
                    "Nothing is owed in this case.",
                    kept="No money was taken.",
                    remedy="Write the notice of fees first.",
                )
            total = sum(one.owed for one in of_notice)
            seen = look(tx, self._reference, case)
            self._need_centre(total, seen)
            day = tx.now.date().isoformat()
            need_open_day(tx, actor.staff, day)
            number = self._receipt(tx, actor, seen, of_notice, method)
            paid = tx.record(
                FeePaid(
                    receipt=tx.next_id,
                    cases=tuple(one.id for one in of_notice),
                    number=number,
                    notice=fees.notice if fees else "",
                    amounts=tuple(one.owed for one in of_notice),
                    method=method,
                    cashier=actor.staff,
                    day=day,
                )
            )
            self._drawer.cash_moved(tx, "paid", method, paid.id)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def owed(self, actor: Actor) -> tuple[Owed, ...]:
        """Cases with money owed, the earliest day first (mission: C18)."""
        with self._store.reading() as reader:
            onlooker = Onlooker(reader, self._reference, actor)
            found = []
            for fees in reader.listed.open(FEES, MOST):
                seen = look(reader, self._reference, fees.id)
                hidden = onlooker.hides(seen.case)
                item = seen.item.name if seen.item and not hidden else ""
                payer = applicant_of(seen.scene("", "")).name if item else ""
                by = fees.pay_by
                late = by is not None and by < seen.today
                day = by.isoformat() if by else ""
                found.append(Owed(fees.id, seen.case.number, item, payer, fees.owed, day, late, hidden))
            return tuple(found)

    def _lines(self, tx: Transaction, seen: Look, choosing: Choosing) -> tuple[FeeLine, ...]:
        need_open_file(tx, seen.case.id)
        item, _ = seen.needed_item()
        if not seen.case.number:
            raise UserFacingError(
                "fees.not-numbered",
                "Fees are noticed once the case has its number.",
                kept="Nothing was charged.",
                remedy="Receive or accept the papers first.",
            )
        fees = tx.get(FEES, seen.case.id)
        if fees is not None and fees.payments:
            raise UserFacingError(
                "fees.paid",
                "The fees of this case are paid already.",
                kept="Nothing was charged.",
                remedy="Void or refund the receipt first.",
            )
        try:
            return charged(standards(item, seen.case.draft.answers), choosing.quantities, choosing.reductions)
        except ValueError as error:
            raise UserFacingError(
                "fees.not-in-catalogue",
                "The catalogue gives no such {what} for this item.",
                kept="Nothing was charged.",
                remedy="Choose from the list: no amount is ever typed.",
                what=str(error),
            ) from error

    def _days(self, seen: Look) -> int:
        item, _ = seen.needed_item()
        return max((one.fee.pay_within_days for one in standards(item, seen.case.draft.answers)), default=0)

    def _matter(self, reader: Reader, case: Case) -> tuple[tuple[str, str, str], ...]:
        if case.ticket is None:
            return ()
        found = []
        for other in reader.cases.of_ticket(case.ticket):
            if other.id == case.id or not other.number or reader.get(FEES, other.id) is not None:
                continue
            seen = look(reader, self._reference, other.id)
            if seen.item is not None and standards(seen.item, other.draft.answers):
                found.append((other.id, other.number, seen.item.name))
        return tuple(found)

    def _receipt(
        self, tx: Transaction, actor: Actor, seen: Look, of_notice: tuple[Fees, ...], method: Method
    ) -> str:
        """Issue the receipt; gives its number."""
        shown = []
        for one in of_notice:
            other = look(tx, self._reference, one.id)
            shown += [_shown(other, line) for line in one.lines]
        total = sum(one.owed for one in of_notice)
        scene = seen.scene(actor.staff, actor.place)
        facts = FeeReceiptFacts(
            head=scene.head,
            notice=of_notice[0].notice,
            collecting=seen.plan.hall.name,
            payer=applicant_of(scene).name,
            fees=tuple(shown),
            total=total,
            capitals=in_capitals(total),
            method=method,
        )
        return issue_fee_paper(tx, self._statements, actor, seen, facts)

    def _of_notice(self, tx: Transaction, fees: Fees) -> tuple[Fees, ...]:
        """All cases on the same notice that still owe."""
        mates = reader_cases(tx, fees.id)
        found = [tx.get(FEES, case) for case in mates]
        return tuple(one for one in found if one is not None and one.notice == fees.notice and one.owed)

    def _need_centre(self, total: int, seen: Look) -> None:
        if not self._away():
            return
        bound = not_offline("money", amount=total, settings=seen.plan.settings)
        if bound is not None:
            raise UserFacingError(
                "centre.needed",
                bound.why,
                kept="No money was taken.",
                remedy="Look at the foot of the window; do it again when it says “in step”.",
                limit=bound.limit,
            )


def reader_cases(reader: Reader, case: str) -> tuple[str, ...]:
    """The case and those of the same visit: what one notice may be for."""
    state = reader.need(CASES, case)
    if state.ticket is None:
        return (case,)
    others = (other.id for other in reader.cases.of_ticket(state.ticket) if other.id != case)
    return (case, *others)


def _nothing() -> UserFacingError:
    return UserFacingError(
        "fees.none",
        "This item has no fee in this situation.",
        kept="Nothing was charged.",
        remedy="Nothing is due; no notice is needed.",
    )


def _shown(seen: Look, line: FeeLine) -> FeeCharged:
    item, _ = seen.needed_item()
    fees = {one.code: one.fee for one in standards(item, seen.case.draft.answers)}
    fee = fees.get(line.code)
    return FeeCharged(
        case_number=seen.case.number,
        item=item.name,
        name=line.name,
        standard=line.standard,
        quantity=line.quantity,
        amount=line.amount,
        basis=line.basis,
        unit=fee.unit if fee else "",
        reduction=line.reduction_name,
    )


def _packed(line: FeeLine) -> tuple[str, str, int, int, str, str, int, str]:
    return (
        line.code,
        line.name,
        line.standard,
        line.quantity,
        line.reduction,
        line.reduction_name,
        line.amount,
        line.basis,
    )
