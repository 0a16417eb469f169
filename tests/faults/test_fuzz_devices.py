"""Every parser of what printers, queues, pads, cameras and scanners send, fed with spoilt input (M1, M3).

A seeded sample here; 10,000,000 inputs in all with --long (COUNTER_APP_LONG), the same each time. What a
device may send is bounded, and so is the time it takes: a spoilt answer does not hold up a lane.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from typing import Final

import pytest

from counter_app.devices.frames.profiles import PADS, SCORES, STRIPS
from counter_app.devices.frames.template import FrameTemplate, ReplyMap
from counter_app.devices.imaging.escl import LONGEST_WORD, word_in
from counter_app.devices.printer.memory import keys_block
from counter_app.devices.printer.replies import ProcessDone, ReplyReader
from counter_app.devices.queue.ipp import AnswerDamaged, answer
from counter_app.errors import UserFacingError
from counter_app.imaging.reading import read_image
from tests.conftest import LONG
from tests.support.devices_at_work import small_picture
from tests.support.fuzz import Parser

SHORT_COUNT: Final = 1_500
MARK: Final = b"\x21\x22\x23\x24"
AUTOMATIC: Final = b"\x12\x10\x0f\x0f\x0f"
DONE: Final = b"\x37\x22" + MARK + b"\x00"
PAD: Final = ReplyMap.parse(PADS["generic-xor"]["replies"])
PRESSED: Final = b"\xaa\x55\x81\x03\x7d\xaa\x55\x80\x7f"
STATUS: Final = (
    b'<?xml version="1.0"?><scan:ScannerStatus xmlns:scan="x"><pwg:State>Idle</pwg:State>'
    b"<scan:AdfState>ScannerAdfLoaded</scan:AdfState></scan:ScannerStatus>"
)
QUEUE: Final = (
    b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x04"
    b"\x23\x00\x0dprinter-state\x00\x04\x00\x00\x00\x03\x44\x00\x15printer-state-reasons\x00\x04none"
    b"\x44\x00\x00\x00\x11media-low-warning\x03"
)


def _replies(data: bytes) -> None:
    """In any pieces the same, and noise never says *printed*."""
    whole, reader, cut = ReplyReader().feed(data), ReplyReader(), len(data) // 2
    assert reader.feed(data[:cut]) + reader.feed(data[cut:]) == whole
    proofs = [reply for reply in whole if isinstance(reply, ProcessDone)]
    assert all(b"\x37\x22" + proof.mark + b"\x00" in data for proof in proofs)


def _keys(data: bytes) -> None:
    block = keys_block(data)
    assert block is None or all(len(code) == 2 for code in block[0])


def _answer(data: bytes) -> None:
    try:
        reply = answer(data)
    except AnswerDamaged:
        return
    assert 0 <= reply.status <= 0xFFFF


def _pad(data: bytes) -> None:
    meanings, rest = PAD.take(data)
    assert set(meanings) <= {"ready", *SCORES}
    assert len(rest) < PAD.longest


def _template(data: bytes) -> None:
    """As an administrator types it, or a file holds it."""
    try:
        FrameTemplate(data.decode("utf-8", "replace"))
    except ValueError:
        return


def _word(data: bytes) -> None:
    assert len(word_in(data, "State")) <= LONGEST_WORD


def _picture(data: bytes) -> None:
    with contextlib.suppress(UserFacingError):
        assert read_image(data).mode in ("L", "RGB")


TEMPLATES: Final = tuple(
    text.encode() for frames in (STRIPS, *PADS.values()) for text in frames.values() if text
)
PARSERS: Final[Mapping[Parser, int]] = {
    Parser("printer replies", (DONE, AUTOMATIC + DONE, b"\x37\x25\x00\x12"), _replies): 2_500_000,
    Parser("printer logos", (b"\x37\x72\x40A1B2\x00", b"\x37\x72\x41A1\x00"), _keys): 1_000_000,
    Parser("print queue", (QUEUE,), _answer): 2_400_000,
    Parser("rating pad", (PRESSED,), _pad): 1_500_000,
    Parser("frame templates", TEMPLATES, _template): 1_000_000,
    Parser("scanner words", (STATUS,), _word): 1_500_000,
    Parser("pictures", (small_picture(),), _picture): 100_000,
}


@pytest.mark.timeout(3600 if LONG else 120)
@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name)
def test_no_answer_raises_anything_unknown(parser: Parser) -> None:
    parser.tried(PARSERS[parser] if LONG else SHORT_COUNT)


@pytest.mark.parametrize(
    "xml",
    [b"<a:State>" + b" " * 65_000, b"<State " * 9_000, b"<" + b"a" * 65_000, b"<State>" * 9_000],
    ids=["blanks", "heads", "letters", "elements"],
)
def test_an_endless_answer_of_a_scanner_takes_a_moment(xml: bytes) -> None:
    begun = time.perf_counter()
    assert word_in(xml, "State") == ""
    assert time.perf_counter() - begun < 1


def test_an_endless_answer_of_a_queue_takes_a_moment() -> None:
    begun = time.perf_counter()
    reply = answer(QUEUE[:-1] + b"\x44\x00\x00\x00\x01x" * 100_000 + b"\x03")
    assert len(reply.groups[0]["printer-state-reasons"]) == 100_002
    assert time.perf_counter() - begun < 2
