"""Faults on request: how an answer is spoiled on its way, written in one short word.

    KIND[:N][@COMMAND][*TIMES]     cut:700   flip:12@2001   silent@any*3   slow:2000*   unplug:640

The command is four hexadecimal digits or `any`; without one it is the reading of the card (3001),
or any command for `silent` and `slow`. `*` alone means for ever; else once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from counter_app.domain.identity.layouts import LONG_TERM
from counter_app.errors import UserFacingError, mark
from counter_app.simulators.id_card.module import Answer

READING: Final = 0x3001
TEXT_AT: Final = 4  # behind the two lengths
NATION_AT: Final = TEXT_AT + 32
VALID_TO_AT: Final = TEXT_AT + 204
NUMBER_AND_ADDRESS: Final = (10 + TEXT_AT + 122, 10 + TEXT_AT + 52)  # in a frame with data behind byte 10
NOISE: Final = bytes.fromhex("00FF13AAAAAA96AA AAAAAA 9669FFFF 7E")  # with two false preambles
_FORM: Final = re.compile(
    r"(?P<kind>[a-z-]+)(:(?P<n>[0-9A-Fa-f]+))?(@(?P<on>any|[0-9A-Fa-f]{4}))?(?P<times>\*[0-9]*)?"
)
WITH_NUMBER: Final = frozenset({"cut", "flip", "unplug", "status", "slow"})
ON_ANY: Final = frozenset({"silent", "slow"})


class FaultUnknown(UserFacingError):
    def __init__(self, text: str) -> None:
        super().__init__(
            "simulator.fault-unknown",
            mark("{text} is no fault the simulator can make."),
            remedy=mark("It can make: {known}"),
            text=text,
            known=" ".join(sorted({*ON_ANSWER, *ON_FRAME, *WITH_NUMBER, "silent"})),
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """`number`: bytes, bit, code or milliseconds, by kind. `on` None: any command. `left` None: for ever."""

    kind: str
    number: int = 0
    on: int | None = READING
    left: int | None = 1

    def concerns(self, command: int) -> bool:
        return self.on is None or self.on == command


@dataclass(frozen=True, slots=True)
class Delivery:
    """What goes out: bytes, how much later than usual (seconds), and whether the cable is pulled then."""

    frame: bytes
    late: float = 0.0
    unplug: bool = False


def parse_fault(text: str) -> Fault:
    """Text → fault. Raises FaultUnknown."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise FaultUnknown(text)
    kind, number, on, times = found["kind"], found["n"], found["on"], found["times"]
    known = kind in WITH_NUMBER or kind in ON_ANSWER or kind in ON_FRAME or kind == "silent"
    if not known or (number is None) == (kind in WITH_NUMBER):
        raise FaultUnknown(text)
    try:
        amount = int(number or "0", 16 if kind == "status" else 10)
    except ValueError:
        raise FaultUnknown(text) from None
    target: int | None = None if kind in ON_ANY else READING
    if on is not None:
        target = None if on == "any" else int(on, 16)
    left = None if times == "*" else int(times[1:]) if times else 1
    return Fault(kind, amount, target, left)


def spoil_answer(faults: tuple[Fault, ...], answer: Answer) -> Answer:
    """Faults of the card itself: the frame stays whole."""
    for fault in faults:
        if fault.kind == "status":
            answer = Answer(fault.number)
        elif fault.kind in ON_ANSWER and answer.data:
            answer = replace(answer, data=ON_ANSWER[fault.kind](answer.data))
    return answer


def spoil_frame(faults: tuple[Fault, ...], frame: bytes) -> Delivery:
    """Faults of the way between reader and computer."""
    delivery = Delivery(frame)
    for fault in faults:
        match fault.kind:
            case "cut":
                delivery = replace(delivery, frame=delivery.frame[: fault.number])
            case "flip":
                delivery = replace(delivery, frame=_flip(delivery.frame, fault.number))
            case "silent":
                delivery = replace(delivery, frame=b"")
            case "slow":
                delivery = replace(delivery, late=delivery.late + fault.number / 1000)
            case "unplug":
                delivery = replace(delivery, frame=delivery.frame[: fault.number], unplug=True)
            case kind if kind in ON_FRAME:
                delivery = replace(delivery, frame=ON_FRAME[kind](delivery.frame))
    return delivery


def use_up(faults: tuple[Fault, ...], used: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The faults that remain after `used` were made once."""
    after = (
        replace(fault, left=fault.left - 1) if fault in used and fault.left is not None else fault
        for fault in faults
    )
    return tuple(fault for fault in after if fault.left != 0)


def _flip(frame: bytes, bit: int) -> bytes:
    at = bit // 8 % max(len(frame), 1)
    return frame[:at] + bytes((frame[at] ^ (1 << bit % 8),)) + frame[at + 1 :] if frame else frame


def _double_flip(frame: bytes) -> bytes:
    """The same bit in two places: the checksum agrees, the number does not."""
    spoilt = bytearray(frame)
    for at in NUMBER_AND_ADDRESS:
        if at < len(spoilt):
            spoilt[at] ^= 1
    return bytes(spoilt)


def _text_at(at: int, text: str) -> Callable[[bytes], bytes]:
    raw = text.encode("utf-16-le")
    return lambda data: data[:at] + raw + data[at + len(raw) :]


ON_ANSWER: Final[dict[str, Callable[[bytes], bytes]]] = {
    "unknown-nation": _text_at(NATION_AT, "66"),
    "long-term": _text_at(VALID_TO_AT, LONG_TERM.ljust(8)),
    "short-data": lambda data: data[:-1],  # inner lengths that promise one byte more than there is
}
ON_FRAME: Final[dict[str, Callable[[bytes], bytes]]] = {
    "noise-before": lambda frame: NOISE + frame,
    "noise-after": lambda frame: frame + NOISE,
    "double-flip": _double_flip,
    "repeat": lambda frame: frame * 2,
    "wrong-checksum": lambda frame: frame[:-1] + bytes((frame[-1] ^ 0xFF,)) if frame else frame,
}
