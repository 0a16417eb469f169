"""Rating a finished ticket, and the sums clerks may see (mission: Q6)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from counter_app.domain.journal import Actor
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.rating import (
    RATINGS,
    REASONED,
    REASONS,
    SCORES,
    Rating,
    RatingSums,
    TicketRated,
    rating_sums,
)
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.store import Store, Transaction
from counter_app.use_cases.waiting.reference import Reference, hall_now


class Ratings:
    def __init__(self, store: Store, reference: Reference) -> None:
        self._store = store
        self._reference = reference

    def rate(self, actor: Actor, key: str, ticket: str, score: int, reasons: tuple[str, ...] = ()) -> Rating:
        """One rating per finished ticket: 1 very satisfied … 5 very dissatisfied; 4 and 5 may say why.

        Raises `rating.not-finished`, `rating.given`, `rating.unknown`.
        """

        def work(tx: Transaction) -> None:
            found = tx.need(TICKETS, ticket)
            if score not in SCORES or not set(reasons) <= set(REASONS):
                raise UserFacingError("rating.unknown", "This rating is not on the list.")
            if found.state != "served":
                raise UserFacingError(
                    "rating.not-finished",
                    "Ticket {number} is not finished yet.",
                    remedy="Finish it first.",
                    number=found.number,
                )
            if tx.get(RATINGS, ticket) is not None:
                raise UserFacingError(
                    "rating.given", "Ticket {number} was already rated.", number=found.number
                )
            tx.record(
                TicketRated(
                    ticket=ticket,
                    score=score,
                    reasons=reasons if score in REASONED else (),
                    staff=found.staff or "",
                    counter=found.counter or "",
                    line=found.line,
                )
            )

        self._store.act(actor, key, work)
        with self._store.reading() as reader:
            return reader.need(RATINGS, ticket)

    def sums(
        self, of: Literal["staff", "counter", "line"], id: str, since: datetime, until: datetime
    ) -> RatingSums:
        """Counts by score; only the total while so few were given that one could be guessed."""
        with self._store.reading() as reader:
            counts = reader.waiting.rating_counts(of, id, since, until)
            return rating_sums(counts, hall_now(self._reference, reader).rules.least_ratings)
