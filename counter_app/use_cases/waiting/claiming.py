"""Call next in a hall of many machines: the centre says who, this machine calls (design: claim; mission: Q2).

The request is made while no local transaction is open. Without the centre the counter goes on alone with
what is leased to it. Not here: the line itself (`use_cases/sync/link.py`), the acts (`calling.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.facts import TicketCalled
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Outcome, Store, Transaction
from counter_app.use_cases.sync.link import CentreLink, Claimed
from counter_app.use_cases.waiting import calling
from counter_app.use_cases.waiting.reference import HallNow, Reference, hall_now

TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Claiming:
    """The way of one machine to its next ticket."""

    store: Store
    reference: Reference
    link: CentreLink

    def call_next(self, actor: Actor, key: str) -> Outcome:
        """One act under `key`. Raises what `calling` raises, and `centre.*`."""
        known = self._prepare(actor, key)
        if known is not None:
            return known
        for turn in range(1, TRIES + 1):
            behind = self.link.unsent  # what went back into the line here may be all there is
            claimed = self.link.claim(actor, key if turn == 1 else f"{key}/{turn}")
            if claimed is None:
                return self._act(actor, key, lambda tx, hall: calling.call_leased(tx, hall, actor))
            if not claimed.ticket and behind and turn < TRIES:
                self.link.settle()
                continue
            done = self._use(actor, key, claimed)
            if done is not None:
                return done
            self.link.settle()  # the centre granted what was called here meanwhile: tell it, ask again
        return self._act(actor, key, lambda tx, hall: calling.call_leased(tx, hall, actor))

    def _prepare(self, actor: Actor, key: str) -> Outcome | None:
        """Refuse before anything is granted, unless the key has called before: then that is the answer. And
        let go of what was held too long, so that it counts."""
        try:
            with self.store.reading() as reader:
                hall = hall_now(self.reference, reader)
                calling.need_ready(reader, hall, actor)
                overdue = calling.overdue_holds(reader, hall, actor.place)
        except UserFacingError as error:
            return self._known_or(actor, key, error)
        if overdue:
            self._act(actor, "", lambda tx, hall: calling.release_holds(tx, hall, actor.place))
        return None

    def _known_or(self, actor: Actor, key: str, error: UserFacingError) -> Outcome:
        """What the key called before; raises `error` when it never did."""

        def refuse(tx: Transaction, hall: HallNow) -> None:
            raise error

        return self._act(actor, key, refuse)

    def _use(self, actor: Actor, key: str, claimed: Claimed) -> Outcome | None:
        """Call what was granted (or nobody); None when it cannot be used: it has been given back."""

        def work(tx: Transaction, hall: HallNow) -> None:
            if not claimed.ticket:
                calling.make_ready(tx, hall, actor)
            elif not (self.link.usable(claimed) and calling.call_granted(tx, hall, actor, claimed.grant)):
                raise _Unusable

        try:
            done = self._act(actor, key, work)
        except _Unusable:
            self.link.give_back(claimed)
            return None
        except UserFacingError:
            self.link.give_back(claimed)
            raise
        called = [event.fact for event in done.events if isinstance(event.fact, TicketCalled)]
        if claimed.ticket and not any(fact.grant == claimed.grant for fact in called):
            self.link.give_back(claimed)  # the key was known: it had called another ticket before
        return done

    def _act(self, actor: Actor, key: str, work: Callable[[Transaction, HallNow], None]) -> Outcome:
        return self.store.act(actor, key, lambda tx: work(tx, hall_now(self.reference, tx)))


class _Unusable(Exception):
    """The grant came too late for this act, or its ticket does not wait any more."""
