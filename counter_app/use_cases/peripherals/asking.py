"""A person asks for something that only the keeper can do, since it holds the printer's line.

The wish and its answer are local notes: they wake the keeper as any act does, and lapse when it is too
late for somebody still to stand there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from counter_app.domain.journal import Actor
from counter_app.use_cases.peripherals.states import packed, unpacked
from counter_app.use_cases.ports.peripherals import Seen
from counter_app.use_cases.ports.store import Store, Transaction

LAPSES: Final = timedelta(seconds=60)
Wanted = Literal["test", "drawer", "logo"]


@dataclass(frozen=True, slots=True)
class Wish:
    """`id` is new for each: its answer is known by it."""

    id: str
    peripheral: str
    wanted: Wanted


class Wishes:
    """Both ends of asking the keeper."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def ask(self, actor: Actor, wish: Wish) -> None:
        self._store.act(actor, "", lambda tx: put_wish(tx, wish))

    def answer(self, wish: Wish) -> Seen | None:
        """None while nobody has answered this very wish."""
        with self._store.reading() as reader:
            note = reader.note(_answer(wish.peripheral))
        if note is None:
            return None
        told, _, seen = note.partition(b"\n")
        return unpacked(seen) if told.decode() == wish.id else None

    def next_of(self, peripheral: str) -> Wish | None:
        """What somebody wants of it and still waits for."""
        with self._store.reading() as reader:
            note, now = reader.note(_wish(peripheral)), reader.now
        if note is None:
            return None
        raw = json.loads(note)
        if now - datetime.fromisoformat(raw["at"]) > LAPSES:
            return None
        return Wish(raw["id"], peripheral, raw["wanted"])

    def answered(
        self, actor: Actor, wish: Wish, seen: Seen, also: Callable[[Transaction], None] = lambda tx: None
    ) -> None:
        """`also` belongs to the same act."""
        note = wish.id.encode() + b"\n" + packed(seen)

        def work(tx: Transaction) -> None:
            tx.keep_note(_answer(wish.peripheral), note)
            also(tx)

        self._store.act(actor, "", work)

    def taken(self, actor: Actor, wish: Wish) -> None:
        """It is being done: nobody does it twice, whatever happens now."""
        self._store.act(actor, "", lambda tx: tx.keep_note(_wish(wish.peripheral), None))


def put_wish(tx: Transaction, wish: Wish) -> None:
    """Ask within an act under way: the wish is there with it or not at all."""
    note = {"id": wish.id, "wanted": wish.wanted, "at": tx.now.isoformat()}
    tx.keep_note(_wish(wish.peripheral), json.dumps(note).encode())


def _wish(name: str) -> str:
    return f"peripheral-wish/{name}"


def _answer(name: str) -> str:
    return f"peripheral-answer/{name}"
