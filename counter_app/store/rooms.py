"""The rooms' projections, in one place: what the store keeps rows of."""

from __future__ import annotations

from typing import Any, Final

from counter_app.store.case_tables import CASE_PROJECTIONS
from counter_app.store.casework_tables import CASEWORK_PROJECTIONS
from counter_app.store.centre_tables import CENTRE_PROJECTIONS
from counter_app.store.clock_tables import CLOCK_PROJECTIONS
from counter_app.store.listed_tables import LISTED_PROJECTIONS
from counter_app.store.paper_tables import PAPER_PROJECTIONS
from counter_app.store.projections import Projection
from counter_app.store.waiting_tables import WAITING_PROJECTIONS

PROJECTIONS: Final[tuple[Projection[Any], ...]] = (
    *WAITING_PROJECTIONS,
    *CASE_PROJECTIONS,
    *CASEWORK_PROJECTIONS,
    *PAPER_PROJECTIONS,
    *CENTRE_PROJECTIONS,
    *LISTED_PROJECTIONS,
    *CLOCK_PROJECTIONS,
)
