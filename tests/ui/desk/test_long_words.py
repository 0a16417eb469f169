"""Opinions as long as they are, pasted from anywhere: kept, never lost (mission: C9; decision 030)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from counter_app.domain.casework.drafts import DRAFTS, OpinionDraft
from counter_app.domain.casework.opinion import LONGEST_OPINION
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.casework.drafts import OpinionDrafts
from tests.support.intake_hall import CLERK
from tests.ui.desk.office import Office

HANDLER = "1021"
LONG = ("阿卜杜拉·买买提和王𠅤䶮的材料已逐件核对。" * 150)[:3000]


@pytest.fixture
def case(office: Office) -> str:
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    office.fill_form("流动人口计划生育工作条例", "第七条")
    return case


def paste(office: Office, text: str) -> None:
    """Into the words, in place of what stands there."""
    office.window.panels.case.opinion.text.setFocus()
    office.ctrl(Qt.Key.Key_A)
    QGuiApplication.clipboard().setText(text)
    office.ctrl(Qt.Key.Key_V)


def kept(office: Office, case: str) -> str:
    with office.hall.store.reading() as reader:
        drafted = reader.need(DRAFTS, case)
    draft = drafted.of("review", HANDLER)
    assert draft is not None
    return draft.draft.text


def test_three_thousand_characters_are_kept_and_signed_as_they_were_written(
    office: Office, case: str
) -> None:
    paste(office, LONG)
    office.seconds(2)
    assert kept(office, case) == LONG
    office.press(Qt.Key.Key_F9)
    assert office.notice.startswith("Signed"), office.notice
    (row,) = office.hall.page(case, office.window.here.actor).opinions
    assert row.text == LONG


def test_what_is_too_long_is_said_while_it_is_written_and_kept_anyway(office: Office, case: str) -> None:
    paste(office, "字" * (LONGEST_OPINION + 7))
    view = office.window.panels.case.opinion
    assert not view.submit.isEnabled()
    assert str(LONGEST_OPINION) in view.lacking
    assert str(LONGEST_OPINION + 7) in view.lacking
    office.seconds(2)
    assert office.notice == ""
    assert len(kept(office, case)) == LONGEST_OPINION + 7


def test_pasted_control_characters_are_left_out(office: Office, case: str) -> None:
    paste(office, "核\x00对\x1b@一\u202e致\n王𠅤䶮")
    office.seconds(2)
    assert office.window.panels.case.opinion.text.toPlainText() == "核对@一致\n王𠅤䶮"
    assert kept(office, case) == "核对@一致\n王𠅤䶮"


def test_long_words_are_seen_and_short_ones_leave_the_room_to_the_form(office: Office, case: str) -> None:
    text = office.window.panels.case.opinion.text
    low = text.height()
    view = office.window.panels.case.opinion
    form = view.height()
    paste(office, LONG)
    assert text.height() > 2 * low
    office.window.resize(1920, 1080)
    office.settle()
    tall = text.height()
    office.window.resize(1366, 768)
    office.settle()
    assert 2 * low < text.height() < tall
    assert view.height() == form  # nothing is pushed out of the window
    assert not view.submit.visibleRegion().isEmpty()
    paste(office, "核对一致")
    assert text.height() == low


def test_a_long_opinion_is_read_to_its_end_with_the_arrows(office: Office, case: str) -> None:
    paste(office, LONG)
    office.press(Qt.Key.Key_F9)
    office.log_in("1009")
    lists = office.window.panels.case.lists
    office.ctrl(Qt.Key.Key_2)
    seen = [lists.seen]
    while lists.current[0] == "opinions":
        office.press(Qt.Key.Key_Down)
        seen.append(lists.seen)
    assert len(seen) > 3
    for (_, end), (start, _) in itertools.pairwise(seen):
        assert start <= end  # no line between two looks was left out
    office.press(Qt.Key.Key_Up)
    assert lists.current[0] == "opinions"


def test_one_writes_on_behind_the_words_that_stand_there(office: Office, case: str) -> None:
    text = office.window.panels.case.opinion.text
    before = text.toPlainText()
    assert before
    text.setFocus()
    office.type("ok")
    assert text.toPlainText() == before + "ok"


class _RefusesOnce(OpinionDrafts):
    """As a store that another process holds too long."""

    refused = False

    def keep(self, actor: Actor, key: str, case: str, step: str, draft: OpinionDraft) -> None:
        if not self.refused:
            self.refused = True
            raise UserFacingError("store.busy", "Busy.")
        super().keep(actor, key, case, step, draft)


def test_what_could_not_be_kept_once_is_kept_when_the_window_closes(tmp_path: Path, qapp: object) -> None:
    office = Office(tmp_path, Translator("en"))
    office.show()
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    hall = office.hall
    drafts = _RefusesOnce(hall.store, hall.reference)
    office.window.here.deps = replace(office.deps, casework=replace(hall.casework, drafts=drafts))
    paste(office, "写到一半")
    office.seconds(2)
    assert drafts.refused
    office.window.close()
    assert kept(office, case) == "写到一半"
    office.close()
