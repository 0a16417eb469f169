"""Taking a ticket at the kiosk: by touch, by card, with and without a printer (mission: Q1, Q3)."""

from __future__ import annotations

from datetime import datetime

from counter_app.clock import HALL_ZONE
from counter_app.domain.paper.jobs import PrintEnded, PrintStarted
from counter_app.use_cases.ports.identity import ReaderState
from counter_app.use_cases.ports.printing import Why
from counter_app.use_cases.ports.store import Transaction
from tests.ui.kiosk.glass import CLERK, Kiosk

BIRTH = "06"
HANDBOOK = "0601"


def to_item(kiosk: Kiosk, item: str = HANDBOOK) -> None:
    kiosk.press("category", BIRTH)
    kiosk.press("item", item)


def ended(kiosk: Kiosk, state: str, why: str = "") -> None:
    """The keeper writes down how the newest job of the kiosk ended."""
    job = kiosk.deps.papers.job_list("kiosk-1")[0].job

    def end(tx: Transaction) -> None:
        tx.record(PrintStarted(job=job))
        tx.record(PrintEnded(job=job, state=state, why=why))

    kiosk.hall.store.act(CLERK, "", end)
    kiosk.presenter.changed(frozenset({("job", job)}))


def test_a_ticket_by_three_touches(kiosk: Kiosk) -> None:
    kiosk.open_counter()
    to_item(kiosk)
    assert kiosk.page.blocks[0].heading == "请带上"
    kiosk.press("take", HANDBOOK)
    assert (kiosk.page.name, kiosk.page.number) == ("ticket", "A001")
    assert "前面没有人" in kiosk.page.lead
    row = kiosk.waiting.call_next(CLERK, kiosk.hall.key())
    assert row is not None
    assert (row.number, row.items) == ("A001", (HANDBOOK,))


def test_waiting_counts_stand_on_the_first_page_at_once(kiosk: Kiosk) -> None:
    kiosk.open_counter()
    to_item(kiosk)
    kiosk.press("take")
    kiosk.press("home")
    kiosk.presenter.changed(frozenset({("ticket", "x")}))
    birth = next(key for key in kiosk.page.tiles if key.target == BIRTH)
    assert birth.detail == "等候 1 人"


def test_a_printed_ticket_asks_to_be_taken(kiosk: Kiosk) -> None:
    to_item(kiosk)
    kiosk.press("take")
    assert "正在" in kiosk.page.banner
    ended(kiosk, "printed")
    assert (kiosk.page.tone, kiosk.page.qr) == ("good", "")
    assert kiosk.help_desk.open_calls() == ()


# mission: M1
def test_a_ticket_that_went_into_a_file_is_shown_as_its_code(kiosk: Kiosk) -> None:
    to_item(kiosk)
    kiosk.press("take")
    ended(kiosk, "sent_unconfirmed", Why.FILED)
    assert kiosk.page.qr.startswith("ticket:")


def test_without_paper_the_code_is_on_the_screen_and_the_staff_are_told_once(kiosk: Kiosk) -> None:
    to_item(kiosk)
    kiosk.press("take")
    kiosk.wait(7)
    assert kiosk.page.qr == ""
    kiosk.wait(10)
    assert kiosk.page.qr.startswith("ticket:")
    calls = kiosk.help_desk.open_calls()
    assert [(call.place, call.matter) for call in calls] == [("kiosk-1", "自助机没有打出 A001 的号票。")]
    kiosk.presenter.scanned(kiosk.page.qr)
    assert (kiosk.page.name, kiosk.page.number) == ("ticket-state", "A001")


def test_a_card_on_the_items_page_takes_the_ticket_and_an_elder_goes_first(kiosk: Kiosk) -> None:
    to_item(kiosk)
    kiosk.lay("elder")
    assert kiosk.page.number == "Y001"
    assert any("身份证" in line for line in kiosk.page.blocks[0].lines)


