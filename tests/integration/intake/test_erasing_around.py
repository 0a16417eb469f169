"""What stands around a case goes with the person: tries, collector, advice, what was spoken (mission: X3)."""

from __future__ import annotations

from pathlib import Path

from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.use_cases.arriving.consulting import Advice
from counter_app.use_cases.delivery.inputs import AmendInput, CollectInput
from tests.support.behind import decided_behind
from tests.support.intake_hall import CLERK, IntakeHall
from tests.support.raw_pages import raw, traces
from tests.support.stores import KEY

SUPERVISOR = Actor("1011", "3")
SPOKEN, ASKED, TRIED, WAS = "外出到南方做工的人", "他问过办证的事", "他妻子接的电话", "把名字写成了章伟"


def test_nothing_said_around_the_case_is_left(hall: IntakeHall, tmp_path: Path) -> None:
    around = hall.around
    asked = around.consulting.hold(CLERK, hall.key(), Advice(question=ASKED, answer="可以", name="张先生"))
    case = hall.case("0603", "zhang", married="no", has_children="no")
    around.consulting.link(CLERK, hall.key(), asked, case)
    around.applying.write_down(CLERK, hall.key(), case, SPOKEN)
    hall.mark_all(case)
    receipt = hall.intake.decide(CLERK, hall.key(), case, "accept").papers[0]
    decided_behind(hall, case, number="LN-1")
    around.telling.tell(CLERK, hall.key(), case, "result", "phone", "reached", TRIED)
    own = CollectInput(relation="applicant", person=hall.card("zhang"), receipt=receipt)
    around.delivering.hand_over(CLERK, hall.key(), case, own)
    correct = AmendInput(amendment="corrected", reason="写错", article="第四十九条", was=WAS, now="张伟")
    around.delivering.amend(CLERK, hall.key(), case, correct)
    words = (SPOKEN, ASKED, TRIED, WAS)
    assert traces(raw(tmp_path / "store.db", KEY), *words) == list(words)

    with hall.store.reading() as reader:
        number = reader.need(CASES, case).number
    state = hall.erasing.erase(SUPERVISOR, hall.key(), number, "recorded_in_error")

    assert state.state == "done"
    hall.store.tidy()
    assert traces(raw(tmp_path / "store.db", KEY), *words, "张伟") == []
    with hall.store.reading() as reader:
        left = reader.need(DELIVERIES, case)
    assert (left.handings[0].receiver, left.results[0].number) == ("", "LN-1")
    report = hall.store.check()
    assert report.sound, report.broken
