"""Questions and guidance of steps that end without an opinion, and the catalogue's own phrases and laws
(mission: C10)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.handling import Guidance, ReviewQuestion
from counter_app.domain.catalogue.materials import LegalBasis
from counter_app.use_cases.reference import Publishing
from tests.support.casework_hall import HEALTH
from tests.support.intake_hall import CLERK, ENTERPRISE, catalogue
from tests.ui.desk.office import Office

FORM = (
    ReviewQuestion(
        code="floor",
        text="加工间地面是否符合要求？",
        method="现场查看",
        phrases=("地面平整，易于清洗",),
        against=("地面破损",),
    ),
)
GUIDANCE = Guidance(work="现场查看加工间", basis=(LegalBasis(name="某省卫生规范", article="第八条"),))


def with_form() -> Catalogue:
    """The hygiene permit's visit has a form and guidance; its review names one more law."""
    permit = catalogue().version("0512", 1)
    steps = tuple(
        replace(step, review=FORM, guidance=GUIDANCE)
        if step.code == "visit"
        else replace(step, guidance=GUIDANCE)
        if step.code == "review"
        else step
        for step in permit.steps
    )
    items = tuple(replace(item, steps=steps) if item is permit else item for item in catalogue().items)
    return replace(catalogue(), items=items)


@pytest.fixture
def case(office: Office) -> str:
    hall = office.hall
    Publishing(hall.store, hall.reference).catalogue(CLERK, "forms", with_form())
    return hall.accepted("0512", "zhang", ENTERPRISE, staff="no")


def test_the_visit_shows_its_guidance_and_asks_its_form_before_it_ends(office: Office, case: str) -> None:
    office.log_in("1014")
    office.hand("visit")
    page = office.window.panels.case
    assert page.lists.lines("guidance")[0].name == "Work: 现场查看加工间"
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.write("kan guo")
    assert "The review form asks: 加工间地面是否符合要求？" in office.notice
    office.hand("visit")
    office.ctrl(Qt.Key.Key_3)
    office.press(Qt.Key.Key_Home)
    office.keys("2")  # what speaks against it
    (form,) = [one for one in office.hall.page(case, HEALTH[0]).beside if one.step == "visit"]
    assert form.answered == (("floor", "地面破损"),)
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.write("kan guo")
    assert "The review speaks against it" in office.notice
    office.press(Qt.Key.Key_Home)
    office.keys("1")
    office.press(Qt.Key.Key_F9)
    office.keys("1")
    office.write("kan guo")
    assert office.notice.startswith("The step is over"), office.notice


def test_the_catalogues_phrases_come_first_and_the_law_beside_is_offered(office: Office, case: str) -> None:
    office.log_in("1014")
    office.hand("review")
    office.ctrl(Qt.Key.Key_3)
    office.press(Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    question = office.window.panels.chooser.question
    assert question is not None
    words = [choice.words for choice in question.choices]
    form = office.hall.page(case, HEALTH[0]).form
    assert form is not None
    first = form.review[0]
    assert words[0] == f"{first.text.rstrip('？')}：{first.phrases[0]}。"
    assert words.index("经审查，符合规定条件，拟准予。") == min(9, len(form.phrases))
    law = next(choice for choice in question.choices if choice.words == "《某省卫生规范》第八条")
    office.type(law.key)
    view = office.window.panels.case.opinion
    assert (view.law.text(), view.article.text()) == ("某省卫生规范", "第八条")
