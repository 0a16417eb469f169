"""The strip of days: every day can be reached by keys and read aloud (mission: T3)."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.i18n import Translator
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.day_strip import DayStrip
from counter_app.ui.widgets.facts_page import FactsPage
from counter_app.ui.widgets.facts_shown import DayShown, KeyShown, PageShown, Paint, RowShown, SentenceShown

MONDAY = date(2026, 11, 23)
PAINTS: tuple[Paint, ...] = ("edge", "counted", "stopped", "added", "off")


def days(count: int = 20, today: int = 3) -> tuple[DayShown, ...]:
    return tuple(
        DayShown(
            MONDAY + timedelta(days=n),
            PAINTS[n % len(PAINTS)],
            f"day {n}",
            str(n or ""),
            today=n == today,
            last=n == count - 1,
        )
        for n in range(count)
    )


def laid(ground: QWidget, strip: QWidget) -> None:
    QVBoxLayout(ground).addWidget(strip)
    strip.show()
    strip.setFocus()


def test_arrows_walk_through_the_days_and_each_is_read_aloud(
    ground: QWidget, t: Translator, look: Look
) -> None:
    strip = DayStrip(t, look)
    laid(ground, strip)
    told: list[str] = []
    strip.chosen.connect(told.append)
    strip.show_days(days())
    assert told == ["day 3"]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Right):
        QTest.keyClick(strip, key)
    QTest.keyClick(strip, Qt.Key.Key_Home)
    assert told == ["day 3", "day 4", "day 18", "day 4", "day 19", "day 0"]
    assert strip.accessibleDescription() == "day 0"


def test_no_two_sorts_of_day_look_alike_without_colour(ground: QWidget, t: Translator, look: Look) -> None:
    strip = DayStrip(t, look)
    laid(ground, strip)
    seen = set()
    for paint in PAINTS:
        strip.show_days((DayShown(MONDAY, paint, "", "7"),))
        strip.resize(strip.sizeHint())
        grey = strip.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        seen.add(bytes(grey.constBits()))
    assert len(seen) == len(PAINTS)


def test_a_year_is_set_out_in_months(ground: QWidget, t: Translator, look: Look) -> None:
    strip = DayStrip(t, look)
    laid(ground, strip)
    first = date(2026, 1, 1)
    year = tuple(DayShown(first + timedelta(days=n), "plain", str(n)) for n in range(365))
    strip.show_days(year, by_month=True, at=first)
    assert strip.sizeHint().width() < 1000
    QTest.keyClick(strip, Qt.Key.Key_Down)
    assert strip.day is not None
    assert strip.day.day == date(2026, 1, 31)


def test_a_page_gives_its_letters_with_the_row_in_hand(ground: QWidget, t: Translator, look: Look) -> None:
    page = FactsPage(t, look)
    laid(ground, page)
    asked: list[tuple[str, str]] = []
    opened: list[str] = []
    left: list[bool] = []
    page.command_requested.connect(lambda name, row: asked.append((name, row)))
    page.opened.connect(opened.append)
    page.left.connect(lambda: left.append(True))
    page.show_page(
        PageShown(
            "Late",
            sentences=(SentenceShown("two late"),),
            columns=("Case", "Due"),
            shares=(50, 50),
            rows=(RowShown("a", ("A", "1")), RowShown("b", ("B", "2"))),
            keys=(KeyShown("U", "urge", "urge"),),
        )
    )
    focus = page.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Down)
    QTest.keyClick(focus, Qt.Key.Key_U)
    QTest.keyClick(focus, Qt.Key.Key_Return)
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert (asked, opened, left, page.isVisible()) == ([("urge", "b")], ["b"], [True], False)
    page.show_page(PageShown("Time", days=days(), keys=(KeyShown("P", "print", "slip"),)))
    QTest.keyClick(page.strip, Qt.Key.Key_P)
    assert asked[-1] == ("slip", "2026-11-26")
    assert page.take_keys()
