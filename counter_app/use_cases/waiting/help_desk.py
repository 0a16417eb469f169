"""请工作人员帮忙: ask, answer, pass on (mission: Q5). Whom it rings is computed as of now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.helpcall import (
    HELP_CALLS,
    HelpAnswered,
    HelpAsked,
    HelpCall,
    HelpEscalated,
    rings,
)
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Reader, Store, Transaction
from counter_app.use_cases.waiting.reference import Reference, hall_now

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class HelpRow:
    """An unanswered call. `posts` ring now, the first asked first."""

    call: str
    place: str
    matter: str
    waited_seconds: int
    posts: tuple[str, ...]


class HelpDesk:
    def __init__(self, store: Store, reference: Reference) -> None:
        self._store = store
        self._reference = reference

    def ask(self, actor: Actor, key: str, matter: str = "") -> HelpRow:
        """A call from the actor's place; while one is unanswered there, pressing again adds none."""

        def work(tx: Transaction) -> None:
            if self._open_at(tx, actor.place) is None:
                tx.record(HelpAsked(call=tx.next_id, place=actor.place, matter=matter))

        self._store.act(actor, key, work)
        with self._store.reading() as reader:
            call = self._open_at(reader, actor.place)
            if call is None:
                raise KeyError(actor.place)
            return self._row(reader, call)

    def answer(self, actor: Actor, key: str, call: str) -> None:
        """Somebody goes there. Raises `help.answered` when another already does."""

        def work(tx: Transaction) -> None:
            self._need_open(tx, call)
            tx.record(HelpAnswered(call=call, staff=actor.staff))

        self._store.act(actor, key, work)

    def escalate(self, actor: Actor, key: str, call: str) -> HelpRow:
        """Ring the next post at once."""

        def work(tx: Transaction) -> None:
            self._need_open(tx, call)
            tx.record(HelpEscalated(call=call))

        self._store.act(actor, key, work)
        with self._store.reading() as reader:
            return self._row(reader, reader.need(HELP_CALLS, call))

    def open_calls(self) -> tuple[HelpRow, ...]:
        with self._store.reading() as reader:
            return tuple(self._row(reader, call) for call in reader.waiting.help_calls(MOST))

    def _open_at(self, reader: Reader, place: str) -> HelpCall | None:
        calls = reader.waiting.help_calls(MOST)
        return next((call for call in calls if call.place == place), None)

    def _need_open(self, tx: Transaction, call: str) -> None:
        found = tx.need(HELP_CALLS, call)
        if found.answered_by is not None:
            raise UserFacingError("help.answered", "{staff} is already on the way.", staff=found.answered_by)

    def _row(self, reader: Reader, call: HelpCall) -> HelpRow:
        rules = hall_now(self._reference, reader).rules
        posts = rings(call, rules.help_chain, rules.help_step, reader.now)
        waited = int((reader.now - call.asked_at).total_seconds())
        return HelpRow(call.id, call.place, call.matter, waited, posts)
