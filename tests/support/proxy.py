"""A TCP proxy that does to a line what lines do: delays, overtakes, stalls, cuts at a byte, resets, refuses.

    with LineProxy(("127.0.0.1", port)) as line:
        line.cut(to_client=1000)    # each connection from now on ends after so many bytes of answers
        line.stall()                # connections stay open, nothing passes
        line.heal()

Faults can be set at any time from any thread. Every thread is joined when the block ends.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Final, Self

_PIECE: Final = 65536
_TICK: Final = 0.02
_RESET: Final = struct.pack("ii", 1, 0)  # SO_LINGER on, zero seconds: close sends RST


@dataclass(frozen=True)
class Faults:
    """`to_hub`/`to_client`: bytes that pass in a connection before it is cut; None: all."""

    delay: float = 0.0
    uneven: bool = False
    stalled: bool = False
    refused: bool = False
    reset: bool = False
    to_hub: int | None = None
    to_client: int | None = None


class LineProxy:
    """Listens on `port`, a free one of 127.0.0.1, and passes on to `target`."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._faults = Faults()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_TICK)
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._pairs: list[_Pair] = []
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, name="proxy-accept")
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._accepting.join()
        self.drop()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    @property
    def faults(self) -> Faults:
        return self._faults

    def delay(self, seconds: float) -> None:
        """Every piece waits so long, each way."""
        self._faults = replace(self._faults, delay=seconds)

    def reorder(self, seconds: float) -> None:
        """Pieces of every other connection wait so long: what was asked later on another arrives first."""
        self._faults = replace(self._faults, delay=seconds, uneven=True)

    def stall(self) -> None:
        """Nothing passes; nothing is closed. What was sent passes after `heal`."""
        self._faults = replace(self._faults, stalled=True)

    def cut(self, *, to_hub: int | None = None, to_client: int | None = None, reset: bool = False) -> None:
        """New connections end after so many bytes of a way; by RST when `reset`."""
        self._faults = replace(self._faults, to_hub=to_hub, to_client=to_client, reset=reset)

    def refuse(self) -> None:
        """New connections are closed at once, those open are dropped: the line is down."""
        self._faults = replace(self._faults, refused=True)
        self.drop()

    def drop(self, *, reset: bool = False) -> None:
        """End all open connections now."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            pair.end(reset=reset)

    def heal(self) -> None:
        self._faults = Faults()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                near, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            if self._faults.refused:
                _reset(near)
                continue
            try:
                far = socket.create_connection(self._target, timeout=5)
            except OSError:
                near.close()
                continue
            self._begin(_Pair(near, far, self.connections))

    def _begin(self, pair: _Pair) -> None:
        faults = self._faults
        ways = ((pair.near, pair.far, faults.to_hub), (pair.far, pair.near, faults.to_client))
        threads = [
            threading.Thread(target=self._pass_on, args=(pair, *way), name="proxy-way") for way in ways
        ]
        with self._lock:
            self._pairs.append(pair)
            self._threads = [one for one in self._threads if one.is_alive()] + threads
        for thread in threads:
            thread.start()

    def _pass_on(self, pair: _Pair, source: socket.socket, sink: socket.socket, most: int | None) -> None:
        passed = 0
        while not self._closing.is_set() and not pair.ended:
            try:
                piece = source.recv(_PIECE)
            except TimeoutError:
                continue
            except OSError:
                break
            if not piece or not self._may_pass(pair):
                break
            if most is not None and passed + len(piece) >= most:
                self._send(pair, sink, piece[: most - passed])
                pair.end(reset=self._faults.reset)
                return
            passed += len(piece)
            if not self._send(pair, sink, piece):
                break
        pair.end()

    def _may_pass(self, pair: _Pair) -> bool:
        """Wait out a delay or a stall; False when the connection ends meanwhile."""
        faults = self._faults
        if faults.delay and not (faults.uneven and pair.number % 2):
            time.sleep(faults.delay)
        while self._faults.stalled and not self._closing.is_set() and not pair.ended:
            time.sleep(_TICK)
        return not pair.ended and not self._closing.is_set()

    def _send(self, pair: _Pair, sink: socket.socket, piece: bytes) -> bool:
        left = memoryview(piece)
        while left and not pair.ended:
            try:
                left = left[sink.send(left) :]
            except TimeoutError:
                continue
            except OSError:
                return False
        return not left


class _Pair:
    """Both ends of one connection; ended once."""

    def __init__(self, near: socket.socket, far: socket.socket, number: int) -> None:
        self.number = number
        self.near = near
        self.far = far
        self._lock = threading.Lock()
        self.ended = False
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            end.settimeout(_TICK)

    def end(self, *, reset: bool = False) -> None:
        with self._lock:
            if self.ended:
                return
            self.ended = True
        for end in (self.near, self.far):
            if reset:
                _reset(end)
                continue
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    end.close()
