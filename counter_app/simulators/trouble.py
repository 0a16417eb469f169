"""Trouble at a byte of the dialogue, the same for every simulated device: it sits between device and cable.

    unplug:N   silent:N   garble:N   restart:N      after N bytes, counted both ways from the order on

What is particular to one machine (paper out, a jam, a card that fails) is in its own folder.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from counter_app.errors import UserFacingError, mark
from counter_app.simulators.line import ByteDevice, Wire

KINDS: Final = ("unplug", "silent", "garble", "restart")
RESTART_SECONDS: Final = 0.05
PULL_SECONDS: Final = 2.0
_SPOILT: Final = 0x08  # the bit that a garbled byte has wrong
Then = Callable[[], None]


class TroubleUnknown(UserFacingError):
    def __init__(self, text: str) -> None:
        super().__init__(
            "simulator.fault-unknown",
            mark("{text} is no fault the simulator can make."),
            remedy=mark("It can make: {known}"),
            text=text,
            known=" ".join(f"{kind}:N" for kind in KINDS),
        )


@runtime_checkable
class Powered(Protocol):
    """A device that loses something when it is switched off and on."""

    def power_on(self) -> None: ...


class Cable(Protocol):
    """Where the device is plugged in: what a restart pulls and puts back."""

    def unplug(self) -> None: ...
    def plug(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Trouble:
    kind: str
    at: int


def parse_trouble(text: str) -> Trouble:
    """Raises TroubleUnknown."""
    kind, _, number = text.strip().partition(":")
    if kind not in KINDS or not (number.isascii() and number.isdecimal()):
        raise TroubleUnknown(text)
    return Trouble(kind, int(number))


class Troubled:
    """A `ByteDevice` around another. `order` comes from any thread, the rest as with any device."""

    def __init__(self, device: ByteDevice) -> None:
        self._device = device
        self._cable: Cable | None = None
        self._due: Trouble | None = None
        self._mute = False
        self._passed = 0
        self._guard = threading.Lock()
        self._pulled = threading.Condition(self._guard)
        self._pulling = False  # the trouble has come and the cable is about to go
        self._restarting: threading.Timer | None = None

    def attach(self, cable: Cable) -> None:
        self._cable = cable

    def order(self, text: str) -> None:
        """Count from here; `none` ends what there is. A cable that is about to go has gone when this
        returns, so that whoever plugs it in then does not come too early. Raises TroubleUnknown."""
        due = None if text.strip() == "none" else parse_trouble(text)
        with self._guard:
            self._pulled.wait_for(lambda: not self._pulling, PULL_SECONDS)
            self._due, self._mute, self._passed = due, False, 0

    @property
    def passed(self) -> int:
        """Bytes of the dialogue since the last order, both ways."""
        with self._guard:
            return self._passed

    def connected(self, wire: Wire) -> None:
        self._device.connected(_Wire(self, wire))

    def disconnected(self) -> None:
        self._device.disconnected()

    def feed(self, data: bytes) -> None:
        through, then = self.through(data)
        if through:
            self._device.feed(through)
        then()

    def through(self, data: bytes) -> tuple[bytes, Then]:
        """What of `data` passes, and what happens then."""
        with self._guard:
            due, before = self._due, self._passed
            self._passed += len(data)
            if self._mute:
                return b"", _nothing
            waits = due is None or self._passed < due.at or (due.kind == "garble" and self._passed == due.at)
            if due is None or waits:
                return data, _nothing
            self._due = None
            head, tail = data[: due.at - before], data[due.at - before :]
            if due.kind == "garble":
                return head + bytes((tail[0] ^ _SPOILT,)) + tail[1:], _nothing
            if due.kind == "silent":
                self._mute = True
                return head, _nothing
            self._pulling = True
        return head, lambda: self._pull(due.kind == "restart")

    def stop(self) -> None:
        if self._restarting is not None:
            self._restarting.cancel()
            self._restarting.join()

    def _pull(self, again: bool) -> None:
        try:
            self._take_out(again)
        finally:
            with self._guard:
                self._pulling = False
                self._pulled.notify_all()

    def _take_out(self, again: bool) -> None:
        cable = self._cable
        if cable is None:
            return
        cable.unplug()
        if not again:
            return
        if isinstance(self._device, Powered):
            self._device.power_on()
        self._restarting = threading.Timer(RESTART_SECONDS, cable.plug)
        self._restarting.name = "simulated-restart"
        self._restarting.start()


class _Wire:
    """The cable as the device sees it."""

    def __init__(self, troubled: Troubled, wire: Wire) -> None:
        self._troubled = troubled
        self._wire = wire

    def send(self, data: bytes) -> None:
        through, then = self._troubled.through(data)
        if through:
            self._wire.send(through)
        then()

    def unplug(self) -> None:
        self._wire.unplug()

    def wait(self, seconds: float) -> bool:
        return self._wire.wait(seconds)


def _nothing() -> None:
    """No trouble."""
