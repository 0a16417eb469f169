"""The port to every kind of peripheral: can it be driven here, what does it say, does it work.

One driver for each kind stands in the registry of `devices/`. Doing a kind's daily work (printing, reading
cards) has ports of its own; here is what the page of the peripherals and `counter-app peripheral` need.
Nothing here raises for device trouble: that is an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from counter_app.errors import UserFacingError, mark
from counter_app.peripherals import Kind, Peripheral, Setting


class Condition(StrEnum):
    """How a peripheral is: a dot and a word."""

    READY = "ready"
    ATTENTION = "attention"  # works, and needs somebody soon: the roll is nearly used up
    FAULT = "fault"  # reached, and needs somebody now
    SILENT = "silent"  # the line is open and nothing answers
    ABSENT = "absent"  # nothing at its address
    BUSY = "busy"  # another program of this machine works with it
    UNKNOWN = "unknown"  # cannot be asked, or was not asked yet
    REFUSED = "refused"  # a simulator in a real home
    WRONG = "wrong"  # declared in a way that cannot be used

    @property
    def words(self) -> str:
        """English source of the word beside the dot, where nothing more exact is known."""
        return _CONDITION_WORDS[self]

    @property
    def works(self) -> bool:
        return self in (Condition.READY, Condition.ATTENTION, Condition.BUSY, Condition.UNKNOWN)


_CONDITION_WORDS: Final = {
    Condition.READY: mark("ready"),
    Condition.ATTENTION: mark("needs attention soon"),
    Condition.FAULT: mark("needs attention"),
    Condition.SILENT: mark("no answer"),
    Condition.ABSENT: mark("not reached"),
    Condition.BUSY: mark("in use"),
    Condition.UNKNOWN: mark("state not known"),
    Condition.REFUSED: mark("simulator, refused"),
    Condition.WRONG: mark("wrongly declared"),
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What a device says it is; empty where it does not say. `simulated` only where it says so itself."""

    maker: str = ""
    model: str = ""
    serial: str = ""
    firmware: str = ""
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found when a peripheral was asked. `word` and `advice` are English sources.

    `word` stands beside the dot ("" for the condition's own), `advice` is a sentence with what to do, its
    places filled from `places`; `lines` are facts worth showing as they are (fields read, a picture's size).
    """

    condition: Condition
    word: str = ""
    advice: str = ""
    places: Mapping[str, object] = field(default_factory=dict)
    identity: Identity = Identity()
    lines: tuple[str, ...] = ()

    @classmethod
    def refused(cls, error: UserFacingError, condition: Condition = Condition.FAULT) -> Seen:
        """An error people can mend, as a state."""
        return cls(condition, advice=error.message, places=dict(error.params))

    @property
    def says(self) -> str:
        return self.word or self.condition.words


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one peripheral that its driver knows: for the page, for `peripheral set`, for the check.

    A value is of the default's type; `choices` empty: any. `words` is an English source.
    """

    key: str
    default: Setting
    words: str
    choices: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Something attached that a driver could work with."""

    kind: Kind
    url: str
    what: str
    model: str = ""
    simulated: bool = False


def no_item(text: str) -> bool:
    """Where no catalogue is at hand no code is an item's."""
    return False


@dataclass(frozen=True, slots=True)
class Bench:
    """Who asks: `locks` is where ports are locked (None: not at all), `owner` the name others see, `is_item`
    whether the catalogue has an item of this code."""

    locks: Path | None
    owner: str
    training: bool
    is_item: Callable[[str], bool] = no_item


class PeripheralDriver(Protocol):
    """One kind of peripheral on this machine. Calls block up to a few seconds: never on a window's thread."""

    @property
    def kind(self) -> Kind: ...

    @property
    def models(self) -> tuple[str, ...]:
        """Profiles to choose from, the usual one first; empty where there is only one."""
        ...

    @property
    def options(self) -> tuple[Option, ...]: ...

    @property
    def example(self) -> str:
        """An address as one would write it."""
        ...

    def supported(self, peripheral: Peripheral) -> None:
        """Look at address, model and options, without touching the device. UserFacingError why not."""
        ...

    def find(self) -> tuple[Found, ...]:
        """What is attached to this machine and could be one, without disturbing what is in use."""
        ...

    def probe(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Reach it and ask how it is and what it says it is; nothing visible happens."""
        ...

    def test(self, peripheral: Peripheral, bench: Bench) -> Seen:
        """Let it do its work once so that a person sees or hears it."""
        ...
