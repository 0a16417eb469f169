"""Fees of the case in hand, and the cashier's day. No amount is typed: the catalogue gives it (mission: P5).

The one figure that is typed is what lies in the drawer in the evening.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.fees.fees import METHODS
from counter_app.domain.fees.rules import Standard, yuan
from counter_app.domain.intake.words import item_words
from counter_app.domain.paper.builders.money import METHODS as METHOD_WORDS
from counter_app.errors import mark
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.fees.charging import ONCE, Choosing, FeeView, Owed
from counter_app.use_cases.fees.settling import CashierDay
from counter_app.use_cases.intake.views import CaseView

VOIDS: Final = (mark("Wrong case"), mark("Wrong way of paying"), mark("The citizen changed his mind"))


class FeesPresenter:
    """`view` gives the case as shown, `open_case` takes one in hand."""

    def __init__(
        self, desk: Desk, view: Callable[[], CaseView | None], open_case: Callable[[str], None]
    ) -> None:
        self._desk = desk
        self._view = view
        self._open_case = open_case
        self._charging = desk.deps.around.charging
        self._refunding = desk.deps.around.refunding
        self._settling = desk.deps.around.settling

    def page(self) -> None:
        """What the item costs, what is noticed, what is paid."""
        case = self._view()
        if case is None or case.item is None:
            self.owed()
            return
        self._desk.reads.run(lambda: self._charging.view(case.case), self._show, self._desk.error)

    def owed(self) -> None:
        """Every case with money owed."""
        actor = self._desk.actor
        self._desk.reads.run(lambda: self._charging.owed(actor), self._show_owed, self._desk.error)

    def day(self) -> None:
        """The cashier's day: totals, then what was counted."""
        cashier = self._desk.actor.staff
        self._desk.reads.run(lambda: self._settling.day(cashier), self._show_day, self._desk.error)

    def _show_owed(self, rows: tuple[Owed, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not rows:
            desk.tell(t("No case is in hand, and no money is owed in any."), level="good")
            return
        lines = tuple((row.case, f"{row.number} · {yuan(row.fen)}", self._owing(row)) for row in rows)
        title = t("{count} cases with money owed", count=len(rows))
        desk.ask(title, choices_of(lines), lambda case, _: self._open_case(case))

    def _owing(self, row: Owed) -> str:
        t = self._desk.t
        late, item = t("late") if row.late else "", item_words(t, row.item, hidden=row.hidden)
        return " · ".join(part for part in (item, t("no later than {day}", day=row.pay_by), late) if part)

    def _show(self, view: FeeView) -> None:
        desk, t = self._desk, self._desk.t
        if not view.standards and not view.fees.lines:
            desk.tell(t("This item has no fee in this situation."), level="good")
            return
        paid = bool(view.fees.payments)
        owed, noticed = view.fees.owed > 0, bool(view.fees.lines)
        none, amount = t("Nothing is paid."), yuan(view.fees.owed) if owed else ""
        choices = (
            Choice("notice", "1", t("Notice of fees"), "", not paid, t("It is paid already.")),
            Choice("pay", "2", t("Take the payment"), amount, owed, t("Nothing is owed.")),
            Choice("void", "3", t("Void today's receipt"), "", paid, none),
            Choice("refund", "4", t("Refund, with its basis"), "", paid, none),
            Choice("drop", "5", t("Withdraw the notice"), "", owed and not paid, t("Nothing is owed.")),
        )
        does: Mapping[str, Callable[[FeeView], None]] = {
            "notice": self._notice,
            "pay": self._pay,
            "void": self._void,
            "refund": self._refund,
            "drop": self._drop,
        }
        hint = self._noticed(view) if noticed else self._standard(view)
        title = t("Fees of {number}", number=view.number or view.item)
        desk.ask(title, choices, lambda choice, _: does[choice](view), hint=hint)

    def _standard(self, view: FeeView) -> str:
        return "\n".join(
            f"{one.fee.name} · {yuan(one.fee.amount_fen)}{f' / {one.fee.unit}' if one.fee.unit else ''}"
            f" · 《{one.fee.basis.name}》{one.fee.basis.article}"
            for one in view.standards
        )

    def _noticed(self, view: FeeView) -> str:
        t = self._desk.t
        lines = [f"{one.name} · {yuan(one.amount)} {one.reduction_name}".rstrip() for one in view.fees.lines]
        lines += [
            t("Receipt {number}: {amount}", number=one.number, amount=yuan(one.amount))
            for one in view.receipts
        ]
        if view.fees.paid > view.fees.due:
            lines.append(t("More was paid than is due, at two machines: refund one receipt."))
        if view.fees.pay_by and view.fees.owed:
            lines.append(t("no later than {day}", day=view.fees.pay_by.isoformat()))
        return "\n".join(lines)

    def _notice(self, view: FeeView) -> None:
        t = self._desk.t
        asks = [ask for one in view.standards for ask in self._of_fee(one)]
        if view.matter:
            names = "、".join(name for _, _, name in view.matter)
            together = (
                Choice("all", "1", t("With all of the matter"), names),
                Choice("one", "2", t("This case alone")),
            )
            asks.append(Ask("matter", t("One notice for the whole matter?"), together))
        ask_all(self._desk, tuple(asks), lambda answers: self._charge(view, answers))

    def _of_fee(self, one: Standard) -> list[Ask]:
        """Only where there is something to choose."""
        t, fee, asks = self._desk.t, one.fee, []
        if fee.most > 1:
            title, label = t("{fee}: how many?", fee=fee.name), fee.unit or t("How many")
            asks.append(Ask(f"n/{one.code}", title, label=label, given="1"))
        if fee.reductions:
            whole = Choice("none", "0", t("No reduction"))
            rows = choices_of(
                tuple((cut.code, f"{cut.name} −{cut.percent}%", cut.basis.name) for cut in fee.reductions)
            )
            asks.append(Ask(f"r/{one.code}", t("{fee}: which reduction?", fee=fee.name), (whole, *rows)))
        return asks

    def _drop(self, view: FeeView) -> None:
        desk, t = self._desk, self._desk.t
        reasons = (t("The case ended without it"), t("The notice was wrong"))

        def drop(reason: str) -> None:
            desk.act(
                "drop_fees",
                lambda actor, key: self._refunding.drop(actor, key, view.case, reason),
                lambda _: desk.tell(t("The notice is withdrawn: nothing is owed."), level="good"),
                right="fee.refund",
            )

        desk.ask_reason(t("Why is the fee not asked for any more?"), reasons, drop)

    def _charge(self, view: FeeView, answers: Answers) -> None:
        desk, t = self._desk, self._desk.t
        numbers = {key[2:]: text for key, text in answers.items() if key.startswith("n/")}
        if any(not text.isdecimal() for text in numbers.values()):
            desk.tell(t("A number is needed."), level="warn")
            return
        cuts = {key[2:]: cut for key, cut in answers.items() if key.startswith("r/") and cut != "none"}
        chosen = {view.case: Choosing({code: int(text) for code, text in numbers.items()}, cuts)}
        if answers.get("matter") == "all":
            chosen |= {case: ONCE for case, _, _ in view.matter}
        desk.act(
            "charge",
            lambda actor, key: self._charging.charge(actor, key, chosen),
            lambda _: desk.tell(t("The notice of fees is being printed."), level="good"),
            right="fee.take",
        )

    def _pay(self, view: FeeView) -> None:
        desk, t = self._desk, self._desk.t

        def taken(choice: str, text: str) -> None:
            method = next(one for one in METHODS if one == choice)
            desk.act(
                "pay",
                lambda actor, key: self._charging.pay(actor, key, view.case, method),
                lambda _: desk.tell(t("Paid. The receipt is being printed."), level="good"),
                right="fee.take",
            )

        title = t("{amount}: how is it paid?", amount=yuan(view.fees.owed))
        desk.ask(title, worded(t, {one: METHOD_WORDS[one] for one in METHODS}), taken)

    def _void(self, view: FeeView) -> None:
        desk, t = self._desk, self._desk.t
        receipt = view.receipts[-1].id

        def because(reason: str) -> None:
            desk.act(
                "void_receipt",
                lambda actor, key: self._refunding.void(actor, key, receipt, reason),
                lambda _: desk.tell(t("The receipt is void."), level="good"),
                right="fee.take",
            )

        desk.ask_reason(t("Void it: why?"), tuple(t(one) for one in VOIDS), because)

    def _refund(self, view: FeeView) -> None:
        desk, t = self._desk, self._desk.t
        receipt = view.receipts[-1].id
        asks = (Ask("reason", t("Reason")), Ask("article", t("Law and article")))
        ask_all(
            desk,
            asks,
            lambda answers: desk.act(
                "refund",
                lambda actor, key: self._refunding.refund(
                    actor, key, receipt, answers["reason"], answers["article"]
                ),
                lambda _: desk.tell(t("Refunded. The voucher is being printed."), level="good"),
                right="fee.refund",
            ),
        )

    def _show_day(self, day: CashierDay) -> None:
        desk, t = self._desk, self._desk.t
        parts = [t("{count} receipts", count=len(day.receipts))]
        parts += [f"{t(METHOD_WORDS[method])} {yuan(amount)}" for method, amount in day.by_method]
        parts += [t("given back {amount}", amount=yuan(day.refunded))] if day.refunded else []
        if day.settled is not None:
            desk.tell(t("Today is settled: {parts}.", parts=" · ".join(parts)), level="good")
            return
        asks = (
            Ask(
                "counted",
                t("Cash in the drawer, in yuan"),
                hint=" · ".join((*parts, t("The drawer should hold {amount}.", amount=yuan(day.drawer)))),
            ),
            Ask(
                "reason",
                t("The drawer differs: why?"),
                when=lambda answers: in_fen(answers["counted"]) not in (None, day.drawer),
            ),
        )
        ask_all(desk, asks, self._settle)

    def _settle(self, answers: Answers) -> None:
        desk, t = self._desk, self._desk.t
        counted = in_fen(answers["counted"])
        if counted is None:
            desk.tell(t("“{text}” is no amount.", text=answers["counted"]), level="warn")
            return
        reason = answers.get("reason", "")
        desk.act(
            "settle",
            lambda actor, key: self._settling.settle(actor, key, counted, reason),
            lambda _: desk.tell(t("The day is settled. Its paper is being printed."), level="good"),
            right="fee.take",
        )


def in_fen(text: str) -> int | None:
    """`12`, `12.5`, `12.50` as fen; None when it is no amount."""
    whole, dot, part = text.strip().replace("，", ",").replace(",", "").partition(".")
    if not whole.isdecimal() or (dot and not (part.isdecimal() and len(part) <= 2)):
        return None
    return int(whole) * 100 + int(part.ljust(2, "0") or "0")
