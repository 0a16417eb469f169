"""Bytes as a printer reads them: the simulator decodes what the encoder wrote."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.lines import Run, TextLine, ThermalLines
from counter_app.domain.paper.model import BigNumber, Block, Pair, Paper, Qr, Text, Title
from counter_app.i18n import Translator
from counter_app.printing.escpos_encoder import EscposEncoder
from counter_app.printing.fonts import FontFiles
from counter_app.printing.raster import LinePainter
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.simulators.printer.decode import decode
from counter_app.simulators.printer.sheet import Sheet
from counter_app.use_cases.ports.printing import PrinterProfile
from tests.unit.domain.paper.samples import every_sample
from tests.unit.domain.paper.samples_intake import ticket
from tests.unit.domain.paper.strategies import ANY_TEXT, NASTY
from tests.unit.printing.printers import CLONE, NARROW, NO_CHINESE, NO_CUTTER, NO_QR, WIDE

ZH = Translator("zh_CN")


def paper(*blocks: Block) -> Paper:
    return Paper(kind="ticket", title="", number="", hall="", blocks=blocks)


def printed(data: bytes, profile: PrinterProfile) -> Sheet:
    (sheet,) = decode(data, profile.width_dots, clone=profile.swapped_chinese_size)
    assert sheet.rubbish == ()
    assert sheet.overflow == ()
    return sheet


@pytest.mark.parametrize(
    "profile", [WIDE, NARROW, CLONE, NO_CHINESE, NO_QR], ids=lambda profile: profile.name
)
@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_every_paper_prints_whole(
    renderer: BundledPaperRenderer, facts: PaperFacts, profile: PrinterProfile
) -> None:
    sheet = printed(renderer.thermal(build(facts, ZH), profile), profile)
    assert sheet.cut
    assert not sheet.cut_through
    if profile.native_qr:
        assert facts.head.qr_text in sheet.qr


def test_native_lines_read_as_laid_out(renderer: BundledPaperRenderer) -> None:
    made = build(ticket(), ZH)
    sheet = printed(renderer.thermal(made, WIDE), WIDE)
    wanted = [
        "".join(line.text.split())
        for line in renderer.lines(made, 48).lines
        if isinstance(line, TextLine) and line.runs
    ]
    found = ["".join(line.split()) for line in sheet.lines if line.strip() and not line.startswith("---")]
    assert found == wanted


@pytest.mark.parametrize("name", ["𠅤䶮", "ñ", "€5", "Ωмега"])
def test_only_the_line_that_gbk_lacks_is_drawn(renderer: BundledPaperRenderer, name: str) -> None:
    lines = paper(Pair("申请人", name), Pair("事项", "老年优待证"))
    sheet = printed(renderer.thermal(lines, WIDE), WIDE)
    assert "事项：  老年优待证" in sheet.text
    drawn = lay_out(lines, 48).lines[0]
    assert isinstance(drawn, TextLine)
    assert (len(sheet.rasters) == 1) == drawn.raster
    if drawn.raster:
        assert sheet.rasters[0][0] <= 576


def test_a_rare_name_stands_where_a_common_one_would(renderer: BundledPaperRenderer) -> None:
    """Drawn and printed characters share columns: ink begins at the same dot, within a stroke."""

    def first_ink(name: str) -> tuple[int, int]:
        image = printed(renderer.thermal(paper(Pair("申请人", name)), WIDE), WIDE).render()
        inked = image.point(lambda light: 255 if light < 128 else 0)
        box = inked.crop((32 + 8 * 12, 0, image.width, image.height)).getbbox()
        assert box is not None
        return box[0], box[2]

    rare, common = first_ink("䶮䶮"), first_ink("龑龑")
    assert abs(rare[0] - common[0]) <= 4
    assert abs(rare[1] - common[1]) <= 4


def test_the_two_fonts_draw_different_rare_characters() -> None:
    painter = LinePainter(FontFiles.bundled())

    def drawn(character: str) -> bytes:
        (line, _cut) = lay_out(paper(Text(character)), 48).lines
        assert isinstance(line, TextLine)
        return painter.line(line).tobytes()

    missing = drawn("\ue000")
    assert len({drawn("𠅤"), drawn("䶮"), drawn("𪚥"), missing}) == 4


def test_names_cannot_command_the_printer(renderer: BundledPaperRenderer) -> None:
    hostile = "张\x1b@\x1d(k\x03\x001A\x1dV\x00三\x10\x04\x01"
    sheet = printed(renderer.thermal(paper(Text(hostile)), WIDE), WIDE)
    assert sheet.qr == ()
    assert "张□@□(k□□1A□V□三□□□" in sheet.text


def test_every_chinese_line_turns_the_mode_on_at_its_start(renderer: BundledPaperRenderer) -> None:
    data = renderer.thermal(paper(Text("受理"), Text("A1"), Text("：")), WIDE)
    assert b"\x1c&" + "受理".encode("gbk") + b"\n\x1c.A1\n\x1c&" + "：".encode("gbk") + b"\n" in data


def test_money_is_the_yen_sign_gbk_has(renderer: BundledPaperRenderer) -> None:
    data = renderer.thermal(paper(Text("¥20.00")), WIDE)
    assert "￥20.00".encode("gbk") in data
    assert b"\x810\x846" not in data


def test_clones_get_their_size_bits_swapped() -> None:
    encoder = EscposEncoder(LinePainter(FontFiles.bundled()))
    tall = ThermalLines(48, (TextLine((Run(0, "办理", tall=2),)),))
    assert b"\x1d!\x01\x1c!\x08" in encoder.encode(tall, WIDE)
    assert b"\x1d!\x01\x1c!\x04" in encoder.encode(tall, CLONE)


def test_a_printer_without_chinese_gets_pictures_of_it(renderer: BundledPaperRenderer) -> None:
    data = renderer.thermal(paper(Text("受理"), Text("A012")), NO_CHINESE)
    sheet = printed(data, NO_CHINESE)
    assert sheet.lines == ("A012",)
    assert len(sheet.rasters) == 1


def test_a_printer_without_qr_gets_its_dots(renderer: BundledPaperRenderer) -> None:
    sheet = printed(renderer.thermal(paper(Qr("GSH1:ABC")), NO_QR), NO_QR)
    assert sheet.qr == ()
    assert len(sheet.rasters) == 1


def test_a_printer_without_cutter_feeds_to_the_tear_bar(renderer: BundledPaperRenderer) -> None:
    (sheet,) = decode(renderer.thermal(paper(Text("受理")), NO_CUTTER), 576)
    assert not sheet.cut


def test_the_ticket_number_is_resident_and_large(renderer: BundledPaperRenderer) -> None:
    data = renderer.thermal(paper(BigNumber("A012")), WIDE)
    assert b"\x1d!\x44" in data
    assert b"A012" in data


def test_lines_too_wide_for_the_printer_are_a_defect() -> None:
    encoder = EscposEncoder(LinePainter(FontFiles.bundled()))
    with pytest.raises(ValueError, match="columns"):
        encoder.encode(lay_out(paper(Text("受理")), 48), NARROW)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(ANY_TEXT, st.sampled_from([WIDE, NARROW, NO_CHINESE, CLONE]))
def test_any_text_prints_within_the_paper(
    renderer: BundledPaperRenderer, text: str, profile: PrinterProfile
) -> None:
    blocks = paper(Title(text), Text(text, size=2), Pair(text, text), BigNumber(text[:40]))
    printed(renderer.thermal(blocks, profile), profile)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_prints_within_the_paper(renderer: BundledPaperRenderer, text: str) -> None:
    printed(renderer.thermal(paper(Title(text), Text(text, size=2), Pair(text, text)), NARROW), NARROW)
