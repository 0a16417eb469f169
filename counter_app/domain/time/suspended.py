"""How long a case may still be suspended: three months in all, however often (mission: C8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from counter_app.domain.time.ledger import add_months

SUSPENDED_MONTHS: Final = 3
Span = tuple[date, date]


def c8_days_before(start: date, earlier: Iterable[Span]) -> int:
    """Days before `start` on which the case stood suspended, each once; first and last days count."""
    spans = ((first, min(last, start - timedelta(days=1))) for first, last in earlier)
    days = {first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)}
    return len(days)


def c8_latest_end(start: date, earlier: Iterable[Span] = ()) -> date:
    """The last day that a suspension begun on `start` may have; before `start` when none is left."""
    return add_months(start, SUSPENDED_MONTHS) - timedelta(days=c8_days_before(start, earlier))
