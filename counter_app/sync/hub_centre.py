"""The `Centre` port over HTTPS to a hub: logs in by itself, keeps its time limits, never half-reads.

Every failure of the line, bad status, garbled or cut-off answer is CentreAway; what the centre refuses is the
UserFacingError that it refused with. Times: a connection within 0.5 s, a claim within 0.8 s (design: claim).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Protocol, TypeVar

from counter_app.domain.centre.invitation import read_address
from counter_app.domain.centre.order import batch_digest
from counter_app.errors import UserFacingError
from counter_app.sync.line import HubLine, Reply, trusting
from counter_app.use_cases.centre import wire
from counter_app.use_cases.centre.wire import Call
from counter_app.use_cases.ports.centre import (
    MOST_PULLED,
    Ack,
    Batch,
    CentreAway,
    Claim,
    DeviceStanding,
    Granted,
    Hello,
    Publication,
    Pulled,
    SealedEvent,
    SnapshotPage,
    Welcome,
)

Q = TypeVar("Q")
A = TypeVar("A")

_OK: Final = 200
_LOG_IN: Final = 401
_REFUSED: Final = (400, 403, 404, 413, 429)
_LONGEST_POLL: Final = 20.0
_SOCKET_PAUSE: Final = 5.0  # after a socket was lost, long polls for so long


class SocketLost(Exception):
    """The wake socket is gone; long polls take over."""


class WakeSocket(Protocol):
    """What hears the hall's newest place as it moves."""

    def beyond(self, after: int, seconds: float) -> int:
        """Raises SocketLost; CentreAway and UserFacingError of opening it."""
        ...

    def close(self) -> None: ...


# Given the line, and what gives a token other than a stale one.
Waking = Callable[[HubLine, Callable[[str], str]], WakeSocket]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds a call may take from question to whole answer, log-in included."""

    connect: float = 0.5
    quick: float = 0.8
    hello: float = 5.0
    bulk: float = 30.0


@dataclass(frozen=True, slots=True)
class Who:
    """Whose line this is; `sign` is Ed25519 by the device's key."""

    hall: str
    device: str
    sign: Callable[[bytes], bytes]


