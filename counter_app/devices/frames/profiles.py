"""How rating pads and strips of several kinds speak, as templates; every one of them can be overridden by
options.

The generic ones are this program's own and stand for the many makers that each invent a frame: a hall writes
its maker's frames from the manual into the options of the device, or has them added here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from counter_app.devices.frames.template import FrameTemplate, ReplyMap
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Peripheral
from counter_app.use_cases.ports.peripherals import Option

SCORES: Final = ("1", "2", "3", "4", "5")
READY: Final = "ready"
BAUD: Final = 9600

PADS: Final[Mapping[str, Mapping[str, str]]] = {
    "generic-xor": {
        "ask": "[ AA 55 01 ] {xor}",
        "thank": "[ AA 55 02 ] {xor}",
        "hello": "[ AA 55 00 ] {xor}",
        "replies": "[ AA 55 80 ] {xor} = ready; "
        + "; ".join(f"[ AA 55 81 0{score} ] {{xor}} = {score}" for score in SCORES),
    },
    "ascii": {
        "ask": "'ASK' 0D 0A",
        "thank": "'OK' 0D 0A",
        "hello": "",
        "replies": "; ".join(f"'K{score}' 0D 0A = {score}" for score in SCORES),
    },
    "crc": {
        "ask": "[ 01 06 00 01 ] {crc16le}",
        "thank": "[ 01 06 00 02 ] {crc16le}",
        "hello": "[ 01 06 00 00 ] {crc16le}",
        "replies": "[ 01 06 00 00 ] {crc16le} = ready; "
        + "; ".join(f"[ 01 03 00 0{score} ] {{crc16le}} = {score}" for score in SCORES),
    },
}
STRIPS: Final[Mapping[str, str]] = {
    "generic-xor": "[ AA 55 {len} 10 {text} ] {xor}",
    "generic-sum": "02 [ {len} {text} ] {sum} 03",
    "generic-crc": "[ 01 10 {len} {text:32} ] {crc16le}",
    "plain": "{text} 0D 0A",
}
WORDS: Final[Mapping[str, str]] = {
    "called": "请 {ticket} 号到 {counter} 号窗口",
    "serving": "{counter} 号窗口 正在办理 {ticket} 号",
    "open": "{counter} 号窗口 欢迎光临",
    "paused": "{counter} 号窗口 暂停服务",
    "closed": "{counter} 号窗口 停止服务",
}

PAD_OPTIONS: Final = (
    Option("baud", BAUD, mark("speed of the line in baud")),
    Option("ask", "", mark("frame that asks for a rating, as a template")),
    Option("thank", "", mark("frame that thanks, as a template")),
    Option("hello", "", mark("frame that a working pad answers with “ready”, as a template")),
    Option("replies", "", mark("what the pad's frames mean: FRAME = 1; FRAME = 2 …")),
)
STRIP_OPTIONS: Final = (
    Option("baud", BAUD, mark("speed of the line in baud")),
    Option(
        "counter", "", mark("number of the counter it hangs above; empty: the one opened on this machine")
    ),
    Option("show", "", mark("frame that shows a text, as a template")),
    Option("called", "", mark("words while a ticket is called")),
    Option("serving", "", mark("words while a citizen is served")),
    Option("open", "", mark("words while the counter is open and nobody is called")),
    Option("paused", "", mark("words while the counter is paused")),
    Option("closed", "", mark("words while the counter is closed")),
)


@dataclass(frozen=True, slots=True)
class PadFrames:
    """What is said to a pad, and what it says. `hello` is empty where the pad has no such question."""

    ask: bytes
    thank: bytes
    hello: bytes
    replies: ReplyMap


class FramesWrong(UserFacingError):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            "frames.wrong",
            "The frames of {name} are not written rightly: {why}",
            kept="Nothing was sent to it.",
            remedy="Correct its options; the form is described in docs/devices.md.",
            name=name,
            why=why,
        )


def pad_frames(peripheral: Peripheral) -> PadFrames:
    """UserFacingError `frames.wrong`."""
    known = PADS.get(peripheral.model or next(iter(PADS)))
    if known is None:
        raise FramesWrong(peripheral.name, peripheral.model)
    given = {key: peripheral.text(key) or text for key, text in known.items()}
    try:
        ask, thank, hello = (
            FrameTemplate(given[key]).build({}) if given[key] else b"" for key in ("ask", "thank", "hello")
        )
        replies = ReplyMap.parse(given["replies"])
    except ValueError as error:
        raise FramesWrong(peripheral.name, str(error)) from error
    meanings = {meaning for _, meaning in replies.replies}
    if not ask or not meanings <= {*SCORES, READY} or not meanings & {*SCORES}:
        raise FramesWrong(peripheral.name, " ".join(sorted(meanings)))
    return PadFrames(ask, thank, hello, replies)


@dataclass(frozen=True, slots=True)
class StripFrames:
    """The frame around a text, and the words for each state of a counter."""

    show: FrameTemplate
    words: Mapping[str, str]

    def frame(self, state: str, counter: str, ticket: str = "") -> bytes:
        """ValueError when the text does not fit the frame."""
        text = self.words[state].replace("{ticket}", ticket).replace("{counter}", counter)
        return self.text(text)

    def text(self, text: str) -> bytes:
        return self.show.build({"text": text})


def strip_frames(peripheral: Peripheral) -> StripFrames:
    """UserFacingError `frames.wrong`."""
    text = peripheral.text("show") or STRIPS.get(peripheral.model or next(iter(STRIPS)), "")
    words = {state: peripheral.text(state) or known for state, known in WORDS.items()}
    try:
        frames = StripFrames(FrameTemplate(text), words)
        if frames.show.fields != {"text"}:
            raise ValueError(f"{{text}}: {text}")
        for state in words:
            frames.frame(state, "88", "A8888")
    except ValueError as error:
        raise FramesWrong(peripheral.name, str(error)) from error
    return frames
