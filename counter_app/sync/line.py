"""The line to a hub: connections kept alive, TLS that trusts one authority, and times that are kept to.

Python's own http.client: it loads in a fifth of the time urllib3 takes, and a window pays for it. No proxies,
no redirects, no cookies. Every failure below an HTTP status is CentreAway; a certificate of another authority
is an answer in itself, before a byte of ours was sent. Not here: who we are and what is asked
(`hub_centre.py`).
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from counter_app.errors import UserFacingError
from counter_app.sync.addresses import Addresses
from counter_app.use_cases.centre.wire import MOST_ANSWERED
from counter_app.use_cases.ports.centre import CentreAway

# What the hub's certificate is made out to, wherever it is dialled.
HUB_NAME: Final = "hub.counter-app.internal"
_IDLE_SECONDS: Final = 60.0  # less than the hub keeps an idle connection
_MOST_IDLE: Final = 4
_PIECE: Final = 1 << 18
_CUT_OFF: Final = (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError)
_NOT_IN_TIME: Final = (9, 10)  # X509_V_ERR_CERT_NOT_YET_VALID, …_HAS_EXPIRED


@dataclass(frozen=True, slots=True)
class Reply:
    """`certificate`: SHA-256 (hex) of what the hub showed on this connection."""

    status: int
    squeezed: bool
    body: bytes
    certificate: str


class TimedSocket(ssl.SSLSocket):
    """All reads and writes together end at `ends` (monotonic): a dribbling line cannot stretch a limit."""

    ends: float = float("inf")

    def getpeername(self) -> Any:
        """Where the other side is; on OSError nothing is left open: `ssl` asks before a handshake, takes an
        error for "not connected yet", and forgets the socket when its next read says "reset"."""
        try:
            return super().getpeername()
        except OSError as error:
            self.close()
            raise ConnectionResetError("cut off before the handshake") from error

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self._limit()
        return super().recv_into(*args, **kwargs)

    def recv(self, *args: Any, **kwargs: Any) -> bytes:
        self._limit()
        return super().recv(*args, **kwargs)

    def send(self, *args: Any, **kwargs: Any) -> int:
        self._limit()
        return super().send(*args, **kwargs)

    def _limit(self) -> None:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("time is up")
        self.settimeout(min(left, 3600.0))


def trusting(authority_pem: bytes) -> ssl.SSLContext:
    """TLS 1.2 or later, trusting this authority and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = TimedSocket
    try:
        context.load_verify_locations(cadata=authority_pem.decode("ascii"))
    except (ssl.SSLError, ValueError) as error:
        raise UserFacingError(
            "centre.certificate-unreadable",
            "The centre's certificate kept on this machine cannot be read.",
            kept="Everything is kept here.",
            remedy="Enrol this machine with a new invitation.",
        ) from error
    return context


