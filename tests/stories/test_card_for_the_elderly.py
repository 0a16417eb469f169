"""An old citizen gets his card at the counter: photo taken, card issued, checked, printed again, erased
(mission: P9).
"""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from counter_app.bootstrap.demo_home import make_demo
from counter_app.bootstrap.machine import ThisMachine
from counter_app.bootstrap.program import open_program
from counter_app.cli.main import run
from counter_app.peripherals import checked
from tests.support.pictures import packed, page


class Home:
    """A training home with a folder for a card printer, worked by commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = make_demo(folder / "home")
        self.plastic = folder / "plastic"
        self.plastic.mkdir()

    def declare_printer(self) -> None:
        entry = {"kind": "card-printer", "name": "cards", "url": f"{self.plastic.as_uri()}/"}
        known = self.home.peripherals.described()
        replace(self.home, peripherals=checked([*known, entry], training=True)).save()

    def do(self, *words: object) -> tuple[int, Any]:
        out, error = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(error):
            code = run([*map(str, words), "--home", str(self.home.path), "--json"], ThisMachine())
        said = out.getvalue() or error.getvalue()
        return code, json.loads(said) if said.strip().startswith(("{", "[")) else said

    def answer(self, *words: object) -> Any:
        code, said = self.do(*words)
        assert code == 0, said
        return said


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("cards"))


# mission: P9 M2
def test_from_photo_to_plastic(home: Home, tmp_path: Path) -> None:
    case = home.answer("case", "open")["case"]
    born = ("--birth", "1950-05-06", "--sex", "1", "--number", "110101195005060011")
    home.answer("case", "person", case, "--role", "applicant", "--name", "张三", *born)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(packed(page((300, 400))))
    picture = home.answer("case", "picture", "add", case, photo, "--as-it-is")["picture"]
    card = home.answer(
        "case", "card", "issue", case, "--kind", "elder", "--photo", picture, "--blank", "A0001"
    )
    assert "优" in card["number"]

    drawn = tmp_path / "card.png"
    home.answer("case", "card", "png", case, card["card"], drawn, "--reason", "核对")
    assert Image.open(io.BytesIO(drawn.read_bytes())).size == (1011, 638)
    pdf = tmp_path / "card.pdf"
    home.answer("case", "card", "pdf", case, card["card"], pdf, "--reason", "核对", "--right", "0.5")
    assert pdf.read_bytes().startswith(b"%PDF")

    code, told = home.do("case", "card", "print", card["card"])
    assert (code, told["error"]["code"]) == (3, "card.no-printer")
    home.declare_printer()
    home.answer("case", "card", "print", card["card"])
    code, told = home.do("case", "card", "print", card["card"])
    assert (code, told["error"]["code"]) == (3, "card.reason-needed")
    home.answer("case", "card", "print", card["card"], "--reason", "第一张打坏了")
    assert len(list(home.plastic.glob("*-CR80.pdf"))) == 1
    (row,) = home.answer("case", "card", "list", case)
    assert (row["blank"], row["prints"]) == ("A0001", 2)


def test_who_is_too_young_gets_the_service_card_only(home: Home) -> None:
    case = home.answer("case", "open")["case"]
    code, told = home.do("case", "card", "issue", case, "--kind", "service")
    assert (code, told["error"]["code"]) == (3, "card.no-person")
    home.answer(
        "case",
        "person",
        case,
        "--role",
        "applicant",
        "--name",
        "李四",
        "--document",
        "other",
        "--birth",
        "1990-01-01",
    )
    code, told = home.do("case", "card", "issue", case, "--kind", "elder")
    assert (code, told["error"]["code"]) == (3, "card.too-young")
    first = home.answer("case", "card", "issue", case, "--kind", "service")
    second = home.answer("case", "card", "issue", case, "--kind", "service")
    assert first["number"] != second["number"]


def test_the_code_on_a_card_is_verified_as_genuine(home: Home) -> None:
    case = home.answer("case", "open")["case"]
    home.answer(
        "case",
        "person",
        case,
        "--role",
        "applicant",
        "--name",
        "李四",
        "--document",
        "other",
        "--birth",
        "1950-01-01",
    )
    card = home.answer("case", "card", "issue", case, "--kind", "elder")["card"]
    with open_program(home.home.path) as program:
        code = program.cards.facts(card).qr
        assert program.papers.verify(code).result == "genuine"
