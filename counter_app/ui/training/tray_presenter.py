"""Which card lies on the simulated reader, and what the tray does to it. No Qt."""

from __future__ import annotations

from typing import Final, Protocol

from counter_app.i18n import Translator
from counter_app.ui.training.controls import TrayCard, TrayControl, trouble

NOISE: Final = "flip:1"


class TrayView(Protocol):
    def show_cards(self, cards: tuple[TrayCard, ...], laid: str) -> None: ...

    def show_said(self, text: str) -> None:
        """One line below the cards: what was done, or what the reader refused."""
        ...


class TrayPresenter:
    def __init__(
        self, view: TrayView, cards: tuple[TrayCard, ...], control: TrayControl, t: Translator
    ) -> None:
        self._view = view
        self._cards = cards
        self._control = control
        self._t = t
        self.laid = ""
        view.show_cards(cards, "")

    def touch(self, key: str) -> None:
        """Lay this card on in place of another; the one that lies there is lifted."""
        if key == self.laid:
            self.lift()
            return
        card = next(card for card in self._cards if card.key == key)
        if self._do(f"lay {key}", self._t("{name} lies on the reader.", name=card.name)):
            self._now(key)

    def lift(self) -> None:
        if self.laid and self._do("lift", self._t("The reader is empty.")):
            self._now("")

    def digit(self, number: int) -> None:
        """1 to 9: the card of that place."""
        if 1 <= number <= len(self._cards):
            self.touch(self._cards[number - 1].key)

    def unplug(self) -> None:
        self._do("unplug", self._t("The reader's cable is out."))

    def plug(self) -> None:
        self._do("plug", self._t("The reader's cable is in."))

    def noise(self) -> None:
        """A flipped bit in the next answer."""
        self._do(f"fault {NOISE}", self._t("The next answer of the reader is garbled."))

    def _now(self, key: str) -> None:
        self.laid = key
        self._view.show_cards(self._cards, key)

    def _do(self, command: str, done: str) -> bool:
        wrong = trouble(self._control.command(command))
        self._view.show_said(wrong or done)
        return not wrong
