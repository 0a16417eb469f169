"""Cards as pictures and PDFs: as large as a card, nothing cut off, set right for a printer, code and photo
there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from counter_app.domain.paper.cards import (
    HEIGHT,
    SIDES,
    WIDTH,
    CardFacts,
    Words,
    old_enough,
    pack_facts,
    pieces,
    unpack_facts,
)
from counter_app.printing.cards import CardFit, CardPainter
from counter_app.printing.fonts import FontFiles
from tests.support.pictures import packed

PAINTER = CardPainter(FontFiles.bundled())
FACTS = CardFacts(
    kind="elder",
    number="南环优〔2026〕3-0012-7",
    name="张伟",
    sex="1",
    birth=date(1950, 5, 6),
    hall="南环街道便民服务中心",
    line="010-12345678",
    issued=date(2026, 11, 23),
    qr="GSH1:" + "A7B8C9D0" * 20,
)
PHOTO = packed(Image.new("RGB", (600, 780), (20, 90, 200)))


def drawn(facts: CardFacts, side: str = "front", fit: CardFit | None = None) -> Image.Image:
    known = next(one for one in SIDES if one == side)
    return Image.open(BytesIO(PAINTER.png(facts, known, fit))).convert("RGB")


@pytest.mark.parametrize("side", SIDES)
def test_a_picture_is_of_300_dpi_and_as_large_as_a_card(side: str) -> None:
    image = Image.open(BytesIO(PAINTER.png(FACTS, "front" if side == "front" else "back")))
    assert image.size == (1011, 638)
    assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_the_pages_of_the_pdf_are_as_large_as_a_card_and_always_the_same() -> None:
    made = PAINTER.pdf(FACTS)
    assert made == PAINTER.pdf(FACTS)
    boxes = re.findall(rb"/MediaBox \[ ([0-9. ]+) \]", made)
    sizes = [tuple(float(number) for number in box.split()) for box in boxes]
    assert sizes == [pytest.approx((0, 0, WIDTH * 72 / 25.4, HEIGHT * 72 / 25.4), abs=0.01)] * 2


def test_the_photo_is_in_its_place_and_without_one_the_place_says_so() -> None:
    at = (round(15.5 * 300 / 25.4), round(31 * 300 / 25.4))
    with_photo = drawn(replace(FACTS, photo=PHOTO)).getpixel(at)
    assert isinstance(with_photo, tuple)
    assert with_photo[2] > 180
    for nothing in (b"", b"GIF89a", PHOTO[:200], b"<svg/>"):
        assert ImageChops.difference(drawn(replace(FACTS, photo=nothing)), drawn(FACTS)).getbbox() is None


def test_an_offset_moves_and_a_scale_keeps_the_middle() -> None:
    moved = drawn(FACTS, fit=CardFit(right=2.0, down=1.0))
    band = moved.getpixel((round(1.0 * 300 / 25.4), 300))
    assert band == (255, 255, 255)
    head = (round(1.0 * 300 / 25.4), round(5 * 300 / 25.4))
    assert drawn(FACTS).getpixel(head) != (255, 255, 255)
    assert moved.getpixel(head) == (255, 255, 255)
    small = drawn(FACTS, fit=CardFit(scale=0.9))
    assert small.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    "name", ["张", "阿卜杜拉·买买提艾力·吐尔逊江·热合曼", "𠮷野家", "Q" * 60, "<b>&amp;", "\u202e张三"]
)
def test_any_name_stays_on_the_card(name: str) -> None:
    image = drawn(replace(FACTS, name=name))
    margin = image.crop((1011 - 30, 170, 1011, 638 - 30))
    assert len(margin.getcolors() or ()) == 1, "words run over the edge"
    assert PAINTER.pdf(replace(FACTS, name=name)).startswith(b"%PDF")


def test_training_is_said_on_both_sides() -> None:
    for side in SIDES:
        words = [
            piece.text for piece in pieces(replace(FACTS, training=True), side) if isinstance(piece, Words)
        ]
        assert "演练无效" in words
        assert "演练无效" not in [p.text for p in pieces(FACTS, side) if isinstance(p, Words)]


@pytest.mark.parametrize(
    ("birth", "today", "old"),
    [
        (date(1966, 11, 23), date(2026, 11, 23), True),
        (date(1966, 11, 24), date(2026, 11, 23), False),
        (date(1964, 2, 29), date(2024, 2, 28), False),
        (date(1964, 2, 29), date(2025, 3, 1), True),
        (None, date(2026, 1, 1), False),
    ],
)
def test_sixty_years_are_counted_to_the_day(birth: date | None, today: date, old: bool) -> None:
    assert old_enough(birth, today) is old


# mission: P9
def test_a_card_says_as_much_of_a_birth_as_is_known() -> None:
    facts = replace(FACTS, birth=None, birth_part="1950")
    said = {piece.text for piece in pieces(facts, "front") if isinstance(piece, Words)}
    assert {"出　生", "1950"} <= said
    assert unpack_facts(pack_facts(facts)) == facts
