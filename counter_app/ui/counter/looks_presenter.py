"""Who looked at a person of the case in hand, for the citizen who asks (mission: X3). No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.access.looks import Look
from counter_app.errors import mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseView

BASES: Final = {
    "card": mark("card on the reader"),
    "ticket": mark("ticket in hand"),
    "receipt": mark("receipt scanned"),
    "work": mark("handles the case"),
    "reason": mark("by reason"),
}
MOST: Final = 30


class LooksPresenter:
    """`view` gives the case as shown. Only `looks.read` may see the list."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None]) -> None:
        self._desk = desk
        self._view = view

    def who_looked(self) -> None:
        view, desk = self._view(), self._desk
        if view is None or not view.persons:
            desk.tell(desk.t("Open a case of this person first."))
        elif len(view.persons) == 1:
            self._read(view.persons[0].party, view.persons[0].name)
        else:
            choices = tuple(
                Choice(one.party, str(at), one.name, one.number) for at, one in enumerate(view.persons[:9], 1)
            )
            names = {one.party: one.name for one in view.persons}
            desk.ask(desk.t("Who asks?"), choices, lambda party, text: self._read(party, names[party]))

    def _read(self, party: str, name: str) -> None:
        desk, deps, shift = self._desk, self._desk.deps, self._desk.hands.shift
        if shift is None:
            return

        def looks() -> tuple[Look, ...]:
            deps.access.need(shift, "looks.read")
            return deps.persons.who_looked(party, MOST)

        desk.reads.run(looks, lambda found: self._show(name, found), desk.error)

    def _show(self, name: str, looks: tuple[Look, ...]) -> None:
        desk, t = self._desk, self._desk.t
        if not looks:
            desk.tell(t("Nobody has looked at {name}.", name=name))
            return
        choices = tuple(
            Choice(look.id, "·", f"{look.at:%Y-%m-%d %H:%M} · {self._who(look)}", self._why(look))
            for look in looks
        )
        desk.ask(t("Who looked at {name}", name=name), choices, lambda look, text: None)

    def _who(self, look: Look) -> str:
        member = self._desk.deps.plan.member(look.staff)
        return f"{member.name if member else look.staff} · {look.place}"

    def _why(self, look: Look) -> str:
        basis = self._desk.t(BASES.get(look.basis, look.basis))
        return f"{basis}：{look.reason}" if look.reason else basis
