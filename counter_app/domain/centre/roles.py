"""What a device may be, and which private parts its role receives (design: safety, personal data).

A kiosk gets the keyed hash of a ticket's person and nothing else: without it the same person could draw a
second ticket at another kiosk (mission: Q7). A display gets none, nor does the relay of a lower hall: of this
hall's cases it gets those that are handed on to it, as letters.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

DeviceRole = Literal["counter", "kiosk", "display", "desk", "relay", "centre"]
ROLES: Final[tuple[DeviceRole, ...]] = get_args(DeviceRole)
_EVERYTHING: Final = frozenset({"counter", "desk", "centre"})
_KIOSK: Final = frozenset({("TicketIssued", "person")})


def may_read(role: str, type: str, slot: str) -> bool:
    """Whether a device of this role receives this private part of an event."""
    if role in _EVERYTHING:
        return True
    return role == "kiosk" and (type, slot) in _KIOSK


def may_log_in(role: str) -> bool:
    """Whether staff log in there, so that it needs their credentials. A kiosk proves staff at its service
    page."""
    return role in _EVERYTHING or role == "kiosk"
