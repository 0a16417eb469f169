"""What people at the desk have to do with: help, forms they bring, complaints, proving who they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from counter_app.domain.catalogue.items import Item
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.desk_pages import badge_page, forms_page, help_page, opinions_page, pin_page
from counter_app.ui.kiosk.page import Page
from counter_app.ui.kiosk.screen import Say, Screen
from counter_app.ui.kiosk.start_pages import StartData
from counter_app.ui.kiosk.words import Words
from counter_app.use_cases.waiting.help_desk import HelpRow


class DeskMatters:
    def __init__(
        self,
        deps: KioskDeps,
        screen: Screen,
        start: Callable[[], StartData | None],
        proven: Callable[[], None],
    ) -> None:
        """`proven` is called when badge and PIN were right."""
        self._deps = deps
        self._screen = screen
        self._start = start
        self._proven = proven
        self.acts: Mapping[str, Callable[[str], None]] = {
            "help": lambda _: self.ask_help(),
            "speak": lambda _: self._ask(self._screen.staff_words.t("Somebody wants to complain."), _nothing),
            "forms": lambda _: self.forms(),
            "form": self.form,
            "opinions": lambda _: self.opinions(),
            "staff": lambda _: self.staff(),
        }

    def ask_help(self) -> None:
        self._ask("", _nothing)

    def forms(self) -> None:
        def shown(items: tuple[Item, ...]) -> None:
            self._screen.go(lambda words: forms_page(words, items, elder=self._screen.visit.elder))

        self._screen.run(lambda: self._deps.desk.items(""), shown)

    def form(self, title: str) -> None:
        """The staff print it: a form is a sheet, which no kiosk's roll printer gives."""
        matter = self._screen.staff_words.t("Blank form: {title}", title=title)
        self._ask(matter, lambda words: words.t("They bring you: {title}", title=words.name(title)))

    def opinions(self) -> None:
        def page(words: Words) -> Page:
            start = self._start()
            return opinions_page(words, start.plan) if start else Page("opinions", "")

        self._screen.go(page)

    def staff(self) -> None:
        if self._deps.prove_staff is not None:
            self._screen.go(badge_page)

    def badge_typed(self, badge: str) -> None:
        self._screen.visit.badge = badge
        self._screen.swap(pin_page)

    def badge_laid(self, badge: str) -> None:
        """By its chip or code, from wherever: the PIN is asked all the same."""
        if self._deps.prove_staff is not None:
            self._screen.visit.badge = badge
            self._screen.only(pin_page)

    def pin_typed(self, pin: str) -> None:
        prove, badge = self._deps.prove_staff, self._screen.visit.badge
        if prove is not None:
            self._screen.run(lambda: prove(badge, pin), lambda _: self._proven())

    def _ask(self, matter: str, about: Say) -> None:
        key = self._deps.new_key()

        def called(row: HelpRow) -> None:
            self._screen.go(lambda words: help_page(words, row.posts, about(words)))

        self._screen.run(lambda: self._deps.help_desk.ask(self._deps.actor, key, matter), called)


def _nothing(words: Words) -> str:
    return ""
