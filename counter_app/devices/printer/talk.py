"""One open line to a printer: questions with deadlines, and everything it says in between.

Used by one thread, the one that opened the line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from counter_app.devices.printer.flush import drains
from counter_app.devices.printer.memory import ASK_KEYS, NEXT_BLOCK, keys_block
from counter_app.devices.printer.replies import (
    Automatic,
    Condition,
    RealTime,
    Reply,
    ReplyReader,
    Transmitted,
    from_automatic,
)
from counter_app.devices.printer.spans import PIECE
from counter_app.devices.serial_line import BITS_PER_BYTE, LineSettings

LOOK: Final = 2  # the one DLE EOT asked under way, so that late answers are not mixed up
_QUIET: Final = 0.2  # seconds without a byte after which no late answer is on its way
_PROBE: Final = b"\x1dr\x01"
_LONGEST_INFO: Final = 96
_LONGEST_LIST: Final = 512


class Line(Protocol):
    """What a talk needs of `serial_line.SerialLine`."""

    @property
    def settings(self) -> LineSettings: ...
    @property
    def clock(self) -> Callable[[], float]: ...
    def write(self, data: bytes) -> None: ...
    def read(self, count: int, deadline: float) -> bytes: ...
    def discard_input(self) -> None: ...
    def close(self) -> None: ...


class Talk:
    """`owed` counts the `GS r` sent and not answered yet: a late answer is no proof of a later job."""

    def __init__(self, line: Line, owed: int = 0) -> None:
        self._line = line
        self._reader = ReplyReader()
        self.condition = Condition()
        self.answered = False  # heard anything at all since this line was opened
        self.answers_looks = False  # answered the question asked under way too
        self.owed = owed

    @property
    def settings(self) -> LineSettings:
        return self._line.settings

    @property
    def clock(self) -> Callable[[], float]:
        return self._line.clock

    def send(self, data: bytes) -> None:
        """Raises LineLost."""
        self._line.write(data)

    def listen(self, seconds: float) -> list[Reply]:
        """What comes within `seconds`; returns with the first whole reply.

        Raises LineLost, or LineStopped when the owner closes.
        """
        deadline = self.clock() + seconds
        while True:
            heard = self._line.read(1, deadline)
            replies = self._reader.feed(heard)
            for reply in replies:
                self._note(reply)
            if replies or not heard:
                return replies

    def hush(self) -> None:
        """Forget all that was heard, and drop what came unasked and late."""
        self._line.discard_input()
        self._reader.forget()
        self.condition = Condition()

    def ask_now(self, n: int) -> None:
        """Send `DLE EOT n` and leave the answer to `listen`. Only between commands."""
        self.send(bytes((0x10, 0x04, n)))

    def ask(self, n: int, seconds: float) -> bool:
        """Send `DLE EOT n` and wait for its answer; False when none comes."""
        self.ask_now(n)
        deadline = self.clock() + seconds
        while (left := deadline - self.clock()) > 0:
            for reply in self.listen(left):
                if isinstance(reply, RealTime):
                    self.condition = self.condition.heard(n, reply.bits)
                    self.answers_looks = self.answers_looks or n == LOOK
                    return True
        return False

    def info(self, n: int, seconds: float) -> str:
        """Send `GS I n` and wait for its text; empty when none comes. Clones may print the question.

        The answer is `_`, up to 80 characters and NUL; what else comes meanwhile is passed over.
        """
        self.send(b"\x1dI" + bytes((n,)))
        deadline, heard = self.clock() + seconds, b""
        while self.clock() < deadline and not heard.endswith(b"\x00") and len(heard) < _LONGEST_INFO:
            heard += self._line.read(1, deadline)
        _, begun, text = heard.partition(b"_")
        if not begun or not text.endswith(b"\x00"):
            return ""
        return text.removesuffix(b"\x00").decode("ascii", "replace")

    def stored(self, seconds: float) -> frozenset[bytes] | None:
        """Key codes of the logos it keeps; None when no whole answer comes, as from those that cannot tell.

        What else comes meanwhile is passed over.
        """
        self.send(ASK_KEYS)
        deadline, heard, codes = self.clock() + seconds, b"", frozenset[bytes]()
        while self.clock() < deadline and len(heard) < _LONGEST_LIST:
            heard += self._line.read(1, deadline)
            block = keys_block(heard)
            if block is None:
                continue
            codes, more = codes | block[0], block[1]
            if not more:
                return codes
            heard = b""
            self.send(NEXT_BLOCK)
        return None

    def probe(self) -> None:
        """Send `GS r 1`: its answer comes when all before it was taken out of the buffer."""
        self.owed += 1
        self.send(_PROBE)

    def settle(self) -> None:
        """Collect the late answers of an earlier job, so that the next one's is known for its own."""
        owed = self.owed
        self.probe()
        while self.listen(_QUIET):
            pass
        if self.owed <= owed:  # it does answer, and is quiet now: what is missing was lost
            self.owed = 0

    def drain(self, seconds: float) -> bool:
        """Fill up what a spoilt command still waits for, until `GS r` is answered again (see `flush.py`).

        More NULs each time, `seconds` for each answer and, on a serial line, for the wire to carry them.
        """
        baudrate = None if self.settings.url.startswith("socket:") else self.settings.baudrate
        for size in drains(seconds, baudrate):
            for start in range(0, size, PIECE):
                self.send(bytes(min(PIECE, size - start)))
            self.probe()
            deadline = self.clock() + seconds + (size * BITS_PER_BYTE / baudrate if baudrate else 0)
            while (left := deadline - self.clock()) > 0:
                if any(isinstance(reply, Transmitted) for reply in self.listen(left)):
                    while self.listen(_QUIET):
                        pass
                    self.owed = 0
                    return True
        return False

    def close(self) -> None:
        self._line.close()

    def _note(self, reply: Reply) -> None:
        self.answered = True
        match reply:
            case Automatic(data):
                self.condition = from_automatic(data)
            case Transmitted():
                self.owed = max(0, self.owed - 1)
            case _:
                pass
