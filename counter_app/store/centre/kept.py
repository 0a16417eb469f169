"""Which folds the centre keeps, when their subjects are alive, and where a ticket waits.

All are made without private parts: the centre decides on numbers, places and states, never on names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from counter_app.domain.agents.agents import AGENTS
from counter_app.domain.arriving.applications import APPLICATIONS
from counter_app.domain.arriving.consultations import CONSULTATIONS
from counter_app.domain.blanks.blanks import BLANKS
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import POSTS
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import TASKS
from counter_app.domain.centre.conflicts import CONFLICTS
from counter_app.domain.centre.devices import DEVICES
from counter_app.domain.centre.granting import LEASES
from counter_app.domain.centre.numbering import NUMBERS
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.fees.fees import FEES
from counter_app.domain.intake.erasing import ERASURES
from counter_app.domain.intake.fold import CASES
from counter_app.domain.streams import Stream
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.waiting.choice import LINEUPS
from counter_app.domain.waiting.duty import DUTIES
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket

T = TypeVar("T")


def always(state: Any) -> bool:
    return True


@dataclass(frozen=True)
class Kept(Generic[T]):
    """A stream whose folds the centre keeps. `alive` says whether a snapshot brings the whole history.

    Raise `version` whenever the fold changes: the rows are then made again when the store is opened.
    """

    stream: Stream[T]
    alive: Callable[[T], bool] = always
    waits: Callable[[T], tuple[str, str] | None] | None = None
    version: int = 1


def _waits(ticket: Ticket) -> tuple[str, str] | None:
    pool = ticket.pool
    return None if pool is None else (pool, ticket.place)


def _handled(handling: Handling) -> bool:
    """A dispute about whose delay it was outlives the case (mission: C7)."""
    return handling.ended_at is None or any(assist.disputed for assist in handling.assists)


KEPT: Final[tuple[Kept[Any], ...]] = (
    Kept(TICKETS, lambda ticket: ticket.live, _waits),
    Kept(LINEUPS),
    Kept(DUTIES),
    Kept(CASES, lambda case: not case.ended, version=4),
    Kept(CLOCKS, lambda clock: clock.running, version=5),
    Kept(HANDLINGS, _handled, version=9),
    Kept(TASKS, lambda task: task.open, version=6),
    Kept(POSTS),
    Kept(DELIVERIES, lambda delivery: bool(delivery.waiting)),
    Kept(FEES, lambda fees: fees.owed > 0),
    Kept(BLANKS),
    Kept(AGENTS, lambda agent: not agent.ended),
    Kept(CONSULTATIONS, lambda advice: not advice.cases),
    Kept(APPLICATIONS, lambda application: not application.case),
    Kept(DEVICES),
    Kept(LEASES),
    Kept(NUMBERS),
    Kept(CONFLICTS, lambda conflict: conflict.open),
    Kept(ERASURES),
)
