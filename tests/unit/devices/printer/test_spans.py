"""Questions stand only between commands; the flush knows how much a broken one may still want."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from counter_app.devices.printer.flush import LEAST_NULS, completion, flush_bytes
from counter_app.devices.printer.profiles import GENERIC_58, GENERIC_80
from counter_app.devices.printer.spans import PIECE, borders, longest_demand, pieces
from counter_app.simulators.printer.decode import decode
from counter_app.simulators.printer.grammar import next_token
from tests.support.printers import CUT, gbk, qr, raster, receipt

COMMANDS = [
    b"\x1b@", b"\x1ba\x01", b"\x1d!\x11", b"\x1b$\x10\x04", b"\x1dL\x10\x04", b"\x1cS\x10\x04", b"\x1dh\x10",
    b"\x1dV\x42\x10", b"\x1dV\x00", b"\x1dk\x04AB\x00", b"\x1dk\x49\x04{BAB", b"\x1bp\x00\x10\x04",
    b"\x1bD\x08\x10\x00", b"\x1b*\x21\x02\x00abcdef", b"\x1b*\x00\x02\x00ab", b"\x1d*\x01\x01abcdefgh",
    b"\x1dr\x01", b"\x1da\xff", b"\x1c&", b"\x1c.", b"\x1c!\x04", b"\x1d8L\x02\x00\x00\x0002",
    b"\x10\x04\x01", b"\x10\x14\x01\x00\x01", b"\x1bc5\x01", b"\x1dz0\x01\x02", b"\n",
    gbk("厅") + b"\n", qr(b"\x10\x04\x01"), raster(3, 5, 0x10),
]  # fmt: skip


@given(st.lists(st.sampled_from(COMMANDS)))
def test_borders_are_those_the_printer_sees(commands: list[bytes]) -> None:
    """The simulator cuts the same bytes into commands by its own table."""
    data, starts, at = b"".join(commands), set(), 0
    while (token := next_token(data, at)) is not None:
        at += token.size
        starts.add(at)
    assert at == len(data)
    assert set(borders(data)) - {len(data)} <= starts


@given(st.lists(st.one_of(st.binary(max_size=900), st.sampled_from(COMMANDS)), max_size=6).map(b"".join))
def test_pieces_cover_the_job_and_are_small(data: bytes) -> None:
    ends = [0, *(end for end, _ in pieces(data))]
    assert ends[-1] == len(data)
    assert all(0 < end - start <= PIECE for start, end in pairwise(ends))
    assert {end for end, allowed in pieces(data) if allowed} <= set(borders(data))


def test_a_picture_is_cut_into_pieces_without_questions_inside() -> None:
    data = b"a\n" + raster(72, 40) + b"b\n"
    assert [allowed for _, allowed in pieces(data)] == [True] + [False] * 5 + [True]


def test_the_longest_demand_is_the_largest_command() -> None:
    picture = raster(72, 40)
    assert longest_demand(gbk("厅") + b"\n" + picture + CUT) == len(picture)
    assert longest_demand(b"") == 0


@given(st.data())
def test_after_a_flush_the_next_paper_is_clean_wherever_the_job_broke_off(data: st.DataObject) -> None:
    job = receipt()
    half = job[: data.draw(st.integers(0, len(job)))]
    void = b"\x1c&" + gbk("以上作废") + b"\n"
    sheets = decode(half + completion(job) + flush_bytes(GENERIC_80, void) + receipt("受理通知书"))
    assert sheets[-1].lines[0] == "受理通知书"
    assert (sheets[-1].rubbish, sheets[-1].overflow, sheets[-1].qr) == ((), (), ("CW:3-0318:1",))
    assert sheets[-2].lines[-1] == "以上作废"


def test_a_completion_is_no_longer_than_it_must_be() -> None:
    assert completion(b"") == completion(b"text\n" * 99) == b"\x00" * LEAST_NULS
    assert len(completion(b"x\n" + raster(10, 10) + CUT)) == 108


def test_a_printer_without_cutter_feeds_the_half_out() -> None:
    assert flush_bytes(GENERIC_80, b"").endswith(CUT)
    assert flush_bytes(GENERIC_58, b"").endswith(b"\x1bd\x06")
