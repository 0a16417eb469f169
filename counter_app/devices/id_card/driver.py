"""The reader's dialogue: probe, find, select, read, newest address, "is it still there".

Works on an open `SerialLine` in the caller's thread and waits at most each request's deadline.
Polling, reopening and telling others are `reader_lane`'s. The block with fingerprints (30 10) is
deliberately never asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from counter_app.devices.id_card import status
from counter_app.devices.id_card.card_data import CardData, card_data
from counter_app.devices.id_card.frames import Damaged, Found, Partial, Reply, build, scan
from counter_app.devices.id_card.status import ReaderRefused, ReaderSilent, ReplyDamaged
from counter_app.devices.serial_line import SerialLine
from counter_app.domain.identity.checks import has_doubtful_number
from counter_app.domain.identity.document import IdentityDocument
from counter_app.domain.identity.layouts import TextBlockDamaged, parse
from counter_app.errors import UserFacingError

BAUDRATES: Final = (115200, 57600, 38400, 19200, 9600)
TRIES: Final = 3
ADDRESS_LIMIT: Final = 70
SIMULATED_MODULE: Final = "99.99-19700101-000000000-000000000"  # this program's own simulator; no maker is 99

Accepts = Callable[[Reply], bool]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds to wait for a short answer (find and select take up to one), for the card's data (up to
    five, and 1295 bytes take 1.4 at 9600 baud), and for the next byte of an answer that has begun.
    """

    short: float = 1.5
    read: float = 6.5
    gap: float = 0.4


USUAL: Final = Timing()


@dataclass(frozen=True, slots=True)
class ModuleInfo:
    """The reader's security module; `number` is empty where the reader does not tell it."""

    number: str

    @property
    def simulated(self) -> bool:
        """Whether the reader says that it is this program's simulator (decision 021)."""
        return self.number == SIMULATED_MODULE


@dataclass(frozen=True, slots=True)
class AddressAnswer:
    """`still_there`: the card read last lies there yet. None: this reader cannot tell."""

    still_there: bool | None
    address: str = ""


def supported(url: str) -> bool:
    """Whether this driver could work at `url`: serial ports and what carries serial bytes."""
    return "://" not in url or url.partition("://")[0] in {"socket", "rfc2217", "loop", "spy", "hwgrep"}


