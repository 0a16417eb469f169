"""Golden files: every kind on 58 mm, 80 mm and A4, as it was looked at and found right.

After a change that is meant, write them anew and look at the difference:

    UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/unit/printing/test_golden.py -n 0
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts import PaperFacts, PaperKind
from counter_app.i18n import Translator
from counter_app.printing.pictures import page_texts
from counter_app.printing.renderer import BundledPaperRenderer
from tests.unit.domain.paper.samples import every_sample
from tests.unit.printing.printers import NARROW, WIDE

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
ZH = Translator("zh_CN")


def hold(name: str, made: bytes) -> None:
    path = GOLDEN / name
    if UPDATE:
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(made)
    assert made == path.read_bytes(), f"{name} has changed: see the head of this file"


@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_rolls_are_as_they_were(renderer: BundledPaperRenderer, facts: PaperFacts) -> None:
    made = build(facts, ZH)
    for paper, profile in ((80, WIDE), (58, NARROW)):
        hold(f"{facts.kind}-{paper}.txt", renderer.lines(made, profile.columns).text.encode())
        hold(f"{facts.kind}-{paper}.escpos", renderer.thermal(made, profile))


@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_sheets_are_as_they_were(renderer: BundledPaperRenderer, facts: PaperFacts) -> None:
    pages = page_texts(renderer.pdf(build(facts, ZH), "A4"))
    text = "\n\f\n".join(pages).replace("\r\n", "\n") + "\n"
    hold(f"{facts.kind}-A4.txt", text.encode())


def test_no_golden_file_is_left_over() -> None:
    wanted = {
        f"{kind}-{rest}"
        for kind in PaperKind
        for rest in ("80.txt", "80.escpos", "58.txt", "58.escpos", "A4.txt")
    }
    assert {path.name for path in GOLDEN.iterdir()} == wanted
