"""Money given back: a receipt of today voided, a receipt refunded with its basis (mission: P5)."""

from __future__ import annotations

from counter_app.domain.fees.facts import FeeRefunded, FeesDropped, ReceiptVoided
from counter_app.domain.fees.fees import FEES, RECEIPTS, SETTLEMENTS, FeeReceipt
from counter_app.domain.fees.rules import in_capitals
from counter_app.domain.intake.scene import Planned, applicant_of
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts, PaperKind
from counter_app.domain.paper.facts_fees import FeeBackFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.peripherals.drawer import CashDrawer
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.time.who import acting


class Refunding:
    """Commands on receipts. The same key again gives the same result."""

    def __init__(
        self, store: Store, reference: CaseReference, statements: StatementMaker, drawer: CashDrawer
    ) -> None:
        """`drawer` opens for cash."""
        self._store = store
        self._reference = reference
        self._statements = statements
        self._drawer = drawer

    def void(self, actor: Actor, key: str, receipt: str, reason: str) -> str:
        """A receipt of today that was wrong, by who wrote it or who may refund; gives the voucher's paper id.

        UserFacingError `receipt.unknown`, `fees.void`.
        """
        return self._give_back(actor, key, receipt, reason, "")

    def refund(self, actor: Actor, key: str, receipt: str, reason: str, article: str) -> str:
        """退费 of a whole receipt, with its basis, by who may; gives the voucher's paper id. UserFacingError
        `receipt.unknown`, `fees.refund`, `fees.basis`, `access.no-right`."""
        if not article.strip():
            raise UserFacingError(
                "fees.basis", "A refund names its basis.", kept="Nothing was paid out.", remedy="Type it."
            )
        return self._give_back(actor, key, receipt, reason, article)

    def drop(self, actor: Actor, key: str, case: str, reason: str) -> None:
        """The notice is withdrawn while nothing is paid: the case ended otherwise, or the notice was wrong
        (mission: C18). UserFacingError `fees.nothing-owed`, `fees.reason`, `access.no-right`."""
        _need_reason(reason)

        def work(tx: Transaction) -> None:
            acting(self._reference.plan(tx), actor, "fee.refund")
            need_open_file(tx, case)
            fees = tx.get(FEES, case)
            if fees is None or not fees.owed or fees.payments:
                raise UserFacingError(
                    "fees.nothing-owed",
                    "Nothing is owed in this case.",
                    kept="Nothing was changed.",
                    remedy="Look at its fees.",
                )
            tx.record(FeesDropped(case=case, notice=fees.notice), private={"reason": reason.encode()})

        self._store.act(actor, key, work)

    def receipt_named(self, text: str) -> FeeReceipt:
        """By id, or by the number of its paper. UserFacingError `receipt.unknown`."""
        with self._store.reading() as reader:
            paper = reader.papers.by_number(text.strip())
            fees = reader.get(FEES, paper.case) if paper and paper.case else None
            for receipt, _ in fees.payments if fees else ():
                one = reader.need(RECEIPTS, receipt)
                if one.number == text.strip():
                    return one
            return reader.need(RECEIPTS, text.strip())

    def _give_back(self, actor: Actor, key: str, receipt: str, reason: str, article: str) -> str:
        _need_reason(reason)
        checked_text(article)

        def work(tx: Transaction) -> None:
            if article:
                acting(self._reference.plan(tx), actor, "fee.refund")
            state = tx.need(RECEIPTS, receipt)
            for case in state.cases:
                need_open_file(tx, case)
            day = tx.now.date().isoformat()
            _may_give_back(tx, state, actor, day, void=not article)
            seen = look(tx, self._reference, state.cases[0])
            scene = seen.scene(actor.staff, actor.place)
            amount = state.refundable
            facts = FeeBackFacts(
                head=scene.head,
                back="refunded" if article else "voided",
                receipt=state.number,
                collecting=seen.plan.hall.name,
                payer=applicant_of(scene).name,
                amount=amount,
                capitals=in_capitals(amount),
                reason=reason,
                basis=article,
            )
            number = issue_fee_paper(tx, self._statements, actor, seen, facts)
            self._drawer.cash_moved(tx, "given-back", state.method, receipt)
            if not article:
                tx.record(ReceiptVoided(receipt=receipt, cases=state.cases, reason=reason))
                return
            tx.record(
                FeeRefunded(
                    receipt=receipt,
                    cases=state.cases,
                    amount=amount,
                    reason=reason,
                    article=article,
                    cashier=actor.staff,
                    day=day,
                    paper=number,
                )
            )

        return self._store.act(actor, key, work).first(PaperIssued).paper


def _need_reason(reason: str) -> None:
    if not checked_text(reason).strip():
        raise UserFacingError(
            "fees.reason",
            "Say why the money is given back, or not asked for any more.",
            kept="Nothing was paid out.",
            remedy="Type it.",
        )


def issue_fee_paper(
    tx: Transaction, statements: StatementMaker, actor: Actor, seen: Look, facts: PaperFacts
) -> str:
    """Issue a paper of a case's money; gives its number."""
    short = seen.plan.short_name
    number = paper_number(tx, facts.kind, short)
    about = About(
        place=actor.place,
        short_name=short,
        case=seen.case.id,
        item=seen.case.draft.item,
        query=seen.case.query,
    )
    sheet = facts.kind is PaperKind.FEE_NOTICE
    issue(tx, [(Planned(facts, sheet=sheet), number)], about, statements)
    return number


def _may_give_back(reader: Reader, state: FeeReceipt, actor: Actor, day: str, *, void: bool) -> None:
    if void and (state.day != day or not state.holds or state.refunded):
        raise UserFacingError(
            "fees.void",
            "Only a receipt of today that still holds is voided.",
            kept="The receipt stands.",
            remedy="Refund it with its basis.",
        )
    if not state.refundable:
        raise UserFacingError(
            "fees.refund",
            "Nothing of this receipt is left to give back.",
            kept="Nothing was paid out.",
            remedy="Look at its history.",
        )
    need_open_day(reader, state.cashier if void else actor.staff, day)


def need_open_day(reader: Reader, cashier: str, day: str) -> None:
    if reader.get(SETTLEMENTS, f"{cashier}/{day}") is not None:
        raise UserFacingError(
            "fees.day-settled",
            "This cashier's day is settled and handed in.",
            kept="No money moved.",
            remedy="Let another cashier do it, or wait for tomorrow.",
        )
