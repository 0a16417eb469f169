"""What stops a case's clock and what is added to it, by command (mission: T2, T3, C8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts_time import ProgressSlipFacts, TimeNoticeFacts
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.time.requests import Request
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, OVERSEER
from tests.support.time_hall import ADMIN, HANDLER, OTHER_HANDLER, SUPERVISOR, TimeHall

SUSPEND = Request(
    kind="suspension", expected=date(2026, 12, 31), reason="等待规划调整公示", does="每周与规划局核对一次"
)


def refused(code: str, work: object) -> None:
    assert callable(work)
    with pytest.raises(UserFacingError) as caught:
        work()
    assert caught.value.code == code


def ask(hall: TimeHall, case: str, request: Request) -> str:
    return hall.time.commands.ask(HANDLER, hall.key(), case, request)


def test_T1_acceptance_starts_both_limits_and_the_end_of_the_case_ends_them(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    clock = hall.clock_of(case)
    assert (clock.promised_due, clock.legal_due) == (date(2026, 12, 7), date(2026, 12, 21))
    assert (clock.department, clock.running) == ("population", True)
    decided_behind(hall, case)
    assert (hall.clock_of(case).running, hall.clock_of(case).outcome) == (False, "granted")
    refused("time.ended", lambda: ask(hall, case, SUSPEND))


def test_T2_a_hearing_takes_its_days_and_tells_the_citizen(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    hall.at("2026-11-26")
    days = (date(2026, 11, 24), date(2026, 11, 25))
    hall.time.commands.exclude(HANDLER, hall.key(), case, "hearing", days=days)
    assert hall.clock_of(case).promised_due == date(2026, 12, 9)
    notice = hall.last_paper(case)
    assert isinstance(notice, TimeNoticeFacts)
    assert (notice.part, notice.was, notice.now) == ("excluded", date(2026, 12, 7), date(2026, 12, 9))
    assert notice.basis == ("《行政许可法》第四十五条",)
    assert (notice.ground, notice.until) == ("hearing", date(2026, 11, 25))
    assert notice.ledger[-1].until_on == date(2026, 12, 9)
    assert "time not counted by law" in repr(notice.ledger)


def test_T2_the_list_is_closed(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    commands, key = hall.time.commands, hall.key
    refused("time.site-visit", lambda: commands.exclude(HANDLER, key(), case, "site_visit"))
    refused("time.ground", lambda: commands.exclude(HANDLER, key(), case, "holiday"))
    refused("time.article", lambda: commands.exclude(HANDLER, key(), case, "other", article="规定"))
    before = (date(2026, 11, 20), date(2026, 11, 20))
    refused("time.days", lambda: commands.exclude(HANDLER, key(), case, "hearing", days=before))
    tender = "《招标投标法》第二十三条"
    refused("time.needed", lambda: commands.exclude(HANDLER, key(), case, "other", article=tender))
    until = date(2026, 12, 10)
    commands.exclude(HANDLER, key(), case, "hearing", expected=until, reason="申请人要求听证")
    notice = hall.last_paper(case)
    assert isinstance(notice, TimeNoticeFacts)
    assert (notice.ground, notice.expected, notice.now) == ("hearing", until, None)
    said = repr(build(notice, Translator("en")))
    assert "Time it takes" in said
    assert "18 natural days" in said
    refused("time.stands-already", lambda: commands.exclude(HANDLER, key(), case, "testing"))
    refused("access.no-right", lambda: commands.resume(ADMIN, key(), case))


def test_T2_while_it_stands_nothing_is_due_and_afterwards_the_days_are_given_back(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    hall.time.commands.correct(HANDLER, hall.key(), case, "请补正身份证复印件")
    assert (hall.clock_of(case).promised_due, hall.time.queries.clock(case).level) == (None, "")
    assert hall.time.queries.late(OVERSEER) == ()
    hall.at("2026-12-24")
    assert hall.time.queries.late(OVERSEER) == ()
    hall.time.commands.resume(HANDLER, hall.key(), case)
    assert hall.clock_of(case).promised_due == date(2027, 1, 8)
    causes = [move.cause for move in hall.clock_of(case).moves]
    assert causes == ["correction", "resumed"]
    refused("time.runs", lambda: hall.time.commands.resume(HANDLER, hall.key(), case))


def test_C8_a_suspension_needs_reason_work_on_it_and_an_end_within_three_months(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    refused("time.reason", lambda: ask(hall, case, replace(SUSPEND, reason="")))
    refused("time.does", lambda: ask(hall, case, replace(SUSPEND, does="")))
    refused("time.expected", lambda: ask(hall, case, replace(SUSPEND, expected=None)))
    refused("time.expected", lambda: ask(hall, case, replace(SUSPEND, expected=date(2027, 2, 24))))
    assert ask(hall, case, replace(SUSPEND, expected=date(2027, 2, 23)))


def test_C8_nobody_approves_his_own_request(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    wanted = ask(hall, case, SUSPEND)
    approve = hall.time.commands.approve
    refused("time.own", lambda: approve(HANDLER, hall.key(), case, wanted))
    refused("access.no-right", lambda: approve(CLERK, hall.key(), case, wanted))
    assert [row.by for row in hall.time.queries.asked(OVERSEER)] == ["陈志强"]
    approve(OTHER_HANDLER, hall.key(), case, wanted)
    stop = hall.clock_of(case).standing
    assert stop is not None
    assert (stop.asked_by, stop.by, stop.reason) == ("1009", "1022", "等待规划调整公示")
    notice = hall.last_paper(case)
    assert isinstance(notice, TimeNoticeFacts)
    assert (notice.approver, notice.now) == ("许正", None)
    refused("time.no-ask", lambda: approve(OTHER_HANDLER, hall.key(), case, wanted))


def test_C8_a_refused_request_keeps_its_reason(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    wanted = ask(hall, case, SUSPEND)
    hall.time.commands.refuse(OTHER_HANDLER, hall.key(), case, wanted, "可以先行审查")
    answered = hall.clock_of(case).ask(wanted)
    assert answered is not None
    assert (answered.answer, answered.why_not) == ("refused", "可以先行审查")
    assert hall.clock_of(case).promised_due == date(2026, 12, 7)


def test_C8_open_suspensions_are_listed_per_department_and_capped(hall: TimeHall) -> None:
    cases = [hall.accepted("0602") for _ in range(6)]
    for case in cases[:5]:
        hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask(hall, case, SUSPEND))
    assert len(hall.time.queries.suspended(OVERSEER, "population")) == 5
    assert hall.time.queries.suspended(OVERSEER, "civil") == ()
    sixth = ask(hall, cases[5], SUSPEND)
    refused(
        "time.suspensions",
        lambda: hall.time.commands.approve(OTHER_HANDLER, hall.key(), cases[5], sixth),
    )


def test_C8_three_months_are_warned_of_and_then_over(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask(hall, case, SUSPEND))
    assert not hall.time.queries.suspended(OVERSEER)[0].warn
    hall.at("2027-02-10")
    assert hall.time.queries.suspended(OVERSEER)[0].warn
    hall.at("2027-02-24")
    view = hall.time.queries.clock(case)
    assert view.promised is not None
    assert (view.promised.standing, view.left is not None) == (False, True)
    hall.time.by_clock.step()
    stop = hall.clock_of(case).stops[0]
    assert stop.end is not None
    assert (stop.end.date(), hall.clock_of(case).standing) == (date(2027, 2, 23), None)


@pytest.mark.parametrize(("amount", "unit"), [(13, "months"), (2, "years"), (10**7, "natural_days")])
def test_T2_nobody_gives_more_than_a_year_at_once(hall: TimeHall, amount: int, unit: str) -> None:
    """A slip of the pen was approved, and its days were then counted one by one."""
    case = hall.accepted("0602")
    request = Request(kind="supervisor", amount=amount, unit=unit, reason="复杂")
    refused("time.most", lambda: hall.time.commands.ask(HANDLER, hall.key(), case, request))
    twelve = Request(kind="supervisor", amount=12, unit="months", reason="复杂")
    ask = hall.time.commands.ask(HANDLER, hall.key(), case, twelve)
    hall.time.commands.approve(SUPERVISOR, hall.key(), case, ask)


def test_C8_only_a_supervisor_prolongs_a_suspension(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask(hall, case, SUSPEND))
    longer = Request(kind="prolonged", expected=date(2027, 4, 30), reason="上级规划未批复")
    refused("time.prolonged", lambda: ask(hall, case, replace(longer, expected=date(2027, 2, 1))))
    wanted = ask(hall, case, longer)
    refused("access.no-right", lambda: hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, wanted))
    hall.time.commands.approve(SUPERVISOR, hall.key(), case, wanted)
    notice = hall.last_paper(case)
    assert isinstance(notice, TimeNoticeFacts)
    assert (notice.part, notice.now, notice.expected) == ("prolonged", None, date(2027, 4, 30))
    assert (notice.reason, notice.since) == ("上级规划未批复", date(2026, 11, 23))
    hall.at("2027-03-15")
    view = hall.time.queries.clock(case)
    assert view.promised is not None
    assert view.promised.standing


def test_T2_an_extension_is_ten_days_once_and_in_time(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    extend = Request(kind="extension", amount=10, reason="案情复杂")
    refused("time.extension", lambda: ask(hall, case, replace(extend, amount=11)))
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask(hall, case, extend))
    clock = hall.clock_of(case)
    assert (clock.promised_due, clock.legal_due) == (date(2026, 12, 21), date(2027, 1, 5))
    notice = hall.last_paper(case)
    assert isinstance(notice, TimeNoticeFacts)
    assert (notice.part, notice.reason, notice.approver) == ("extension", "案情复杂", "许正")
    refused("time.extended", lambda: ask(hall, case, extend))
    hall.at("2027-01-06")
    assert hall.time.queries.late(OVERSEER)[0].by_law
    more = Request(kind="supervisor", amount=5, reason="台风停工")
    hall.time.commands.approve(SUPERVISOR, hall.key(), case, ask(hall, case, more))
    assert hall.clock_of(case).legal_due == date(2027, 1, 12)


def test_T2_what_is_late_is_not_extended(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    hall.at("2026-12-22")
    refused("time.too-late", lambda: ask(hall, case, Request(kind="extension", amount=5, reason="忙")))


def test_C8_rework_adds_a_third_at_most_and_only_by_order(hall: TimeHall) -> None:
    """Thirty per cent of 10 working days are 3; of 3 they are none: rounded down to whole days."""
    case = hall.accepted("0602")
    redo = Request(kind="rework", amount=3, order="南环便服决〔2026〕7号")
    refused("time.order", lambda: ask(hall, case, replace(redo, order="")))
    refused("time.rework", lambda: ask(hall, case, replace(redo, amount=4)))
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask(hall, case, redo))
    assert hall.clock_of(case).promised_due == date(2026, 12, 10)
    short = hall.accepted("0603")
    refused("time.rework", lambda: ask(hall, short, replace(redo, amount=1)))


def test_C8_the_thirty_per_cent_are_the_cases_not_each_requests(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    redo = Request(kind="rework", amount=2, order="南环便服决〔2026〕7号")
    first, second = ask(hall, case, redo), ask(hall, case, redo)
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, first)
    refused("time.rework", lambda: hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, second))
    refused("time.rework", lambda: ask(hall, case, redo))
    hall.time.commands.approve(OTHER_HANDLER, hall.key(), case, ask(hall, case, replace(redo, amount=1)))
    assert hall.clock_of(case).promised_due == date(2026, 12, 10)


def test_C8_the_three_months_are_all_suspensions_together(hall: TimeHall) -> None:
    """Suspended from 23 November to 22 January, 61 days; of three months from 25 January 29 days are left."""
    case, commands = hall.accepted("0602"), hall.time.commands
    commands.approve(OTHER_HANDLER, hall.key(), case, ask(hall, case, SUSPEND))
    hall.at("2027-01-22")
    commands.resume(HANDLER, hall.key(), case)
    hall.at("2027-01-25")
    again = ask(hall, case, replace(SUSPEND, expected=date(2027, 4, 20)))
    refused("time.three-months", lambda: commands.approve(OTHER_HANDLER, hall.key(), case, again))
    commands.refuse(SUPERVISOR, hall.key(), case, again, "先行审查")
    commands.approve(
        OTHER_HANDLER, hall.key(), case, ask(hall, case, replace(SUSPEND, expected=date(2027, 2, 20)))
    )
    row = hall.time.queries.suspended(OVERSEER)[0]
    assert (row.until, row.warn) == (date(2027, 2, 23), False)
    hall.at("2027-02-24")
    hall.time.by_clock.step()
    assert hall.clock_of(case).standing is None
    beyond = ask(hall, case, replace(SUSPEND, expected=date(2027, 3, 31)))
    refused("time.three-months", lambda: commands.approve(OTHER_HANDLER, hall.key(), case, beyond))
    commands.approve(SUPERVISOR, hall.key(), case, beyond)
    assert hall.time.queries.suspended(OVERSEER)[0].until == date(2027, 3, 31)


def test_T3_the_progress_slip_shows_every_day_and_blames_nobody(hall: TimeHall) -> None:
    case = hall.accepted("0602")
    hall.at("2026-11-26")
    days = (date(2026, 11, 24), date(2026, 11, 24))
    hall.time.commands.exclude(HANDLER, hall.key(), case, "testing", days=days, reason="卫生局拖延")
    hall.time.progress.issue(CLERK, hall.key(), case)
    slip = hall.last_paper(case)
    assert isinstance(slip, ProgressSlipFacts)
    assert (slip.due_on, slip.left) == (date(2026, 12, 8), 8)
    assert slip.ledger[0].from_on == date(2026, 11, 23)
    assert slip.ledger[-1].until_on == date(2026, 12, 8)
    assert slip.ledger[-1].last_n == 10
    assert "卫生局" not in repr(slip)


def test_T5_work_that_stood_with_its_case_is_late_only_after_the_days_given_back(hall: TimeHall) -> None:
    """The first review has five working days, until 30 November; two of them are stopped."""
    case = hall.accepted("0602")

    def reviews() -> list[tuple[int, int]]:
        lines = hall.time.queries.board().lines
        return [(line.yellow, line.reminder) for line in lines if line.step == "街道初审"]

    hall.at("2026-11-24")
    hall.time.commands.correct(HANDLER, hall.key(), case, "复印件不清")
    hall.at("2026-11-25")
    hall.time.commands.resume(HANDLER, hall.key(), case)
    hall.at("2026-11-30")
    assert reviews() == []
    hall.at("2026-12-02")
    assert reviews() == [(1, 0)]
    hall.at("2026-12-03")
    assert reviews() == [(0, 1)]
