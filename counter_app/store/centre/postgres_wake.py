"""Waking: threads of this process at once, other processes by NOTIFY, at once and then at most ten a second.

A NOTIFY in each commit makes all commits queue on one lock and wakes every listener every time (design: 162
to 279 commits/s with 200 listeners); so it goes out beside the business transactions, from a thread of its
own. One connection listens for the whole process. What is heard is only a hint: who is woken looks at the
hall's head, and looks anyway after a while.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, Final

import psycopg

_LOG: Final = logging.getLogger(__name__)
NOTIFY_EVERY: Final = 0.1  # seconds between two
_PATIENCE: Final = (0.2, 5.0)  # seconds before the next try when the server is away: first and most
_LOOK_EVERY: Final = 30.0  # seconds without a word before the listening connection is tried

Connect = Callable[[], psycopg.Connection[Any]]


def channel(hall: str) -> str:
    """The channel of a hall; anybody in the database may hear it, so its name tells nothing."""
    return f"counter_{sha256(hall.encode()).hexdigest()[:24]}"


class Bells:
    """Which halls had something new, told to the threads that wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rung: dict[str, int] = {}
        self._closed = False

    def ring(self, names: Iterable[str]) -> None:
        """Something may be new on these channels."""
        with self._changed:
            for name in names:
                self._rung[name] = self._rung.get(name, 0) + 1
            self._changed.notify_all()

    def mark(self, name: str) -> int:
        return self._rung.get(name, 0)

    def wait(self, name: str, mark: int, seconds: float) -> None:
        """Until `name` has rung since the mark, or so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._rung.get(name, 0) != mark or self._closed, seconds)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Announcer:
    """Tells other processes. Its thread runs from the first word to `close`."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._turn = threading.Condition()
        self._news: dict[str, int] = {}
        self._closed = False
        self._thread: threading.Thread | None = None
        self.sent = 0

    def tell(self, name: str, place: int) -> None:
        """Returns at once; when the server is away the word is lost, and the others find out by looking."""
        with self._turn:
            self._news[name] = place
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="centre-notify", daemon=True)
                self._thread.start()
            self._turn.notify()

    def _run(self) -> None:
        connection: psycopg.Connection[Any] | None = None
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._news or self._closed)
                news, self._news = self._news, {}
                if not news:
                    break
            try:
                connection = connection or self._connect()
                connection.execute(
                    "SELECT pg_notify(n.name, n.at::text) FROM unnest(%s::text[], %s::int8[]) AS n(name, at)",
                    (list(news), list(news.values())),
                )
                self.sent += len(news)
            except psycopg.Error as error:
                _LOG.info("the centre's database could not be told: %s", error)
                if connection is not None:
                    connection.close()
                connection = None
            with self._turn:
                self._turn.wait_for(lambda: self._closed, NOTIFY_EVERY)
        if connection is not None:
            connection.close()

    def close(self) -> None:
        """What is still to be told is told first."""
        with self._turn:
            self._closed = True
            self._turn.notify()
        if self._thread is not None:
            self._thread.join()


class Listener:
    """The one connection of this process that listens. Its thread runs from the first channel to `close`."""

    def __init__(self, connect: Connect, bells: Bells) -> None:
        self._connect = connect
        self._bells = bells
        self._guard = threading.Lock()
        self._wanted: set[str] = set()
        self._closed = False
        self._thread: threading.Thread | None = None
        self._nudged, self._nudge = socket.socketpair()
        self._nudged.setblocking(False)

    def listen(self, name: str) -> None:
        """Hear this channel too, from soon on."""
        if name in self._wanted:
            return
        with self._guard:
            if self._closed:
                return
            self._wanted.add(name)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="centre-listen", daemon=True)
                self._thread.start()
            self._nudge.send(b".")

    def _run(self) -> None:
        patience = _PATIENCE[0]
        while not self._closed:
            try:
                with self._connect() as connection:
                    patience = _PATIENCE[0]
                    self._hear(connection)
            except (psycopg.Error, OSError) as error:
                if not self._closed:
                    _LOG.info("the centre's database is not heard: %s", error)
                self._rest(patience)
                patience = min(patience * 2, _PATIENCE[1])

    def _hear(self, connection: psycopg.Connection[Any]) -> None:
        """Until closed, or psycopg's error when the connection is lost."""
        heard: set[str] = set()
        with selectors.DefaultSelector() as selector:
            selector.register(connection.fileno(), selectors.EVENT_READ)
            selector.register(self._nudged, selectors.EVENT_READ)
            while not self._closed:
                for name in sorted(self._wanted - heard):
                    connection.execute(f'LISTEN "{name}"'.encode())
                    heard.add(name)
                    self._bells.ring((name,))  # what came before we listened
                ready = selector.select(_LOOK_EVERY)
                if not ready:
                    connection.execute("SELECT 1")
                if any(key.fileobj is self._nudged for key, _ in ready):
                    self._nudged.recv(1024)
                names = {note.channel for note in connection.notifies(timeout=0)}
                if names:
                    self._bells.ring(names)

    def _rest(self, seconds: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._nudged, selectors.EVENT_READ)
            if selector.select(seconds) and not self._closed:
                self._nudged.recv(1024)

    def close(self) -> None:
        with self._guard:
            self._closed = True
            self._nudge.send(b".")
        if self._thread is not None:
            self._thread.join()
        self._nudge.close()
        self._nudged.close()