def test_one_live_ticket_for_a_person_and_matter(kiosk: Kiosk) -> None:
    to_item(kiosk)
    kiosk.lay("zhang")
    kiosk.press("home")
    kiosk.lift()
    to_item(kiosk)
    kiosk.lay("zhang")
    assert (kiosk.page.name, kiosk.page.tone) == ("item", "bad")
    assert "A001" in kiosk.page.banner


def test_a_burst_tells_to_ask_the_staff(kiosk: Kiosk) -> None:
    for _ in range(6):
        to_item(kiosk)
        kiosk.press("take")
        kiosk.press("home")
    to_item(kiosk)
    kiosk.press("take")
    assert (kiosk.page.name, kiosk.page.tone) == ("item", "bad")
    assert "help" in kiosk.acts()


def test_a_second_touch_while_the_first_is_under_way_is_void(kiosk: Kiosk) -> None:
    to_item(kiosk)
    kiosk.presenter.screen.visit.busy = 1
    kiosk.press("take")
    assert kiosk.page.name == "item"


def test_what_has_no_open_counter_says_so_and_still_gives_a_ticket(kiosk: Kiosk) -> None:
    kiosk.open_counter("3")
    keys = {key.target: key for key in kiosk.page.tiles}
    assert (keys[BIRTH].kind, keys["03"].kind) == ("tile", "tile")
    assert (keys[BIRTH].detail, keys["03"].detail) == ("无人等候", "可先取号")
    kiosk.press("category", "03")
    assert kiosk.page.tone == "warn"
    kiosk.press("item")
    kiosk.press("take")
    assert kiosk.page.name == "ticket"


def test_out_of_hours_keys_are_grey_with_the_hours_and_no_ticket_is_given(real_hall: Kiosk) -> None:
    kiosk = real_hall
    kiosk.clock.set(datetime(2026, 11, 23, 20, 0, tzinfo=HALL_ZONE))
    kiosk.presenter.refresh()
    assert {key.kind for key in kiosk.page.tiles} == {"off"}
    assert "周一至周五 08:30–12:00 13:30–17:30" in kiosk.page.tiles[0].detail
    to_item(kiosk)
    assert "take" not in kiosk.acts()
    kiosk.lay("zhang")
    assert kiosk.page.name == "item"


# mission: C16
def test_the_guide_publishes_the_bands_of_discretion(kiosk: Kiosk) -> None:
    kiosk.presenter.press("guide", "0512")
    told = {block.heading: block.lines for block in kiosk.page.blocks}
    assert [lines for heading, lines in told.items() if heading.startswith("行政裁量标准")] == [
        ("卫生条件需限期整改的天数：3 至 15 日，依据 待核 待核",)
    ]


def test_the_guide_says_the_six_public_things_and_what_is_unchecked(kiosk: Kiosk) -> None:
    to_item(kiosk)
    kiosk.press("guide")
    headings = [block.heading for block in kiosk.page.blocks]
    for wanted in ("事项", "办理程序", "所需材料", "办理时限", "收费", "法律依据"):
        assert any(heading.startswith(wanted) for heading in headings), wanted
    assert "待核" in kiosk.page.banner
    kiosk.press("print_guide")
    assert kiosk.deps.papers.job_list("kiosk-1")[0].kind == "guide-slip"


def test_the_reader_is_offered_only_while_it_works(kiosk: Kiosk) -> None:
    kiosk.reader.state = ReaderState.LOST
    to_item(kiosk)
    take = next(key for key in kiosk.all_keys() if key.act == "take")
    assert "身份证" not in take.hint


def test_half_a_ticket_leaves_the_number_on_the_screen_and_the_staff_hear_why(kiosk: Kiosk) -> None:
    kiosk.open_counter()
    to_item(kiosk)
    kiosk.press("take", HANDBOOK)
    ended(kiosk, "sent_unconfirmed", Why.LINE_LOST.value)
    assert kiosk.page.qr
    assert "打不出" in kiosk.page.banner
    (call,) = kiosk.help_desk.open_calls()
    assert "连接中断" in call.matter
