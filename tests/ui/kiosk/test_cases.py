"""Progress, collecting, checking papers: by numbers, scan or card (mission: I12, P10)."""

from __future__ import annotations

import pytest

from counter_app.domain.intake.numbers import read_number
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.simulators.scanner.documents import DOCUMENTS
from counter_app.use_cases.intake.inputs import Decided
from counter_app.use_cases.papers.cards import CardInput, Cards
from counter_app.use_cases.papers.statements import Statements
from tests.support.intake_hall import CLERK, TestKeys, person_hash
from tests.ui.kiosk.glass import Kiosk


def decide(kiosk: Kiosk, outcome: str, item: str = "0601", **answers: str) -> Decided:
    case = kiosk.hall.case(item, "zhang", **answers)
    kiosk.hall.mark_all(case)
    return kiosk.hall.intake.decide(CLERK, kiosk.hall.key(), case, outcome, DecisionInput())  # type: ignore[arg-type]  # outcomes are given as texts


@pytest.fixture
def received(kiosk: Kiosk) -> Decided:
    return decide(kiosk, "receive")


def plain(number: str) -> str:
    found = read_number(number)
    assert found is not None
    return found.plain


def statement(kiosk: Kiosk, number: str) -> str:
    with kiosk.hall.store.reading() as reader:
        paper = reader.papers.by_number(number)
    assert paper is not None
    return kiosk.hall.papers.facts(paper.id)[1].head.qr_text


def test_number_and_query_code_show_how_the_case_stands(kiosk: Kiosk, received: Decided) -> None:
    kiosk.press("progress")
    kiosk.type(plain(received.number))
    assert kiosk.page.name == "query"
    kiosk.type(received.query)
    assert (kiosk.page.name, kiosk.page.lead) == ("progress", "已收件，正在审查")
    assert received.number in kiosk.page.blocks[0].lines[0]
    assert "张" not in repr(kiosk.page)


def test_a_wrong_code_shows_nothing_and_five_close_the_typing(kiosk: Kiosk, received: Decided) -> None:
    kiosk.press("progress")
    kiosk.type(plain(received.number))
    for _ in range(5):
        kiosk.type("22222222")
        assert (kiosk.page.name, kiosk.page.tone) == ("query", "bad")
        for _ in range(8):
            kiosk.presenter.press("delete")
    kiosk.type(received.query)
    assert kiosk.page.name == "query"
    kiosk.clock.advance(seconds=61)
    kiosk.presenter.press("enter")
    assert kiosk.page.name == "progress"


def test_a_number_that_is_none_is_said_at_once(kiosk: Kiosk) -> None:
    kiosk.press("progress")
    kiosk.type("20263-0001-Z")
    assert (kiosk.page.name, kiosk.page.tone) == ("number", "warn")


def test_a_scanned_paper_is_verified_and_leads_to_its_case(kiosk: Kiosk, received: Decided) -> None:
    kiosk.press("verify")
    kiosk.presenter.scanned(statement(kiosk, received.papers[0]))
    assert (kiosk.page.name, kiosk.page.tone) == ("verified", "good")
    said = repr(kiosk.page)
    assert "张*" in said
    assert "张伟" not in said
    kiosk.press("case")
    assert kiosk.page.name == "progress"


# mission: I12
def test_where_progress_is_asked_a_scanned_receipt_leads_to_it_at_once(
    kiosk: Kiosk, received: Decided
) -> None:
    text = statement(kiosk, received.papers[0])
    kiosk.press("progress")
    kiosk.presenter.scanned("leant on a key" + text)
    assert kiosk.page.name == "progress"
    kiosk.press("home")
    kiosk.press("progress")
    kiosk.presenter.scanned(text[:-9] + ("0" if text[-9] != "0" else "1") + text[-8:])
    assert (kiosk.page.name, kiosk.page.tone) == ("verified", "bad")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("GSH1:AB12", "只读到了一部分"),
        ("7K4M-2QXD", "先扫描或输入办件号"),
        ("653101198503120218", "把身份证放在读卡区"),
        (DOCUMENTS["td3"], "护照请到窗口"),
    ],
)
def test_what_a_kiosk_does_not_open_is_said(kiosk: Kiosk, text: str, said: str) -> None:
    kiosk.presenter.scanned(text)
    assert kiosk.page.tone == "warn"
    assert said in repr(kiosk.page)


