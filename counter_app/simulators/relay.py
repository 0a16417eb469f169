"""A line that can be cut: passes TCP from a machine to the hub, until somebody pulls the plug.

A cut line refuses new connections and drops those that are open, at both ends, as a pulled plug does. For
training halls and the tour; not here: what else lines do (the tests' proxy delays, stalls and garbles too).
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Final

_PIECE: Final = 65536
_LOOK_SECONDS: Final = 0.1
_CONNECT_SECONDS: Final = 3.0


class CutRelay:
    """Listens on a free port of this machine at once; `target` may become known later."""

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_LOOK_SECONDS)
        self._over = threading.Event()
        self._cut = threading.Event()
        self._guard = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, name="relay")
        self._accepting.start()

    @property
    def address(self) -> str:
        """`HOST:PORT` for who connects."""
        host, port = self._listener.getsockname()[:2]
        return f"{host}:{port}"

    @property
    def is_cut(self) -> bool:
        return self._cut.is_set()

    def cut(self) -> None:
        """Nothing passes from now on."""
        self._cut.set()
        self._drop()

    def heal(self) -> None:
        self._cut.clear()

    def close(self) -> None:
        """End every connection and wait for the threads."""
        self._over.set()
        self._accepting.join()
        self._drop()
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                near, _ = self._listener.accept()
            except TimeoutError:
                continue
            if self._cut.is_set():
                near.close()
                continue
            try:
                far = socket.create_connection(self._target, timeout=_CONNECT_SECONDS)
            except OSError:
                near.close()
                continue
            self._join(near, far)

    def _join(self, near: socket.socket, far: socket.socket) -> None:
        with self._guard:
            self._open |= {near, far}
        for end in (near, far):
            end.settimeout(None)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ways = ((near, far), (far, near))
        fresh = [threading.Thread(target=self._pass_on, args=way, name="relay-way") for way in ways]
        self._threads = [thread for thread in self._threads if thread.is_alive()] + fresh
        for thread in fresh:
            thread.start()
        if self._cut.is_set():  # it was pulled meanwhile
            self._drop()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                sink.sendall(piece)
        self._end(source)
        self._end(sink)

    def _drop(self) -> None:
        with self._guard:
            ends = tuple(self._open)
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _end(self, end: socket.socket) -> None:
        """Shut it, so that the thread at the other way ends too; the last of the two closes it."""
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        with self._guard:
            known = end in self._open
            self._open.discard(end)
        if not known:
            end.close()
