"""A scanner without prefix types a paper's code into free words: it is taken out, and acts (mission: M3)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from counter_app.domain.casework.drafts import DRAFTS
from counter_app.simulators.scanner.documents import DOCUMENTS
from tests.support.intake_hall import CLERK
from tests.ui.desk.office import Office

HANDLER = "1021"


def scan(words: QPlainTextEdit, text: str) -> None:
    """As a wedge does: signs without a key of their own, each line ended by Enter."""
    for line in text.split("\n"):
        for key, sign in (*((0, sign) for sign in line), (Qt.Key.Key_Return, "\r")):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(QApplication.focusWidget() or words, event)


@pytest.fixture
def words(office: Office) -> QPlainTextEdit:
    """The words of an opinion on a case, with the keys."""
    office.hall.accepted("0603", "zhang", CLERK, married="no", has_children="no")
    office.log_in(HANDLER)
    office.ctrl(Qt.Key.Key_3)
    text = office.window.panels.case.opinion.text
    text.setFocus()
    office.settle()
    return text


@pytest.fixture
def scanned(office: Office) -> list[str]:
    heard: list[str] = []
    office.window._gate.scanned.connect(heard.append)
    return heard


def receipt(office: Office) -> tuple[str, str]:
    """Another case: its id and the code of its receipt."""
    case = office.hall.accepted("0603", "li", CLERK, married="no", has_children="no")
    papers = office.hall.papers
    return case, papers.facts(papers.of_case(case)[-1].id)[1].head.qr_text


def test_a_receipt_scanned_into_the_words_opens_its_case_and_leaves_them(
    office: Office, words: QPlainTextEdit, scanned: list[str]
) -> None:
    before = office.window.here.hands.case
    case, code = receipt(office)
    office.type("yi heshi")
    scan(words, code)
    office.settle()
    assert scanned == [code]
    assert office.window.here.hands.case == case
    with office.hall.store.reading() as reader:
        drafted = reader.get(DRAFTS, before)
    assert drafted is not None
    assert "yi heshi" in str(drafted.of("review", HANDLER))


NAMED = {"ticket": "ticket:k1.1.4711", "passport": DOCUMENTS["passport"], "permit": DOCUMENTS["td1"]}


@pytest.mark.parametrize("code", NAMED.values(), ids=NAMED)
def test_every_code_that_names_itself_is_known_there(
    words: QPlainTextEdit, scanned: list[str], code: str
) -> None:
    words.setPlainText("𠮷野 wrote:\nsecond line, after 𠮷 ")  # signs that Qt counts twice
    words.moveCursor(words.textCursor().MoveOperation.End)
    scan(words, code)
    assert scanned == [code]
    assert words.toPlainText() == "𠮷野 wrote:\nsecond line, after 𠮷 "


def test_what_stands_behind_the_cursor_stays(words: QPlainTextEdit, scanned: list[str]) -> None:
    words.setPlainText("𠮷 before and after")
    cursor = words.textCursor()
    cursor.setPosition(len("𠮷 before ") + 1)
    words.setTextCursor(cursor)
    scan(words, "ticket:k1.1.4711")
    assert scanned == ["ticket:k1.1.4711"]
    assert words.toPlainText() == "𠮷 before and after"


@pytest.mark.parametrize("text", ["see ticket: lost", "ticket:", "compare 2026 with 2025", "0603"])
def test_words_that_somebody_types_are_no_scan(words: QPlainTextEdit, scanned: list[str], text: str) -> None:
    scan(words, text)
    assert scanned == []
    assert words.toPlainText() == text
