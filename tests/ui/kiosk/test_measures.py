"""Sizes on the glass, colours, and the window round it (interface.md: The kiosk)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.ui.application import Shell
from counter_app.ui.kiosk.keys import KioskKey
from counter_app.ui.kiosk.measures import POINT_MM, Measures
from counter_app.ui.kiosk.page import KeyKind
from counter_app.ui.kiosk.style import ELDER_GROUND, ELDER_TEXT, key_colours
from counter_app.ui.kiosk.window import KioskWindow, build_kiosk_window
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import THEMES, Theme, contrast
from counter_app.use_cases.ports.identity import ReaderChanged, ReaderState
from tests.ui.kiosk.glass import LANGUAGES, Kiosk

UPRIGHT, WIDE, SMALL = (1080, 1920), (1920, 1080), (1366, 768)
PANEL_21, PANEL_40 = 0.248, 0.461  # mm a pixel, 1080 pixels wide


@pytest.mark.parametrize("mm", [PANEL_21, PANEL_40])
@pytest.mark.parametrize("elder", [False, True])
def test_keys_and_text_are_large_enough_on_any_panel(mm: float, elder: bool) -> None:
    measures = Measures(mm, elder)
    assert measures.key * mm >= (25 if elder else 20)
    assert measures.text * mm / POINT_MM >= (30 if elder else 18)
    assert Measures(mm, elder, low=True).key * mm >= 20


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_every_key_can_be_read(theme: Theme) -> None:
    for kind in get_args(KeyKind):
        colours = key_colours(theme, kind)
        assert contrast(colours.text, colours.ground) >= 4.5, kind
        assert contrast(colours.detail, colours.ground) >= 4.5, kind
    assert contrast(ELDER_TEXT, ELDER_GROUND) >= 4.5


STILL_LOOKS = 30


class Opened:
    """A kiosk's window of a given size."""

    def __init__(self, kiosk: Kiosk, qtbot: QtBot, **given: object) -> None:
        self.kiosk, self.qtbot = kiosk, qtbot
        self.window: KioskWindow = build_kiosk_window(replace(kiosk.deps, **given), Look(), LANGUAGES)  # type: ignore[arg-type]  # named fields
        self.press = self.window.presenter.press

    def show(self, size: tuple[int, int]) -> None:
        self.window.resize(*size)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.settle()

    def settle(self) -> None:
        """Until nothing moves any more: a page that must be scrolled lays itself out twice."""
        places: object = None
        for _ in range(STILL_LOOKS):
            self.qtbot.wait(30)
            seen = [(key.pos().toTuple(), key.size().toTuple()) for key in self.visible(KioskKey)]
            if seen == places:
                return
            places = seen

    def visible(self, kind: type[QWidget]) -> list[QWidget]:
        return [part for part in self.window.findChildren(kind) if part.isVisible()]


@pytest.fixture
def opened(kiosk: Kiosk, qtbot: QtBot) -> Iterator[Opened]:
    made = Opened(kiosk, qtbot)
    yield made
    made.window.release()


def walk(opened: Opened, *, elder: bool = False) -> Iterator[str]:
    """Every page one after another; a ticket taken ends the visit, so large print is chosen again."""
    for act, target in (
        ("", ""), ("category", "06"), ("item", "0601"), ("guide", "0601"), ("back", ""), ("take", "0601"),
        ("home", ""), ("progress", ""), ("home", ""), ("forms", ""), ("home", ""), ("opinions", ""),
        ("help", ""), ("home", ""), ("verify", ""), ("home", ""), ("collect", ""), ("home", ""), ("card", ""),
        ("home", ""), ("guides", ""), ("home", ""), ("staff", ""),
    ):  # fmt: skip
        if act:
            opened.press(act, target)
        if elder and not opened.window.presenter.screen.visit.elder:
            opened.press("elder")
        opened.settle()
        page = opened.window.presenter.screen.page
        assert page is not None
        yield page.name


@pytest.mark.parametrize("size", [UPRIGHT, WIDE, SMALL], ids=str)
@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_every_key_on_every_page_can_be_pressed_and_named(
    opened: Opened, size: tuple[int, int], elder: bool
) -> None:
    opened.show(size)
    least = Measures(PANEL_21).key
    for name in walk(opened, elder=elder):
        keys = opened.visible(KioskKey)
        assert keys, name
        for key in keys:
            assert key.width() >= least, (name, key.accessibleName(), key.size())
            assert key.height() >= least, (name, key.accessibleName(), key.size())
            assert key.accessibleName(), name
        places = [key.rect().translated(key.mapTo(opened.window, key.rect().topLeft())) for key in keys]
        for at, place in enumerate(places):
            assert opened.window.rect().contains(place), (name, keys[at].accessibleName(), place)
            for other in range(at):
                both = keys[at].accessibleName(), keys[other].accessibleName()
                assert not place.intersects(places[other]), (name, both)


