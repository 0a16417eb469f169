"""The virtual card: it hangs on vpcd's port, has an ATR and tells its serial.

Each message is its length in two bytes, then the data. One byte alone is an order of the slot: 00 power off,
01 power on, 02 reset, 04 tell the ATR; anything longer is a command to the card.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Final

from counter_app.errors import UserFacingError, mark

VPCD_PORT: Final = 35963
ATR: Final = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")  # a contactless card of 1 K
_TELL_ATR: Final = 0x04
_SERIAL: Final = bytes.fromhex("FFCA0000")
_DONE: Final = b"\x90\x00"
_NOT_SUPPORTED: Final = b"\x6a\x81"


class NoSlot(UserFacingError):
    def __init__(self, where: str) -> None:
        super().__init__(
            "simulator.no-slot",
            mark("There is no virtual slot at {where}."),
            remedy=mark("Install vsmartcard-vpcd and start pcscd."),
            where=where,
        )


class VirtualCard:
    """A card in the slot from `__init__` until `lift`. `serial` "" tells none, as contact cards do."""

    def __init__(self, serial: str, host: str = "127.0.0.1", port: int = VPCD_PORT) -> None:
        """Raises NoSlot; ValueError for a serial that is no hex."""
        self._serial = bytes.fromhex(serial)
        try:
            self._slot = socket.create_connection((host, port), timeout=5)
        except OSError as error:
            raise NoSlot(f"{host}:{port}") from error
        self._slot.settimeout(None)
        self._thread = threading.Thread(target=self._serve, name="simulated-card", daemon=True)
        self._thread.start()

    def lift(self) -> None:
        """Take the card out."""
        with contextlib.suppress(OSError):  # the slot may have gone first
            self._slot.shutdown(socket.SHUT_RDWR)
        self._slot.close()
        self._thread.join(5)

    def _serve(self) -> None:
        try:
            while message := self._message():
                answer = self._answer(message)
                if answer:
                    self._slot.sendall(len(answer).to_bytes(2, "big") + answer)
        except OSError:
            pass  # taken out in the middle

    def _message(self) -> bytes:
        size = int.from_bytes(self._exactly(2), "big")
        return self._exactly(size) if size else b""

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self._slot.recv(size - len(data))
            if not piece:
                raise ConnectionResetError("the slot is gone")
            data += piece
        return data

    def _answer(self, message: bytes) -> bytes:
        if len(message) == 1:
            return ATR if message[0] == _TELL_ATR else b""
        if message.startswith(_SERIAL) and self._serial:
            return self._serial + _DONE
        return _NOT_SUPPORTED


def serve_card(serial: str, commands: Iterable[str], say: Callable[[str], None]) -> None:
    """`lay SERIAL` and `lift` until `quit` or the commands end; one card is laid on at once if given."""
    card = VirtualCard(serial) if serial else None
    say("card laid" if card else "slot empty")
    for line in commands:
        verb, _, rest = line.strip().partition(" ")
        if verb in ("lay", "lift", "quit") and card is not None:
            card.lift()
            card = None
        if verb == "quit":
            break
        if verb == "lay":
            card = VirtualCard(rest.strip())
        say("ok")
    if card is not None:
        card.lift()
