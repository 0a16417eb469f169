"""Questions are answered by one key, by arrows, or by typing; what cannot be taken says why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.chooser import Chooser
from counter_app.ui.widgets.question import Choice, Question

QUESTION = Question(
    "reason",
    "Why?",
    (
        Choice("old", "1", "Too old"),
        Choice("blurred", "2", "Blurred", enabled=False, why="Not for this material."),
        Choice("other", "3", "Something else"),
    ),
)


def _chooser(ground: QWidget, look: Look, t: Translator) -> tuple[Chooser, list[tuple[str, ...]]]:
    chooser = Chooser(t, look, ground)
    said: list[tuple[str, ...]] = []
    chooser.answered.connect(lambda *parts: said.append(parts))
    chooser.left.connect(lambda question: said.append(("left", question)))
    return chooser, said


def test_one_key_answers(ground: QWidget, look: Look, t: Translator) -> None:
    chooser, said = _chooser(ground, look, t)
    chooser.ask(QUESTION)
    QTest.keyClick(chooser, Qt.Key.Key_3)
    QTest.keyClick(chooser, Qt.Key.Key_1)
    assert said == [("reason", "other", "")]
    assert chooser.question is None


def test_a_barred_answer_says_why_and_stays(ground: QWidget, look: Look, t: Translator) -> None:
    chooser, said = _chooser(ground, look, t)
    chooser.ask(QUESTION)
    QTest.keyClick(chooser, Qt.Key.Key_2)
    assert said == []
    assert chooser.question == QUESTION
    QTest.keyClick(chooser, Qt.Key.Key_Escape)
    assert said == [("left", "reason")]


def test_arrows_and_enter_choose(ground: QWidget, look: Look, t: Translator) -> None:
    chooser, said = _chooser(ground, look, t)
    chooser.ask(QUESTION)
    QTest.keyClick(chooser, Qt.Key.Key_Up)
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    assert said == [("reason", "other", "")]


def test_a_last_line_without_an_id_is_not_taken_by_enter_alone(
    ground: QWidget, look: Look, t: Translator
) -> None:
    chooser, said = _chooser(ground, look, t)
    chooser.ask(Question("open", "Which?", (Choice("a", "1", "The first"), Choice("", "0", "All of it"))))
    QTest.keyClick(chooser, Qt.Key.Key_Return)
    assert said == [("open", "a", "")]


def test_text_is_typed_and_a_secret_is_hidden(ground: QWidget, look: Look, t: Translator) -> None:
    chooser, said = _chooser(ground, look, t)
    chooser.ask(Question("pin", "PIN", text_label="PIN", secret=True))
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "1234")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said == [("pin", "", "1234")]
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
