"""Cases between halls: handing one on with its slip, signing for papers that came (mission: H1). No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.errors import mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.forwarding import Incoming
from counter_app.use_cases.intake.views import CaseView

KEYS: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WHY: Final = (
    mark("Decided there"),
    mark("The applicant belongs to that place"),
    mark("Taken in here for the citizen's convenience"),
)


class HallsPresenter:
    """`view` gives the case as shown; `moved` refreshes what shows it."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None], moved: Callable[[], None]) -> None:
        self._desk = desk
        self._view = view
        self._moved = moved
        self._told: set[str] = set()

    def forward(self) -> None:
        """Which hall, and why; the hand-over slip prints from the act."""
        view, desk = self._view(), self._desk
        if view is None:
            desk.tell(desk.t("Open the case first."))
            return
        desk.reads.run(
            desk.deps.forwarding.halls,
            lambda halls: self._ask_hall(view.case, {hall.code: hall.name for hall in halls}),
        )

    def incoming(self) -> None:
        """Cases whose papers are to be signed for, the most urgent first."""
        desk = self._desk
        desk.reads.run(desk.deps.forwarding.incoming, self._show)

    def refresh(self) -> None:
        """Tell once of papers that should have been signed for, and of new ones."""
        if self._desk.at_work:
            self._desk.reads.run(self._desk.deps.forwarding.incoming, self._tell)

    def _ask_hall(self, case: str, halls: Mapping[str, str]) -> None:
        desk = self._desk
        if not halls:
            desk.tell(desk.t("No other hall stands in this hall's plan."), level="warn")
            return
        choices = tuple(
            Choice(code, key, name) for key, (code, name) in zip(KEYS, halls.items(), strict=False)
        )
        desk.ask(
            desk.t("Hand this case on: to which hall?"),
            choices,
            lambda hall, text: self._ask_why(case, hall, halls[hall]),
            hint=desk.t("The citizen keeps the receipt and its number."),
        )

    def _ask_why(self, case: str, hall: str, name: str) -> None:
        desk, forwarding = self._desk, self._desk.deps.forwarding

        def why(reason: str) -> None:
            desk.act(
                "forward_case",
                lambda actor, key: forwarding.forward(actor, key, case, hall, reason),
                lambda slip: self._gone(name),
                right="case.decide",
            )

        desk.ask_reason(desk.t("To {hall}: why?", hall=name), tuple(desk.t(words) for words in WHY), why)

    def _gone(self, hall: str) -> None:
        desk = self._desk
        desk.tell(
            desk.t("Handed on to {hall}.", hall=hall),
            remedy=desk.t("The hand-over slip goes with the papers; they sign within one working day."),
            level="good",
        )
        self._moved()

    def _show(self, rows: tuple[Incoming, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not rows:
            desk.tell(t("No papers from other halls wait to be signed for."))
            return
        choices = tuple(
            Choice(row.case, KEYS[at], f"{row.number}　{row.item}", self._when(row))
            for at, row in enumerate(rows[: len(KEYS)])
        )
        known = {row.case: row for row in rows}
        desk.ask(
            t("Papers from other halls: sign for which?"),
            choices,
            lambda case, text: self._sign(known[case], frozenset()),
        )

    def _when(self, row: Incoming) -> str:
        t = self._desk.t
        due = t("late: was due {day}", day=row.sign_by) if row.late else t("by {day}", day=row.sign_by)
        return f"{row.from_hall} · {t('{count} papers', count=len(row.materials))} · {due}"

    def _sign(self, row: Incoming, missing: frozenset[str]) -> None:
        """Every paper is there unless its key says otherwise."""
        desk, t = self._desk, self._desk.t
        papers = tuple(
            Choice(
                code,
                KEYS[at],
                row.names[at] if at < len(row.names) else code,
                t("did not come") if code in missing else t("is here"),
            )
            for at, code in enumerate(row.materials[: len(KEYS)])
        )
        lacking = t("{count} did not come", count=len(missing)) if missing else t("all papers are here")
        sign = Choice("sign", "0", t("Sign for them"), lacking)

        def answered(choice: str, text: str) -> None:
            if choice == "sign":
                self._carry_out(row, missing)
            else:
                self._sign(row, missing ^ {choice})

        desk.ask(
            t("{number} from {hall}", number=row.number, hall=row.from_hall),
            (sign, *papers),
            answered,
            hint=t("A paper's key says that it did not come."),
        )

    def _carry_out(self, row: Incoming, missing: frozenset[str]) -> None:
        desk, forwarding = self._desk, self._desk.deps.forwarding
        gone = tuple(code for code in row.materials if code in missing)
        desk.act(
            "sign_papers",
            lambda actor, key: forwarding.sign(actor, key, row.case, gone),
            lambda _: self._signed(row, len(gone)),
            right="case.decide",
        )

    def _signed(self, row: Incoming, missing: int) -> None:
        t = self._desk.t
        self._desk.tell(
            t("Signed for {number}.", number=row.number),
            remedy=t("{count} that did not come are on record.", count=missing) if missing else "",
            level="good",
        )
        self._moved()

    def _tell(self, rows: tuple[Incoming, ...]) -> None:
        """Once for each case, and once more when its day has passed."""
        desk, t = self._desk, self._desk.t
        fresh = [row for row in rows if f"{row.case}/{row.late}" not in self._told]
        self._told.update(f"{row.case}/{row.late}" for row in fresh)
        if not fresh or not desk.at_work:
            return
        late = sum(row.late for row in rows)
        said = t("{count} cases came from other halls: their papers are to be signed for.", count=len(rows))
        overdue = t("{count} of them are late.", count=late) if late else ""
        desk.tell(said, remedy=overdue, level="warn", action=t("Sign for them"), act=self.incoming)
