"""Cards of plastic for who applies in the case in hand: issued, printed, printed again with a reason. No Qt.

The photo is the page of the case's pictures that stands for a photo (照片). (mission: P9)
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.domain.paper.cards import TITLES, Card, CardKind
from counter_app.errors import mark
from counter_app.peripherals import Kind
from counter_app.ui.asking import KEYS
from counter_app.ui.counter.beside import ask_how
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.papers.cards import CardInput, Printing
from counter_app.use_cases.ports.printing import PrintEnd, PrintOutcome, Why

PHOTO: Final = "照片"
LOST: Final = mark("The card was lost")
AGAIN: Final = (mark("The card was spoiled"), LOST, mark("Data changed"))
NEW: Final[dict[str, CardKind]] = {"new-service": "service", "new-elder": "elder"}


class CardsPresenter:
    """`view` gives the case as shown."""

    def __init__(self, desk: Desk, view: Callable[[], CaseView | None]) -> None:
        self._desk = desk
        self._view = view

    def page(self) -> None:
        """What cards there are, and new ones."""
        desk, view, tools = self._desk, self._view(), self._desk.deps.cards
        if view is None or tools is None:
            desk.tell(desk.t("No case is in hand."))
            return
        case = view.case
        desk.reads.run(lambda: tools.cards.of_case(case), lambda cards: self._ask(view, cards))

    def _ask(self, view: CaseView, cards: tuple[Card, ...]) -> None:
        desk, t = self._desk, self._desk.t
        photo = self._photo(view)
        hint = t("with the photo taken in") if photo else t("without a photo: take one in as 照片 first")
        new = tuple(
            Choice(id, str(at), t("New: {card}", card=TITLES[kind]), hint)
            for at, (id, kind) in enumerate(NEW.items(), 1)
        )
        known = {card.id: card for card in cards if not card.gone}
        again = tuple(
            Choice(
                card.id, KEYS[at], f"{TITLES.get(card.kind, card.kind)} · {card.number}", self._state(card)
            )
            for at, card in enumerate(tuple(known.values())[-7:], len(NEW))
        )

        def taken(choice: str, _: str) -> None:
            if choice in NEW:
                self._issue(view, NEW[choice], photo)
            else:
                self._again(known[choice])

        desk.ask(
            t("Cards for {name}", name=view.persons[0].name if view.persons else ""), (*new, *again), taken
        )

    def _state(self, card: Card) -> str:
        t, day = self._desk.t, f"{card.issued_at:%Y-%m-%d}"
        told = t("issued {day}, printed {count} times", day=day, count=card.prints)
        return f"{told} · {t('blank {number}', number=card.blank)}" if card.blank else told

    def _photo(self, view: CaseView) -> str:
        """The material that is a photo and has been pictured."""
        return next((line.material for line in view.lines if PHOTO in line.name and line.pictures), "")

    def _issue(self, view: CaseView, kind: CardKind, material: str) -> None:
        desk, tools, pictures = self._desk, self._desk.deps.cards, self._desk.deps.pictures
        if tools is None:
            return
        case, cards = view.case, tools.cards

        def work(actor: Actor, key: str) -> str:
            photo = b""
            if material and pictures is not None:
                photo = pictures.image(case, pictures.album(case).of(material)[-1].id)
            return cards.issue(actor, key, case, CardInput(kind, photo))

        desk.act("issue_card", work, lambda card: self._print(card, ""), right="case.open")

    def _again(self, card: Card) -> None:
        """The plastic before is spoiled, unless it is lost."""
        desk, t = self._desk, self._desk.t
        if not card.prints:
            self._print(card.id, "")
            return
        reasons, lost = tuple(t(reason) for reason in AGAIN), t(LOST)
        title = t("Why is the card printed again?")
        desk.ask_reason(title, reasons, lambda why: self._print(card.id, why, lost=why == lost))

    def _print(self, card: str, reason: str, *, lost: bool = False) -> None:
        """On the card printer where there is one, else the PDF in the system's viewer."""
        desk, t, tools = self._desk, self._desk.t, self._desk.deps.cards
        if tools is None:
            return

        def opened(path: Path) -> None:
            words = t("The card is open in the viewer.") if desk.deps.open_file(path) else str(path)
            desk.tell(words, level="good")

        def sent(outcome: PrintOutcome) -> None:
            if outcome.end is PrintEnd.FAILED:
                ask_how(desk, lambda row: row.kind == Kind.CARD_PRINTER)
                why = t(outcome.why.message) or t("Look at the card printer; then print it again.")
                desk.tell(t("The card was not printed."), remedy=why, level="bad")
            elif outcome.end is PrintEnd.PRINTED:
                desk.tell(t("The card is printed."), level="good")
            elif outcome.why is Why.FILED:
                told = t("The card was written to a file: there is no plastic card yet.")
                remedy = t("Print that file on a card printer; then hand the card over.")
                desk.tell(told, remedy=remedy, level="warn")
            else:
                desk.tell(t("The card was sent to the card printer."), level="good")

        def noted(printing: Printing) -> None:
            if tools.has_printer():
                actor = desk.actor
                desk.asks.run(lambda: tools.print(actor, printing), sent, desk.error)
            else:
                desk.reads.run(lambda: tools.file(card), opened, desk.error)

        def note(actor: Actor, key: str) -> Printing:
            return tools.cards.printed(actor, key, card, reason, lost=lost)

        desk.act("print_card", note, noted)