def test_an_altered_paper_is_no_paper_of_ours(kiosk: Kiosk, received: Decided) -> None:
    text = statement(kiosk, received.papers[0])
    kiosk.presenter.scanned(text[:-9] + ("0" if text[-9] != "0" else "1") + text[-8:])
    assert kiosk.page.tone == "bad"
    assert "case" not in kiosk.acts()


def test_a_strange_code_is_told_so(kiosk: Kiosk) -> None:
    for text, words in (
        ("https://example.org/", "网址：不是本大厅的号票、办件、文书或事项"),
        ("6901234567892", "商品条码：不是"),
        ("0699", "别处的码：不是"),  # no item of the catalogue bears it
    ):
        kiosk.presenter.scanned(text)
        assert (kiosk.page.tone, words in kiosk.page.banner) == ("warn", True)


# mission: I1 M3
@pytest.mark.parametrize("start", ["", "progress", "category"])
def test_an_items_code_leads_to_a_ticket_for_it_from_any_page(kiosk: Kiosk, start: str) -> None:
    if start:
        kiosk.press(start, "06" if start == "category" else "")
    kiosk.presenter.scanned("0601")
    assert kiosk.page.name == "item"
    kiosk.press("take", "0601")
    assert (kiosk.page.name, kiosk.page.number) == ("ticket", "A001")


def test_a_bare_number_of_a_ticket_or_person_is_told_what_to_do_instead(kiosk: Kiosk) -> None:
    for text, words in (("A001", "号票上的"), ("11010519491231002X", "身份证")):
        kiosk.presenter.scanned(text)
        assert words in kiosk.page.banner


def test_the_card_shows_its_holders_cases_and_takes_a_ticket_for_one(kiosk: Kiosk, received: Decided) -> None:
    kiosk.lay("zhang")
    assert kiosk.page.name == "visitor"
    kiosk.press("case", received.case)
    kiosk.press("take", "0601")
    assert kiosk.page.name == "ticket"
    assert any("身份证" in line for line in kiosk.page.blocks[0].lines)


def test_collecting_shows_only_what_is_done(kiosk: Kiosk, received: Decided) -> None:
    kiosk.press("collect")
    kiosk.lay("zhang")
    assert (kiosk.page.name, kiosk.page.tiles) == ("cases", ())
    granted = decide(kiosk, "grant", "0605", replacing="no")
    kiosk.press("home")
    kiosk.lift()
    kiosk.presenter.screen.reset()
    kiosk.press("collect")
    kiosk.lay("zhang")
    assert [key.target for key in kiosk.page.tiles] == [granted.case]
    kiosk.press("case", granted.case)
    assert "办理结果已送达" in kiosk.page.blocks[0].lines  # on the spot: nothing is left to collect
    assert kiosk.page.wide == ()


def test_a_strangers_card_shows_no_case(kiosk: Kiosk, received: Decided) -> None:
    kiosk.lay("li")
    assert kiosk.page.name == "start"


# mission: M2 P9 I12
def test_a_service_card_shows_its_holders_cases_without_his_name(kiosk: Kiosk, received: Decided) -> None:
    hall = kiosk.hall
    cards = Cards(hall.store, hall.reference, Statements(hall.keys), person_hash)
    with hall.store.reading() as reader:
        paper = reader.papers.by_number(received.papers[0])
    assert paper is not None
    assert paper.case is not None
    facts = cards.facts(cards.issue(CLERK, hall.key(), paper.case, CardInput("service")))
    kiosk.presenter.scanned(facts.qr)
    assert kiosk.page.name == "cases"
    assert facts.name not in kiosk.page.title
    (tile,) = kiosk.page.tiles
    kiosk.press(tile.act, tile.target)
    assert kiosk.page.name == "progress"
    assert kiosk.presenter.screen.visit.visitor is None


def test_a_forged_service_card_shows_nothing(kiosk: Kiosk, received: Decided) -> None:
    hall = kiosk.hall
    cards = Cards(hall.store, hall.reference, Statements(TestKeys(bytes(32))), person_hash)
    case = hall.case("0601", "zhang")
    facts = cards.facts(cards.issue(CLERK, hall.key(), case, CardInput("service")))
    kiosk.presenter.scanned(facts.qr)
    assert kiosk.page.name == "verified"
