"""The counter window: outcomes, finding, locking, drafts, names for everybody, room for long words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.tokens import DARK
from counter_app.use_cases.intake.views import CaseView
from tests.ui.counter.station import Station

Ctrl = Qt.KeyboardModifier.ControlModifier


def at_the_checklist(station: Station, item: str = "0603", who: str = "zhang") -> CaseView:
    """A citizen called, his card read, the item chosen, every question answered with its last key."""
    station.ticket(item)
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.lay(who)
    station.type("y")
    for _ in range(6):
        if station.window.panels.work.part == "item":
            station.type("2")
    view = station.window.work.view
    assert view is not None
    return view


def now(station: Station) -> CaseView:
    view = station.window.work.view
    assert view is not None
    return view


# mission: I4 I6 P2
def test_missing_papers_end_in_the_once_only_notice(station: Station) -> None:
    view = at_the_checklist(station)
    station.type("q")
    station.type("1")
    for _ in view.lines:
        station.press(Qt.Key.Key_Space) if now(station).verdict.counts.unmarked else None
    assert now(station).lines[0].mark == "missing"
    assert now(station).lines[0].reason == "Not brought"
    station.press(Qt.Key.Key_F9)
    assert now(station).stage == "notified"
    assert "Issue the once-only notice" in station.notice


# mission: I9 P3
def test_a_refusal_asks_for_reason_and_article(station: Station) -> None:
    at_the_checklist(station)
    station.press(Qt.Key.Key_F9, Ctrl)
    question = station.window.panels.chooser.question
    assert question is not None
    refuse = next(choice for choice in question.choices if choice.id == "refuse")
    station.type(refuse.key)
    station.type("1")
    station.type("Law, article 7")
    station.press(Qt.Key.Key_Return)
    assert now(station).stage == "refused", station.notice


# mission: I6
def test_what_can_be_put_right_today_waits_with_its_citizen(station: Station) -> None:
    view = at_the_checklist(station)
    station.type("q")
    station.type("1")
    for _ in view.lines:
        station.press(Qt.Key.Key_Space) if now(station).verdict.counts.unmarked else None
    case = now(station).case
    station.press(Qt.Key.Key_F6)
    station.type("1")
    assert station.window.desk.hands.ticket is None
    assert station.deps.cases.case_view(case).stage == "held"
    station.press(Qt.Key.Key_R, Ctrl)
    station.type("1")
    assert now(station).case == case


# mission: H3 X3
def test_a_role_without_the_right_is_told_so(station: Station) -> None:
    at_the_checklist(station)
    for _ in now(station).lines:
        station.press(Qt.Key.Key_Space)
    shift = station.window.desk.hands.shift
    assert shift is not None
    station.window.desk.hands.shift = replace(shift, roles=frozenset({"inquiry"}))
    station.press(Qt.Key.Key_F9)
    assert now(station).stage == "draft"
    assert "role does not allow" in station.notice


# mission: I4
def test_undo_takes_back_the_last_mark(station: Station) -> None:
    at_the_checklist(station)
    unmarked = now(station).verdict.counts.unmarked
    station.press(Qt.Key.Key_Space)
    assert now(station).verdict.counts.unmarked == unmarked - 1
    station.press(Qt.Key.Key_Z, Ctrl)
    assert now(station).verdict.counts.unmarked == unmarked


def test_a_draft_is_taken_up_by_a_window_opened_anew(station: Station, tmp_path: Path) -> None:
    at_the_checklist(station)
    station.press(Qt.Key.Key_Space)
    before = now(station)
    station.reopen()
    station.log_in()
    assert now(station).case == before.case
    assert [line.mark for line in now(station).lines] == [line.mark for line in before.lines]


# mission: I2
def test_a_card_left_since_before_the_call_is_not_taken(station: Station) -> None:
    station.log_in()
    station.lay("zhang")
    left = station.reader.card
    station.ticket("0603")
    station.press(Qt.Key.Key_F3)
    assert left is not None
    station.reader.lay_again(left)
    station.settle()
    assert station.window.work.view is None or not now(station).persons
    assert "before A001 was called" in station.notice


# mission: I2
def test_a_second_card_asks_its_role_by_one_key(station: Station) -> None:
    at_the_checklist(station)
    station.lay("abdul")
    station.type("1")
    assert [person.role for person in now(station).persons] == ["applicant", "spouse"]


# mission: I2
def test_a_typed_person_is_marked_as_typed_and_a_wrong_number_is_mended_in_its_field(
    station: Station,
) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.press(Qt.Key.Key_T, Ctrl)
    fields = station.window.panels.work.form.values()
    assert set(fields) == {"document", "name", "number", "phone", "address"}
    name = "𠅤䶮" * 30
    QApplication.clipboard().setText(name)
    station.press(Qt.Key.Key_V, Ctrl)
    assert station.window.panels.work.form.values()["name"] == name[:50]
    station.press(Qt.Key.Key_Return)
    station.type("110101199013070011")
    for _ in range(3):
        station.press(Qt.Key.Key_Return)
    assert station.focus.accessibleName() == "ID number"
    assert not station.focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert station.notice


# mission: X3
def test_a_person_is_opened_by_reason_only(station: Station) -> None:
    station.hall.case("0603", "zhang")
    station.log_in()
    station.window.finder.typed("张")
    station.settle()
    rows = station.window.panels.head.box.model.rows
    person = next(row for row in rows if row.kind == "Person")
    station.window.finder.taken(person.id)
    question = station.window.panels.chooser.question
    assert question is not None
    assert "why is this person opened" in question.title


# mission: X3
def test_locking_hides_the_desk_until_the_pin(station: Station) -> None:
    station.log_in()
    station.press(Qt.Key.Key_L, Ctrl)
    assert not station.window.panels.at_desk
    assert not station.window.panels.desk.isVisible()
    station.press(Qt.Key.Key_F3)
    assert station.window.desk.hands.ticket is None
    station.press(Qt.Key.Key_Return)
    assert station.window.panels.at_desk


def test_a_wrong_pin_says_so_and_asks_again(station: Station) -> None:
    station.type("9")
    station.press(Qt.Key.Key_Return)
    assert not station.window.panels.at_desk
    assert "not right" in station.window.panels.login.error


# mission: Q5
def test_a_pause_has_a_reason_and_ends_with_the_pin(station: Station) -> None:
    station.log_in()
    station.press(Qt.Key.Key_F10)
    station.type("2")
    states = {row.number: row for row in station.deps.lines.counter_states()}
    assert (states["3"].state, states["3"].reason) == ("paused", "Lunch")
    station.press(Qt.Key.Key_Return)
    states = {row.number: row for row in station.deps.lines.counter_states()}
    assert states["3"].state == "open"


def test_keys_are_shown_and_left_without_a_dialog(station: Station) -> None:
    station.log_in()
    station.press(Qt.Key.Key_F1)
    assert station.window.panels.keys.isVisible()
    assert QApplication.activeModalWidget() is None
    station.press(Qt.Key.Key_Escape)
    assert not station.window.panels.keys.isVisible()


def test_a_prefixed_scan_is_known_in_any_field(station: Station) -> None:
    at_the_checklist(station)
    station.press(Qt.Key.Key_F12)
    station.type("0604")
    station.press(Qt.Key.Key_Return)
    item = now(station).item
    assert item is not None
    assert item.code == "0604"


def test_training_is_said_on_every_page(station: Station) -> None:
    assert station.window.access.training_words() == "TRAINING – not valid"
    station.log_in()
    assert station.window.panels.head.training == "TRAINING – not valid"


def test_themes_and_sizes_change_by_key(station: Station) -> None:
    station.log_in()
    station.press(Qt.Key.Key_D, Ctrl)
    station.press(Qt.Key.Key_Plus, Ctrl)
    assert station.window.look.theme is DARK
    assert station.window.look.scale == 1.25


def test_models_keep_qts_contract_through_a_visit(station: Station) -> None:
    panels = station.window.panels
    models = (
        panels.line.waiting_model,
        panels.line.held_model,
        panels.work.checklist.checks,
        panels.paper.earlier_model,
        panels.head.box.model,
    )
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in models]
    at_the_checklist(station)
    station.press(Qt.Key.Key_Space)
    station.press(Qt.Key.Key_K, Ctrl)
    station.type("hy")
    assert panels.head.box.model.rowCount() > 0
    assert panels.work.checklist.checks.rowCount() == len(now(station).lines)
    assert len(testers) == len(models)


def _all_widgets(window: QWidget) -> Iterator[QWidget]:
    yield from window.findChildren(QWidget)


def test_whatever_takes_keys_has_a_name(station: Station) -> None:
    at_the_checklist(station)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in _all_widgets(station.window)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_every_label_is_plain_text(station: Station) -> None:
    at_the_checklist(station)
    rich = [
        label.text()
        for label in station.window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ]
    assert rich == []


@dataclass(frozen=True, slots=True)
class Stretched(Translator):
    """Every text 1.6 times as long, as other languages are."""

    def __call__(self, message: str, /, **params: object) -> str:
        text = message.format(**params) if params else message
        return text + "x" * (len(text) * 6 // 10)


@pytest.fixture
def stretched(tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Stretched("en"))
    station.show()
    yield station
    station.close()


def test_longer_words_are_not_cut_off(stretched: Station) -> None:
    at_the_checklist(stretched)
    stretched.press(Qt.Key.Key_Space)
    window = stretched.window
    cut = [
        label.text()
        for label in window.panels.findChildren(QLabel)
        if label.isVisible()
        and not label.wordWrap()
        and label.text()
        and label.width() < label.fontMetrics().horizontalAdvance(label.text())
        and isinstance(label.parentWidget(), QAbstractButton)
    ]
    assert cut == []
    outside = [
        button.accessibleName()
        for button in window.panels.work.verdict.findChildren(QAbstractButton)
        if button.isVisible() and button.geometry().right() > window.panels.work.verdict.width()
    ]
    assert outside == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_at_twice_the_size_everything_stays_within_its_zone(
    tmp_path: Path, qapp: QApplication, theme: str
) -> None:
    station = Station(tmp_path, Translator("zh_CN"), theme=theme, scale=2.0)
    station.show(1366, 768)
    at_the_checklist(station)
    panels = station.window.panels
    assert station.window.width() == 1366
    for zone in (panels.work, panels.line):
        place = zone.parentWidget()
        assert place is not None
        assert zone.width() <= place.width() + panels.look.px(8)
    station.close()


def test_the_hint_stands_where_it_stood_whatever_was_open_before(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    card = station.window.panels.work._hint_card
    before = card.height()
    station.press(Qt.Key.Key_F3)
    station.lay("zhang")
    station.window.work.go("materials")
    station.settle()
    station.press(Qt.Key.Key_F2)
    station.press(Qt.Key.Key_Escape)
    station.settle()
    assert card.isVisible()
    assert card.height() == before
