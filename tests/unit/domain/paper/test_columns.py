"""Layout on a roll: never wider than the paper, values in line, codes that fit."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.codes import fit_barcode, fit_qr, qr_version
from counter_app.domain.paper.columns import colon, lay_out
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.lines import BarcodeLine, CutLine, QrLine, TextLine, ThermalLines
from counter_app.domain.paper.model import (
    BigNumber,
    Block,
    Column,
    Entry,
    Numbered,
    Pair,
    Paper,
    Qr,
    Table,
    Text,
    Title,
)
from counter_app.i18n import Translator
from tests.unit.domain.paper.samples import every_sample
from tests.unit.domain.paper.strategies import ANY_TEXT

ZH = Translator("zh_CN")


def paper(*blocks: Block) -> Paper:
    return Paper(kind="ticket", title="", number="", hall="", blocks=blocks)


def text_lines(lines: ThermalLines) -> list[TextLine]:
    return [line for line in lines.lines if isinstance(line, TextLine)]


def assert_fits(lines: ThermalLines) -> None:
    for line in lines.lines:
        match line:
            case TextLine():
                column = 0
                for run in line.runs:
                    assert run.column >= column
                    column = run.end
                assert column <= lines.columns
            case QrLine():
                assert line.modules * line.dots <= lines.dots
            case BarcodeLine():
                assert (11 * (len(line.text) + 2) + 13) * line.dots <= lines.dots
    assert isinstance(lines.lines[-1], CutLine)


def with_text_everywhere(value: Any, text: str) -> Any:
    """The same facts with `text` in every field that holds free text."""
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(with_text_everywhere(entry, text) for entry in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = {"part", "unit", "end", "amendment", "manner", "about", "back"}  # words of a closed set
        changed = {
            entry.name: with_text_everywhere(getattr(value, entry.name), text)
            for entry in fields(value)
            if entry.name not in kept
        }
        return replace(value, **changed)
    return value


@pytest.mark.parametrize("columns", [32, 48])
@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_every_kind_fits_its_roll(facts: PaperFacts, columns: int) -> None:
    assert_fits(lay_out(build(facts, ZH), columns))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(every_sample()), ANY_TEXT.filter(bool), st.sampled_from([32, 48]))
def test_any_text_in_every_field_fits(facts: PaperFacts, text: str, columns: int) -> None:
    assert_fits(lay_out(build(with_text_everywhere(facts, text), ZH), columns))


def test_a_roll_too_narrow_is_refused() -> None:
    with pytest.raises(ValueError, match="24"):
        lay_out(paper(), 20)


def test_values_of_neighbouring_pairs_line_up_and_hang() -> None:
    lines = text_lines(lay_out(paper(Pair("事项", "甲"), Pair("申请人", "阿卜杜拉" * 6)), 32))
    assert [line.runs[-1].column for line in lines] == [8, 8, 8]
    assert lines[0].text == "事项：  甲"


def test_a_label_too_long_stands_above_its_value() -> None:
    first, second = text_lines(lay_out(paper(Pair("统一社会信用代码或组织机构代码", "91")), 32))
    assert first.text == "统一社会信用代码或组织机构代码："
    assert second.runs[0].column == 2


def test_an_empty_value_leaves_room_to_write() -> None:
    (line,) = text_lines(lay_out(paper(Pair("现居住地", "")), 32))
    assert line.text == "现居住地：" + "_" * 22


def test_a_title_is_doubled_where_it_fits_and_never_distorted() -> None:
    (wide,) = text_lines(lay_out(paper(Title("受理通知书")), 32))
    (long,) = text_lines(lay_out(paper(Title("不予行政许可决定书")), 32))
    assert (wide.runs[0].across, wide.runs[0].tall) == (2, 2)
    assert (long.runs[0].across, long.runs[0].tall) == (1, 1)
    assert wide.runs[0].column == (32 - 20) // 2


def test_the_ticket_number_is_the_largest_thing() -> None:
    (line,) = text_lines(lay_out(paper(BigNumber("A012")), 48))
    assert line.runs[0].across == 5
    (long,) = text_lines(lay_out(paper(BigNumber("A01234567890")), 32))
    assert long.runs[0].across == 2


def test_numbered_entries_hang_with_amounts_at_the_right() -> None:
    entries = (Entry("居民身份证", "原件 1 份", ("核验后退还",)), Entry("证明" * 14, "复印件 1 份"))
    lines = text_lines(lay_out(paper(Numbered(entries)), 32))
    assert lines[0].runs[-1].end == 32
    assert lines[1].runs[0].column == 3
    assert lines[2].runs[0].text == "2."
    assert lines[4].text == "   复印件 1 份"


def test_table_cells_stay_in_their_columns() -> None:
    table = Table((Column("材料"), Column("原件", 1, "right")), (("一" * 30, "1"),))
    lines = text_lines(lay_out(paper(table), 32))
    assert lines[0].runs[1].end == 32
    assert all(line.runs[0].end <= 27 for line in lines)


def test_a_table_with_too_many_columns_is_stacked() -> None:
    table = Table(tuple(Column(f"栏{number}") for number in range(8)), (tuple("12345678"),))
    lines = text_lines(lay_out(paper(table), 32))
    assert lines[0].text == "栏0：1"


def test_a_table_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell"):
        Table((Column("a"), Column("b")), (("1",),))


def test_colons_follow_the_script() -> None:
    assert [colon("事项"), colon("Item"), colon("事项："), colon("")] == ["事项：", "Item: ", "事项：", ""]


@given(st.text(max_size=900))
def test_a_qr_code_fits_or_its_text_is_printed(data: str) -> None:
    assert_fits(lay_out(paper(Qr(data, ("扫码",))), 32))


def test_a_long_code_becomes_text() -> None:
    lines = lay_out(paper(Qr("x" * 900)), 32)
    assert not any(isinstance(line, QrLine) for line in lines.lines)
    assert "x" * 32 in lines.text


def test_qr_sizes_are_those_of_the_standard() -> None:
    assert qr_version("A" * 20, "M") == 1
    assert qr_version("A" * 21, "M") == 2
    assert qr_version("a" * 15, "M") == 2
    fitted = fit_qr("A" * 300, 384)
    assert fitted is not None
    assert (fitted.level, fitted.modules) == ("M", 57)


def test_bar_codes_that_do_not_fit_or_cannot_be_are_text() -> None:
    assert fit_barcode("3-20261123-0318", 576) == BarcodeLine("3-20261123-0318", 2)
    assert fit_barcode("9" * 40, 384) is None
    assert fit_barcode("南环1", 576) is None


def test_the_text_of_large_runs_reads_straight() -> None:
    lines = lay_out(paper(Text("注意", size=2), Text("右", align="right")), 32)
    assert lines.text == "注意\n" + " " * 30 + "右\n[CUT]\n"
