"""What a reader's answer codes (SW3) mean, as errors with stable codes.

Which of them are normal (no card there, no newer address) is the driver's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from counter_app.devices.id_card.frames import Reply
from counter_app.errors import UserFacingError, mark

DONE: Final = 0x90
NOTHING_THERE: Final = 0x91
FOUND: Final = 0x9F
COMMAND_WRONG: Final = 0x21
NO_CARD: Final = 0x80
TRANSMISSION: Final = frozenset({0x10, 0x11})  # our frame reached the reader damaged: send it again

LAY_AGAIN: Final = mark("Lift the card and lay it on again.")
OTHER_CARD: Final = mark("Try another card; if that fails as well, the reader needs its supplier.")
SUPPLIER: Final = mark("Switch the reader off and on; if it stays so, it needs its supplier.")

_MEANINGS: Final[Mapping[int, tuple[str, str, str]]] = MappingProxyType(
    {
        0x10: ("checksum", mark("The reader received a damaged request."), LAY_AGAIN),
        0x11: ("length", mark("The reader received a request of wrong length."), LAY_AGAIN),
        0x21: ("command", mark("The reader does not know this request."), SUPPLIER),
        0x23: ("not-permitted", mark("The reader does not permit this request."), SUPPLIER),
        0x24: ("unknown-error", mark("The reader met an unknown error."), LAY_AGAIN),
        0x31: ("authentication", mark("The reader did not accept the card as genuine."), OTHER_CARD),
        0x32: ("authentication", mark("The card did not accept the reader as genuine."), OTHER_CARD),
        0x33: ("mac", mark("The card's data failed the reader's check."), LAY_AGAIN),
        0x40: ("unknown-card", mark("The reader does not know this kind of card."), OTHER_CARD),
        0x41: ("read-failed", mark("The card could not be read."), LAY_AGAIN),
        0x47: ("random-number", mark("The card and the reader could not begin to talk."), LAY_AGAIN),
        0x60: ("self-test", mark("The reader failed its self-test."), SUPPLIER),
        0x66: ("not-authorised", mark("The reader's security module is not authorised."), SUPPLIER),
        0x80: ("no-card", mark("No card is on the reader."), LAY_AGAIN),
        0x81: ("select-failed", mark("The card could not be selected."), LAY_AGAIN),
        0x91: ("nothing", mark("The card holds no such entry."), ""),
    }
)


class ReaderRefused(UserFacingError):
    """The reader answered, but not with what was asked. `sw3` is its code."""

    def __init__(self, reply: Reply) -> None:
        fallback = ("other", mark("The reader gave an answer that is not in its manual."), LAY_AGAIN)
        name, message, remedy = _MEANINGS.get(reply.sw3, fallback)
        super().__init__(
            f"id-card.{name}",
            message,
            kept=mark("Nothing was taken over from the card."),
            remedy=remedy,
            answer=f"{reply.sw1:02X} {reply.sw2:02X} {reply.sw3:02X}",
        )
        self.sw3 = reply.sw3


class ReaderSilent(UserFacingError):
    """No whole answer within its time: `id-card.no-answer`, or `id-card.cut` when part of one came."""

    def __init__(self, received: int) -> None:
        super().__init__(
            "id-card.cut" if received else "id-card.no-answer",
            mark("The reader stopped in the middle of an answer.")
            if received
            else mark("The reader does not answer."),
            kept=mark("Nothing was taken over from the card."),
            remedy=mark("Check that the reader is switched on; lift the card and lay it on again."),
        )
        self.received = received


class ReplyDamaged(UserFacingError):
    """An answer came whole but its checksum or its inner lengths are wrong."""

    def __init__(self) -> None:
        super().__init__(
            "id-card.damaged",
            mark("The reader's answer arrived damaged."),
            kept=mark("Nothing was taken over from the card."),
            remedy=LAY_AGAIN,
        )
