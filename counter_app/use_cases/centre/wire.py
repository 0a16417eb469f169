"""The wire between hub and device: every call of the `Centre` port as bytes, and back, strictly.

A call is `POST /v1/<name>` with its question as msgpack, answered by msgpack; what is longer than
`SQUEEZE_FROM` may go squeezed (zlib). Fields nobody knows are ignored, so that either end may be newer; wrong
types, cut-off bytes, control characters and anything too long are refused whole. A refusal travels as
`Refusal`, from which the same UserFacingError is raised at the other end. Not here: sockets and sessions
(`hub`, `sync`), and what a call means (`service.py`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from string import Formatter
from typing import Any, Final, Generic, TypeVar

import msgspec

from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.centre import (
    MOST_PULLED,
    MOST_PUSHED,
    Ack,
    Batch,
    Claim,
    DeviceStanding,
    Granted,
    Hello,
    Publication,
    Pulled,
    SnapshotPage,
    Welcome,
)

VERSION: Final = "v1"
MOST_ASKED: Final = 8 << 20  # bytes of a question, after unsqueezing
MOST_ANSWERED: Final = 64 << 20
SQUEEZE_FROM: Final = 4096
MOST_TEXT: Final = 2000
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*){1,3}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")

Q = TypeVar("Q")
A = TypeVar("A")


class Garbled(ValueError):
    """Bytes that are no such question or answer."""


class TooLarge(Garbled):
    """More than may be sent at once."""


@dataclass(frozen=True, slots=True)
class PullAsked:
    after: int
    secrets: int = 0
    limit: int = MOST_PULLED


@dataclass(frozen=True, slots=True)
class WaitAsked:
    after: int
    seconds: float


@dataclass(frozen=True, slots=True)
class ChainAsked:
    epoch: int
    after: int
    limit: int = 5000


@dataclass(frozen=True, slots=True)
class PageAsked:
    page: int = 0


@dataclass(frozen=True, slots=True)
class GrantBack:
    grant: str


@dataclass(frozen=True, slots=True)
class LeaseAsked:
    counter: str
    staff: str


@dataclass(frozen=True, slots=True)
class NumbersAsked:
    letter: str
    day: str


@dataclass(frozen=True, slots=True)
class SecretKept:
    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class DayAsked:
    key: str
    day: str
    staff: str


@dataclass(frozen=True, slots=True)
class PictureAsked:
    digest: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class PicturePiece:
    digest: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Nothing:
    """A question or answer without content."""


@dataclass(frozen=True, slots=True)
class ChallengeAsked:
    device: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the hub wants signed: see `session_digest`. `training`: the hall is one for training."""

    nonce: bytes
    hall: str
    training: bool = False


@dataclass(frozen=True, slots=True)
class LogIn:
    device: str
    nonce: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """`token` goes with every further call; `seconds` until it lapses."""

    token: str
    seconds: int


@dataclass(frozen=True, slots=True)
class EnrolAsked:
    """`public`: 32 raw bytes. `proof`: Ed25519 by that key over `enrol_digest`."""

    code: str
    public: bytes
    proof: bytes


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a device is from now on. `keys` are the hall's secrets its role needs (`lookup`), by name: never
    logged, never shown. `training`: the hall is one for training."""

    hall: str
    centre: str
    device: str
    role: str
    name: str
    epoch: int
    training: bool = False
    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A UserFacingError on its way."""

    code: str
    message: str
    kept: str = ""
    remedy: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class Call(Generic[Q, A]):
    """One call: its name in the path, and its question and answer as bytes.

    `repeatable`: asking twice does no harm, so a connection that broke may be tried once more.
    """

    def __init__(self, name: str, question: type[Q], answer: type[A], *, repeatable: bool = True) -> None:
        self.name = name
        self.repeatable = repeatable
        self.path = f"/{VERSION}/{name}"
        self._question = msgspec.msgpack.Decoder(question)
        self._answer = msgspec.msgpack.Decoder(answer)

    def read_question(self, data: bytes) -> Q:
        """Raises Garbled; TooLarge where a list is longer than the port allows."""
        question = _read(self._question, data)
        for text in _texts(question):
            if len(text) > MOST_TEXT or _CONTROL.search(text):
                raise Garbled("a text field holds what no text holds")
        if isinstance(question, Batch) and len(question.events) > MOST_PUSHED:
            raise TooLarge("too many events")
        return question

    def read_answer(self, data: bytes) -> A:
        """Raises Garbled."""
        return _read(self._answer, data)


