"""Pictures beside the checklist, by keys alone: taken, looked at, turned, removed (mission: M3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.devices.imaging.trouble import SourceAbsent
from counter_app.i18n import Translator
from counter_app.imaging.maker import PillowPictureMaker
from counter_app.store.picture_vault import FilePictureVault
from counter_app.ui.counter.window import build_counter_window
from counter_app.ui.theme.tokens import LIGHT
from counter_app.ui.widgets.picture_canvas import Canvas
from counter_app.use_cases.intake.pictures import Pictures
from counter_app.use_cases.ports.imaging import NamedPictureSource, PictureSource
from tests.support.pictures import packed, page
from tests.ui.counter.station import Station

RAW = packed(page((620, 877)))


@dataclass
class HandCamera:
    """A camera whose cable a test holds."""

    plugged: bool = True
    taken: int = 0
    source: str = "camera"
    pages: list[bytes] = field(default_factory=lambda: [RAW])

    def take(self) -> tuple[bytes, ...]:
        if not self.plugged:
            raise SourceAbsent("camera")
        self.taken += 1
        return tuple(self.pages)

    def kept(self) -> None:
        """Nothing is kept."""


class Beside(Station):
    """A counter with a camera and a scanner."""

    def __init__(self, folder: Path, t: Translator) -> None:
        super().__init__(folder, t)
        self.camera, self.scanner = HandCamera(), HandCamera(source="document-scanner")
        self.pictures = Pictures(
            self.hall.store,
            self.hall.reference,
            FilePictureVault(folder / "pictures"),
            PillowPictureMaker(),
            None,
        )
        self.window.close()
        self.window.deleteLater()
        self.deps = replace(
            self.deps,
            pictures=self.pictures,
            cameras=(self._named("高拍仪", self.camera), self._named("扫描仪", self.scanner)),
        )
        self.window = build_counter_window(self.deps, t)
        self.show()
        self.log_in()
        self.case = self.hall.case("0603", "zhang", married="no", has_children="no")
        self.window.work.take_case(self.case)
        self.settle()
        self.view = self.window.panels.pictures

    @staticmethod
    def _named(name: str, camera: HandCamera) -> NamedPictureSource:
        def opened() -> PictureSource:
            return camera

        return NamedPictureSource(name, opened)

    @property
    def materials(self) -> list[str]:
        return [line.material for line in self.hall.queries.case_view(self.case).lines]

    def pages(self, material: int = 0) -> list[str]:
        return [one.id for one in self.pictures.album(self.case).of(self.materials[material])]


@pytest.fixture
def beside(tmp_path: Path, qapp: QApplication) -> Iterator[Beside]:
    station = Beside(tmp_path, Translator("en"))
    yield station
    station.close()


def test_one_key_takes_a_picture_of_the_line_in_hand_and_shows_it(beside: Beside) -> None:
    beside.press(Qt.Key.Key_P)
    assert len(beside.pages()) == 1
    assert beside.view.isVisible()
    image = beside.view.canvas.image
    assert image is not None
    assert image.height() > image.width()
    beside.press(Qt.Key.Key_Escape)
    assert beside.view.isHidden()
    assert beside.focus is beside.window.panels.work.checklist
    shown = beside.window.panels.work.checklist.checks.rows[0]
    assert "1 pictures" in shown.because


def test_pages_and_materials_are_gone_through_with_the_arrows(beside: Beside) -> None:
    beside.press(Qt.Key.Key_P)
    beside.press(Qt.Key.Key_P)
    beside.press(Qt.Key.Key_Down)
    beside.press(Qt.Key.Key_P)
    assert (len(beside.pages(0)), len(beside.pages(1))) == (2, 1)
    assert beside.window.work.material == beside.materials[1]
    beside.press(Qt.Key.Key_Up)
    beside.press(Qt.Key.Key_Right)
    assert "page 2 of 2" in beside.view.canvas.accessibleDescription()


def test_a_page_taken_again_stands_in_its_place_and_one_goes_with_a_reason(beside: Beside) -> None:
    beside.press(Qt.Key.Key_P)
    beside.press(Qt.Key.Key_P)
    first, second = beside.pages()
    beside.press(Qt.Key.Key_Left)
    beside.press(Qt.Key.Key_V)
    again, same = beside.pages()
    assert again != first
    assert same == second
    beside.press(Qt.Key.Key_Delete)
    beside.type("1")
    assert beside.pages() == [second]
    gone = beside.pictures.album(beside.case).picture(again)
    assert gone is not None
    assert (gone.ended, gone.reason) == ("removed", "Blurred or cut off")
    assert beside.focus is beside.view


def test_three_quarter_turns_are_one_change_kept_when_the_page_is_left(beside: Beside) -> None:
    beside.press(Qt.Key.Key_P)
    before = beside.pages()
    for _ in range(3):
        beside.press(Qt.Key.Key_R)
    assert beside.pages() == before
    image = beside.view.canvas.image
    assert image is not None
    assert image.width() > image.height()
    beside.press(Qt.Key.Key_Escape)
    (turned,) = beside.pages()
    album = beside.pictures.album(beside.case)
    kept = album.picture(turned)
    assert kept is not None
    assert kept.width > kept.height
    assert len(album.pictures) == 2


def test_zoomed_in_the_arrows_move_and_out_again_they_turn_pages(beside: Beside) -> None:
    beside.press(Qt.Key.Key_P)
    beside.press(Qt.Key.Key_Plus)
    assert beside.view.canvas.zoomed
    beside.press(Qt.Key.Key_Down)
    assert beside.window.work.material == beside.materials[0]
    beside.press(Qt.Key.Key_Minus)
    beside.press(Qt.Key.Key_Down)
    assert beside.window.work.material == beside.materials[1]


def test_an_unplugged_camera_is_told_and_costs_nothing(beside: Beside) -> None:
    beside.camera.plugged = False
    beside.press(Qt.Key.Key_P)
    assert "Nothing answers" in beside.notice
    assert beside.pages() == []
    beside.camera.plugged = True
    beside.press(Qt.Key.Key_P)
    assert len(beside.pages()) == 1


def test_the_scanner_is_chosen_by_one_key_and_takes_all_its_pages(beside: Beside) -> None:
    beside.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    beside.scanner.pages = [RAW, packed(page((620, 877), seal=True))]
    beside.press(Qt.Key.Key_C)
    beside.type("2")
    beside.press(Qt.Key.Key_P)
    assert len(beside.pages()) == 2
    album = beside.pictures.album(beside.case)
    assert {one.source for one in album.pictures} == {"document-scanner"}


def test_a_file_is_taken_in_by_its_path_and_a_wrong_one_refused(beside: Beside, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(packed(page((620, 877)), "PNG"))
    (tmp_path / "b.png").write_bytes(b"no picture")
    beside.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    for name, count in (("b.png", 0), ("c.png", 0), ("a.png", 1)):
        beside.press(Qt.Key.Key_F)
        beside.type(str(tmp_path / name))
        beside.press(Qt.Key.Key_Return)
        assert len(beside.pages()) == count, name


def test_another_case_or_a_locked_screen_takes_the_picture_away(beside: Beside) -> None:
    beside.press(Qt.Key.Key_P)
    beside.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not beside.view.isVisible()
    beside.press(Qt.Key.Key_Return)
    other = beside.hall.case("0603", "zhang", married="no", has_children="no")
    beside.window.work.take_case(other)
    beside.settle()
    assert beside.view.isHidden()


def test_escape_takes_the_message_away_before_the_viewer(beside: Beside) -> None:
    beside.camera.plugged = False
    beside.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    beside.press(Qt.Key.Key_P)
    assert beside.notice
    beside.press(Qt.Key.Key_Escape)
    assert not beside.notice
    assert beside.view.isVisible()
    beside.press(Qt.Key.Key_Escape)
    assert not beside.view.isVisible()


def test_words_over_a_picture_stand_on_a_plate_of_their_own(beside: Beside) -> None:
    canvas = Canvas(beside.window.look, "picture")
    canvas.resize(300, 400)
    canvas.show_image(packed(Image.new("RGB", (300, 400), "black")), 0, "is taken")
    colours = {canvas.grab().toImage().pixelColor(150, y).name() for y in range(150, 250)}
    canvas.deleteLater()
    assert LIGHT.surface in colours


def test_a_file_that_is_not_there_is_said_to_be_missing(beside: Beside, tmp_path: Path) -> None:
    beside.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    beside.type("f")
    beside.type(str(tmp_path / "none.jpg"))
    beside.press(Qt.Key.Key_Return)
    assert "There is no file" in beside.notice
    assert beside.pages() == []
