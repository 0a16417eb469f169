"""Three citizens whose matters are handled behind the counter, from the card to the result.

A birth certificate that the street reviews and the county decides; a floating certificate of a married mother
with one shortcoming; the chopsticks business, one assist late and one disputed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.intake.case import Case, MarkKind
from counter_app.domain.intake.fold import CASES
from counter_app.domain.time.clock import CLOCKS
from counter_app.errors import UserFacingError
from tests.support.casework_hall import (
    CIVIL,
    COMMERCE,
    HEALTH,
    MANAGER,
    POPULATION,
    CaseworkHall,
)
from tests.support.intake_hall import CLERK, ENTERPRISE


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[CaseworkHall]:
    hall = CaseworkHall(tmp_path)
    yield hall
    hall.close()


def state(hall: CaseworkHall, case: str) -> Case:
    with hall.store.reading() as reader:
        return reader.need(CASES, case)


# mission: I9 I10 C4 C5 C9 C10 C15 H2
def test_a_birth_certificate_is_reviewed_by_the_street_and_decided_by_the_county(hall: CaseworkHall) -> None:
    case = hall.accepted(
        "0602",
        "li",
        CLERK,
        wife_registered_here="yes",
        which_child="more",
        pregnant="no",
        adopted="no",
        circumstance="remarried",
    )
    assert state(hall, case).handled_as == "report_up"
    handler, approver, final = POPULATION
    assert hall.page(case, CLERK).sight == "state"  # sensitive: the counter sees that it is there

    asked = hall.casework.asking.request(handler, hall.key(), case, ["marriage", "household", "address"])
    assert asked == ("marriage", "household")  # the address is known from the card
    hall.casework.asking.answer(CIVIL, hall.key(), case, "marriage", "agree")
    hall.casework.asking.answer(CLERK, hall.key(), case, "household", "agree")  # on paper, from the police

    hall.opine(case, "review", handler)
    assert hall.casework.work.send_to_meeting(handler, hall.key(), case, "meeting", "office") == "missed"
    assert hall.casework.work.send_to_meeting(handler, hall.key(), case, "meeting", "street") == ""
    hall.casework.work.end_step(handler, hall.key(), case, "meeting", "done", "同意上报")
    hall.opine(case, "approval", approver)
    hall.opine(case, "final", final)
    assert state(hall, case).stage == "accepted"  # the street only reports it up

    (report,) = (row for row in hall.page(case, handler).steps if row.kind == "report")
    assert report.state == "open"
    assert report.due is not None  # the upper body's own limit
    decided = OpinionInput(view="grant", text="同意再生育", result_number="鲁生育〔2026〕18")
    for stranger in (COMMERCE[0], CLERK, approver):
        with pytest.raises(UserFacingError) as refused:
            hall.casework.work.upper_answered(stranger, hall.key(), case, "report", decided)
        assert refused.value.code == "work.not-yours"
    hall.casework.work.upper_answered(handler, hall.key(), case, "report", decided)
    assert state(hall, case).stage == "granted"
    page = hall.page(case, handler)
    assert page.result_number == "鲁生育〔2026〕18"
    remarks = {row.code: row.remark for row in page.steps}
    assert (remarks["meeting"], remarks["report"]) == ("同意上报", "同意再生育")
    assert hall.store.check().sound


# mission: I6 C1 C9 C12
def test_a_floating_certificate_of_a_married_mother_with_one_shortcoming(hall: CaseworkHall) -> None:
    case = hall.case("0603", "li", CLERK, married="yes", has_children="yes", unlawful_birth="no")
    for line in hall.queries.case_view(case).lines:
        if line.mark is None:
            kind: MarkKind = "missing" if line.material == "contraception_proof" else "present"
            hall.intake.mark(CLERK, hall.key(), case, line.material, kind)
    hall.intake.decide(CLERK, hall.key(), case, "notify")
    assert hall.casework.queries.inbox(POPULATION[0]).rows == ()  # nothing is handled before acceptance
    hall.clock.advance(days=1)
    assert hall.intake.return_visit(CLERK, hall.key(), case) == ("contraception_proof",)
    hall.mark_all(case, CLERK)
    hall.intake.decide(CLERK, hall.key(), case, "accept")

    (row,) = hall.casework.queries.inbox(POPULATION[0]).rows
    hall.casework.work.take(POPULATION[0], hall.key(), row.task)
    for step, who in zip(("review", "approval", "final"), POPULATION, strict=True):
        hall.opine(case, step, who, number="流婚〔2026〕31" if step == "final" else "")
    assert state(hall, case).stage == "granted"
    assert all(not hall.casework.queries.inbox(who).rows for who in POPULATION)


# mission: C2 C3 C4 C6 C7 C11 T5 H2
def test_chopsticks_with_one_assist_late_and_one_disputed(hall: CaseworkHall) -> None:
    draft = hall.case("0511", "zhang", ENTERPRISE, form="individual", by_agent="no")
    hall.intake.answer(ENTERPRISE, hall.key(), draft, "scope", ("chopsticks",))
    cases = hall.casework.joint.open(ENTERPRISE, hall.key(), draft)
    licence, hygiene, timber = (cases[code] for code in ("0511", "0512", "0513"))
    hall.intake.answer(ENTERPRISE, hall.key(), hygiene, "staff", "no")
    hall.intake.answer(ENTERPRISE, hall.key(), timber, "imported", "yes")
    for case in (licence, hygiene, timber):
        hall.mark_all(case, ENTERPRISE)
    hall.casework.joint.pre_review(ENTERPRISE, hall.key(), licence)
    for case in (hygiene, timber):
        hall.intake.decide(ENTERPRISE, hall.key(), case, "accept")
    promised = state(hall, hygiene).promised_due
    with hall.store.reading() as reader:
        assert reader.need(CLOCKS, hygiene).joint  # its extension is that of a joint matter
    first = hall.casework.queries.plan(CLERK, licence)
    assert first.ends_on is not None
    assert "营业执照·核准发照" in first.critical

    lead, assist = HEALTH[0], COMMERCE[0]
    hall.casework.asking.request(lead, hall.key(), hygiene, ["timber_source", "site_use"])
    with hall.store.reading() as reader:
        kinds = [paper.kind for paper in reader.papers.of_case(hygiene)]
    assert kinds.count("copy-notice") == 1  # the rural bureau has not moved in

    # one keeps silent past its date: it lies before the management, and its own clock is late
    hall.clock.advance(days=3)
    silent = [row for row in hall.casework.queries.inbox(MANAGER).rows if row.urgency == "late"]
    assert {row.code for row in silent} == {"timber_source", "site_use"}
    hall.casework.asking.answer(ENTERPRISE, hall.key(), hygiene, "timber_source", "agree")

    # the other falls short, disputes the cause, and the management decides that the lead was unclear
    hall.casework.asking.answer(assist, hall.key(), hygiene, "site_use", "agree")
    hall.casework.asking.repeat(lead, hall.key(), hygiene, "site_use", "assist_short", "没有写明面积")
    hall.casework.asking.dispute(assist, hall.key(), hygiene, "site_use", "首次没有要求写面积")
    hall.casework.asking.settle(MANAGER, hall.key(), hygiene, "site_use", "lead_unclear", "首次要求不清")
    hall.casework.asking.answer(assist, hall.key(), hygiene, "site_use", "agree")
    assert state(hall, hygiene).promised_due == promised  # departments quarrel, the citizen's date stands

    slip = OpinionInput(
        view="grant", text="同意", law="某条例", article="第六条", result_number="木许〔2026〕3"
    )
    hall.casework.work.enter_reply(ENTERPRISE, hall.key(), timber, "final", slip)
    hall.opine(licence, "review", COMMERCE[0])
    for step in ("visit", "test"):
        hall.casework.work.end_step(lead, hall.key(), hygiene, step)
    for step, who in zip(("review", "approval", "final"), HEALTH, strict=True):
        hall.opine(hygiene, step, who, number="卫许〔2026〕7" if step == "final" else "")
    assert state(hall, licence).stage == "accepted"  # released by the results, in the system
    hall.opine(licence, "approval", COMMERCE[1])
    hall.opine(licence, "final", COMMERCE[2], number="91130900MA0X")
    assert state(hall, licence).stage == "granted"
    plan = hall.casework.queries.plan(CLERK, licence)
    assert plan.changes
    assert all(row.done for row in plan.rows if row.kind == "step")
    assert hall.store.check().sound
