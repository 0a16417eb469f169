"""A service card: on a numbered blank, spoiled ones counted, it leads to its holder's cases till he is erased
(mission: P9 P11 M2).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.blanks.blanks import Blanks
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.domain.paper.cards import TITLES
from counter_app.domain.paper.facts_arriving import BlankCountFacts
from counter_app.errors import UserFacingError
from counter_app.use_cases.papers.cards import CardInput, Cards
from counter_app.use_cases.papers.statements import Statements
from counter_app.use_cases.ports.printing import PrintOutcome, Why
from counter_app.use_cases.waiting.kiosk import KioskDesk
from tests.support.intake_hall import CLERK, IntakeHall, citizens, opened, person_hash
from tests.support.raw_pages import raw, traces
from tests.support.stores import KEY

KIND = TITLES["service"]
SUPERVISOR = Actor("1011", "3")


class Desk:
    """A hall with cards, and a case of 张三's."""

    def __init__(self, hall: IntakeHall) -> None:
        self.hall = hall
        self.cards = Cards(hall.store, hall.reference, Statements(hall.keys), person_hash)
        self.case = hall.case("0603", "zhang", CLERK, married="no", has_children="no")
        hall.mark_all(self.case)

    def issue(self, blank: str = "") -> str:
        return self.cards.issue(CLERK, self.hall.key(), self.case, CardInput("service", blank=blank))

    def print(self, card: str, reason: str = "", *, lost: bool = False) -> str:
        """The number of the plastic it went on."""
        return self.cards.printed(CLERK, self.hall.key(), card, reason, lost=lost).blank

    def take_in(self, first: str, last: str) -> None:
        self.hall.around.blanks.receive(CLERK, self.hall.key(), KIND, first, last)

    @property
    def stock(self) -> Blanks:
        return self.hall.around.blanks.of(CLERK.place)

    @property
    def moved(self) -> list[tuple[str, str]]:
        return [(one.number, one.spoiled) for one in self.stock.moved]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    for hall in opened(tmp_path):
        yield Desk(hall)


# mission: P11
def test_each_print_takes_a_numbered_blank_and_a_spoiled_one_is_counted(desk: Desk) -> None:
    desk.take_in("FW0001", "FW0003")
    card = desk.issue()
    assert desk.print(card) == "FW0001"
    assert desk.print(card, "打歪了") == "FW0002"
    assert desk.print(card, "遗失", lost=True) == "FW0003"
    assert desk.moved == [("FW0001", "打歪了"), ("FW0002", ""), ("FW0003", "")]
    with pytest.raises(UserFacingError) as refused:
        desk.print(card, "又坏了")
    assert refused.value.code == "card.no-blank"
    assert desk.moved == [("FW0001", "打歪了"), ("FW0002", ""), ("FW0003", "")]
    paper = desk.hall.around.blanks.count(CLERK, desk.hall.key(), KIND, 0)
    counted = desk.hall.papers.facts(paper)[1]
    assert isinstance(counted, BlankCountFacts)
    assert (counted.issued, counted.spoiled) == (("FW0002", "FW0003"), (("FW0001", "打歪了"),))


def test_a_print_that_left_no_dot_gives_its_blank_back(desk: Desk) -> None:
    desk.take_in("FW0001", "FW0003")
    card = desk.issue(blank="FW0002")
    noted = desk.cards.printed(CLERK, desk.hall.key(), card)
    assert noted.blank == "FW0002"
    desk.cards.ended(CLERK, "end", noted, PrintOutcome.failed(Why.CARDS_OUT))
    (state,) = desk.cards.of_case(desk.case)
    assert (state.prints, desk.stock.left(KIND), desk.moved) == (0, 3, [])
    assert [(one.first, one.last) for one in desk.stock.of(KIND)] == [(1, 3)]
    again = desk.cards.printed(CLERK, desk.hall.key(), card)
    jammed = PrintOutcome.failed(Why.JAMMED, 9, may_have_printed=True)
    desk.cards.ended(CLERK, "end-2", again, jammed)
    assert desk.cards.of_case(desk.case)[0].prints == 1
    assert desk.stock.left(KIND) == 2


def test_the_same_key_prints_once(desk: Desk) -> None:
    desk.take_in("FW0001", "FW0002")
    card = desk.issue()
    first = desk.cards.printed(CLERK, "press", card)
    second = desk.cards.printed(CLERK, "press", card)
    assert (first.fresh, second.fresh, second.blank) == (True, False, first.blank)
    assert desk.stock.left(KIND) == 1


def test_where_plastic_bears_no_numbers_nothing_is_asked(desk: Desk) -> None:
    card = desk.issue()
    assert desk.print(card) == ""
    assert desk.print(card, "打歪了") == ""
    assert desk.stock == Blanks(CLERK.place)


# mission: M2
def test_number_code_and_chip_lead_to_the_holders_cases(desk: Desk) -> None:
    hall = desk.hall
    other = hall.case("0603", "zhang", CLERK, married="no", has_children="no")
    card = desk.issue()
    facts = desk.cards.facts(card)
    desk.cards.link(CLERK, hall.key(), card, "04A2B3C4D5E680")
    for shown in (facts.number, facts.qr, "04a2b3c4d5e680"):
        hits = hall.finder.by_card(shown)
        assert hits[0].kind == "person"
        assert hits[0].title == citizens()["zhang"].name
        assert {hit.id for hit in hits[1:]} == {desk.case, other}
    assert hall.finder.by_card("04FFFFFFFFFFFF") == ()
    with pytest.raises(UserFacingError) as refused:
        desk.cards.link(CLERK, hall.key(), desk.issue(), "04A2B3C4D5E680")
    assert refused.value.code == "card.linked"


# mission: X3
def test_erasing_the_holder_reaches_the_card_and_ends_its_way(desk: Desk, tmp_path: Path) -> None:
    hall = desk.hall
    card = desk.issue()
    desk.cards.link(CLERK, hall.key(), card, "04A2B3C4D5E680")
    facts = desk.cards.facts(card)
    hall.intake.decide(CLERK, hall.key(), desk.case, "receive")
    hall.intake.decide(CLERK, hall.key(), desk.case, "withdraw", DecisionInput(reason="不办了"))
    words = (facts.name, facts.number)
    assert traces(raw(tmp_path / "store.db", KEY), *words) == list(words)
    hall.erasing.erase(SUPERVISOR, hall.key(), person_hash(citizens()["zhang"].number), "unlawful")
    with pytest.raises(UserFacingError) as refused:
        desk.cards.facts(card)
    assert refused.value.code == "card.erased"
    assert desk.cards.of_case(desk.case)[0].gone
    kiosk = KioskDesk(hall.store, hall.reference, person_hash)
    for shown in (facts.number, facts.qr, "04A2B3C4D5E680"):
        assert hall.finder.by_card(shown) == ()
        assert kiosk.card_cases(shown) is None
    with pytest.raises(UserFacingError) as refused:
        desk.cards.link(CLERK, hall.key(), card, "04FF")
    assert refused.value.code == "card.erased"
    hall.store.tidy()
    assert traces(raw(tmp_path / "store.db", KEY), facts.name) == []
    assert hall.store.check().sound