@pytest.mark.parametrize("elder", [False, True], ids=["usual", "elder"])
def test_no_text_is_smaller_than_it_may_be(opened: Opened, elder: bool) -> None:
    opened.show(UPRIGHT)
    least = 30 if elder else 18
    for name in walk(opened, elder=elder):
        sizes = [label.font().pixelSize() for label in opened.visible(QLabel)]
        for key in opened.visible(KioskKey):
            assert isinstance(key, KioskKey)
            sizes += [key.title_font.pixelSize(), key.detail_font.pixelSize()]
        assert min(sizes) * PANEL_21 / POINT_MM >= least, name


@pytest.mark.parametrize("size", [UPRIGHT, WIDE, SMALL], ids=str)
def test_help_and_large_print_are_never_a_page_away(opened: Opened, size: tuple[int, int]) -> None:
    opened.show(size)
    for mode in ("elder", "normal"):
        acts = {key.key.act for key in opened.visible(KioskKey) if isinstance(key, KioskKey)}
        assert {"help", mode, "card"} <= acts
        opened.press(mode)
        opened.settle()


def test_primary_keys_stand_in_the_lower_half(opened: Opened) -> None:
    opened.show(UPRIGHT)
    for name in walk(opened):
        for key in opened.visible(KioskKey):
            assert isinstance(key, KioskKey)
            if key.key.kind == "primary" and key.key.act not in ("language", "enter"):
                assert key.mapTo(opened.window, key.rect().center()).y() > UPRIGHT[1] / 2, name


def test_a_scan_acts_wherever_the_focus_is(opened: Opened) -> None:
    opened.show(UPRIGHT)
    QTest.keyClicks(opened.window, "nothing of ours")
    QTest.keyClick(opened.window, Qt.Key.Key_Return)
    page = opened.window.presenter.screen.page
    assert page is not None
    assert page.tone == "warn"


def test_a_new_scan_begins_anew_with_its_prefix(opened: Opened) -> None:
    opened.show(UPRIGHT)
    heard: list[str] = []
    opened.window.presenter.scanned = heard.append  # type: ignore[method-assign,assignment]  # only what comes is looked at
    QTest.keyClicks(opened.window, "left over")
    QTest.keyClick(opened.window, Qt.Key.Key_F12)
    QTest.keyClicks(opened.window, "ticket:k1.1.2")
    QTest.keyClick(opened.window, Qt.Key.Key_Return)
    assert heard == ["left over", "ticket:k1.1.2"]


def test_the_keyboard_alone_presses_keys(opened: Opened) -> None:
    opened.show(UPRIGHT)
    with opened.qtbot.waitActive(opened.window):
        opened.window.activateWindow()
    progress = next(key for key in opened.visible(KioskKey) if key.accessibleName() == "查进度")
    progress.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(progress, Qt.Key.Key_Space)
    page = opened.window.presenter.screen.page
    assert page is not None
    assert page.name == "number"


def test_a_locked_kiosk_closes_only_for_the_staff(kiosk: Kiosk, qtbot: QtBot) -> None:
    opened = Opened(kiosk, qtbot, locked=True)
    opened.show(UPRIGHT)
    opened.window.close()
    QTest.keyClick(opened.window, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(opened.window, Qt.Key.Key_Escape)
    assert opened.window.isVisible()
    opened.press("staff")
    for act, target in [("type", sign) for sign in "1002"] + [("enter", "")]:
        opened.press(act, target)
    for act, target in [("type", sign) for sign in "135790"] + [("enter", "")]:
        opened.press(act, target)
        opened.settle()
    assert opened.window.isVisible()
    opened.press("staff_close")
    opened.settle()
    assert not opened.window.isVisible()
    assert kiosk.reader.listener is None


def test_the_readers_news_reach_the_page(opened: Opened) -> None:
    opened.show(UPRIGHT)
    reader = opened.kiosk.reader
    assert reader.listener is not None
    reader.listener(ReaderChanged(ReaderState.LOST))
    opened.settle()
    card = next(
        key for key in opened.visible(KioskKey) if isinstance(key, KioskKey) and key.key.act == "card"
    )
    assert "暂时不能用" in card.accessibleName()


def test_a_locked_kiosk_ends_when_the_system_ends_the_program(kiosk: Kiosk, qtbot: QtBot) -> None:
    opened = Opened(kiosk, qtbot, locked=True)
    shell = Shell("自助机", Translator("zh_CN"))
    qtbot.addWidget(shell)
    shell.fill(opened.window)
    shell.show()
    shell.close()
    assert shell.isVisible()
    shell.end()
    assert not shell.isVisible()
    assert kiosk.reader.listener is None
