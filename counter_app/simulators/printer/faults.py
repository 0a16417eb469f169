"""Troubles a script can order, written as `paper-out:12`, `unplug:300`, `slow:9600`, `silent` …"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from counter_app.errors import UserFacingError, mark


class FaultKind(StrEnum):
    PAPER_OUT = "paper-out"  # amount: after so many more lines; without: now
    NEAR_END = "near-end"
    COVER_OPEN = "cover-open"
    CUTTER_ERROR = "cutter-error"
    SILENT = "silent"  # prints and never answers; amount: after so many more bytes
    GARBLED = "garbled"  # its answers are noise from there on
    NO_PROCESS_ID = "no-process-id"  # skips GS ( H
    UNPLUG = "unplug"  # amount: the cable goes after so many more bytes
    SLOW = "slow"  # amount: bits per second
    POWER_CYCLE = "power-cycle"  # off and on: the buffer is lost; amount: after so many more bytes


_NAMES: Final = {kind.value: kind for kind in FaultKind}
_NEEDS_AMOUNT: Final = frozenset((FaultKind.UNPLUG, FaultKind.SLOW))
AFTER_BYTES: Final = frozenset((FaultKind.UNPLUG, FaultKind.SILENT, FaultKind.GARBLED, FaultKind.POWER_CYCLE))
_TAKES_AMOUNT: Final = _NEEDS_AMOUNT | AFTER_BYTES | {FaultKind.PAPER_OUT}


class PrinterFaultUnknown(UserFacingError):
    def __init__(self, text: str) -> None:
        super().__init__(
            "simulator.printer-fault-unknown",
            mark("{text} is no fault this printer has."),
            remedy=mark("Use one of: {faults}."),
            text=text,
            faults=", ".join(f"{kind}:N" if kind in _NEEDS_AMOUNT else kind.value for kind in FaultKind),
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """`amount` is 0 where the kind has none."""

    kind: FaultKind
    amount: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises PrinterFaultUnknown."""
        name, _, amount = text.strip().partition(":")
        if name in _NAMES:
            kind = _NAMES[name]
            if amount.isascii() and amount.isdigit() and kind in _TAKES_AMOUNT and int(amount) > 0:
                return cls(kind, int(amount))
            if not amount and kind not in _NEEDS_AMOUNT:
                return cls(kind)
        raise PrinterFaultUnknown(text)
