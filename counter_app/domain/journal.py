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
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, Final, Self, dataclass_transform

import msgspec

from counter_app.errors import UserFacingError

type_registry: dict[str, type[Fact]] = {}

FORMAT: Final = 1
ALGORITHM: Final = "sha256"
GENESIS: Final = "0" * 64


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Fact:
    """Base of every fact. Subclasses are frozen keyword-only dataclasses made by inheriting.

    Fields hold str, int, bool, None, tuples of those, or mappings of str to those: what canonical
    JSON can hold. `version` counts additive changes; a new field has a default. `subjects` names
    what the fact is about (`ticket:…`, `case:…`); the store extends the fold of each.
    """

    version: ClassVar[int] = 1
    _names: ClassVar[frozenset[str]] = frozenset()
    _needed: ClassVar[frozenset[str]] = frozenset()
    _defaults: ClassVar[Mapping[str, Any] | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "__dataclass_fields__" not in cls.__dict__:
            dataclass(frozen=True, kw_only=True)(cls)
        known = type_registry.get(cls.__name__)
        if known is not None and known.__module__ != cls.__module__:
            raise TypeError(f"two facts are called {cls.__name__}")
        entries = fields(cls)  # type: ignore[arg-type]  # a dataclass by now
        cls._names = frozenset(entry.name for entry in entries)
        plain = {entry.name: entry.default for entry in entries if entry.default is not MISSING}
        made = [entry for entry in entries if entry.default_factory is not MISSING]
        cls._needed = cls._names.difference(plain)
        cls._defaults = None if made or hasattr(cls, "__post_init__") else plain
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
        if not cls._names >= body.keys():
            body = {key: value for key, value in body.items() if key in cls._names}
        if not _CONTAINERS.isdisjoint(map(type, body.values())):
            body = {
                key: _frozen(value) if type(value) in _CONTAINERS else value for key, value in body.items()
            }
        if cls._defaults is None or not body.keys() >= cls._needed:
            return cls(**body)
        # an instance's dictionary filled at once: `__init__` of a frozen class sets field by field
        fact = object.__new__(cls)
        values = vars(fact)
        values.update(cls._defaults)
        values.update(body)
        return fact


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact of a type this version does not know: kept, sent on, skipped by folds."""

    type: str
    content: Mapping[str, Any]


_CONTAINERS: Final = frozenset({list, dict})


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


class Recorded(msgspec.Struct, frozen=True):
    """One event as it stands in the journal. `private` holds the parts this reader may see.

    `recovered_from` is the hash of the event of a lost branch that this one enters anew, else "". Made for
    every event that is read: a dataclass of so many fields takes ten times as long.
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
    private: Mapping[str, bytes] = msgspec.field(default_factory=dict)
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


class _Sealed(msgspec.Struct, gc=False):
    """What an event's bytes hold. Of another type than these they are no event's."""

    format: int
    alg: str
    hall: str
    device: str
    epoch: int
    seq: int
    type: str
    version: int
    hlc: int
    at: str
    staff: str
    place: str
    key: str
    n: int
    subjects: tuple[str, ...]
    body: dict[str, Any]
    parts: dict[str, str]
    prev: str
    recovered_from: str = ""


_sealed: Final = msgspec.json.Decoder(_Sealed)
_actor: Final = lru_cache(maxsize=1024)(Actor)


def read(
    data: bytes,
    private: Mapping[str, bytes] | None = None,
    hall_seq: int | None = None,
    *,
    hall: str | None = None,
) -> Recorded:
    """Read an event from its canonical bytes. Raises ValueError when they are not an event's bytes, or were
    not sealed for `hall` in the format of today."""
    try:
        raw = _sealed.decode(data)
        if hall is not None and (raw.hall != hall or raw.format != FORMAT or raw.alg != ALGORITHM):
            raise ValueError("it was not made for this hall")
        known = type_registry.get(raw.type)
        return Recorded(
            raw.device,
            raw.epoch,
            raw.seq,
            raw.type,
            raw.version,
            raw.hlc,
            datetime.fromisoformat(raw.at),
            _actor(raw.staff, raw.place),
            raw.key,
            raw.n,
            raw.subjects,
            UnknownFact(raw.type, raw.body) if known is None else known.from_body(raw.body),
            raw.parts,
            raw.prev,
            digest(data),
            private or {},
            hall_seq,
            raw.recovered_from,
        )
    except (msgspec.MsgspecError, TypeError, AttributeError) as error:
        raise ValueError(f"not an event: {error!r}") from error
