"""Tables of streams that are listed in two ways only: what is open, and what belongs to somebody.

`open` holds what the open ones are sorted by (a day or moment) and is empty for the rest; `owner` is whose it
is (a case, a cashier's day, a counter). Both indexes are partial, so that they stay small.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from sqlalchemy import BLOB, TEXT, Column, Index, Table

from counter_app.domain.agents.agents import AGENTS, Agent
from counter_app.domain.archive.archive import FILES
from counter_app.domain.arriving.applications import APPLICATIONS
from counter_app.domain.arriving.consultations import CONSULTATIONS, Consultation
from counter_app.domain.blanks.blanks import BLANKS
from counter_app.domain.delivery.delivery import DELIVERIES, Delivery
from counter_app.domain.fees.fees import FEES, PAYOUTS, RECEIPTS, SETTLEMENTS, FeeReceipt, Fees
from counter_app.domain.streams import Stream
from counter_app.domain.telling.telling import TELLINGS
from counter_app.store.projections import Projection
from counter_app.store.schema import METADATA

T = TypeVar("T")
Key = Callable[[T], str | None]


def _never(state: Any) -> None:
    return None


def _listed(
    stream: Stream[T], opened: Key[T] = _never, owner: Key[T] = _never, version: int = 1
) -> Projection[T]:
    name = f"listed_{stream.kind}"
    table = Table(
        name,
        METADATA,
        Column("id", TEXT, primary_key=True),
        Column("fold", BLOB, nullable=False),
        Column("open", TEXT),
        Column("owner", TEXT),
    )
    c = table.c
    Index(f"{name}_open", c.open, sqlite_where=c.open.is_not(None))
    Index(f"{name}_owner", c.owner, sqlite_where=c.owner.is_not(None))
    return Projection(stream, table, lambda state: {"open": opened(state), "owner": owner(state)}, version)


def _waits(delivery: Delivery) -> str | None:
    since = delivery.waits_since
    if since is not None:
        return since.isoformat(timespec="milliseconds")
    return delivery.expected.isoformat() if delivery.expected else None


def _owes(fees: Fees) -> str | None:
    return fees.pay_by.isoformat() if fees.owed and fees.pay_by else None


def _cashier(receipt: FeeReceipt) -> str:
    return f"{receipt.cashier}/{receipt.day}"


def _unlinked(advice: Consultation) -> str | None:
    return None if advice.cases else advice.at.isoformat(timespec="milliseconds")


def _mandated(agent: Agent) -> str | None:
    """Listed while his mandate runs, and after it as long as a case is to be closed with him."""
    return None if agent.ended and not agent.open else agent.until.isoformat()


LISTED_PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    _listed(DELIVERIES, _waits, version=2),
    _listed(TELLINGS),
    _listed(FEES, _owes),
    _listed(RECEIPTS, owner=_cashier),
    _listed(PAYOUTS),
    _listed(SETTLEMENTS),
    _listed(FILES),
    _listed(APPLICATIONS, owner=lambda application: application.case),
    _listed(CONSULTATIONS, _unlinked, lambda advice: advice.cases[0] if advice.cases else None),
    _listed(AGENTS, _mandated, version=2),
    _listed(BLANKS),
)
