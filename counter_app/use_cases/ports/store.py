"""The store as the use cases see it: acts in, rows out, and a feed of what changed.

An *act* is one transaction: events, folds, print jobs and change rows become durable together or
not at all. The same command key never acts twice: its events are given back instead. Rooms add
their own row queries (`WaitingRows`, `CaseRows` …) as Protocols beside this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from counter_app.domain.intake.erasure_facts import PartyErased
from counter_app.domain.journal import Actor, Fact, Recorded
from counter_app.domain.streams import Published, Stream
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.cases import CaseRows
from counter_app.use_cases.ports.casework import CaseworkRows
from counter_app.use_cases.ports.centre_rows import CentreRows
from counter_app.use_cases.ports.clocks import ClockRows
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.ports.listed import ListedRows
from counter_app.use_cases.ports.papers_rows import PaperRows
from counter_app.use_cases.ports.waiting import WaitingRows

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the change feed: `kind` is a subject kind (`ticket`) or `published`, `job`, `draft`."""

    id: int
    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act recorded. `replayed` says the key was known and nothing was done again."""

    events: tuple[Recorded, ...]
    replayed: bool

    def first(self, fact: type[T]) -> T:
        """The first recorded fact of this type. UserFacingError `command.key-used` when a replayed key
        belongs to another command; KeyError when the act never records such a fact."""
        for event in self.events:
            if isinstance(event.fact, fact):
                return event.fact
        if self.replayed:
            raise UserFacingError(
                "command.key-used",
                "This command key was used for another command.",
                kept="Nothing was done again.",
                remedy="Make a new key for each command.",
            )
        raise KeyError(fact.__name__)


class Reader(Protocol):
    """A short read: valid only inside the `with` that gave it."""

    def get(self, stream: Stream[T], id: str) -> T | None:
        """The folded state of one subject."""
        ...

    def need(self, stream: Stream[T], id: str) -> T:
        """Like `get`; UserFacingError `<kind>.unknown` when there is none."""
        ...

    def history(self, subject: str) -> tuple[Recorded, ...]:
        """All events of a subject in the hall's order, with the private parts kept here."""
        ...

    def event(self, id: str) -> Recorded | None: ...

    def published(self, kind: Published[T]) -> Mapping[str, T]:
        """Reference rows in force now, by key. Cached; cheap to call."""
        ...

    def note(self, key: str) -> bytes | None:
        """A local note (draft text, device setting) that is no event."""
        ...

    def head(self) -> tuple[int, str]:
        """The seq and hash of this device's last event: what a paper's QR quotes."""
        ...

    @property
    def device(self) -> str:
        """This device's code, as numbers of papers and cases carry it."""
        ...

    @property
    def now(self) -> datetime: ...

    @property
    def waiting(self) -> WaitingRows: ...

    @property
    def cases(self) -> CaseRows: ...

    @property
    def casework(self) -> CaseworkRows: ...

    @property
    def papers(self) -> PaperRows: ...

    @property
    def listed(self) -> ListedRows: ...

    @property
    def centre(self) -> CentreRows: ...

    @property
    def clocks(self) -> ClockRows: ...


class Transaction(Reader, Protocol):
    """An act under way. Reads see what it has recorded so far."""

    @property
    def next_id(self) -> str:
        """The id the next recorded event will have: what it begins is named after it."""
        ...

    def record(self, fact: Fact, *, private: Mapping[str, bytes] | None = None) -> Recorded:
        """Append an event, extend the folds of its subjects, tell the change feed."""
        ...

    def serial(self, name: str) -> int:
        """The next number (1, 2, 3 …) of this device's run called `name`; given back on rollback."""
        ...

    def publish(self, kind: Published[T], rows: Mapping[str, T], *, replace: bool = False) -> None:
        """Put reference rows in force (or all of a kind), with a `Published` event of what changed."""
        ...

    def keep_note(self, key: str, value: bytes | None) -> None: ...

    def index(self, kind: str, id: str, tokens: Sequence[str]) -> None:
        """Replace the search tokens of a subject."""
        ...

    def erase(self, erased: PartyErased) -> int:
        """Empty the parts it names for good, with everything here that was made of them: folds, search
        tokens, evidence of lost branches. Gives how many parts there were. What is left of the bytes in the
        file goes at the next `tidy`."""
        ...


class Store(Protocol):
    def act(self, actor: Actor, key: str, work: Callable[[Transaction], None]) -> Outcome:
        """Run `work` as one durable act; the same `key` again returns what it did the first time.

        Raises what `work` raises (nothing is then kept), and UserFacingError `store.full`,
        `store.broken` or `store.busy` when the disk or the file refuses.
        """
        ...

    def reading(self) -> AbstractContextManager[Reader]: ...

    def changed(self) -> bool:
        """Whether anybody's commit has landed since the last call. Cheap: poll it every 20 ms."""
        ...

    def changes_since(self, id: int) -> tuple[Change, ...]:
        """Changes after `id`, oldest first; a single `Change(last, "all", "")` when too many were missed."""
        ...

    def last_change(self) -> int: ...

    def check(self) -> CheckReport:
        """Walk the journal and every row; nothing is mended."""
        ...

    def tidy(self) -> None:
        """What the keeper does now and then: fold the write-ahead log back, forget old change rows; after
        an erasure write the whole file anew."""
        ...

    def close(self) -> None: ...
