"""The logo over a receipt printer's papers, from the page of the peripherals. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.ports.peripherals import Condition, Seen


class LogoPresenter:
    """`hide` takes the page away for a question, `told` gets what came of it and shows the page again."""

    def __init__(self, desk: Desk, hide: Callable[[], None], told: Callable[[str, Seen], None]) -> None:
        self._desk = desk
        self._hide = hide
        self._told = told

    def ask(self, printer: str) -> None:
        t = self._desk.t
        self._hide()
        choices = (
            Choice("file", "1", t("A picture from a file")),
            Choice("none", "2", t("No logo any more")),
        )
        title = t("Logo over the papers of {name}", name=printer)
        hint = t("Black on white, at most 15 mm tall; a printer that can keeps it.")
        self._desk.ask(title, choices, lambda choice, _: self._chosen(printer, choice), hint=hint)

    def _chosen(self, printer: str, choice: str) -> None:
        desk, t, logos = self._desk, self._desk.t, self._desk.deps.logos
        if logos is None:
            return
        if choice == "file":
            title = t("Logo over the papers of {name}", name=printer)
            desk.ask(title, (), lambda _, text: self._put_on(printer, text.strip()), text=t("File"))
            return

        def taken_off() -> Seen:
            self._need_right()
            logos.take_off(printer)
            return Seen(Condition.READY, advice="")

        desk.asks.run(taken_off, lambda seen: self._told(printer, seen), desk.error)

    def _put_on(self, printer: str, path: str) -> None:
        desk, logos = self._desk, self._desk.deps.logos
        if logos is None or not path:
            return
        actor = desk.actor

        def put_on() -> Seen:
            self._need_right()
            return logos.put_on(actor, printer, Path(path.removeprefix("file://")).expanduser())

        desk.tell(desk.t("{name} is being tried …", name=printer))
        desk.asks.run(put_on, lambda seen: self._told(printer, seen), desk.error)

    def _need_right(self) -> None:
        """UserFacingError `access.no-right`."""
        shift = self._desk.hands.shift
        if shift is not None:
            self._desk.access.need(shift, "peripheral.edit")
