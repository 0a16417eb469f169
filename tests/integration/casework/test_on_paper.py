"""Questions, absences, invitations and orders to a department that has not moved in, and the days they name
(mission: C3, C7, H2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from counter_app.domain.paper.facts_casework import CopyNoticeFacts
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.views import InboxRow
from tests.support.casework_hall import COMMERCE, HEALTH, MANAGER, CaseworkHall
from tests.support.intake_hall import ENTERPRISE

LEAD, ASSIST, COUNTER, DAY = HEALTH[0], COMMERCE[0], ENTERPRISE, date(2026, 11, 26)
RURAL = "农村经济发展局"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


@pytest.fixture
def case(hall: CaseworkHall) -> str:
    """Timber is the rural bureau's matter, which has not moved in; the site commerce's, which has."""
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    hall.casework.asking.request(LEAD, hall.key(), case, ["timber_source", "site_use"])
    return case


def at_counter(hall: CaseworkHall, kind: str) -> tuple[InboxRow, ...]:
    return tuple(row for row in hall.casework.queries.inbox(COUNTER).rows if row.kind == kind)


def notices(hall: CaseworkHall, case: str) -> int:
    with hall.store.reading() as reader:
        return [paper.kind for paper in reader.papers.of_case(case)].count("copy-notice")


def test_h2_a_question_goes_out_on_paper_and_the_counter_enters_the_answer(
    hall: CaseworkHall, case: str
) -> None:
    before = notices(hall, case)
    note = hall.casework.group.ask(LEAD, hall.key(), case, "rural", "木材从哪里来？")
    (row,) = at_counter(hall, "question")
    assert (row.on_paper, row.department) == (True, "rural")
    assert notices(hall, case) == before + 1
    hall.casework.plans.copy_notice(COUNTER, hall.key(), case, row.task)
    assert notices(hall, case) == before + 2
    facts = hall.papers.facts(hall.papers.of_case(case)[-1].id)[1]
    assert isinstance(facts, CopyNoticeFacts)
    assert facts.attached == ()  # the case's papers go with what is examined, not with a question
    assert (facts.asked, facts.in_words, facts.to_department) == (
        ("答复工作组提问：木材从哪里来？",),
        True,
        RURAL,
    )
    with pytest.raises(UserFacingError) as refused:
        hall.casework.group.reply(ASSIST, hall.key(), case, note, "不知道")
    assert refused.value.code == "work.not-yours"
    hall.casework.group.reply(COUNTER, hall.key(), case, row.task, "本地人工林")
    (asked,) = hall.page(case, LEAD).notes
    assert (asked.answer, asked.answered_name) == ("本地人工林", RURAL)
    assert at_counter(hall, "question") == ()


def test_h2_who_was_called_on_paper_and_did_not_come_states_its_view_on_paper(
    hall: CaseworkHall, case: str
) -> None:
    group = hall.casework.group
    meeting = group.call_meeting(LEAD, hall.key(), case, "visit", DAY, ["rural", "commerce"])
    (called,) = at_counter(hall, "meeting")
    assert (called.department, called.due) == ("rural", DAY)
    assert group.minute(LEAD, hall.key(), case, meeting, ["commerce"], "现场无异常") == ("rural",)
    assert at_counter(hall, "meeting") == ()
    (urged,) = at_counter(hall, "absence")
    group.make_up(COUNTER, hall.key(), urged.task, "无意见")
    note = hall.page(case, LEAD).notes[-1]
    assert (note.name, note.text) == (RURAL, "无意见")
    assert at_counter(hall, "absence") == ()


def test_c3_an_invitation_lies_in_each_inbox_until_the_minutes_are_kept(
    hall: CaseworkHall, case: str
) -> None:
    group, inbox = hall.casework.group, hall.casework.queries.inbox
    meeting = group.call_meeting(LEAD, hall.key(), case, "meeting", DAY, ["health", "commerce"])
    for who in (LEAD, ASSIST):
        (row,) = (row for row in inbox(who).rows if row.kind == "meeting")
        assert (row.name, row.due, row.lead) == ("参加会议", DAY, False)
    group.minute(LEAD, hall.key(), case, meeting, ["health", "commerce"], "一致同意")
    assert all(row.kind not in ("meeting", "absence") for who in (LEAD, ASSIST) for row in inbox(who).rows)


def test_c7_an_order_has_its_day_and_is_late_after_it(hall: CaseworkHall, case: str) -> None:
    asking = hall.casework.asking
    order = asking.order(MANAGER, hall.key(), case, ["rural", "commerce"], "会商", DAY)
    (row,) = (row for row in hall.casework.queries.inbox(ASSIST).rows if row.kind == "order")
    assert row.due == DAY
    hall.clock.advance(days=4)
    (row,) = (row for row in hall.casework.queries.inbox(ASSIST).rows if row.kind == "order")
    assert row.urgency == "late"
    (slip,) = at_counter(hall, "order")
    asking.reply_order(COUNTER, hall.key(), case, order, slip.department, "已派人会商")
    assert hall.page(case, MANAGER).orders[0].replies == ((RURAL, "已派人会商"),)


@pytest.mark.parametrize(
    ("departments", "day", "code"),
    [
        (["commerce", "no-such"], DAY, "order.stranger"),
        (["commerce", "health"], date(2020, 1, 1), "order.past"),
    ],
)
def test_c7_an_order_goes_to_departments_that_exist_by_a_day_to_come(
    hall: CaseworkHall, case: str, departments: list[str], day: date, code: str
) -> None:
    with pytest.raises(UserFacingError) as refused:
        hall.casework.asking.order(MANAGER, hall.key(), case, departments, "会商", day)
    assert refused.value.code == code


def test_c3_a_question_before_the_assists_lets_its_department_see_and_answer(hall: CaseworkHall) -> None:
    case = hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
    assert hall.page(case, ASSIST).sight == "state"
    note = hall.casework.group.ask(LEAD, hall.key(), case, "commerce", "面积是多少？")
    page = hall.page(case, ASSIST)
    assert (page.sight, [row.text for row in page.notes]) == ("all", ["面积是多少？"])
    assert "reply" in page.may
    hall.casework.group.reply(ASSIST, hall.key(), case, note, "120 平方米")
