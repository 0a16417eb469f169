"""The preview draws what the printer gets: columns kept, codes that can be read back."""

from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from counter_app.domain.paper.lines import CutLine, QrLine, RuleLine, Run, TextLine, ThermalLines
from counter_app.ui.theme.look import Look
from counter_app.ui.widgets.paper import PaperPreview, code128_modules, qr_rows

LINES = ThermalLines(
    48,
    (
        TextLine((Run(8, "一次性告知书", 2, 2, True),)),
        RuleLine(),
        TextLine((Run(0, "申请人："), Run(8, "阿卜杜拉·买买提"))),
        QrLine("https://example.cn/v?n=1", "M", 25, 5),
        CutLine(),
    ),
)


def test_the_paper_grows_with_its_lines(qtbot: QtBot, look: Look) -> None:
    preview = PaperPreview(look, "Paper")
    qtbot.addWidget(preview)
    assert preview.heightForWidth(300) == 0
    preview.set_lines(LINES)
    short = preview.heightForWidth(300)
    preview.set_lines(ThermalLines(48, LINES.lines + LINES.lines))
    assert preview.heightForWidth(300) > short > 0
    assert "阿卜杜拉·买买提" in preview.accessibleDescription()


def test_ink_stays_within_the_paper(qtbot: QtBot, look: Look) -> None:
    preview = PaperPreview(look, "Paper")
    qtbot.addWidget(preview)
    preview.set_lines(ThermalLines(32, (TextLine((Run(0, "满" * 16),)),) * 3))
    preview.resize(400, preview.heightForWidth(400))
    image = preview.grab().toImage()
    paper = QColor(look.theme.paper).rgb()
    row = image.height() // 2
    inked = [x for x in range(image.width()) if QColor(image.pixel(x, row)).lightness() < 120]
    papered = [x for x in range(image.width()) if image.pixel(x, row) == paper]
    assert inked
    assert min(papered) < min(inked)
    assert max(inked) < max(papered)


def test_bar_codes_are_code_128() -> None:
    # as python-barcode 0.16 draws the same text in set B
    expected = (
        "1101001000010100011000100010110001000100011010011100110110011100101100101110011110010010100110111"
        "001110010110011011110110111011000101100011101011"
    )
    assert "".join("1" if dark else "0" for dark in code128_modules("ABC123x-9z")) == expected


def test_qr_codes_have_the_size_the_layout_reserved() -> None:
    rows = qr_rows("https://example.cn/v?n=1", "M")
    assert len(rows) == 25
    assert all(len(row) == 25 for row in rows)
