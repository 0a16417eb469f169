"""The page of the peripherals at the counter: found, added, tried, named, replaced, calibrated. No Qt.

Everything is asked on the lane of slow questions: a device may take its seconds, the window never waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeVar

from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import EVERYWHERE, LONGEST_NAME, Kind, Setting
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.logo_presenter import LogoPresenter
from counter_app.ui.counter.shown import PeripheralShown, PeripheralsShown
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.peripherals.desk import PeripheralDesk, PeripheralRow
from counter_app.use_cases.ports.peripherals import Condition, Found, Option, PeripheralDriver, Seen

T = TypeVar("T")
SIGNS: Final = {
    Condition.READY: State.READY,
    Condition.BUSY: State.IDLE,  # somebody else has it: how it is there is not known here
    Condition.ATTENTION: State.CORRECT,
    Condition.UNKNOWN: State.IDLE,
}
USERS: Final = {
    EVERYWHERE: mark("all of this machine"),
    "counter": mark("counter"),
    "kiosk": mark("kiosk"),
    "display": mark("display"),
    "desk": mark("desk"),
}
HINTS: Final = {
    Kind.ID_READER: mark("Lay a card on it now."),
    Kind.CARD_SLOT: mark("Lay a card on it now."),
    Kind.SCANNER: mark("Scan a code with it now."),
    Kind.MRZ_READER: mark("Lay a document in it now."),
}
KEYS: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Page(Protocol):
    """The page: drawn, or taken away while something is asked."""

    def show_peripherals(self, shown: PeripheralsShown | None) -> None: ...

    @property
    def is_open(self) -> bool: ...


class PeripheralsPresenter:
    """Works the page `page`."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self._desk = desk
        self._page = page
        self._rows: dict[str, PeripheralRow] = {}
        self._told = ""
        self._logos = LogoPresenter(desk, lambda: page.show_peripherals(None), self._tried)
        self._opening = self._trial = 0
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
            self._slow(lambda actor: self._all(machine, actor), lambda _: self.open())
        elif key == "F":
            self._slow(lambda actor: machine.find(), self._choose_found)
        elif key == "A":
            self._slow(lambda actor: machine.kinds(), self._choose_kind)
        elif key == "T" and row is not None:
            self._try(row)
        elif key == "Return" and row is not None:
            self._choose_change(row)

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
        self._page.show_peripherals(
            PeripheralsShown(tuple(self._row(key, row) for key, row in named), summary, told)
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

    def _all(self, machine: PeripheralDesk, actor: Actor) -> None:
        for row in machine.rows():
            if not row.set_aside:
                machine.look(actor, row.name)

    def _try(self, row: PeripheralRow) -> None:
        desk, machine = self._desk, self._desk.deps.peripherals
        if machine is None:
            return
        if row.kind == Kind.DRAWER:
            self._open_drawer(machine, row)
            return
        hint = HINTS.get(Kind(row.kind), "")
        desk.tell(desk.t("{name} is being tried …", name=row.name), remedy=desk.t(hint) if hint else "")
        trial = self._trial

        def wanted() -> bool:
            return trial == self._trial

        def tried(seen: Seen) -> None:
            if wanted():
                self._tried(row.name, seen)

        self._slow(lambda actor: machine.test(actor, row.name, wanted), tried)

    def _open_drawer(self, machine: PeripheralDesk, row: PeripheralRow) -> None:
        desk, shift = self._desk, self._desk.hands.shift
        if shift is None:
            return

        def opened(actor: Actor) -> Seen:
            desk.access.need(shift, "drawer.open")
            return machine.open_drawer(actor, row.name)

        self._slow(opened, lambda seen: self._tried(row.name, seen))

    def _tried(self, name: str, seen: Seen) -> None:
        t = self._desk.t
        parts = (t(seen.says) if not seen.advice else t(seen.advice, **seen.places), *seen.lines)
        told = t("{name}: {told}", name=name, told=" · ".join(parts))
        self._desk.tell(told, level="good" if seen.condition.works else "bad")
        self._told = told
        self.open()

    def _choose_change(self, row: PeripheralRow) -> None:
        t = self._desk.t
        good = not row.set_aside
        why = t("It cannot be used as it is written: take it out, or correct home.toml.")
        printer = good and row.kind == Kind.PRINTER
        choices = (
            Choice("name", "1", t("Another name"), "", good, why),
            Choice("url", "2", t("Replace: another address"), row.url, good, why),
            Choice("model", "3", t("Model"), row.model, good, why),
            Choice("used_by", "4", t("Who works with it"), "", good, why),
            Choice("option", "5", t("Calibrate: its settings"), "", good, why),
            Choice("drawer", "6", t("Open the drawer behind it"), "", printer, t("Receipt printers only.")),
            Choice("remove", "7", t("Take it out")),
            Choice("logo", "8", t("Logo over its papers"), "", printer, t("Receipt printers only.")),
        )
        self._ask(row.name, choices, lambda choice, _: self._change(row, choice))

    def _change(self, row: PeripheralRow, choice: str) -> None:
        t, machine = self._desk.t, self._desk.deps.peripherals
        if machine is None:
            return
        if choice in ("name", "url"):
            label = t("Name") if choice == "name" else t("Address")
            given = row.name if choice == "name" else row.url
            self._ask_text(row.name, label, given, lambda text: self._set(row, choice, text))
        elif choice == "used_by":
            users = ((user, t(words)) for user, words in USERS.items())
            self._ask_one(row.name, users, lambda user: self._set(row, "used_by", user))
        elif choice == "remove":
            self._changed(lambda: machine.remove(row.name), t("{name} is taken out.", name=row.name))
        elif choice == "drawer":
            self._open_drawer(machine, row)
        elif choice == "logo":
            self._logos.ask(row.name)
        else:
            then = self._choose_model if choice == "model" else self._choose_option
            self._slow(lambda actor: machine.driver(Kind(row.kind)), lambda driver: then(row, driver))

    def _choose_model(self, row: PeripheralRow, driver: PeripheralDriver) -> None:
        if not driver.models:
            self._desk.tell(self._desk.t("There is only one kind of it."))
            self.open()
            return
        models = ((model, model) for model in driver.models)
        self._ask_one(row.name, models, lambda model: self._set(row, "model", model))

    def _choose_option(self, row: PeripheralRow, driver: PeripheralDriver) -> None:
        t = self._desk.t
        if not driver.options:
            self._desk.tell(t("There is nothing to calibrate."))
            self.open()
            return
        known = {option.key: option for option in driver.options}
        options = (
            (option.key, f"{t(option.words)} · {option.key} = {option.default}") for option in driver.options
        )
        self._ask_one(row.name, options, lambda key: self._set_option(row, known[key]))

    def _set_option(self, row: PeripheralRow, option: Option) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is None:
            return

        def given(value: Setting) -> None:
            self._changed(lambda: machine.set_option(row.name, option.key, value), t("Set."))

        if option.choices:
            values = ((str(value), str(value)) for value in option.choices)
            self._ask_one(t(option.words), values, given)
        else:
            self._ask_text(row.name, t(option.words), str(option.default), given)

    def _set(self, row: PeripheralRow, field: str, value: str) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is None:
            return
        late = row.kind != Kind.PRINTER and field in ("url", "used_by")
        told = t("In force when this window is opened again.") if late else t("In force at once.")
        self._changed(lambda: machine.change(row.name, **{field: value}), told)

    def _choose_found(self, found: tuple[Found, ...]) -> None:
        t = self._desk.t
        if not found:
            self._told = t("Nothing was found that is not declared already.")
            self.open()
            return
        named = {str(at): one for at, one in enumerate(found[: len(KEYS)])}
        told = {key: (t(one.kind.words), one.url, one.what) for key, one in named.items()}
        rows = ((key, " · ".join(filter(None, parts))) for key, parts in told.items())
        self._ask_one(t("What is it?"), rows, lambda key: self._name_new(named[key].kind, named[key].url))

    def _choose_kind(self, kinds: tuple[Kind, ...]) -> None:
        t = self._desk.t
        rows = ((kind.value, t(kind.words)) for kind in kinds)
        self._ask_one(t("What is it?"), rows, lambda kind: self._address_new(Kind(kind)))

    def _address_new(self, kind: Kind) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is not None:
            example = machine.driver(kind).example
            self._ask_text(t(kind.words), t("Address"), example, lambda url: self._name_new(kind, url))

    def _name_new(self, kind: Kind, url: str) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is None:
            return

        def named(name: str) -> None:
            entry = {"kind": kind.value, "name": name, "url": url}
            self._changed(lambda: machine.add(entry), t("{name} is declared.", name=name))

        self._ask_text(t(kind.words), t("Name"), t(kind.words)[:LONGEST_NAME], named)

    def _changed(self, work: Callable[[], object], told: str) -> None:
        """Do it, with the right for it; then the page again."""
        desk, shift = self._desk, self._desk.hands.shift
        if shift is None:
            return

        def allowed() -> object:
            desk.access.need(shift, "peripheral.edit")
            return work()

        def done(_: object) -> None:
            self._told = told
            self.open()

        desk.asks.run(allowed, done, self._failed)

    def _failed(self, error: UserFacingError) -> None:
        self._desk.error(error)
        self.open()

    def _slow(self, work: Callable[[Actor], T], done: Callable[[T], None]) -> None:
        actor = self._desk.actor
        self._desk.asks.run(lambda: work(actor), done, self._failed)

    def _ask(self, title: str, choices: tuple[Choice, ...], answered: Callable[[str, str], None]) -> None:
        self._page.show_peripherals(None)
        self._desk.ask(title, choices, answered)

    def _ask_one(self, title: str, rows: Iterable[tuple[str, str]], answered: Callable[[str], None]) -> None:
        """One of the rows (id, words) by its key."""
        choices = tuple(Choice(id, key, words) for key, (id, words) in zip(KEYS, rows, strict=False))
        self._ask(title, choices, lambda choice, _: answered(choice))

    def _ask_text(self, title: str, label: str, given: str, answered: Callable[[str], None]) -> None:
        self._page.show_peripherals(None)
        self._desk.ask(
            title,
            (),
            lambda _, text: answered(text.strip()) if text.strip() else None,
            text=label,
            given=given,
        )
