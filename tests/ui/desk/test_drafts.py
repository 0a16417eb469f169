"""An opinion that is not signed yet outlives its window (mission: C9; decision 030)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.casework.drafts import DRAFTS, KeptDraft
from counter_app.domain.journal import Actor
from counter_app.i18n import Translator
from tests.support.casework_hall import POPULATION
from tests.support.intake_hall import CLERK
from tests.ui.desk.office import Office

HANDLER, APPROVER = "1021", "1009"
WORDS = "yi heshi"


@pytest.fixture
def case(office: Office) -> str:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    return case


def kept(office: Office, case: str, staff: str = HANDLER) -> KeptDraft | None:
    with office.hall.store.reading() as reader:
        drafted = reader.get(DRAFTS, case)
    return drafted.of("review", staff) if drafted is not None else None


def begin(office: Office) -> None:
    """A condition is met, a few words are typed."""
    lines = office.window.panels.case.opinion.lines
    office.ctrl(Qt.Key.Key_3)
    while lines.rows.rows[lines.currentIndex().row()].kind != "condition":
        office.press(Qt.Key.Key_Down)
    office.press(Qt.Key.Key_1)
    office.window.panels.case.opinion.text.setFocus()
    office.type(WORDS)


def begun(office: Office) -> bool:
    view = office.window.panels.case.opinion
    met = [row.chosen for row in view.lines.rows.rows if row.kind == "condition"]
    return view.text.toPlainText() == WORDS and met[0] == 0


def test_it_opens_again_in_another_window_after_the_first_was_lost(
    office: Office, case: str, tmp_path: Path
) -> None:
    begin(office)
    office.seconds(2)
    assert "draft kept" in office.window.panels.case.opinion.hint
    other = Office(tmp_path / "other", Translator("en"), hall=office.hall)  # the first never closed
    other.show()
    other.log_in(HANDLER)
    assert begun(other)
    assert "draft kept" in other.window.panels.case.opinion.hint
    other.window.close()
    other.window.deleteLater()


def test_what_a_digit_decides_is_kept_at_once_and_words_when_the_keys_rest(office: Office, case: str) -> None:
    begin(office)
    draft = kept(office, case)
    assert draft is not None
    assert [met for _, met in draft.draft.conditions] == [True]
    assert draft.draft.text == ""
    office.seconds(2)
    draft = kept(office, case)
    assert draft is not None
    assert draft.draft.text == WORDS


def test_typing_without_a_rest_is_kept_too(office: Office, case: str) -> None:
    begin(office)
    for _ in range(5):
        office.type("a")
        office.seconds(1)
    draft = kept(office, case)
    assert draft is not None
    assert draft.draft.text.startswith(WORDS + "a")


@pytest.mark.parametrize("leave", ["lock", "log off", "another case"])
def test_leaving_keeps_it_without_waiting(office: Office, case: str, leave: str) -> None:
    begin(office)
    if leave == "lock":
        office.ctrl(Qt.Key.Key_L)
    elif leave == "log off":
        office.ctrl(Qt.Key.Key_Q)
    else:
        other = office.hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
        office.window.work.case.open(other)
        assert not begun(office)
        office.window.work.case.open(case)
    draft = kept(office, case)
    assert draft is not None
    assert draft.draft.text == WORDS
    if leave != "log off":
        if leave == "lock":
            office.press(Qt.Key.Key_Return)
        assert begun(office)


def test_nobody_else_sees_it(office: Office, case: str) -> None:
    begin(office)
    office.seconds(2)
    office.hall.casework.posts.pass_over(Actor(HANDLER), office.hall.key(), "population", "病假")
    office.log_in(APPROVER)
    assert office.window.here.form is not None
    assert office.window.here.form.draft is None
    assert not begun(office)


def test_signing_ends_it(office: Office, case: str) -> None:
    begin(office)
    office.fill_form("流动人口计划生育工作条例", "第七条")
    office.press(Qt.Key.Key_F9)
    assert office.notice.startswith("Signed"), office.notice
    assert kept(office, case) is None
    office.seconds(6)
    assert kept(office, case) is None


def test_a_draft_of_a_step_that_others_ended_says_so(office: Office, case: str) -> None:
    begin(office)
    office.hall.casework.posts.pass_over(Actor(HANDLER), office.hall.key(), "population", "病假")
    office.hall.opine(case, "review", POPULATION[1])
    office.seconds(2)
    assert "not open any more" in office.notice
    assert office.hall.store.check().sound
