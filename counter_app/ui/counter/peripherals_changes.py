"""What may be changed about one peripheral, from its page. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import EVERYWHERE, Kind, Peripheral, Setting, leads_to_program
from counter_app.ui.counter.logo_presenter import LogoPresenter
from counter_app.ui.counter.peripherals_talk import PageTalk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.peripherals.desk import PeripheralRow
from counter_app.use_cases.ports.peripherals import Option, PeripheralDriver

USERS: Final = {
    EVERYWHERE: mark("all of this machine"),
    "counter": mark("counter"),
    "kiosk": mark("kiosk"),
    "display": mark("display"),
    "desk": mark("desk"),
}
# What a window takes up when it opens; the keeper looks at all others before it works with them.
AT_OPENING: Final = frozenset(
    {
        Kind.ID_READER,
        Kind.MRZ_READER,
        Kind.CARD_SLOT,
        Kind.SCANNER,
        Kind.CAMERA,
        Kind.DOCUMENT_SCANNER,
        Kind.CARD_PRINTER,
    }
)


class PeripheralChanges:
    """`rows` are those of the page, `drawer` opens the one behind a printer."""

    def __init__(
        self,
        talk: PageTalk,
        rows: Callable[[], Iterable[PeripheralRow]],
        logos: LogoPresenter,
        drawer: Callable[[PeripheralRow], None],
    ) -> None:
        self._talk = talk
        self._desk = talk.desk
        self._rows = rows
        self._logos = logos
        self._drawer = drawer

    def choose(self, row: PeripheralRow) -> None:
        t = self._desk.t
        good = not row.set_aside
        why = t("It cannot be used as it is written: take it out, or correct home.toml.")
        printer = good and row.kind == Kind.PRINTER
        only = t("Receipt printers only.")
        choices = [
            Choice("name", "1", t("Another name"), "", good, why),
            Choice("url", "2", t("Replace: another address"), row.url, good, why),
            Choice("model", "3", t("Model"), row.model, good, why),
            Choice("used_by", "4", t("Who works with it"), t(USERS.get(row.used_by, "counter")), good, why),
            Choice("option", "5", t("Calibrate: its settings"), "", good, why),
            Choice("drawer", "6", t("Open the drawer behind it"), "", printer, only),
            Choice("remove", "7", t("Take it out")),
            Choice("logo", "8", t("Logo over its papers"), "", printer, only),
            Choice("stand_in", "9", t("Stands in for"), row.stands_in_for, printer, only),
        ]
        if leads_to_program(row.url) and (row.set_aside or not row.simulated):
            choices.append(Choice("bridge", "B", t("A converter program here leads to it")))
        self._talk.ask(row.name, tuple(choices), lambda choice: self._change(row, choice))

    def _change(self, row: PeripheralRow, choice: str) -> None:
        t, talk, machine = self._desk.t, self._talk, self._desk.deps.peripherals
        if machine is None:
            return
        if choice in ("name", "url"):
            label = t("Its name") if choice == "name" else t("Address")
            given = row.name if choice == "name" else row.url
            talk.ask_text(row.name, label, given, lambda text: self._set(row, choice, text))
        elif choice == "used_by":
            self._choose_user(row)
        elif choice == "remove":
            talk.changed(lambda: machine.remove(row.name), t("{name} is taken out.", name=row.name))
        elif choice == "drawer":
            self._drawer(row)
        elif choice == "logo":
            self._logos.ask(row.name)
        elif choice == "stand_in":
            self._choose_stand_in(row)
        elif choice == "bridge":
            self._ask_bridge(row)
        else:
            choose = self._choose_model if choice == "model" else self._choose_option
            talk.slow(
                lambda actor: (machine.declared(row.name), machine.driver(Kind(row.kind))),
                lambda found: choose(row, *found),
            )

    def _choose_user(self, row: PeripheralRow) -> None:
        t = self._desk.t
        users = ((user, t(words)) for user, words in USERS.items())
        self._talk.ask_one(row.name, users, lambda user: self._set(row, "used_by", user), chosen=row.used_by)

    def _choose_stand_in(self, row: PeripheralRow) -> None:
        """For a printer that works itself, never for one that stands in."""
        t = self._desk.t
        others = [
            one.name
            for one in self._rows()
            if one.kind == row.kind and one.name != row.name and not (one.set_aside or one.stands_in_for)
        ]
        if not others:
            self._talk.back(t("There is no other receipt printer here."))
            return
        choices = [("", t("none: it works itself")), *((name, name) for name in others)]
        title = t("Takes over the papers, while it fails, of")
        self._talk.ask_one(
            title, choices, lambda name: self._set(row, "stands_in_for", name), chosen=row.stands_in_for
        )

    def _ask_bridge(self, row: PeripheralRow) -> None:
        t, machine = self._desk.t, self._desk.deps.peripherals
        if machine is None:
            return

        def answered(choice: str) -> None:
            self._talk.changed(lambda: machine.change(row.name, bridge=choice == "yes"), t("Set."))

        title = t("A converter program here leads to it")
        self._talk.ask_one(title, (("yes", t("yes")), ("no", t("no"))), answered)

    def _choose_model(self, row: PeripheralRow, declared: Peripheral, driver: PeripheralDriver) -> None:
        if not driver.models:
            self._talk.back(self._desk.t("There is only one kind of it."))
            return
        models = ((model, model) for model in driver.models)
        self._talk.ask_one(
            row.name, models, lambda model: self._set(row, "model", model), chosen=declared.model
        )

    def _choose_option(self, row: PeripheralRow, declared: Peripheral, driver: PeripheralDriver) -> None:
        t = self._desk.t
        if not driver.options:
            self._talk.back(t("There is nothing to calibrate."))
            return
        known = {option.key: option for option in driver.options}
        options = (
            (option.key, f"{t(option.words)} · {option.key} = {_now(declared, option)}")
            for option in driver.options
        )
        self._talk.ask_one(row.name, options, lambda key: self._set_option(row, declared, known[key]))

    def _set_option(self, row: PeripheralRow, declared: Peripheral, option: Option) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is None:
            return
        now = _now(declared, option)

        def given(value: Setting) -> None:
            told = f"{t('Set.')} {self._in_force(row)}"
            self._talk.changed(lambda: machine.set_option(row.name, option.key, value), told)

        if isinstance(option.default, bool):
            words = {"true": t("yes"), "false": t("no")}
            chosen = str(now).lower()
            self._talk.ask_one(t(option.words), words.items(), given, chosen=chosen)
        elif option.choices:
            values = ((str(value), str(value)) for value in option.choices)
            self._talk.ask_one(t(option.words), values, given, chosen=str(now))
        else:
            self._talk.ask_text(row.name, t(option.words), str(now), given, empty=option.default == "")

    def _set(self, row: PeripheralRow, field: str, value: str, *, bridge: bool | None = None) -> None:
        machine, t = self._desk.deps.peripherals, self._desk.t
        if machine is None:
            return

        def failed(error: UserFacingError) -> None:
            if error.code == "peripheral.simulated" and field == "url" and leads_to_program(value):
                self._talk.ask_bridge(value, lambda: self._set(row, field, value, bridge=True))
            else:
                self._talk.failed(error)

        told = t("In force at once.") if field == "name" else self._in_force(row)
        self._talk.in_hand = value if field == "name" else row.name
        change = {field: value}
        self._talk.changed(
            lambda: machine.change(row.name, bridge=bridge, **change),
            told,
            failed if bridge is None else None,
        )

    def _in_force(self, row: PeripheralRow) -> str:
        t = self._desk.t
        if row.kind in AT_OPENING:
            return t("In force when the window that works with it is opened again.")
        return t("In force at once.")


def _now(declared: Peripheral, option: Option) -> Setting:
    return declared.options.get(option.key, option.default)
