"""Names as they are, on rolls of both widths and in files (mission: P1, P13; papers.md).

What the printer decoded is compared with what people must be able to read: no character lost, nothing
beyond the edge, the name in a PDF as text that can be copied out.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.columns import lay_out
from counter_app.i18n import Translator
from counter_app.use_cases.intake.inputs import Decided, PersonInput
from tests.support.demo import (
    CLERK,
    DemoHall,
    card_reading,
    hand_keeper,
    opened_demo,
    squeezed,
)

A_LINE = 60  # dots: a line that the printer's own font cannot print is drawn, and lower than this


def accepted(hall: DemoHall, who: str) -> Decided:
    """A case of the citizen whose card is read from the simulated reader."""
    intake = hall.program.intake
    case = intake.open_case(CLERK, hall.key())
    with card_reading(hall) as cards:
        card = PersonInput.from_card(cards.lay(who))
    intake.record_person(CLERK, hall.key(), case, "applicant", card)
    intake.choose_item(CLERK, hall.key(), case, "0603")
    for question in ("married", "has_children"):
        intake.answer(CLERK, hall.key(), case, question, "no")
    hall.mark_all(case)
    return intake.decide(CLERK, hall.key(), case, "accept")


def copied_out(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


@pytest.mark.parametrize("width", [80, 58])
@pytest.mark.parametrize(("who", "name"), [("abdul", "阿卜杜拉·买买提"), ("rare", "王𠅤䶮")])
def test_a_name_is_right_on_the_roll(
    training_home: Path, tmp_path: Path, width: int, who: str, name: str
) -> None:
    with opened_demo(training_home, tmp_path, width=width) as hall, hand_keeper(hall) as keeper:
        decided = accepted(hall, who)
        keeper.work()
        assert hall.only_job().state == "printed"
        if width == 80:
            sheet = hall.printed(decided.papers[0])
        else:  # the small printer has no knife: its paper hangs until it is torn off
            sheet = hall.hanging()
        assert sheet.width == {80: 576, 58: 384}[width]
        _, facts = hall.program.papers.facts(hall.paper(decided).id)
    lines = lay_out(build(facts, Translator("zh_CN")), {80: 48, 58: 32}[width])
    (drawn,) = [line for line in lines.text.split("\n") if name in line]
    if who == "rare":  # GBK lacks both characters: this line, and no other, comes as dots
        assert drawn.strip() not in sheet.text
        assert len([size for size in sheet.rasters if size[1] < A_LINE]) == 1
        assert len(sheet.rasters) == 2  # the line and the QR code
    else:
        assert drawn.rstrip() in sheet.lines
        assert len(sheet.rasters) == 1
    assert squeezed(sheet.text).count("受理通知书") >= 1
    assert len(sheet.qr) == 1


@pytest.mark.parametrize("size", ["A4", "A5"])
def test_a_name_can_be_copied_out_of_the_pdf(training_home: Path, tmp_path: Path, size: str) -> None:
    with opened_demo(training_home, tmp_path) as hall:
        texts = {}
        for who in ("abdul", "rare"):
            paper = hall.paper(accepted(hall, who))
            assert paper.sheet
            pdf = hall.program.paper_reading.pdf(paper.id, Translator("zh_CN"), size)  # type: ignore[arg-type]  # a parameter of the test
            texts[who] = copied_out(pdf)
            assert paper.number in squeezed(texts[who])
        assert "阿卜杜拉·买买提" in texts["abdul"]
        assert "王𠅤䶮" in texts["rare"]
        assert "演练无效" in squeezed(texts["abdul"])
        assert list(hall.home.papers.iterdir()) == []  # no readable copy is left in the home
