"""Papers on the A4 printer by command: once for a key, what became of it, what a person says (P1, M1)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.home import open_home
from counter_app.peripherals import Kind, Peripheral, Peripherals
from tests.integration.cli.conftest import Commands


@pytest.fixture
def paper(app: Commands) -> str:
    number: str = app.accepted()["papers"][0]
    return number


@pytest.fixture
def tray(app: Commands, tmp_path: Path) -> Path:
    """A folder in the place of the A4 printer."""
    folder = tmp_path / "tray"
    folder.mkdir()
    home = open_home(app.home)
    sheets = Peripheral(Kind.SHEET_PRINTER, "A4", f"{folder.as_uri()}/", simulated=True)
    replace(home, peripherals=Peripherals((*home.peripherals.declared, sheets))).save()
    return folder


# mission: P1
def test_a_sheet_is_printed_once_for_its_key(app: Commands, paper: str, tray: Path) -> None:
    done = app.json("paper", "print", paper, "--a5", "--key", "once", "--staff", "1002")
    assert (done["number"], done["end"], done["why"]) == (paper, "sent_unconfirmed", "printer.filed")
    (sheet,) = tray.iterdir()
    assert sheet.name.endswith("-A5.pdf")
    sheet.unlink()
    again = app.json("paper", "print", paper, "--a5", "--key", "once", "--staff", "1002")
    assert again["end"] == "sent_unconfirmed"
    assert list(tray.iterdir()) == []
    app.json("paper", "print", paper)
    assert [one.name[-6:] for one in tray.iterdir()] == ["A4.pdf"]


def test_how_each_ended_is_kept_and_a_person_says_the_rest(app: Commands, paper: str, tray: Path) -> None:
    assert app("paper", "sheets", paper).code == 1
    app.json("paper", "print", paper, "--staff", "1002")
    (one,) = app.json("paper", "sheets", paper)["prints"]
    assert (one["staff"], one["printer"], one["size"], one["end"]) == ("1002", "A4", "A4", "sent_unconfirmed")
    assert app.json("paper", "came-out", paper, "--printed", "yes")["end"] == "printed"
    (one,) = app.json("paper", "sheets", paper)["prints"]
    assert one["end"] == "printed"


def test_a_printer_that_is_away_answers_no(app: Commands, paper: str, tray: Path) -> None:
    tray.rmdir()
    assert app("paper", "print", paper).code == 1
    (one,) = app.json("paper", "sheets", paper)["prints"]
    assert (one["end"], one["code"]) == ("failed", "printer.file-refused")


def test_without_a_printer_nothing_is_ordered(app: Commands, paper: str) -> None:
    assert app.refused("paper", "print", paper) == "paper.no-sheet-printer"
    assert app.refused("paper", "came-out", paper, "--printed", "no") == "sheet.none"
    assert app("paper", "sheets", paper).code == 1
