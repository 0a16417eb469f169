"""Where a hub's name points, without ever waiting long for a name server.

A hall whose line is down has no name server either, and the system's own look-up may take many seconds. The
look-up runs in a thread of its own; who does not get an answer in time goes on alone, and the next one finds
it.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from typing import Final

from counter_app.use_cases.ports.centre import CentreAway

_LOOK_AGAIN: Final = 60.0

LookUp = Callable[[str, int], tuple[str, ...]]


def look_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses behind a name, as the system knows them. OSError, UnicodeError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in answers))


class Addresses:
    """The addresses of one host; what worked last is tried first. Threads share it."""

    def __init__(self, host: str, port: int, look_up: LookUp = look_up) -> None:
        self._ask_system = look_up
        self._host = host
        self._port = port
        self._lock = threading.Lock()
        self._known: tuple[str, ...] = (host,) if _is_literal(host) else ()
        self._literal = bool(self._known)
        self._looked_at = float("-inf")
        self._looking: threading.Thread | None = None

    def connect(self, ends: float) -> socket.socket:
        """A TCP connection by `ends` (monotonic). CentreAway."""
        last: OSError | None = None
        addresses = self._addresses(ends)
        for tried, address in enumerate(addresses):
            try:
                # One that swallows everything must not use up the time of those after it.
                left = max(0.001, (ends - time.monotonic()) / (len(addresses) - tried))
                found = socket.create_connection((address, self._port), timeout=left)
            except OSError as error:
                last = error
                continue
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._worked(address)
            return found
        raise CentreAway(f"not reached: {last}")

    def _addresses(self, ends: float) -> tuple[str, ...]:
        if self._literal:
            return self._known
        looking = self._look_up()
        if not self._known and looking is not None:
            looking.join(max(0.0, ends - time.monotonic()))
        with self._lock:
            return self._known

    def _look_up(self) -> threading.Thread | None:
        """Begin a look-up when the last is old; the one under way, if any."""
        with self._lock:
            fresh = self._known and time.monotonic() - self._looked_at < _LOOK_AGAIN
            if not fresh and (self._looking is None or not self._looking.is_alive()):
                self._looking = threading.Thread(target=self._ask, name="hub-address", daemon=True)
                self._looking.start()
            return self._looking

    def _ask(self) -> None:
        try:
            found = self._ask_system(self._host, self._port)
        except (OSError, UnicodeError):
            return
        with self._lock:
            self._known = tuple(one for one in self._known if one in found) or found
            self._known += tuple(one for one in found if one not in self._known)
            self._looked_at = time.monotonic()

    def _worked(self, address: str) -> None:
        with self._lock:
            self._known = (address, *(one for one in self._known if one != address))


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
