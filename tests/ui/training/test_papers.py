"""Papers as they come out of the simulated printer, and its troubles by key."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from counter_app.i18n import Translator
from counter_app.simulators.printer.faults import Fault
from counter_app.ui.theme.look import Look
from counter_app.ui.training.models import paper_model
from counter_app.ui.training.paper_presenter import PaperPicture
from counter_app.ui.training.window import PaperPane, build_training_window
from tests.ui.training.glass import CARDS, HandControl


def paper(folder: Path, number: int) -> None:
    Image.new("RGB", (576, 200), "white").save(folder / f"{number:03d}.png")


def test_the_newest_paper_stands_on_top_as_it_appears(
    tmp_path: Path, look: Look, t: Translator, qtbot: QtBot
) -> None:
    paper(tmp_path, 2)
    window = build_training_window(tmp_path, HandControl(), (), (), look, t)
    window.show()
    pane = window.panes[0]
    assert isinstance(pane, PaperPane)
    (tmp_path / ".003.new").write_bytes(b"half")
    (tmp_path / "003.escpos").write_bytes(b"bytes")
    paper(tmp_path, 10)
    qtbot.waitUntil(lambda: [row.name for row in pane.model.rows] == ["010", "002"], timeout=3000)
    assert pane.list.accessibleName()
    assert pane.list.sizeHintForIndex(pane.model.index(0, 0)).height() >= 150
    window.close()


def test_a_folder_that_is_not_there_yet_shows_nothing(
    tmp_path: Path, look: Look, t: Translator, qtbot: QtBot
) -> None:
    window = build_training_window(tmp_path / "later", HandControl(), (), (), look, t)
    pane = window.panes[0]
    assert isinstance(pane, PaperPane)
    assert pane.model.rows == ()
    window.close()


def test_every_fault_is_one_the_simulator_makes(
    tmp_path: Path, look: Look, t: Translator, qtbot: QtBot
) -> None:
    control = HandControl()
    window = build_training_window(tmp_path, control, CARDS, (("读卡器", HandControl()),), look, t)
    pane = window.panes[1]
    assert isinstance(pane, PaperPane)
    for fault in (pane.presenter.paper_out, pane.presenter.cover_open, pane.presenter.silent):
        fault()
    pane.presenter.mend()
    *faults, last = control.said
    assert [Fault.parse(said.removeprefix("fault ")).amount for said in faults] == [0, 0, 0]
    assert last == "mend"
    window.close()


def test_the_model_keeps_qts_contract(t: Translator, qtbot: QtBot) -> None:
    model = paper_model(t)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    pictures = tuple(PaperPicture(f"{n:03d}", Path(f"{n}.png")) for n in (2, 1))
    for rows in (pictures, pictures[:1], ()):
        model.set_rows(rows)
        assert model.rows == rows
    assert tester.model() is model
