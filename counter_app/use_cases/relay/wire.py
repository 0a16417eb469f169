"""The calls of the `Upper` port on the wire, beside those of `use_cases/centre/wire.py` and by its rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.use_cases.centre.wire import Call, Nothing
from counter_app.use_cases.ports.relay import Letter, MirrorStanding, Stretch


@dataclass(frozen=True, slots=True)
class StandingAsked:
    hall: str


@dataclass(frozen=True, slots=True)
class LettersAsked:
    after: int = 0


@dataclass(frozen=True, slots=True)
class LettersTaken:
    number: int


STANDING: Final = Call("relay-standing", StandingAsked, MirrorStanding)
MIRROR: Final = Call("relay-mirror", Stretch, MirrorStanding)
LETTERS: Final = Call("relay-letters", LettersAsked, tuple[Letter, ...])
TAKEN: Final = Call("relay-taken", LettersTaken, Nothing)
