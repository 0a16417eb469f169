"""The journal's words: facts people made true, the envelope that seals them, and the hash chain.

A *fact* is a past-tense frozen dataclass (`TicketCalled`). Recording one wraps it in an envelope:
format, hall, device, epoch, gapless `seq`, type, version, hybrid clock, wall time, actor, command
key and n, subjects, body, digests of private parts, `prev` hash. The hash is SHA-256 of exactly the
canonical bytes. Personal data never stands in a body: it travels in *private parts* beside it.

Not here: where events are kept (`store/`), and what they mean (the folds in each room).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, Final, Self, dataclass_transform

import msgspec

from counter_app.errors import UserFacingError

type_registry: dict[str, type[Fact]] = {}

FORMAT: Final = 1
ALGORITHM: Final = "sha256"
GENESIS: Final = "0" * 64
_DECODER: Final = msgspec.json.Decoder(dict[str, Any])


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Fact:
    """Base of every fact. Subclasses are frozen keyword-only dataclasses made by inheriting.

    Fields hold str, int, bool, None, tuples of those, or mappings of str to those: what canonical
    JSON can hold. `version` counts additive changes; a new field has a default. `subjects` names
    what the fact is about (`ticket:…`, `case:…`); the store extends the fold of each.
    """

    version: ClassVar[int] = 1
    _names: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "__dataclass_fields__" not in cls.__dict__:
            dataclass(frozen=True, kw_only=True)(cls)
        known = type_registry.get(cls.__name__)
        if known is not None and known.__module__ != cls.__module__:
            raise TypeError(f"two facts are called {cls.__name__}")
        cls._names = frozenset(entry.name for entry in fields(cls))  # type: ignore[arg-type]  # a dataclass by now
        type_registry[cls.__name__] = cls

    @property
    def subjects(self) -> tuple[str, ...]:
        """Whom or what this is about, most important first. Subclasses say."""
        raise TypeError(f"{type(self).__name__} names no subjects")

    def body(self) -> dict[str, Any]:
        """The fact's fields, as canonical JSON will hold them."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}  # type: ignore[arg-type]  # every subclass is a dataclass

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Self:
        """Read a body back; keys of later versions are ignored, absent ones take their default."""
        names = cls._names
        return cls(
            **{
                key: _frozen(value) if isinstance(value, (list, dict)) else value
                for key, value in body.items()
                if key in names
            }
        )


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact of a type this version does not know: kept, sent on, skipped by folds."""

    type: str
    content: Mapping[str, Any]


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(entry) for entry in value)
    if isinstance(value, dict):
        return {key: _frozen(entry) for key, entry in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and where: `staff` a staff id, `kiosk`, `keeper` …; `place` a counter number or ``""``."""

    staff: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as it stands in the journal. `private` holds the parts this reader may see.

    `recovered_from` is the hash of the event of a lost branch that this one enters anew, else "".
    """

    device: str
    epoch: int
    seq: int
    type: str
    version: int
    hlc: int
    at: datetime
    actor: Actor
    key: str
    n: int
    subjects: tuple[str, ...]
    fact: Fact | UnknownFact
    parts: Mapping[str, str]
    prev: str
    hash: str
    private: Mapping[str, bytes] = field(default_factory=dict)
    hall_seq: int | None = None
    recovered_from: str = ""

    @property
    def id(self) -> str:
        """`device.epoch.seq`: unique for ever, and the id of whatever this event began."""
        return f"{self.device}.{self.epoch}.{self.seq}"


def device_of(id: str) -> str:
    """The device that began what bears this id (`device.epoch.seq`)."""
    return id.rsplit(".", 2)[0]


def canonical(value: Mapping[str, Any]) -> bytes:
    """Bytes that are the same wherever they are made: sorted keys, no spaces, UTF-8, no floats."""
    try:
        text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except (UnicodeEncodeError, ValueError, TypeError) as error:
        raise UserFacingError(
            "journal.unwritable",
            "This text contains characters that cannot be stored: {reason}",
            remedy="Type it again by hand.",
            reason=str(error),
        ) from error


def digest(data: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def part_digest(salt: bytes, data: bytes) -> str:
    """Digest of a private part; the salt goes when the part is erased, so nothing can be guessed."""
    return digest(salt + data)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is sealed around a fact; `seal` gives the canonical bytes and their hash."""

    hall: str
    device: str
    epoch: int
    seq: int
    hlc: int
    at: str
    actor: Actor
    key: str
    n: int
    prev: str

    def seal(self, fact: Fact, parts: Mapping[str, str]) -> tuple[bytes, str]:
        data = canonical(
            {
                "format": FORMAT,
                "alg": ALGORITHM,
                "hall": self.hall,
                "device": self.device,
                "epoch": self.epoch,
                "seq": self.seq,
                "type": type(fact).__name__,
                "version": fact.version,
                "hlc": self.hlc,
                "at": self.at,
                "staff": self.actor.staff,
                "place": self.actor.place,
                "key": self.key,
                "n": self.n,
                "subjects": fact.subjects,
                "body": fact.body(),
                "parts": parts,
                "prev": self.prev,
            }
        )
        return data, digest(data)


def entered_anew(raw: Mapping[str, Any], place: Envelope, original: str) -> tuple[bytes, str]:
    """Seal an event of a lost branch once more, at another place of the chain: bytes and hash.

    `raw` is what its bytes held, with ids that the branch began replaced; whoever acted, when, and under
    which command key stays; of `place` only epoch, seq, clock and `prev` count (design: fork).
    """
    moved = {"epoch": place.epoch, "seq": place.seq, "hlc": place.hlc, "prev": place.prev}
    data = canonical({**raw, **moved, "recovered_from": original})
    return data, digest(data)


def read(data: bytes, private: Mapping[str, bytes] | None = None, hall_seq: int | None = None) -> Recorded:
    """Read an event from its canonical bytes. Raises ValueError when they are not an event's bytes."""
    try:
        raw = _DECODER.decode(data)
        return _recorded(raw, digest(data), private or {}, hall_seq)
    except (msgspec.MsgspecError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an event: {error!r}") from error


def _recorded(
    raw: dict[str, Any], hashed: str, private: Mapping[str, bytes], hall_seq: int | None
) -> Recorded:
    known = type_registry.get(raw["type"])
    fact: Fact | UnknownFact
    if known is None:
        fact = UnknownFact(raw["type"], raw["body"])
    else:
        fact = known.from_body(raw["body"])
    return Recorded(
        device=raw["device"],
        epoch=raw["epoch"],
        seq=raw["seq"],
        type=raw["type"],
        version=raw["version"],
        hlc=raw["hlc"],
        at=datetime.fromisoformat(raw["at"]),
        actor=Actor(raw["staff"], raw["place"]),
        key=raw["key"],
        n=raw["n"],
        subjects=tuple(raw["subjects"]),
        fact=fact,
        parts=raw["parts"],
        prev=raw["prev"],
        hash=hashed,
        private=private,
        hall_seq=hall_seq,
        recovered_from=raw.get("recovered_from", ""),
    )
