"""The cash drawer of this counter: opened by hand with its reason, and who opened it today. No Qt.

What opens by itself with a cash receipt is not here (`use_cases/peripherals/drawer.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.fees.drawer import BY_HAND, WORDS, Cause, Opening
from counter_app.ui.asking import worded
from counter_app.ui.counter.desk import Desk
from counter_app.use_cases.peripherals.asking import Wish
from counter_app.use_cases.peripherals.drawer import CashDrawer
from counter_app.use_cases.ports.peripherals import Condition, Seen

SHOWN: Final = 6


class DrawerPresenter:
    """Its one command is `drawer`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.commands: dict[str, Callable[[], None]] = {"drawer": self.page}

    @property
    def _drawer(self) -> CashDrawer:
        return self._desk.deps.around.drawer

    def page(self) -> None:
        """Ask why; today's openings stand above."""
        self._desk.reads.run(self._drawer.openings, self._ask, self._desk.error)

    def _ask(self, openings: tuple[Opening, ...]) -> None:
        desk, t = self._desk, self._desk.t
        choices = worded(t, {cause: WORDS[cause] for cause in BY_HAND})
        lines = [self._line(one) for one in openings[-SHOWN:]]
        count = t("Opened {count} times today.", count=len(openings)) if openings else ""
        hint = "\n".join(filter(None, (count, *lines)))
        desk.ask(t("Open the cash drawer: why?"), choices, lambda choice, _: self._because(choice), hint=hint)

    def _line(self, one: Opening) -> str:
        t = self._desk.t
        member = self._desk.deps.plan.member(one.staff)
        who = member.name if member is not None else one.staff
        parts = (f"{one.at:%H:%M}", who, t(WORDS[one.cause]), one.reason)
        shut = t("it stayed shut") if one.failed else ""
        return " · ".join(filter(None, (*parts, shut)))

    def _because(self, choice: str) -> None:
        desk, t = self._desk, self._desk.t
        cause: Cause = next(one for one in BY_HAND if one == choice)
        if cause != "other":
            self._open(cause, "")
            return
        title = t("Open the cash drawer: why?")
        desk.ask(title, (), lambda _, text: self._open(cause, text), text=t("Reason"))

    def _open(self, cause: Cause, reason: str) -> None:
        self._desk.act(
            "open_drawer",
            lambda actor, key: self._drawer.open(actor, key, cause, reason),
            self._ordered,
            right="drawer.open",
        )

    def _ordered(self, wish: Wish) -> None:
        """The keeper answers within a moment; where it does not, that is said."""
        self._desk.asks.run(lambda: self._drawer.answer(wish), self._answered, self._desk.error)

    def _answered(self, seen: Seen) -> None:
        desk, t = self._desk, self._desk.t
        good = seen.condition.works
        words = t(seen.advice, **seen.places) if seen.advice else t(seen.says)
        remedy = (
            "" if good else t("Open it with its key; what is wrong stands on the page of the peripherals.")
        )
        desk.tell(words, remedy=remedy, level="good" if seen.condition is Condition.READY else "warn")
