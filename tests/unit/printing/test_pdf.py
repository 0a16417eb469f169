"""Sheets: what is copied out is what was written; nothing in a text is obeyed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.codec import reprinted
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.model import (
    Column,
    Entry,
    Heading,
    Numbered,
    Pair,
    Paper,
    Qr,
    SignatureLine,
    Table,
    Text,
    Title,
)
from counter_app.domain.paper.width import clean
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.pdf_fonts import to_unicode_map
from counter_app.printing.pictures import page_pictures, page_texts
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.printing.sheet import Geometry
from tests.unit.domain.paper.samples import every_sample, form
from tests.unit.domain.paper.samples_intake import acceptance, correction_notice, once_only_notice
from tests.unit.domain.paper.strategies import ANY_TEXT

ZH = Translator("zh_CN")
SHEETS: tuple[Literal["A4", "A5"], ...] = ("A4", "A5")


def squeezed(texts: list[str]) -> str:
    return "".join("".join(texts).split())


def titled(text: str) -> Paper:
    return Paper(
        kind="ticket", title=text, number="1", hall=text, blocks=(Title("标题"), Text(text)), page_foot=text
    )


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_every_paper_reads_back(
    renderer: BundledPaperRenderer, facts: PaperFacts, size: Literal["A4", "A5"]
) -> None:
    pages = page_texts(renderer.pdf(build(facts, ZH), size))
    text = squeezed(pages)
    assert squeezed([facts.head.number]) in text
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in squeezed([page])


def test_rare_names_can_be_copied_out(renderer: BundledPaperRenderer) -> None:
    text = squeezed(page_texts(renderer.pdf(build(correction_notice(), ZH), "A4")))
    assert "𠅤䶮" in text
    assert "阿卜杜拉·买买提" in squeezed(page_texts(renderer.pdf(build(once_only_notice(), ZH))))


def test_every_plane_of_a_full_font_can_be_copied_out(renderer: BundledPaperRenderer) -> None:
    """More than 256 characters, so several subsets of one font, beyond U+FFFF too."""
    common = "".join(map(chr, range(0x4E00, 0x4E00 + 300)))
    rare = "".join(map(chr, range(0x20000, 0x20000 + 300)))
    text = squeezed(page_texts(renderer.pdf(titled(common + rare), "A4")))
    assert common in text
    assert rare in text


def test_the_unicode_map_is_utf_16() -> None:
    shown = to_unicode_map("AAAAAA+Font", [0, 0x4E00, 0x20164])
    assert "<01> <4E00>" in shown
    assert "<02> <D840DD64>" in shown
    assert "<00> <00" not in shown


def test_mark_up_in_a_name_is_a_name(renderer: BundledPaperRenderer) -> None:
    name = "<img src='/etc/passwd'/><para>&amp;</b>"
    pdf = renderer.pdf(titled(name), "A4")
    assert squeezed([name]) in squeezed(page_texts(pdf))
    assert b"/URI" not in pdf


def test_the_same_paper_gives_the_same_bytes(renderer: BundledPaperRenderer) -> None:
    made = build(acceptance(), ZH)
    first = renderer.pdf(made, "A4")
    renderer.pdf(build(form(), ZH), "A5")
    assert renderer.pdf(made, "A4") == first
    assert BundledPaperRenderer(FontFiles.bundled()).pdf(made, "A4") == first


def test_fonts_are_embedded_as_subsets(renderer: BundledPaperRenderer) -> None:
    pdf = renderer.pdf(build(correction_notice(), ZH), "A4")
    assert len(pdf) < 200_000
    names = set(re.findall(rb"/BaseFont /([A-Za-z+]+)", pdf))
    assert names
    assert all(b"+" in name for name in names if name != b"Helvetica")
    assert pdf.count(b"/FontFile2") >= 3


def test_an_exercise_says_so_across_every_page(renderer: BundledPaperRenderer) -> None:
    facts = acceptance()
    drill = replace(facts, head=replace(facts.head, training=True))
    pages = page_texts(renderer.pdf(build(drill, ZH), "A5"))
    assert len(pages) > 1
    assert all("演练无效" in squeezed([page]) for page in pages)
    assert "演练无效" not in squeezed(page_texts(renderer.pdf(build(facts, ZH), "A5")))


def test_a_reprint_says_so(renderer: BundledPaperRenderer) -> None:
    text = squeezed(page_texts(renderer.pdf(build(reprinted(acceptance(), 2, "遗失"), ZH))))
    assert "补打1原因：遗失" in text


def test_the_seal_has_its_place_on_a_sheet(renderer: BundledPaperRenderer) -> None:
    text = squeezed(page_texts(renderer.pdf(build(acceptance(), ZH))))
    assert "（盖章处）" in text
    assert "小票" not in text


def test_pages_become_pictures(renderer: BundledPaperRenderer) -> None:
    (page, *_rest) = page_pictures(renderer.pdf(build(acceptance(), ZH)))
    assert page.startswith(b"\x89PNG")


def test_missing_fonts_are_named() -> None:
    with pytest.raises(UserFacingError) as caught:
        FontFiles.bundled(FontFiles.bundled().regular.parent / "nowhere")
    assert caught.value.code == "paper.font-missing"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(ANY_TEXT, st.sampled_from(SHEETS))
def test_any_text_makes_a_sheet(renderer: BundledPaperRenderer, text: str, size: Literal["A4", "A5"]) -> None:
    blocks = (
        Title(text),
        Heading(text, large=True),
        Text(text * 20),
        Pair(text, text * 30),
        Table((Column(text), Column("乙")), ((text * 9, text),)),
        Numbered((Entry(text, text, (text,), text, text),)),
        SignatureLine(text, text),
        Qr(text, (text,)),
    )
    made = Paper(kind="x", title=text, number=text, hall=text, blocks=blocks, watermark=text, page_foot=text)
    assert page_texts(renderer.pdf(made, size))


def test_a_cell_longer_than_a_page_goes_on_overleaf(renderer: BundledPaperRenderer) -> None:
    long = "长" * 4000
    made = replace(titled("短"), blocks=(Pair("理由", long),))
    pages = page_texts(renderer.pdf(made, "A5"))
    assert len(pages) > 2
    assert squeezed(pages).count("长") == len(clean(long))


def test_letters_shrink_a_little_rather_than_leave_a_last_page_nearly_empty(
    renderer: BundledPaperRenderer,
) -> None:
    lines = [Text(f"第 {number} 行") for number in range(1, 120)]

    def pages(count: int) -> int:
        paper = Paper(kind="guide", title="长", number="1", hall="厅", blocks=tuple(lines[:count]))
        return len(page_texts(renderer.pdf(paper, "A4")))

    counts = [pages(count) for count in range(30, 60)]
    assert counts == sorted(counts)
    usual = Geometry.of("A4")
    fit = int(usual.room // (usual.text * 1.5 + 2))
    assert counts[fit + 2 - 30] == 1  # two lines too many for a page at the usual size
    assert pages(fit + 20) == 2  # too many to squeeze: the usual size stays
