"""The page of the peripherals at the counter: found, added, tried, named, replaced, calibrated. No Qt.

Everything is asked on the lane of slow questions: a device may take its seconds, the window never waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.peripherals import Kind
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.logo_presenter import LogoPresenter
from counter_app.ui.counter.peripherals_adding import PeripheralAdding
from counter_app.ui.counter.peripherals_changes import USERS, PeripheralChanges
from counter_app.ui.counter.peripherals_talk import Page, PageTalk
from counter_app.ui.counter.shown import PeripheralShown, PeripheralsShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.peripherals.desk import PeripheralDesk, PeripheralRow
from counter_app.use_cases.peripherals.held import TRIAL_HINTS
from counter_app.use_cases.ports.peripherals import Condition, Seen

SIGNS: Final = {
    Condition.READY: State.READY,
    Condition.BUSY: State.IDLE,  # somebody else has it: how it is there is not known here
    Condition.ATTENTION: State.CORRECT,
    Condition.UNKNOWN: State.IDLE,
}


class PeripheralsPresenter:
    """Works the page `page`."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self._desk = desk
        self._page = page
        self._rows: dict[str, PeripheralRow] = {}
        self._told = ""
        self._logos = LogoPresenter(desk, lambda: page.show_peripherals(None), self._tried)
        self._opening = self._trial = 0
        self._talk = PageTalk(desk, page, self._back)
        self._adding = PeripheralAdding(self._talk, lambda: self._rows)
        self._changes = PeripheralChanges(self._talk, self._all_rows, self._logos, self._drawer)
        self.commands: dict[str, Callable[[], None]] = {"peripherals": self.open}

    def open(self) -> None:
        """The page, with what was last seen of each."""
        machine = self._desk.deps.peripherals
        if machine is None:
            self._desk.tell(self._desk.t("This window knows nothing of peripherals."))
        else:
            self._desk.asks.run(machine.rows, self._opened, self._desk.error)

    def pressed(self, key: str, name: str) -> None:
        """A key of the page; `name` is the row in hand."""
        machine, row = self._desk.deps.peripherals, self._rows.get(name)
        if machine is None or not self._desk.at_work:
            return
        self.left()
        if key == "R":
            self._talk.slow(lambda actor: self._all(machine, actor), lambda _: self.open())
        elif key == "F":
            self._talk.slow(lambda actor: machine.find(), self._adding.choose_found)
        elif key == "A":
            self._talk.slow(lambda actor: machine.kinds(), self._adding.choose_kind)
        elif key == "T" and row is not None:
            self._try(row)
        elif key == "Return" and row is not None:
            self._changes.choose(row)

    def _back(self, told: str) -> None:
        self._told = told
        self.open()

    def left(self) -> None:
        """Esc, or another key: nobody waits any more for a card or a code that was to be tried."""
        self._trial += 1
        if self._desk.deps.peripherals is not None:
            self._desk.deps.peripherals.give_up()

    def _opened(self, rows: tuple[PeripheralRow, ...]) -> None:
        """Show what was last seen; all are asked meanwhile, since any may have been unplugged by now."""
        self._opening += 1
        told, self._told = self._told, ""
        self._shown(rows, told)
        self._ask_each([row.name for row in rows if not row.set_aside], told, self._opening)

    def _ask_each(self, names: list[str], told: str, opening: int) -> None:
        """One after the other, so that what somebody wants done has not to wait for all."""
        desk, machine = self._desk, self._desk.deps.peripherals
        if machine is None or not names or not desk.at_work:
            return
        actor, (name, *others) = desk.actor, names

        def asked() -> tuple[PeripheralRow, ...]:
            machine.look(actor, name)
            return machine.rows()

        def seen(rows: tuple[PeripheralRow, ...]) -> None:
            if self._page.is_open and opening == self._opening:
                self._shown(rows, told)
                self._ask_each(others, told, opening)

        desk.asks.run(asked, seen, lambda _: self._ask_each(others, told, opening))

    def _shown(self, rows: tuple[PeripheralRow, ...], said: str) -> None:
        t = self._desk.t
        named = [(row.name or str(at), row) for at, row in enumerate(rows)]
        self._rows = dict(named)
        broken = [row for row in rows if not row.condition.works]
        summary = (
            t("{count} of {all} need somebody.", count=len(broken), all=len(rows))
            if broken
            else t("Nothing is declared yet: F finds what is attached.")
            if not rows
            else t("All is well with what hangs on this machine.")
        )
        told = said or " ".join(
            t("{name}: {told}", name=row.name, told=t(row.seen.advice, **row.seen.places))
            for row in broken[:2]
            if row.seen.advice
        )
        in_hand, self._talk.in_hand = self._talk.in_hand, ""
        self._page.show_peripherals(
            PeripheralsShown(tuple(self._row(key, row) for key, row in named), summary, told, in_hand)
        )

    def _row(self, key: str, row: PeripheralRow) -> PeripheralShown:
        t = self._desk.t
        used = t("instead of {name}", name=row.stands_in_for) if row.stands_in_for else ""
        return PeripheralShown(
            id=key,
            name=row.name or t("(no name)"),
            kind=t(row.words),
            state=SIGNS.get(row.condition, State.FAULT),
            words=t(row.seen.says),
            where=" · ".join(filter(None, (row.url, row.model))),
            used=used or t(USERS.get(row.used_by, "")),
        )

    def _all_rows(self) -> tuple[PeripheralRow, ...]:
        return tuple(self._rows.values())

    def _all(self, machine: PeripheralDesk, actor: Actor) -> None:
        for row in machine.rows():
            if not row.set_aside:
                machine.look(actor, row.name)

    def _try(self, row: PeripheralRow) -> None:
        desk, machine = self._desk, self._desk.deps.peripherals
        if machine is None:
            return
        if row.kind == Kind.DRAWER:
            self._drawer(row)
            return
        hint = TRIAL_HINTS.get(Kind(row.kind), "")
        desk.tell(desk.t("{name} is being tried …", name=row.name), remedy=desk.t(hint) if hint else "")
        trial = self._trial

        def wanted() -> bool:
            return trial == self._trial

        def tried(seen: Seen) -> None:
            if wanted():
                self._tried(row.name, seen)

        self._talk.slow(lambda actor: machine.test(actor, row.name, wanted), tried)

    def _drawer(self, row: PeripheralRow) -> None:
        desk, shift, machine = self._desk, self._desk.hands.shift, self._desk.deps.peripherals
        if shift is None or machine is None:
            return

        def opened(actor: Actor) -> Seen:
            desk.access.need(shift, "drawer.open")
            return machine.open_drawer(actor, row.name)

        self._talk.slow(opened, lambda seen: self._tried(row.name, seen))

    def _tried(self, name: str, seen: Seen) -> None:
        t = self._desk.t
        parts = (t(seen.says) if not seen.advice else t(seen.advice, **seen.places), *seen.lines)
        told = t("{name}: {told}", name=name, told=" · ".join(parts))
        self._desk.tell(told, level="good" if seen.condition.works else "bad")
        self._back(told)
