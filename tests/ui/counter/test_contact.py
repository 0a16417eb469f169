"""Telephone, places and delivery by one key of the menu; the clerk's word on who is competent (mission: I16,
I17, C13, P1)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from counter_app.domain.intake.fold import CASES
from counter_app.domain.paper.facts_intake import AcceptanceFacts
from counter_app.domain.telling.telling import TELLINGS
from counter_app.i18n import Translator
from counter_app.ui.counter.work_words import work_shown
from counter_app.use_cases.telling.telling import by_message
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, OVERSEER
from tests.ui.counter.station import Station, more

ENTER = Qt.Key.Key_Return


def taken(station: Station, case: str) -> None:
    station.log_in()
    station.window.finder.open_case(case)
    station.settle()
    if station.window.panels.chooser.question is not None:
        station.type("1")


def asked(station: Station) -> str:
    question = station.window.panels.chooser.question
    return question.title if question is not None else ""


def fields(station: Station, case: str) -> dict[str, str]:
    with station.hall.store.reading() as reader:
        return dict(reader.need(CASES, case).draft.fields)


def test_the_verdict_names_the_key_and_the_key_asks_what_the_item_needs(station: Station) -> None:
    hall = station.hall
    case = hall.case("0701", "zhang")  # by the current address
    taken(station, case)
    verdict = station.window.panels.work.verdict
    assert "Ask for the place" in verdict.accessibleDescription()
    assert "Ctrl+M, O" in verdict.accessibleDescription()
    more(station, "contact")
    assert asked(station) == "Telephone"
    station.type("12ab")
    station.press(ENTER)
    assert asked(station) == "Current address"
    chooser = station.window.panels.chooser
    assert chooser.question is not None
    assert chooser.question.text.startswith("河北省沧州市运河区南环街道")  # the card's, offered
    assert chooser.question.hint == "as the card says"
    station.press(ENTER)
    station.type("2")  # by post
    station.type("2")  # by text message
    assert "is no telephone number" in station.notice
    assert fields(station, case) == {}
    assert asked(station) == "Telephone"  # again, with what was typed
    station.type("13900000001")
    for _ in range(4):  # what was said before stands under Enter
        station.press(ENTER)
    assert asked(station) == ""
    kept = fields(station, case)
    assert (kept["phone"], kept["delivery"]) == ("13900000001", "post")
    assert kept["address"].startswith("河北省沧州市运河区南环街道")
    assert "Ask for the place" not in verdict.accessibleDescription()
    with hall.store.reading() as reader:
        telling = reader.get(TELLINGS, case)
    assert telling is not None
    assert telling.way == "message"


def test_what_was_said_stands_on_papers_and_reaches_the_call_list(station: Station) -> None:
    hall = station.hall
    case = hall.case("0603", "li", married="no", has_children="no")
    hall.mark_all(case)
    taken(station, case)
    more(station, "contact")
    station.type("13900000001")
    station.press(ENTER)
    station.type("2")  # by post
    station.type("2")  # by text message
    assert asked(station) == "To which address?"  # post needs one
    station.press(ENTER)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    papers = [hall.papers.facts(paper.id)[1] for paper in hall.papers.of_case(case)]
    notice = next(facts for facts in papers if isinstance(facts, AcceptanceFacts))
    assert notice.applicant.phone == "13900000001"
    assert notice.handed_over_how == "邮寄送达"
    more(station, "contact")  # accepted: where he is reached may still change
    station.type("13900000002")
    station.press(ENTER)
    station.type("1")
    station.press(ENTER)
    assert fields(station, case)["phone"] == "13900000002"
    assert fields(station, case)["delivery"] == "counter"
    view = station.window.work.view
    assert view is not None
    assert "13900000002" in work_shown(view, Translator("en"), "").persons[0].detail
    decided_behind(hall, case)
    hall.clock.advance(days=1)
    (row,) = [row for row in hall.around.telling.to_tell(OVERSEER, due_only=False) if row.case == case]
    assert row.phone == "13900000002"
    assert by_message(row) == (row.about == "result")


def test_an_earlier_case_offers_the_telephone_where_a_card_was_read(station: Station) -> None:
    hall = station.hall
    earlier = hall.case("0603", "li", married="no", has_children="no")
    hall.intake.set_contact(CLERK, hall.key(), earlier, {"phone": "13900000009"})
    case = hall.case("0401", "li")
    known = hall.queries.contact(case)
    assert (known.phone.text, known.phone.source) == ("13900000009", "earlier")
    taken(station, case)
    more(station, "contact")
    question = station.window.panels.chooser.question
    assert question is not None
    assert (question.text, question.hint) == ("13900000009", "from an earlier case")


def test_a_wrong_elsewhere_is_overruled_with_the_reason(station: Station) -> None:
    hall = station.hall
    case = hall.case("0701", "zhang")
    hall.intake.set_contact(CLERK, hall.key(), case, {"address": "河北省沧州市新华区车站街道1号"})
    hall.mark_all(case)
    taken(station, case)
    view = station.window.work.view
    assert view is not None
    assert view.verdict.suggested == "refuse"
    more(station, "contact")
    for _ in range(4):
        station.press(ENTER)
    assert asked(station) == "Who is competent?"
    station.type("1")
    assert asked(station) == "What was found out?"
    station.type("moved here last week")
    station.press(ENTER)
    view = station.window.work.view
    assert view is not None
    assert view.competence.found == "ours"
    assert view.verdict.suggested != "refuse"
    words = station.window.panels.work.verdict.accessibleDescription()
    assert "The clerk found this hall competent: moved here last week" in words
