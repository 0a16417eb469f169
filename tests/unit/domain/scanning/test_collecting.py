"""Characters to whole codes: ends of every kind, lines that belong together, what never got its end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.scanning.collecting import CodeCollector
from counter_app.simulators.scanner.documents import DOCUMENTS


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", "\x03", "\r\r\n"])
def test_every_usual_end_ends_a_code_once(end: str) -> None:
    collector = CodeCollector()
    assert collector.put(f"A012{end}B013{end}") == ("A012", "B013")
    assert collector.pending == ""


@pytest.mark.parametrize("name", ["td1", "td2", "td3"])
@pytest.mark.parametrize("end", ["\r", "\r\n", "\r\r"])
def test_the_lines_of_a_document_stay_together(name: str, end: str) -> None:
    collector = CodeCollector()
    text = DOCUMENTS[name]
    *begun, last = text.split("\n")
    for line in begun:
        assert collector.put(line + end) == ()
        assert collector.wants_line
    assert collector.put(last + end) == (text,)
    assert not collector.wants_line


def test_a_code_after_half_a_document_gives_both() -> None:
    collector = CodeCollector()
    first = DOCUMENTS["td3"].split("\n")[0]
    assert collector.put(f"{first}\rA012-x\r") == (first, "A012-x")


def test_a_beginning_gives_up_what_was_under_way() -> None:
    collector = CodeCollector()
    assert collector.put("GSH1:AB\x02A012\x03") == ("GSH1:AB", "A012")


def test_what_never_got_its_end_is_pending_until_given_up() -> None:
    collector = CodeCollector()
    assert collector.put("GSH1:AB") == ()
    assert collector.pending == "GSH1:AB"
    assert collector.give_up() == ("GSH1:AB",)
    assert collector.give_up() == ()


def test_a_line_without_end_does_not_grow_for_ever() -> None:
    collector = CodeCollector()
    collector.put("A" * 100_000)
    assert len(collector.pending) < 3000


@given(st.lists(st.text(alphabet="GSH1:AP<0\r\n\t\x02\x03é", max_size=60)))
def test_cutting_the_stream_anywhere_changes_nothing(pieces: list[str]) -> None:
    """Given whole or in pieces, the same codes come out."""
    whole, cut = CodeCollector(), CodeCollector()
    expected = whole.put("".join(pieces))
    assert tuple(code for piece in pieces for code in cut.put(piece)) == expected
    assert cut.pending == whole.pending
