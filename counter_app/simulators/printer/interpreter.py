"""Takes bytes in pieces of any size, does what they say on a `Head`, and answers in order.

Real-time commands are answered by `device`, on arrival; here they only pass, as in a real printer,
where they also stand in the receive buffer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from counter_app.simulators.printer import graphic_commands, text_commands
from counter_app.simulators.printer.grammar import TEXT, Token, next_token
from counter_app.simulators.printer.head import Head
from counter_app.simulators.printer.sheet import Sheet
from counter_app.simulators.printer.status import Sensors
from counter_app.simulators.printer.text_commands import Command, ends_in_half_a_pair, print_text

_REPLYING: Final = frozenset((b"\x1dr", b"\x1dI", b"\x1da", b"\x1d(H"))
_PASSING: Final = frozenset((b"\x00", b"\x10\x04", b"\x10\x05", b"\x10\x14"))
# code pages, panel buttons, paper sensors, buzzer: nothing of them is seen on the paper
_UNSEEN: Final = frozenset(
    (b"\x1bt", b"\x1bR", b"\x1bc3", b"\x1bc4", b"\x1bc5", b"\x1b=", b"\x1dT", b"\x1bB")
)
_PLAIN_CUTS: Final = frozenset((0, 1, 48, 49))
_PROCESS_ID_REPLY: Final = b"\x37\x22"
_KEY_LIST: Final = b"\x30\x40"
_KEYS_REPLY: Final = b"\x37\x72"


class Interpreter:
    """One printer's brain. `reply` receives what it says, `finished` each paper it cuts off."""

    def __init__(
        self,
        width: int,
        *,
        clone: bool = False,
        sensors: Sensors | None = None,
        reply: Callable[[bytes], None] | None = None,
        finished: Callable[[Sheet], None] | None = None,
    ) -> None:
        self.head = Head(width)
        self.sensors = sensors if sensors is not None else Sensors()
        self.automatic = False  # GS a: tell every change
        self.process_id = True  # knows GS ( H
        self._reply = reply
        self._finished = finished
        self._buffer = bytearray()
        self._commands: dict[bytes, Command] = {**text_commands.COMMANDS, **graphic_commands.COMMANDS}
        if clone:
            self._commands.update(text_commands.CLONE_COMMANDS)

    @property
    def pending(self) -> int:
        """Bytes received and not done: an unfinished command, or all since the printer halted."""
        return len(self._buffer)

    def receive(self, data: bytes) -> None:
        """Put bytes into the buffer; `pump` does what they say."""
        self._buffer += data

    def pump(self, after_each: Callable[[], None] | None = None) -> None:
        """Do what lies in the buffer, as far as the sensors allow."""
        while not self.sensors.halted:
            token = next_token(self._buffer, 0)
            if token is not None and token.code == TEXT:
                token = self._whole_pairs(token)
            if token is None:
                return
            raw = bytes(self._buffer[: token.size])
            del self._buffer[: token.size]
            self._do(token, raw)
            if after_each is not None:
                after_each()

    def clear(self) -> None:
        """Forget what is not on paper (DLE DC4 8)."""
        self._buffer.clear()
        self.head.forget_line()

    def power_on(self) -> None:
        """Start afresh: buffer, line and settings are lost, the paper is where it was."""
        self.clear()
        self.automatic = False
        self._commands[b"\x1b@"](self.head, b"")

    def _whole_pairs(self, token: Token) -> Token | None:
        """A Chinese character whose second byte is still to come waits for it."""
        text = token.args
        if self.head.modes.kanji and token.size == len(self._buffer) and ends_in_half_a_pair(text):
            text = text[:-1]
        return Token(TEXT, text, len(text)) if text else None

    def _do(self, token: Token, raw: bytes) -> None:
        if token.code in _PASSING:
            return
        if token.code in (b"\x1d(L", b"\x1d8L") and token.args[:2] == _KEY_LIST:
            self._say(_KEYS_REPLY + b"\x40" + b"".join(self.head.memory.keyed) + b"\x00")
            return
        if token.code == b"\x1cq":
            graphic_commands.keep_list(self.head, token.args)
            self.power_on()  # the printer restarts by itself
            return
        if token.code in _REPLYING:
            self._answer(token)
            return
        self.head.record += raw
        command = self._commands.get(token.code)
        if token.code == TEXT:
            print_text(self.head, token.args)
        elif command is not None:
            command(self.head, token.args)
        elif token.code in (b"\x1dV", b"\x1bi", b"\x1bm"):
            self._cut(token)
        elif token.code == b"\x1bp":
            self.head.drawer_kicks += 1
            self.sensors.drawer_closed = False
        elif token.code not in _UNSEEN:
            self.head.rubbish(f"{raw[:6].hex(' ').upper()} is no command")

    def _cut(self, token: Token) -> None:
        kind = token.args[0] if token.args else 0
        if len(token.args) == 2:
            self.head.cut(token.args[1])
        elif kind in _PLAIN_CUTS:
            self.head.cut(None)
        else:
            self.head.rubbish(f"GS V {kind}")
            return
        if self._finished is not None:
            self._finished(self.head.sheets[-1])

    def _answer(self, token: Token) -> None:
        if token.code == b"\x1da":
            self.automatic = bool(token.args[0])
            self._say(self.sensors.automatic() if self.automatic else b"")
        elif token.code == b"\x1dr":
            self._say(self.sensors.transmitted(token.args[0]))
        elif token.code == b"\x1dI":
            self._say(b"\x20" if token.args[0] % 48 in (1, 2, 3) else b"_SIMULATED\x00")
        elif self.process_id and token.args[:2] == b"00" and len(token.args) == 6:
            self._say(_PROCESS_ID_REPLY + token.args[2:6] + b"\x00")

    def _say(self, data: bytes) -> None:
        if data and self._reply is not None:
            self._reply(data)
