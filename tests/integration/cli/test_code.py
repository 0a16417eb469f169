"""`code what` and `code mrz`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_app.bootstrap.machine import ThisMachine
from counter_app.cli.main import run
from counter_app.simulators.scanner.documents import DOCUMENTS
from tests.integration.cli.conftest import Commands


@pytest.mark.parametrize(
    ("text", "kind", "exit_code"), [("ticket:k1.1.2", "ticket", 0), ("GSH1:AB", "half", 1)]
)
def test_a_scan_is_told_by_kind(
    text: str, kind: str, exit_code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["code", "what", text, "--json"], ThisMachine()) == exit_code
    assert json.loads(capsys.readouterr().out)["kind"] == kind


# mission: I1 M3
def test_an_items_code_is_told_by_the_homes_catalogue(app: Commands, tmp_path: Path) -> None:
    assert app.json("code", "what", "0603")["kind"] == "item"
    assert app.json("code", "what", "ticket:k1.1.2")["kind"] == "ticket"
    foreign = app("code", "what", "0699")
    assert (foreign.code, "不是本大厅的号票、办件、文书或事项" in foreign.out) == (1, True)
    bare = Commands(tmp_path / "nothing")("code", "what", "0603")
    assert (bare.code, "不认识任何事项编码" in bare.out) == (1, True)


def test_the_lines_of_a_passport_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "mrz", *DOCUMENTS["td3"].split("\n"), "--json"], ThisMachine()) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["kind"], read["number"], read["birth"]) == ("passport", "L898902C3", "1974-08-12")


def test_lines_with_one_sign_lost_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = DOCUMENTS["td3"].split("\n")
    assert run(["code", "mrz", first, second[1:]], ThisMachine()) == 3
    assert "[mrz.damaged]" in capsys.readouterr().err


def test_the_page_that_sets_scanners_up_is_written(tmp_path: Path) -> None:
    assert run(["code", "sheet", "--out", str(tmp_path / "sheet.pdf")], ThisMachine()) == 0
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
