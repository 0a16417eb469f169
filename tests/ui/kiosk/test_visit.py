"""A visit at the glass: language, size, idle, forgetting, help, staff (interface.md: The kiosk)."""

from __future__ import annotations

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.identity import CardFailed, ReaderChanged, ReaderState
from tests.ui.kiosk.glass import Kiosk


def test_the_language_switches_at_once_and_names_follow(kiosk: Kiosk) -> None:
    kiosk.press("category", "06")
    kiosk.press("item", "0601")
    titles = []
    for language in ("en", "zh_TW", "zh_CN"):
        kiosk.presenter.press("language", language)
        titles.append(kiosk.page.title)
        assert kiosk.view.frame is not None
        assert kiosk.view.frame.chosen == language
    assert titles == [
        "Birth registration (family planning handbook)",
        "生育登記（領取《計劃生育服務手冊》）",
        "生育登记（领取《计划生育服务手册》）",
    ]


def test_a_ticket_carries_the_language_of_the_visit(kiosk: Kiosk) -> None:
    kiosk.presenter.press("language", "en")
    kiosk.press("category", "06")
    kiosk.press("item", "0601")
    kiosk.press("take")
    with kiosk.hall.store.reading() as reader:
        ticket = reader.waiting.by_number("2026-11-23", kiosk.page.number)
    assert ticket is not None
    assert ticket.language == "en"


def test_idle_warns_twenty_seconds_before_and_then_forgets_everything(kiosk: Kiosk) -> None:
    kiosk.presenter.press("language", "en")
    kiosk.press("elder")
    kiosk.lay("zhang")
    kiosk.lift()
    kiosk.press("category", "06")
    kiosk.wait(39)
    assert kiosk.view.idle == ""
    kiosk.wait(1)
    assert "20 s" in kiosk.view.idle
    kiosk.wait(19)
    assert "In 1 s" in kiosk.view.idle
    assert kiosk.page.name == "items"
    kiosk.wait(1)
    visit = kiosk.presenter.screen.visit
    assert (kiosk.page.name, kiosk.view.elder, kiosk.view.idle) == ("start", False, "")
    assert (visit.language, visit.visitor, visit.pages, visit.typed) == ("zh_CN", None, [], "")
    assert kiosk.view.frame is not None
    assert kiosk.view.frame.chosen == "zh_CN"


def test_a_touch_keeps_the_page(kiosk: Kiosk) -> None:
    kiosk.press("category", "06")
    kiosk.wait(55)
    kiosk.presenter.press("go_on")
    assert kiosk.view.idle == ""
    kiosk.wait(35)
    assert kiosk.page.name == "items"


def test_the_first_page_untouched_never_warns(kiosk: Kiosk) -> None:
    kiosk.wait(200)
    assert kiosk.view.idle == ""


def test_an_answer_that_comes_after_the_visit_is_dropped(kiosk: Kiosk) -> None:
    screen = kiosk.presenter.screen
    kiosk.tasks.late = []
    kiosk.press("category", "06")
    before = screen.visit
    assert before.busy == 1
    screen.reset()
    work, done = kiosk.tasks.late[0]
    assert done is not None
    done(work())
    assert kiosk.page.name == "start"
    assert screen.visit.busy == 0


def test_a_card_left_behind_is_pointed_out(kiosk: Kiosk) -> None:
    kiosk.lay("zhang")
    kiosk.wait(60)
    assert kiosk.presenter.screen.visit.visitor is None
    assert "证件" in kiosk.page.banner
    kiosk.lift()
    assert kiosk.page.banner == ""


def test_another_persons_card_shows_nothing_of_the_first(kiosk: Kiosk) -> None:
    kiosk.lay("zhang")
    assert "张*" in kiosk.page.lead
    kiosk.press("category", "06")
    kiosk.lay("li")
    assert "李**" in kiosk.page.lead
    assert "张" not in repr(kiosk.page)


def test_names_stand_masked_on_every_page(kiosk: Kiosk) -> None:
    case = kiosk.hall.case("0601", "zhang")
    kiosk.hall.mark_all(case)
    kiosk.lay("zhang")
    assert "张伟" not in repr(kiosk.page)


def test_elder_mode_has_fewer_keys(kiosk: Kiosk) -> None:
    usual = len(kiosk.all_keys())
    kiosk.press("elder")
    assert kiosk.view.elder
    assert len(kiosk.all_keys()) < usual
    assert all(key.hint == "" for key in kiosk.page.tiles)
    kiosk.press("normal")
    assert not kiosk.view.elder


def test_elder_mode_begins_with_what_the_elderly_come_for(kiosk: Kiosk) -> None:
    assert kiosk.page.tiles[0].title != "老年服务"
    kiosk.press("elder")
    assert kiosk.page.tiles[0].title == "老年服务"
    kiosk.press("normal")
    assert kiosk.page.tiles[0].title != "老年服务"


def test_a_reader_that_is_away_is_said_and_touch_goes_on(kiosk: Kiosk) -> None:
    kiosk.presenter.reader_news(ReaderChanged(ReaderState.LOST))
    card = next(key for key in kiosk.all_keys() if key.act == "card")
    assert card.kind == "off"
    assert "身份证" not in kiosk.page.lead
    kiosk.presenter.reader_news(ReaderChanged(ReaderState.READY))
    assert next(key for key in kiosk.all_keys() if key.act == "card").kind == "primary"


def test_a_card_that_cannot_be_read_is_told_in_plain_words(kiosk: Kiosk) -> None:
    kiosk.presenter.reader_news(CardFailed(UserFacingError("card.x", "Badge or PIN is not right."), 1.0))
    assert (kiosk.page.tone, bool(kiosk.page.banner)) == ("bad", True)


def test_help_rings_a_named_post_and_a_second_press_adds_none(kiosk: Kiosk) -> None:
    kiosk.press("help")
    assert "大厅导办员" in kiosk.page.lead
    kiosk.press("home")
    kiosk.press("help")
    assert [call.place for call in kiosk.help_desk.open_calls()] == ["kiosk-1"]


def test_a_blank_form_is_asked_for_by_its_title(kiosk: Kiosk) -> None:
    kiosk.press("forms")
    kiosk.press("form", "生育登记表")
    assert [call.matter for call in kiosk.help_desk.open_calls()] == ["空白表：生育登记表"]


def test_promises_and_the_complaints_line_stand_at_the_foot(kiosk: Kiosk) -> None:
    frame = kiosk.view.frame
    assert frame is not None
    assert frame.complaint == "投诉 12345"
    assert frame.promise.startswith("服务承诺")
    assert frame.training == "演练无效"
    kiosk.press("opinions")
    assert any("12345" in line for line in kiosk.page.blocks[0].lines)
    assert len(kiosk.page.blocks[1].lines) == 10


def test_only_badge_and_pin_close_it(kiosk: Kiosk) -> None:
    kiosk.presenter.press("staff")
    kiosk.type("1002")
    kiosk.type("111111")
    assert (kiosk.left, kiosk.page.tone) == (False, "bad")
    assert kiosk.view.typed == "●" * 6
    for _ in range(6):
        kiosk.presenter.press("delete")
    kiosk.type("135790")
    assert (kiosk.left, kiosk.page.name) == (False, "staff")
    kiosk.press("staff_close")
    assert kiosk.left