class HubCentre:
    """`Centre` over HTTPS. Threads share it.

    `authority_pem` is the certificate pinned at enrolment. `waking` opens a wake socket (`waking.HubWaking`);
    without one `wait` polls.
    """

    def __init__(
        self,
        url: str,
        authority_pem: bytes,
        who: Who,
        *,
        times: Times | None = None,
        waking: Waking | None = None,
    ) -> None:
        host, port = read_address(url)
        self._who = who
        self._times = times or Times()
        self._line = HubLine(host, port, trusting(authority_pem), connect_seconds=self._times.connect)
        self._token = ""
        self._log_in_lock = threading.Lock()
        self._wake = None if waking is None else waking(self._line, self._token_for_socket)
        self._socket_again = 0.0

    def hello(self, hello: Hello) -> Welcome:
        return self._ask(wire.HELLO, hello, self._times.hello)

    def push(self, batch: Batch) -> Ack:
        """A batch larger than one question goes as several, each signed."""
        data = wire.write(batch)
        if len(data) <= wire.MOST_ASKED or len(batch.events) < 2:
            return self._ask_written(wire.PUSH, data, self._times.bulk)
        middle = len(batch.events) // 2
        ack = self.push(self._part(batch, batch.events[:middle]))
        return ack if ack.state != "ok" else self.push(self._part(batch, batch.events[middle:]))

    def pull(self, after: int, secrets: int = 0, limit: int = MOST_PULLED) -> Pulled:
        pulled = self._ask(wire.PULL, wire.PullAsked(after, secrets, limit), self._times.bulk)
        if [one.hall_seq for one in pulled.events] != list(range(after + 1, after + 1 + len(pulled.events))):
            raise CentreAway("a stretch with gaps")
        return pulled

    def wait(self, after: int, seconds: float) -> int:
        ends = time.monotonic() + seconds
        if self._wake is not None and time.monotonic() >= self._socket_again:
            try:
                return self._wake.beyond(after, seconds)
            except SocketLost:
                self._socket_again = time.monotonic() + _SOCKET_PAUSE
        left = max(0.0, min(ends - time.monotonic(), _LONGEST_POLL))
        return self._ask(wire.WAIT, wire.WaitAsked(after, left), left + self._times.hello)

    def chain(self, epoch: int, after: int, limit: int = 5000) -> tuple[tuple[int, str], ...]:
        return self._ask(wire.CHAIN, wire.ChainAsked(epoch, after, limit), self._times.bulk)

    def snapshot(self, page: int = 0) -> SnapshotPage:
        return self._ask(wire.SNAPSHOT, wire.PageAsked(page), self._times.bulk)

    def claim(self, claim: Claim) -> Granted:
        return self._ask(wire.CLAIM, claim, self._times.quick)

    def give_back(self, grant: str) -> None:
        self._ask(wire.GIVE_BACK, wire.GrantBack(grant), self._times.hello)

    def lease(self, counter: str, staff: str) -> int:
        return self._ask(wire.LEASE, wire.LeaseAsked(counter, staff), self._times.hello)

    def numbers(self, letter: str, day: str) -> int:
        return self._ask(wire.NUMBERS, wire.NumbersAsked(letter, day), self._times.quick)

    def publish(self, publication: Publication) -> int:
        return self._ask(wire.PUBLISH, publication, self._times.bulk)

    def keep_secret(self, name: str, body: bytes) -> None:
        self._ask(wire.KEEP_SECRET, wire.SecretKept(name, body), self._times.hello)

    def close_day(self, key: str, day: str, staff: str) -> int:
        return self._ask(wire.CLOSE_DAY, wire.DayAsked(key, day, staff), self._times.bulk)

    def devices(self) -> tuple[DeviceStanding, ...]:
        return self._ask(wire.DEVICES, wire.Nothing(), self._times.hello)

    def picture_wanted(self, digest: str) -> int:
        return self._ask(wire.PICTURE_WANTED, wire.PictureAsked(digest), self._times.hello)

    def send_piece(self, digest: str, at: int, data: bytes) -> int:
        return self._ask(wire.SEND_PIECE, wire.PicturePiece(digest, at, data), self._times.bulk)

    def picture_piece(self, digest: str, at: int) -> bytes:
        return self._ask(wire.PICTURE_PIECE, wire.PictureAsked(digest, at), self._times.bulk)

    def close(self) -> None:
        """Also ends what other threads wait for."""
        if self._wake is not None:
            self._wake.close()
        self._line.close()

    def _part(self, batch: Batch, events: tuple[SealedEvent, ...]) -> Batch:
        hashes = [sha256(event.data).hexdigest() for event in events]
        digest = batch_digest(self._who.hall, self._who.device, batch.epoch, hashes)
        return replace(batch, events=events, signature=self._who.sign(digest))

    def _ask(self, call: Call[Q, A], question: Q, seconds: float) -> A:
        return self._ask_written(call, wire.write(question), seconds)

    def _ask_written(self, call: Call[Q, A], data: bytes, seconds: float) -> A:
        ends = time.monotonic() + seconds
        token = self._token or self._log_in("", ends)
        reply = self._send(call, data, ends, token)
        if reply.status == _LOG_IN:
            # The hub was started anew, or the token lapsed.
            reply = self._send(call, data, ends, self._log_in(token, ends))
        return read_reply(call, reply)

    def _send(self, call: Call[Q, A], data: bytes, ends: float, token: str = "") -> Reply:
        headers = {"content-type": "application/msgpack"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        squeezed = wire.squeeze(data)
        if squeezed is not None:
            headers["content-encoding"] = "deflate"
        return self._line.request("POST", call.path, squeezed or data, headers, ends)

    def _log_in(self, stale: str, ends: float) -> str:
        """A token other than `stale`; one thread logs in, the others use what it got."""
        if not self._log_in_lock.acquire(timeout=max(0.0, ends - time.monotonic())):
            raise CentreAway("another log-in takes too long")
        try:
            if self._token and self._token != stale:
                return self._token
            who = self._who
            first = self._send(wire.CHALLENGE, wire.write(wire.ChallengeAsked(who.device)), ends)
            challenge = read_reply(wire.CHALLENGE, first)
            if challenge.hall != who.hall:
                raise other_hall(challenge.hall)
            text = wire.session_text(who.hall, who.device, first.certificate, challenge.nonce)
            asked = wire.LogIn(who.device, challenge.nonce, who.sign(text))
            self._token = read_reply(wire.LOG_IN, self._send(wire.LOG_IN, wire.write(asked), ends)).token
            return self._token
        finally:
            self._log_in_lock.release()

    def _token_for_socket(self, stale: str) -> str:
        if self._token and self._token != stale:
            return self._token
        return self._log_in(stale, time.monotonic() + self._times.hello)


def read_reply(call: Call[Q, A], reply: Reply) -> A:
    """The answer; or the refusal, raised; or CentreAway."""
    try:
        body = wire.unsqueeze(reply.body, wire.MOST_ANSWERED) if reply.squeezed else reply.body
        if reply.status == _OK:
            return call.read_answer(body)
        refused = wire.read_refusal(body) if reply.status in _REFUSED else None
    except wire.Garbled as error:
        raise CentreAway(f"garbled: {error}") from error
    if refused is not None:
        raise refused
    raise CentreAway(f"status {reply.status}")


def other_hall(hall: str) -> UserFacingError:
    return UserFacingError(
        "centre.other-hall",
        "This is the centre of another hall: {hall}.",
        kept="Nothing was sent; everything is kept here.",
        remedy="Check the centre's address.",
        hall=hall,
    )