class IdCardDriver:
    """One reader on one open line. Every call may raise LineLost (or LineStopped)."""

    def __init__(self, line: SerialLine, timing: Timing = USUAL) -> None:
        self._line = line
        self._timing = timing
        self._doubted: bytes | None = None  # a block whose number contradicts itself, seen once

    def probe(self) -> ModuleInfo:
        """Make sure that a reader answers. Raises ReaderSilent when none does."""
        self._ask(0x11, 0xFF, self._timing.short, _any)
        try:
            reply = self._ask(0x12, 0xFF, self._timing.short, _done_with(16))
        except (ReaderRefused, ReaderSilent, ReplyDamaged):
            return ModuleInfo("")  # the number is a courtesy; a reader without it reads cards
        return ModuleInfo(module_number(reply.data))

    def find(self) -> bool:
        """Whether an unread card lies there. Raises ReaderRefused, ReaderSilent, ReplyDamaged."""
        reply = self._ask(0x20, 0x01, self._timing.short, _found)
        return reply.sw3 == status.FOUND

    def select(self) -> None:
        """Select the card just found. Raises like `find`."""
        self._ask(0x20, 0x02, self._timing.short, _done_with(8))

    def read(self) -> IdentityDocument:
        """Read the selected card: text, photo, newest address.

        Raises like `find`, and TextBlockDamaged. A record whose number contradicts itself is
        accepted only when two readings agree: one checksum of eight bits lets some noise through.
        """
        for _ in range(TRIES):
            card = self._text_and_photo()
            document = parse(card.text)
            if not has_doubtful_number(document) or card.text == self._doubted:
                self._doubted = None
                answer = self.newest_address()
                return replace(document, photo=card.photo, newest_address=answer.address)
            self._doubted = card.text
        raise TextBlockDamaged("number")

    def newest_address(self) -> AddressAnswer:
        """Ask for the address written after issue; an answer means that the same card lies there."""
        try:
            reply = self._ask(0x30, 0x03, self._timing.short, _address)
        except ReaderRefused as error:
            return AddressAnswer(None if error.sw3 == status.COMMAND_WRONG else False)
        except (ReaderSilent, ReplyDamaged):
            return AddressAnswer(None)
        return AddressAnswer(True, address_text(reply.data) if reply.sw3 == status.DONE else "")

    def change_speed(self, baudrate: int) -> None:
        """Make the module talk at `baudrate` from its next answer on; the line must be opened anew at it.

        ValueError for a speed the protocol lacks. Raises like `find`.
        """
        self._ask(0x60, BAUDRATES.index(baudrate), self._timing.short, _done_with(0))

    def _text_and_photo(self) -> CardData:
        reply = self._ask(0x30, 0x01, self._timing.read, _card_data)
        found = card_data(reply.data)
        if found is None:
            raise TextBlockDamaged("length")
        return found

    def _ask(self, cmd: int, para: int, seconds: float, fits: Accepts) -> Reply:
        """Send a request, up to three times when it or its answer was damaged on the way."""
        last: UserFacingError = ReplyDamaged()
        for _ in range(TRIES):
            try:
                reply = self._exchange(build(cmd, para), seconds, fits)
            except ReplyDamaged as error:
                last = error
                continue
            except ReaderSilent as error:
                if not error.received:
                    raise
                last = error
                continue
            if fits(reply):
                return reply
            last = ReaderRefused(reply)
            if reply.sw3 not in status.TRANSMISSION:
                break
        raise last

    def _exchange(self, request: bytes, seconds: float, fits: Accepts) -> Reply:
        """One request and the first answer that can be its own.

        A late answer to an earlier request carries data that does not fit and is passed over; an
        answer without data is the reader's refusal and counts at once.
        """
        self._line.discard_input()
        self._line.write(request)
        deadline = self._line.clock() + seconds
        buffer, received, passed_over = b"", 0, False
        while True:
            match scan(buffer):
                case Found(reply, rest):
                    if fits(reply) or not reply.data:
                        return reply
                    buffer, passed_over = rest, True
                case Damaged():
                    raise ReplyDamaged
                case Partial(kept, missing):
                    piece = self._next_bytes(missing, deadline, begun=received > 0)
                    received += len(piece)
                    if not piece or self._line.clock() > deadline:
                        raise ReplyDamaged if passed_over else ReaderSilent(received)
                    buffer = kept + piece

    def _next_bytes(self, missing: int, deadline: float, *, begun: bool) -> bytes:
        """What comes next; nothing when the answer does not begin, or pauses where it may not."""
        if not begun:
            return self._line.read(1, deadline)
        return self._line.read(missing, min(deadline, self._line.clock() + self._timing.gap))


def module_number(data: bytes) -> str:
    """16 bytes → `05.03-20260101-000000123-000004567`, as readers print it."""
    first, second, third = (int.from_bytes(data[at : at + 4], "little", signed=True) for at in (4, 8, 12))
    return f"{data[0]:02d}.{data[2]:02d}-{first}-{second:09d}-{third:09d}"


def address_text(data: bytes) -> str:
    """UTF-16LE with or without a two-byte length before it; undecodable bytes give no address."""
    if len(data) >= 2 and int.from_bytes(data[:2], "big") == len(data) - 2:
        data = data[2:]
    try:
        return data[:ADDRESS_LIMIT].decode("utf-16-le").rstrip(" \0")
    except UnicodeDecodeError:
        return ""


def _any(reply: Reply) -> bool:
    return True


def _done_with(size: int) -> Accepts:
    return lambda reply: reply.sw3 == status.DONE and len(reply.data) == size


def _found(reply: Reply) -> bool:
    if reply.sw3 == status.NO_CARD:
        return not reply.data
    return reply.sw3 == status.FOUND and len(reply.data) == 4


def _address(reply: Reply) -> bool:
    if reply.sw3 == status.NOTHING_THERE:
        return not reply.data
    return reply.sw3 == status.DONE and 0 < len(reply.data) <= ADDRESS_LIMIT + 2


def _card_data(reply: Reply) -> bool:
    return reply.sw3 == status.DONE and card_data(reply.data) is not None
