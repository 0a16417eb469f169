"""The day's close on paper, and what a counter says of such a paper (design: the outside anchor)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.centre.anchors import anchor_text, read_anchor
from counter_app.domain.centre.facts import DayTotalled
from counter_app.domain.centre.totals import signed_bytes
from counter_app.domain.paper.facts_hall import DayTotalFacts
from counter_app.errors import UserFacingError
from counter_app.keys.signing import DeviceKey, verify
from counter_app.use_cases.device_keys import DeviceKeyRow, HallKeys
from counter_app.use_cases.papers.day_totals import DayTotals
from counter_app.use_cases.papers.statements import Statements
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK, IntakeHall

DAY = "2026-11-23"
CENTRE = DeviceKey(bytes(range(1, 33)))


def closed(hall: IntakeHall, *, key: DeviceKey = CENTRE, place: int = 812) -> DayTotalled:
    """The day is closed; the only machine here stands in for the centre."""
    open_total = DayTotalled(
        day=DAY,
        hall_seq=place,
        root="3f" * 32,
        chains={"3.1": f"12:{'ab' * 32}"},
        totals={"TicketIssued": 7, "NeverHeardOf": 2},
        signature="",
    )
    fact = replace(open_total, signature=key.sign(signed_bytes(open_total)).hex())

    def work(tx: Transaction) -> None:
        tx.record(fact)

    hall.store.act(CLERK, hall.key(), work)
    return fact


@pytest.fixture
def totals(hall: IntakeHall) -> DayTotals:
    row = DeviceKeyRow("3", CENTRE.public.hex())
    HallKeys(hall.store, verify).publish(CLERK, hall.key(), CENTRE.key_id, row)
    return DayTotals(hall.store, hall.reference, Statements(hall.keys), verify)


def test_the_paper_says_what_the_centre_signed(hall: IntakeHall, totals: DayTotals) -> None:
    fact = closed(hall)
    _, facts = hall.papers.facts(totals.print_total(CLERK, hall.key(), DAY))
    assert isinstance(facts, DayTotalFacts)
    assert (facts.place, facts.root) == (812, fact.root)
    assert facts.acts == (("Tickets issued", 7), ("Other acts", 2))
    assert facts.chains == (("3.1", 12, "ab" * 32),)
    assert totals.check(facts.anchor).verdict == "genuine"


def test_a_day_nobody_closed_has_no_paper(hall: IntakeHall, totals: DayTotals) -> None:
    with pytest.raises(UserFacingError) as refused:
        totals.print_total(CLERK, hall.key(), DAY)
    assert refused.value.code == "day.not-closed"
    text = anchor_text(closed(hall)).replace(DAY, "2026-11-22")
    assert totals.check(text).verdict == "unknown"


@pytest.mark.parametrize("change", [("3F3F", "3F3E"), (":812:", ":813:")])
def test_a_paper_that_says_something_else_is_told(
    hall: IntakeHall, totals: DayTotals, change: tuple[str, str]
) -> None:
    text = anchor_text(closed(hall)).replace(*change, 1)
    assert totals.check(text).verdict == "altered"


def test_a_close_the_centre_did_not_sign_is_told(hall: IntakeHall, totals: DayTotals) -> None:
    fact = closed(hall, key=DeviceKey(bytes(32)))
    assert totals.check(anchor_text(fact)).verdict == "altered"


@pytest.mark.parametrize(
    "text", ["", "GSH1:ABC", "GSD1:", "GSD1:2026-11-23:x:" + "A" * 64, "GSD1:2026-11-23:1:AB"]
)
def test_other_texts_are_no_anchor(totals: DayTotals, text: str) -> None:
    assert read_anchor(text) is None
    with pytest.raises(UserFacingError) as refused:
        totals.check(text)
    assert refused.value.code == "day.no-anchor"


def test_an_anchor_survives_a_scanner_that_breaks_lines_and_case(hall: IntakeHall, totals: DayTotals) -> None:
    text = anchor_text(closed(hall))
    assert totals.check(f" {text[:30]}\n{text[30:].lower()}").verdict == "genuine"