class HubLine:
    """Threads share it. `host` may be a name, an address, or an IPv6 address in brackets."""

    def __init__(
        self, host: str, port: int, context: ssl.SSLContext, *, connect_seconds: float, name: str = HUB_NAME
    ) -> None:
        self._addresses = Addresses(host.strip("[]"), port)
        self._authority = f"{host}:{port}"
        self._context = context
        self._connect_seconds = connect_seconds
        self._name = name
        self._lock = threading.Lock()
        self._idle: list[_Connection] = []
        self._busy: set[_Connection] = set()
        self._closed = False

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
        ends: float,
    ) -> Reply:
        """One request, answered whole by `ends` (monotonic).

        A kept connection that turns out dead is replaced once. CentreAway; UserFacingError
        `centre.wrong-certificate`, `centre.certificate-time`.
        """
        connection = self._take(ends)
        try:
            return self._over(connection, method, path, body, headers, ends)
        except _Stale:
            with self._lock:
                dead, self._idle = self._idle, []
            for other in dead:
                other.close()
        connection = self._fresh(ends)
        try:
            return self._over(connection, method, path, body, headers, ends)
        except _Stale as error:
            raise CentreAway("cut off") from error

    def open_socket(self, ends: float) -> TimedSocket:
        """A connection of the caller's own (for a web socket). CentreAway, UserFacingError as `request`."""
        raw = self._addresses.connect(min(ends, time.monotonic() + self._connect_seconds))
        try:
            raw.settimeout(max(0.001, ends - time.monotonic()))
            wrapped = self._context.wrap_socket(raw, server_hostname=self._name)
        except ssl.SSLCertVerificationError as error:
            raw.close()
            raise _wrong_certificate(error) from error
        except (OSError, ValueError) as error:
            raw.close()
            raise CentreAway(f"no TLS: {error}") from error
        if not isinstance(wrapped, TimedSocket):
            wrapped.close()
            raise TypeError("the context makes other sockets")
        return wrapped

    @property
    def authority(self) -> str:
        """Host and port as in a URL."""
        return self._authority

    def close(self) -> None:
        """End it; requests under way in other threads end with CentreAway."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = tuple(self._busy)
        for connection in idle:
            connection.close()
        for connection in busy:
            connection.cut()

    def _over(
        self,
        connection: _Connection,
        method: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str],
        ends: float,
    ) -> Reply:
        with self._lock:
            self._busy.add(connection)
        kept = False
        try:
            reply, kept = connection.exchange(method, path, body, headers, ends)
            return reply
        finally:
            with self._lock:
                self._busy.discard(connection)
                kept = kept and not self._closed and len(self._idle) < _MOST_IDLE
                if kept:
                    self._idle.append(connection)
            if not kept:
                connection.close()

    def _take(self, ends: float) -> _Connection:
        old = []
        found = None
        with self._lock:
            while self._idle and found is None:
                connection = self._idle.pop()
                if time.monotonic() - connection.used > _IDLE_SECONDS:
                    old.append(connection)
                else:
                    found = connection
        for connection in old:
            connection.close()
        return found or self._fresh(ends)

    def _fresh(self, ends: float) -> _Connection:
        with self._lock:
            if self._closed:
                raise CentreAway("closed")
        return _Connection(self.open_socket(ends), self._authority)


class _Stale(Exception):
    """A kept connection died before a byte of the answer came."""


class _Connection:
    """One connection of the pool; one thread at a time."""

    def __init__(self, sock: TimedSocket, authority: str) -> None:
        self._sock = sock
        self._http = http.client.HTTPConnection(authority)
        self._http.auto_open = 0  # never by itself: it would do so without TLS
        self._http.sock = sock
        self._fresh = True
        self.used = time.monotonic()
        shown = sock.getpeercert(binary_form=True) or b""
        self.certificate = sha256(shown).hexdigest()

    def exchange(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], ends: float
    ) -> tuple[Reply, bool]:
        """The reply, and whether the connection can be used again."""
        self._sock.ends = ends
        fresh, self._fresh = self._fresh, False
        try:
            self._http.request(method, path, body, dict(headers))
            response = self._http.getresponse()
        except (
            http.client.RemoteDisconnected,
            ConnectionError,
            ssl.SSLEOFError,
            ssl.SSLZeroReturnError,
        ) as error:
            if fresh:
                raise CentreAway(f"cut off: {error}") from error
            raise _Stale from error
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise CentreAway(f"no answer: {error}") from error
        try:
            data = _whole(response)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise CentreAway(f"half an answer: {error}") from error
        self.used = time.monotonic()
        squeezed = response.headers.get("content-encoding") == "deflate"
        return Reply(response.status, squeezed, data, self.certificate), not response.will_close

    def cut(self) -> None:
        """From another thread: whoever reads here gets an error at once."""
        try:
            self._sock.shutdown(socket.SHUT_RDWR)
        except (OSError, ValueError):
            return

    def close(self) -> None:
        self._http.close()
        self._sock.close()


def _whole(response: http.client.HTTPResponse) -> bytes:
    """The body, exactly as long as was said: what has no length might be cut off unseen."""
    length = response.headers.get("content-length", "")
    if response.chunked or not length.isdecimal():
        raise http.client.HTTPException("no length")
    size = int(length[:20])
    if size > MOST_ANSWERED:
        raise http.client.HTTPException("too long")
    found = bytearray()
    while len(found) < size:
        piece = response.read(min(_PIECE, size - len(found)))
        if not piece:
            raise http.client.IncompleteRead(bytes(found), size - len(found))
        found += piece
    response.close()
    return bytes(found)


def _wrong_certificate(error: ssl.SSLCertVerificationError) -> UserFacingError:
    if error.verify_code in _NOT_IN_TIME:
        return UserFacingError(
            "centre.certificate-time",
            "By this machine's clock the centre's certificate is not valid now.",
            kept="Nothing was sent; everything is kept here.",
            remedy="Set this machine's date and time right; if they are, restart the hub.",
        )
    return UserFacingError(
        "centre.wrong-certificate",
        "Another machine answers at the centre's address: its certificate is not the one this machine knows.",
        kept="Nothing was sent; everything is kept here.",
        remedy="Call the administrator. If the centre was set up anew, enrol this machine again.",
    )
