"""The reader on its cable: requests out of a byte stream, answers after their time, faults on the way.

Laying, lifting and faults come from any thread; answers are made in the line's.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import reduce
from operator import xor
from types import MappingProxyType
from typing import Final

from counter_app.domain.identity.document import IdentityDocument
from counter_app.simulators.id_card.faults import Fault, parse_fault, spoil_answer, spoil_frame, use_up
from counter_app.simulators.id_card.module import (
    FOUND,
    LENGTH_WRONG,
    Answer,
    CardImage,
    SamModule,
    card_image,
)
from counter_app.simulators.line import Wire

PREAMBLE: Final = b"\xaa\xaa\xaa\x96\x69"
CHECKSUM_WRONG: Final = 0x10
SHORTEST: Final = 3  # CMD PARA CHK
LONGEST: Final = 64
QUICK: Final = 0.01
# Seconds real modules take before they answer.
DELAYS: Final[Mapping[int, float]] = MappingProxyType(
    {0x2001: 0.08, 0x2002: 0.3, 0x3001: 1.1, 0x3010: 1.4, 0x3003: 0.05}
)
FIND_DELAY: Final = 0.3  # finding a card takes longer than finding none


class SimulatedReader:
    """A `ByteDevice`. `pace` scales the module's own delays: 1 as real ones are, 0 at once."""

    def __init__(self, *, pace: float = 1.0, old: bool = False) -> None:
        self._module = SamModule(old=old)
        self._pace = pace
        self._faults: tuple[Fault, ...] = ()
        self._wire: Wire | None = None
        self._buffer = b""
        self._lock = threading.Lock()
        self.requests: list[int] = []  # commands as 0x2001, in their order

    def lay(self, card: IdentityDocument | CardImage) -> None:
        """Lay a card on the reader. Raises ValueError when a record does not fit its layout."""
        image = card if isinstance(card, CardImage) else card_image(card)
        with self._lock:
            self._module.lay(image)

    def lift(self) -> None:
        with self._lock:
            self._module.lift()

    @property
    def has_card(self) -> bool:
        return self._module.card is not None

    def add_fault(self, text: str) -> None:
        """See `faults`; `none` takes all back. Raises FaultUnknown."""
        fault = None if text == "none" else parse_fault(text)
        with self._lock:
            self._faults = () if fault is None else (*self._faults, fault)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return self._faults

    def connected(self, wire: Wire) -> None:
        self._wire = wire
        self._buffer = b""

    def disconnected(self) -> None:
        self._wire = None
        with self._lock:
            card = self._module.card
            if card is not None:  # the reader gets its power over the cable: it forgets what it read
                self._module.lay(card)

    def feed(self, data: bytes) -> None:
        self._buffer += data
        while (request := self._next_request()) is not None:
            command, answer = request
            self._deliver(command, answer)

    def _next_request(self) -> tuple[int, Answer] | None:
        """Cut one request off the buffer and answer it; None when none is whole yet."""
        start = self._buffer.find(PREAMBLE)
        if start < 0:
            self._buffer = self._buffer[-len(PREAMBLE) + 1 :]
            return None
        frame = self._buffer[start + len(PREAMBLE) :]
        length = int.from_bytes(frame[:2], "big")
        if len(frame) < 2 or (SHORTEST <= length <= LONGEST and len(frame) < 2 + length):
            return None
        if not SHORTEST <= length <= LONGEST:
            self._buffer = frame
            return 0, Answer(LENGTH_WRONG)
        self._buffer = frame[2 + length :]
        if reduce(xor, frame[: 1 + length]) != frame[1 + length]:
            return 0, Answer(CHECKSUM_WRONG)
        command = frame[2] << 8 | frame[3]
        self.requests.append(command)
        with self._lock:
            return command, self._module.answer(frame[2], frame[3], frame[4 : 1 + length])

    def _deliver(self, command: int, answer: Answer) -> None:
        with self._lock:
            used = tuple(fault for fault in self._faults if fault.concerns(command))
            self._faults = use_up(self._faults, used)
        delay = FIND_DELAY if answer.sw3 == FOUND else DELAYS.get(command, QUICK)
        delivery = spoil_frame(used, reply_frame(spoil_answer(used, answer)))
        wire = self._wire
        if wire is None or not wire.wait(delay * self._pace + delivery.late):
            return
        wire.send(delivery.frame)
        if delivery.unplug:
            wire.unplug()


def reply_frame(answer: Answer) -> bytes:
    """The answer as bytes on the wire."""
    body = bytes((answer.sw1, answer.sw2, answer.sw3)) + answer.data
    body = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + body + bytes((reduce(xor, body),))
