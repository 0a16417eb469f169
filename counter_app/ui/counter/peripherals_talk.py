"""How the page of the peripherals asks, and does what was answered. No Qt.

Everything runs on the lane of slow questions; while something is asked the page is away, and back afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeVar

from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.shown import PeripheralsShown
from counter_app.ui.widgets.question import Choice

T = TypeVar("T")
KEYS: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Page(Protocol):
    """The page: drawn, or taken away while something is asked."""

    def show_peripherals(self, shown: PeripheralsShown | None) -> None: ...

    @property
    def is_open(self) -> bool: ...


class PageTalk:
    """`back(told)` shows the page again, with a sentence under it."""

    def __init__(self, desk: Desk, page: Page, back: Callable[[str], None]) -> None:
        self.desk = desk
        self.back = back
        self.in_hand = ""  # the row that the page takes in hand next, by its name
        self._page = page

    def slow(self, work: Callable[[Actor], T], done: Callable[[T], None]) -> None:
        actor = self.desk.actor
        self.desk.asks.run(lambda: work(actor), done, self.failed)

    def changed(
        self, work: Callable[[], object], told: str, failed: Callable[[UserFacingError], None] | None = None
    ) -> None:
        """Do it, with the right for it; then the page again."""
        desk, shift = self.desk, self.desk.hands.shift
        if shift is None:
            return

        def allowed() -> object:
            desk.access.need(shift, "peripheral.edit")
            return work()

        desk.asks.run(allowed, lambda _: self.back(told), failed or self.failed)

    def failed(self, error: UserFacingError) -> None:
        self.desk.error(error)
        self.back("")

    def hide(self) -> None:
        self._page.show_peripherals(None)

    def ask(
        self, title: str, choices: tuple[Choice, ...], answered: Callable[[str], None], *, hint: str = ""
    ) -> None:
        self.hide()
        self.desk.ask(title, choices, lambda choice, _: answered(choice), hint=hint, left=self._left)

    def ask_one(
        self,
        title: str,
        rows: Iterable[tuple[str, str]],
        answered: Callable[[str], None],
        *,
        hint: str = "",
        chosen: str = "",
    ) -> None:
        """One of the rows (id, words) by its key; `chosen` is in hand at first."""
        choices = tuple(Choice(id, key, words) for key, (id, words) in zip(KEYS, rows, strict=False))
        self.hide()
        self.desk.ask(
            title, choices, lambda choice, _: answered(choice), hint=hint, chosen=chosen, left=self._left
        )

    def ask_text(
        self, title: str, label: str, given: str, answered: Callable[[str], None], *, empty: bool = False
    ) -> None:
        """A line of text; nothing happens on an empty one unless that may be meant."""

        def typed(text: str) -> None:
            if text.strip() or empty:
                answered(text.strip())

        self.hide()
        self.desk.ask(title, (), lambda _, text: typed(text), text=label, given=given, left=self._left)

    def _left(self) -> None:
        """Esc goes back to the page that asked, nothing changed."""
        self.back("")

    def ask_bridge(self, url: str, declare: Callable[[], None]) -> None:
        """A real home refused an address of this machine itself: is a converter program there?"""
        t = self.desk.t
        choices = (
            Choice("bridge", "1", t("A converter program here leads to the real device: declare it so")),
            Choice("leave", "2", t("Change nothing")),
        )

        def answered(choice: str) -> None:
            if choice == "bridge":
                declare()
            else:
                self.back("")

        title = t("{url} is an address of this machine itself.", url=url)
        self.ask(title, choices, answered, hint=t("A real home's papers and persons go to no simulator."))
