"""What PC/SC's codes mean, as errors with stable codes and something to do about each."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from counter_app.errors import UserFacingError, mark

DONE: Final = 0
TIMEOUT: Final = 0x8010000A
SHARING: Final = 0x8010000B
NO_CARD: Final = 0x8010000C
UNKNOWN_READER: Final = 0x80100009
READER_GONE: Final = 0x80100017
NO_SERVICE: Final = 0x8010001D
SERVICE_STOPPED: Final = 0x8010001E
NO_READERS: Final = 0x8010002E
UNRESPONSIVE: Final = 0x80100066
UNPOWERED: Final = 0x80100067
RESET: Final = 0x80100068
REMOVED: Final = 0x80100069

# The card went or is not to be talked to; the reader is all right.
CARD_TROUBLE: Final = frozenset({SHARING, NO_CARD, UNRESPONSIVE, UNPOWERED, RESET, REMOVED})
# The connection to the service is worth nothing any more.
SERVICE_GONE: Final = frozenset({NO_SERVICE, SERVICE_STOPPED})

_START: Final = (
    mark("Start the Smart Card service of Windows.")
    if sys.platform == "win32"
    else mark("Install and start it: apt-get install pcscd libccid; systemctl start pcscd.socket")
)
_PLUG: Final = mark("Plug it in; it is looked for by itself.")
_LAY: Final = mark("Lift the card and lay it on again.")

_MEANINGS: Final[Mapping[int, tuple[str, str, str]]] = MappingProxyType(
    {
        SHARING: ("busy", mark("Another program talks to the card."), _LAY),
        NO_CARD: ("no-card", mark("No card is in the slot."), _LAY),
        UNKNOWN_READER: ("no-reader", mark("No smart-card reader is plugged in."), _PLUG),
        READER_GONE: ("no-reader", mark("No smart-card reader is plugged in."), _PLUG),
        NO_READERS: ("no-reader", mark("No smart-card reader is plugged in."), _PLUG),
        NO_SERVICE: ("no-service", mark("The service for smart cards does not run."), _START),
        SERVICE_STOPPED: ("no-service", mark("The service for smart cards does not run."), _START),
        UNRESPONSIVE: ("mute", mark("The card does not answer."), _LAY),
        UNPOWERED: ("mute", mark("The card does not answer."), _LAY),
        RESET: ("removed", mark("The card was taken away while it was read."), _LAY),
        REMOVED: ("removed", mark("The card was taken away while it was read."), _LAY),
    }
)


class PcscTrouble(UserFacingError):
    """`number` is PC/SC's own code."""

    def __init__(self, number: int) -> None:
        fallback = ("other", mark("The service for smart cards refused."), _LAY)
        name, message, remedy = _MEANINGS.get(number, fallback)
        super().__init__(f"pcsc.{name}", message, remedy=remedy, number=f"0x{number:08X}")
        self.number = number


class PcscAbsent(UserFacingError):
    """This machine has no library for smart cards: the rest of the program works without."""

    def __init__(self) -> None:
        super().__init__(
            "pcsc.no-library", mark("This machine has no library for smart cards."), remedy=_START
        )


class CardMute(UserFacingError):
    """The card gives no serial: contact cards and some others have none to ask for."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(
            "pcsc.no-serial",
            mark("This card tells no serial."),
            remedy=mark("Use another card, or type the badge."),
            answer=answer.hex().upper(),
        )