HELLO: Final = Call("hello", Hello, Welcome)
PUSH: Final = Call("push", Batch, Ack)
PULL: Final = Call("pull", PullAsked, Pulled)
WAIT: Final = Call("wait", WaitAsked, int)
CHAIN: Final = Call("chain", ChainAsked, tuple[tuple[int, str], ...])
SNAPSHOT: Final = Call("snapshot", PageAsked, SnapshotPage)
CLAIM: Final = Call("claim", Claim, Granted)
GIVE_BACK: Final = Call("give-back", GrantBack, Nothing)
LEASE: Final = Call("lease", LeaseAsked, int, repeatable=False)
NUMBERS: Final = Call("numbers", NumbersAsked, int, repeatable=False)
PUBLISH: Final = Call("publish", Publication, int)
KEEP_SECRET: Final = Call("keep-secret", SecretKept, Nothing)
CLOSE_DAY: Final = Call("close-day", DayAsked, int)
DEVICES: Final = Call("devices", Nothing, tuple[DeviceStanding, ...])
PICTURE_WANTED: Final = Call("picture-wanted", PictureAsked, int)
SEND_PIECE: Final = Call("send-piece", PicturePiece, int)
PICTURE_PIECE: Final = Call("picture-piece", PictureAsked, bytes)
CHALLENGE: Final = Call("challenge", ChallengeAsked, Challenge)
LOG_IN: Final = Call("log-in", LogIn, LoggedIn)
ENROL: Final = Call("enrol", EnrolAsked, Enrolled, repeatable=False)
AUTHORITY: Final = f"/{VERSION}/ca"
WAKE: Final = f"/{VERSION}/wake"


def write(message: object) -> bytes:
    """Question, answer or refusal as msgpack."""
    return msgspec.msgpack.encode(message)


def squeeze(data: bytes) -> bytes | None:
    """The zlib form when it is worth sending, else None."""
    if len(data) < SQUEEZE_FROM:
        return None
    squeezed = zlib.compress(data, 1)
    return squeezed if len(squeezed) < len(data) * 9 // 10 else None


def unsqueeze(data: bytes, most: int) -> bytes:
    """Raises Garbled, and TooLarge before more than `most` bytes are made."""
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(data, most)
    except zlib.error as error:
        raise Garbled("not squeezed") from error
    if reader.unconsumed_tail:
        raise TooLarge("too much when unsqueezed")
    if not reader.eof or reader.unused_data:
        raise Garbled("cut off, or more than was squeezed")
    return plain


def session_text(hall: str, device: str, certificate: str, nonce: bytes) -> bytes:
    """What a device signs to log in: bound to hall, device and the certificate (SHA-256, hex) it was shown,
    so that nobody in between can use the signature elsewhere."""
    return f"counter-app session 1\n{hall}\n{device}\n{certificate}\n{nonce.hex()}".encode()


def enrol_text(code: str, certificate: str, public: bytes) -> bytes:
    """What a new device signs to show that the key is its own."""
    return f"counter-app enrol 1\n{code}\n{certificate}\n{public.hex()}".encode()


def refusal_of(error: UserFacingError) -> Refusal:
    params = {name: str(value)[:MOST_TEXT] for name, value in error.params.items()}
    return Refusal(error.code, error.message, error.kept, error.remedy, params)


def read_refusal(data: bytes) -> UserFacingError:
    """The error to raise. Raises Garbled for what is none: a hub cannot make a device format or show just
    anything, since the text may name its parameters and nothing beneath them."""
    refusal = _read(_REFUSAL, data)
    if not _CODE.fullmatch(refusal.code) or not refusal.message:
        raise Garbled("no such refusal")
    for text in (refusal.message, refusal.kept, refusal.remedy):
        if len(text) > MOST_TEXT or not _places(text) <= set(refusal.params):
            raise Garbled("a refusal names what it does not bring")
    return UserFacingError(
        refusal.code, refusal.message, kept=refusal.kept, remedy=refusal.remedy, **_shown(refusal.params)
    )


_REFUSAL: Final = msgspec.msgpack.Decoder(Refusal)


def _read(decoder: msgspec.msgpack.Decoder[A], data: bytes) -> A:
    try:
        return decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError) as error:
        raise Garbled(str(error)) from error


def _texts(message: object) -> Iterator[str]:
    """The texts of a question; not those in published bodies, which are bytes, nor in events."""
    if not is_dataclass(message):
        return
    for entry in fields(message):
        value = getattr(message, entry.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from (key for key in value if isinstance(key, str))


def _places(text: str) -> set[str]:
    """The plain `{name}` places of a text; one that converts or pads is no text of ours."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise Garbled("no such text") from error
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise Garbled("no such place in a text")
    return {name for _, name, _, _ in parts if name is not None}


def _shown(params: Mapping[str, str]) -> dict[str, Any]:
    """Parameters become keyword arguments of the error: only names that can be some."""
    if any(not name.isidentifier() or name in _TAKEN for name in params):
        raise Garbled("no such parameter")
    return {name: _CONTROL.sub(" ", value[:MOST_TEXT]) for name, value in params.items()}


_TAKEN: Final = frozenset({"self", "code", "message", "kept", "remedy"})
