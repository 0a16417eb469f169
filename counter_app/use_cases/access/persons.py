"""Opening a person's data, and who looked (mission: X3, X4).

Without card, ticket or receipt a reason is needed. Each look is a fact; bursts and a sample are for
the supervisor. What is then shown is intake's business (`use_cases/intake`).
"""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from counter_app.domain.access.looks import Look, PersonOpened
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Store, Transaction

Basis = Literal["card", "ticket", "receipt", "reason", "work"]  # work: a case that lies with one's department
SHORTEST_REASON: Final = 2
MOST: Final = 2000
BURST: Final = 20
BURST_SPAN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class LookBurst:
    """A clerk who opened many persons by reason only, within one span."""

    staff: str
    count: int
    first: datetime
    last: datetime


class Persons:
    def __init__(self, store: Store) -> None:
        self._store = store

    def open_person(
        self, actor: Actor, key: str, party: str, reason: str = "", basis: Basis = "reason"
    ) -> None:
        """Record the look before anything is shown. Raises `person.no-reason`."""
        if basis == "reason" and len(reason.strip()) < SHORTEST_REASON:
            raise UserFacingError(
                "person.no-reason",
                "Without card, ticket or receipt a reason is needed to see this person.",
                kept="Nothing was shown.",
                remedy="Read the card, scan the paper, or say why.",
            )

        def work(tx: Transaction) -> None:
            tx.record(PersonOpened(look=tx.next_id, party=party, basis=basis, reason=reason.strip()))

        self._store.act(actor, key, work)

    def who_looked(self, party: str, limit: int = 100) -> tuple[Look, ...]:
        """Newest first: looks at this party, and at the person it is, found by search (keyed hash)."""
        with self._store.reading() as reader:
            known = reader.get(PARTIES, party)
            lookup = known.identity.lookup if known is not None and known.identity is not None else ""
            ids = dict.fromkeys((party, lookup)) if lookup else (party,)
            looks = [look for id in ids for look in reader.waiting.access.looks_at(id, limit)]
        return tuple(sorted(looks, key=lambda look: look.at, reverse=True)[:limit])

    def bursts(self, since: datetime) -> tuple[LookBurst, ...]:
        """For the supervisor: clerks with at least `BURST` looks by reason within `BURST_SPAN`."""
        with self._store.reading() as reader:
            looks = reader.waiting.access.looks_since(since, MOST)
        by_reason = [look for look in reversed(looks) if look.basis == "reason"]
        return tuple(
            burst
            for staff in Tally(look.staff for look in by_reason)
            for burst in _bursts([look for look in by_reason if look.staff == staff])
        )

    def sample(self, since: datetime, one_in: int = 20) -> tuple[Look, ...]:
        """For the supervisor: every so-manieth look by reason, the same whenever it is asked for."""
        with self._store.reading() as reader:
            looks = reader.waiting.access.looks_since(since, MOST)
        return tuple(look for look in looks if look.basis == "reason" and _serial(look) % one_in == 0)


def _serial(look: Look) -> int:
    return int(look.id.rpartition(".")[2])


def _bursts(looks: list[Look]) -> list[LookBurst]:
    """`looks` of one clerk, oldest first; spans that overlap are told once."""
    found: list[LookBurst] = []
    start = 0
    for end, look in enumerate(looks):
        while look.at - looks[start].at > BURST_SPAN:
            start += 1
        count = end - start + 1
        if count < BURST:
            continue
        burst = LookBurst(look.staff, count, looks[start].at, look.at)
        if found and found[-1].last >= looks[start].at:
            first = found[-1].first
            total = sum(first <= entry.at <= look.at for entry in looks)
            burst = LookBurst(look.staff, total, first, look.at)
            found.pop()
        found.append(burst)
    return found
