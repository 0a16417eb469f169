"""How drawers are told to open and say whether they are: printers' pulses, and frames on a line of their own.

The frames are templates as those of pads and strips (docs/devices.md); a hall writes its maker's into the
options. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from counter_app.devices.frames.profiles import BAUD, FramesWrong
from counter_app.devices.frames.template import FrameTemplate, ReplyMap
from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Peripheral
from counter_app.use_cases.peripherals.drawer import WITH_CASH
from counter_app.use_cases.ports.peripherals import Option

BEHIND: Final = "printer:"  # the address of a drawer at a receipt printer: printer:NAME
OPEN, CLOSED = "open", "closed"
DRAWERS: Final[Mapping[str, Mapping[str, str]]] = {
    "pulse": {"kick": "1B 70 00 19 FA", "ask": "", "replies": ""},
    "bell": {"kick": "07", "ask": "", "replies": ""},
    "generic-xor": {
        "kick": "[ AA 55 01 ] {xor}",
        "ask": "[ AA 55 00 ] {xor}",
        "replies": "[ AA 55 80 ] {xor} = closed; [ AA 55 81 ] {xor} = open",
    },
}
_PINS: Final = {2: 0, 5: 1}
_LONGEST_MS: Final = 510
_REST: Final = 250  # in steps of 2 ms: the coil cools before the next pulse

OPTIONS: Final = (
    Option(WITH_CASH, "yes", mark("Opens by itself when cash moves"), ("yes", "no")),
    Option("pin", 2, mark("Pin of the printer's socket that opens it"), tuple(_PINS)),
    Option("ms", 50, mark("Milliseconds of the opening pulse")),
    Option("open_is", "low", mark("Level of the printer's sensor while it is open"), ("low", "high")),
    Option("baud", BAUD, mark("speed of the line in baud")),
    Option("kick", "", mark("frame that opens it, as a template")),
    Option("ask", "", mark("frame that asks whether it is open, as a template")),
    Option("replies", "", mark("what its frames mean: FRAME = open; FRAME = closed")),
)


@dataclass(frozen=True, slots=True)
class DrawerFrames:
    """`ask` is empty where it cannot be asked, and `replies` then None."""

    kick: bytes
    ask: bytes
    replies: ReplyMap | None


def is_behind_printer(peripheral: Peripheral) -> bool:
    return peripheral.url.startswith(BEHIND)


def printer_of(peripheral: Peripheral) -> str:
    """The name of the printer it hangs behind; "" for the counter's first."""
    return unquote(peripheral.url.removeprefix(BEHIND))


def pulse(peripheral: Peripheral) -> bytes:
    """`ESC p`, by the drawer's pin and length of the pulse."""
    pin = _PINS.get(int(peripheral.number("pin", 2)), 0)
    steps = max(1, min(int(peripheral.number("ms", 50)), _LONGEST_MS) // 2)
    return bytes((0x1B, 0x70, pin, steps, _REST))


def is_open(peripheral: Peripheral, high: bool) -> bool:
    """By the level of the printer's sensor."""
    return high is (peripheral.text("open_is", "low") == "high")


def drawer_frames(peripheral: Peripheral) -> DrawerFrames:
    """Of a drawer on its own line. UserFacingError `frames.wrong`."""
    known = DRAWERS.get(peripheral.model or next(iter(DRAWERS)))
    if known is None:
        raise FramesWrong(peripheral.name, peripheral.model)
    given = {key: peripheral.text(key) or text for key, text in known.items()}
    try:
        kick = FrameTemplate(given["kick"]).build({})
        ask = FrameTemplate(given["ask"]).build({}) if given["ask"] else b""
        replies = ReplyMap.parse(given["replies"]) if ask else None
    except ValueError as error:
        raise FramesWrong(peripheral.name, str(error)) from error
    meanings = {meaning for _, meaning in replies.replies} if replies else {OPEN}
    if not meanings <= {OPEN, CLOSED} or OPEN not in meanings:
        raise FramesWrong(peripheral.name, " ".join(sorted(meanings)))
    return DrawerFrames(kick, ask, replies)


def need_pulse(peripheral: Peripheral) -> None:
    """UserFacingError `drawer.pulse` for a pulse that no printer makes."""
    if not 2 <= peripheral.number("ms", 50) <= _LONGEST_MS:
        raise UserFacingError(
            "drawer.pulse",
            "The pulse that opens a drawer lasts 2 to 510 milliseconds.",
            kept="Nothing was changed.",
            remedy="50 suits nearly all drawers.",
        )
