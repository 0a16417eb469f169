"""The folds of one decision: read in bulk, extended in memory, each written once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

import msgspec

from counter_app.domain.journal import Recorded
from counter_app.domain.streams import Stream
from counter_app.store.centre.kept import Kept
from counter_app.store.centre.order import Common
from counter_app.store.centre.tables import folds, waits
from counter_app.store.query import Cursor

T = TypeVar("T")
Load = Callable[[Stream[Any], list[str]], dict[str, Any]]
# what a fold may raise over a body that holds other than it should
UNFIT: Final = (ValueError, TypeError, KeyError, AttributeError, IndexError)


class Folding:
    """`load` reads folds that are not here yet."""

    def __init__(self, common: Common, load: Load) -> None:
        self._hall = common.hall
        self._kept = common.kept
        self._dialect = common.dialect
        self._load = load
        self._states: dict[str, Any] = {}  # by subject, as decided so far
        self._waits: dict[str, tuple[str, str] | None] = {}  # where the stored rows wait
        self._dirty: dict[str, bytes | None] = {}

    def fetch(self, subjects: Iterable[tuple[str, ...]]) -> None:
        """Read the folds of all these in few queries."""
        missing: dict[str, dict[str, None]] = {}
        for names in subjects:
            for subject in names:
                kind, _, id = subject.partition(":")
                if subject not in self._states and kind in self._kept:
                    missing.setdefault(kind, {})[id] = None
        for kind, ids in missing.items():
            self._read(self._kept[kind], list(ids))

    def _read(self, kept: Kept[Any], ids: list[str]) -> None:
        found = self._load(kept.stream, ids)
        for id in ids:
            state = found.get(id)
            subject = kept.stream.subject(id)
            self._states[subject] = state
            if kept.waits is not None:
                self._waits[subject] = None if state is None else kept.waits(state)

    def get(self, stream: Stream[T], id: str) -> T | None:
        subject = stream.subject(id)
        if subject not in self._states:
            self._read(self._kept[stream.kind], [id])
        state: T | None = self._states[subject]
        return state

    def extend(self, event: Recorded) -> None:
        """ValueError when a fold can make nothing of the event."""
        states = self._states
        for subject in event.subjects if len(event.subjects) == 1 else dict.fromkeys(event.subjects):
            kind, _, id = subject.partition(":")
            kept = self._kept.get(kind)
            if kept is None:
                continue
            before = states[subject] if subject in states else self.get(kept.stream, id)
            try:
                after = kept.stream.fold(before, event)
            except UNFIT as error:
                raise ValueError(f"{event.id} cannot be folded into {subject}: {error!r}") from error
            if after is not None and after is not before:
                states[subject] = after
                self._dirty[subject] = None

    def check(self) -> None:
        """ValueError when a fold came to what could not be read again."""
        for subject, done in self._dirty.items():
            if done is None:
                stream = self._kept[subject.partition(":")[0]].stream
                try:
                    encoded = stream.encode(self._states[subject])
                    stream.decode(encoded)
                except (msgspec.MsgspecError, *UNFIT) as error:
                    raise ValueError(f"the fold of {subject} is unfit: {error}") from error
                self._dirty[subject] = encoded

    def replay(self, subject: str, events: Iterable[Recorded]) -> None:
        """Fold from nothing; stored rows of the kind have been cleared."""
        kept = self._kept[subject.partition(":")[0]]
        state = kept.stream.replay(events)
        if state is not None:
            self._states[subject] = state
            self._waits[subject] = None
            self._dirty[subject] = None

    def flush(self, cursor: Cursor) -> None:
        if not self._dirty:
            return
        rows, gone, come = [], [], []
        for subject, encoded in self._dirty.items():
            kind, _, id = subject.partition(":")
            kept, state = self._kept[kind], self._states[subject]
            rows.append(
                (
                    self._hall,
                    kind,
                    id,
                    encoded or kept.stream.encode(state),
                    1 if kept.alive(state) else None,
                )
            )
            if kept.waits is not None:
                was, now = self._waits[subject], kept.waits(state)
                if was != now:
                    self._waits[subject] = now
                    gone += [(self._hall, *was, id)] if was else []
                    come += [(self._hall, *now, id)] if now else []
        self._dirty.clear()
        self._dialect.replace(cursor, folds, rows)
        if gone:
            self._dialect.delete(cursor, waits, gone)
        if come:
            self._dialect.insert(cursor, waits, come)
