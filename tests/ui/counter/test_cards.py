"""Cards at the counter by keys: the photo taken in goes on it, who is too young is told, again needs a reason
(P9).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.journal import Actor
from counter_app.domain.paper.cards import TITLES, Card
from counter_app.i18n import Translator
from counter_app.ui.counter.deps import CardTools
from counter_app.ui.counter.window import build_counter_window
from counter_app.use_cases.intake.pictures import PictureInput
from counter_app.use_cases.papers.cards import CardInput, Cards, Printing
from counter_app.use_cases.papers.statements import Statements
from counter_app.use_cases.ports.inputs import ChipLaid
from counter_app.use_cases.ports.printing import PrintOutcome, Why
from tests.support.intake_hall import CLERK, person_hash
from tests.ui.counter.station import more
from tests.ui.counter.test_pictures import RAW, Beside


class WithCards(Beside):
    """A counter with a card printer that may be taken away."""

    def __init__(self, folder: Path, t: Translator) -> None:
        super().__init__(folder, t)
        self.printer = False
        self.printed: list[str] = []
        self.outcome = PrintOutcome.unconfirmed(1, Why.NOT_ASKED)
        self.opened: list[str] = []
        self.cards = Cards(self.hall.store, self.hall.reference, Statements(self.hall.keys), person_hash)
        case = self.case
        self.window.close()
        self.window.deleteLater()
        tools = CardTools(self.cards, self._file, lambda: self.printer, self._print)
        self.deps = replace(self.deps, cards=tools, open_file=lambda path: True)
        self.window = build_counter_window(self.deps, t)
        self.show()
        self.log_in()
        self.window.work.take_case(case)
        self.settle()

    @property
    def made(self) -> tuple[Card, ...]:
        return self.cards.of_case(self.case)

    def _file(self, card: str) -> Path:
        self.opened.append(card)
        return Path(f"{card}.pdf")

    def _print(self, actor: Actor, noted: Printing) -> PrintOutcome:
        self.printed.append(noted.card)
        self.cards.ended(actor, f"{noted.card}/{noted.count}", noted, self.outcome)
        return self.outcome


@pytest.fixture
def there(tmp_path: Path, qapp: QApplication) -> Iterator[WithCards]:
    station = WithCards(tmp_path, Translator("en"))
    yield station
    station.close()


# mission: P9
def test_a_card_is_issued_with_the_photo_and_opened(there: WithCards) -> None:
    photo = next(
        line.material for line in there.hall.queries.case_view(there.case).lines if "照片" in line.name
    )
    there.pictures.add(CLERK, "photo", there.case, PictureInput(photo, RAW, "camera"))
    there.window.work.refresh()
    there.settle()
    more(there, "cards")
    there.type("1")
    (card,) = there.made
    assert there.cards.facts(card.id).photo.startswith(b"\xff\xd8")
    assert there.opened == [card.id]
    assert there.made[0].prints == 1


def test_who_is_too_young_is_told_and_nothing_is_issued(there: WithCards) -> None:
    more(there, "cards")
    there.type("2")
    assert "60 years" in there.notice
    assert there.made == ()


def test_printed_again_with_a_reason_on_the_card_printer(there: WithCards) -> None:
    there.printer = True
    more(there, "cards")
    there.type("1")
    (card,) = there.made
    more(there, "cards")
    there.type("3")
    there.type("1")
    assert there.printed == [card.id, card.id]
    assert there.made[0].prints == 2
    assert "sent to the card printer" in there.notice


# mission: P9
def test_a_card_that_became_a_file_is_not_told_as_plastic(there: WithCards) -> None:
    there.printer, there.outcome = True, PrintOutcome.unconfirmed(1, Why.FILED)
    more(there, "cards")
    there.type("1")
    assert "no plastic card yet" in there.notice


# mission: M2 P9
def test_its_code_finds_the_holder_and_its_chip_is_linked_by_one_key(there: WithCards) -> None:
    scans, card = there.window.scans, there.cards.issue(CLERK, "issue", there.case, CardInput("service"))
    scans.wedge(there.cards.facts(card).qr)
    there.settle()
    assert "Service card of" in there.notice
    there.window.work.take_case(there.case)
    there.settle()
    scans.news("slot", ChipLaid("04A2B3C4D5E680", 0.0))
    there.settle()
    assert "chip of this card is not known" in there.notice
    there.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert "leads to this card's holder" in there.notice
    scans.news("slot", ChipLaid("04A2B3C4D5E680", 0.0))
    there.settle()
    assert "Service card of" in there.notice


# mission: P11
def test_a_failed_print_is_told_and_its_blank_lies_in_the_stock_again(there: WithCards) -> None:
    there.printer, there.outcome = True, PrintOutcome.failed(Why.CARDS_OUT)
    there.hall.around.blanks.receive(CLERK, "blanks", TITLES["service"], "FW01", "FW09")
    more(there, "cards")
    there.type("1")
    assert "no cards in the feeder" in there.notice
    assert there.made[0].prints == 0
    assert there.hall.around.blanks.of("3").left(TITLES["service"]) == 9
