"""The plan's chart: lanes an item, what runs side by side apart, keys from bar to bar, words for who cannot
see it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.plan_bars import (
    SEPARATOR,
    change_words,
    chart_bars,
    critical_way,
    lanes,
    said,
    span,
)
from counter_app.ui.widgets.plan_chart import PlanChart
from counter_app.use_cases.casework.views import PlanChangeRow, PlanRow

TODAY = date(2026, 11, 24)


def row(code: str, name: str, start: int, end: int, **more: object) -> PlanRow:
    plain = {
        "critical": False,
        "done": False,
        "late": False,
        "applicant_does": "",
        "kind": "step",
    } | more
    return PlanRow(
        code=code,
        name=name,
        who="卫生局",
        from_on=date(2026, 11, start),
        until_on=date(2026, 11, end),
        **plain,  # type: ignore[arg-type]  # the few fields of a row, by name
    )


ROWS = (
    row("a/review", "卫生许可证·审查", 23, 26, critical=True),
    row("a/test", "卫生许可证·检测", 23, 25, applicant_does="送检样品"),
    row("a/final", "卫生许可证·核准", 26, 27, critical=True),
    row("b/final", "营业执照·核准", 27, 30),
)


def test_what_follows_shares_a_lane_and_what_runs_side_by_side_does_not(t: Translator) -> None:
    found = lanes(chart_bars(ROWS, TODAY, t))
    assert [(lane.name, [bar.code for bar in lane.bars]) for lane in found] == [
        ("卫生许可证", ["a/review", "a/final"]),
        ("", ["a/test"]),
        ("营业执照", ["b/final"]),
        ("Applicant", ["a/test/applicant"]),
    ]


def test_a_bar_says_its_days_and_that_it_decides(t: Translator) -> None:
    bars = chart_bars(ROWS, TODAY, t)
    assert said(bars[0], t) == "卫生许可证·审查  11-23 – 11-26  卫生局  decides the date"
    assert span(bars, TODAY)[0] == date(2026, 11, 22)


def test_what_is_only_foreseen_is_told_from_what_was_asked(t: Translator) -> None:
    rows = (
        row("a/assist/one", "卫生许可证·协办：核对", 23, 25, kind="assist", foreseen=True),
        row("a/assist/two", "卫生许可证·协办：核对", 23, 25, kind="assist"),
    )
    first, second = chart_bars(rows, TODAY, t)
    assert (first.state, first.label) == ("foreseen", "foreseen 协办：核对")
    assert "not asked yet" in said(first, t)
    assert (second.state, second.label) == ("assist", "协办：核对")


def test_a_change_says_what_moved_what_was_sent_and_what_is_not_asked_for(t: Translator) -> None:
    moved = (("a/review", TODAY, date(2026, 11, 30)), ("gone", TODAY, None))
    change = PlanChangeRow(datetime(2026, 11, 24, tzinfo=UTC), "assist", moved, ("核对户籍",), ("核对婚姻",))
    told = change_words(change, {"a/review": "审查"}, t)
    assert told.split("；") == [
        "审查 2026-11-24 → 2026-11-30",
        "sent, no longer foreseen: 核对户籍",
        "not asked for after all: 核对婚姻",
    ]


def test_arrow_keys_go_from_bar_to_bar_and_tell_which(qtbot: QtBot, look: Look, t: Translator) -> None:
    chart = PlanChart(look, t)
    qtbot.addWidget(chart)
    chart.resize(chart.sizeHint())
    chart.set_plan(chart_bars(ROWS, TODAY, t), TODAY)
    chart.show()
    with qtbot.waitSignal(chart.bar_chosen) as chosen:
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chosen.args == ["a/final"]
    assert "送检样品" in chart.accessibleDescription()
    assert not chart.grab().isNull()


def test_more_lanes_need_more_room(qtbot: QtBot, look: Look, t: Translator) -> None:
    chart = PlanChart(look, t)
    qtbot.addWidget(chart)
    chart.set_plan((), TODAY)
    empty = chart.sizeHint().height()
    chart.set_plan(chart_bars(ROWS, TODAY, t), TODAY)
    assert chart.sizeHint().height() > empty


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), ""),
        (("A.review", "A.approval"), "review → approval"),
        (("A.review", "A.approval", "B.approval", "B.issue"), "A.review → approval → B.approval → issue"),
        (("A.review", "B.issue", "A.approval"), "A.review → B.issue → A.approval"),
    ],
)
def test_the_critical_way_names_an_item_where_it_comes_to_it(names: tuple[str, ...], said: str) -> None:
    there = critical_way([name.replace(".", SEPARATOR) for name in names])
    assert there == said.replace(".", SEPARATOR)
