"""The page that sets scanners up: one page, words in the reader's language, codes a scanner can read."""

from __future__ import annotations

import pypdfium2
import pytest
from reportlab.graphics.barcode.code128 import Code128

from counter_app.domain.scanning.codes import CodeKind, recognise
from counter_app.i18n import Translator
from counter_app.printing.scanner_sheet import PARTS, scanner_sheet


@pytest.mark.parametrize(("language", "title"), [("zh_CN", "扫码枪设置"), ("en", "Setting scanners up")])
def test_one_page_in_the_readers_language(language: str, title: str) -> None:
    with pypdfium2.PdfDocument(scanner_sheet(Translator(language))) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert len(pages) == 1
    assert title in pages[0]


def test_its_last_code_is_the_one_the_counter_knows() -> None:
    codes = [step.code for part in PARTS for step in part.steps if step.code]
    assert recognise(codes[-1]).kind is CodeKind.SETUP
    for code in codes:
        assert Code128(code).wrap(0, 0)[0] < 500  # points: it fits the page
