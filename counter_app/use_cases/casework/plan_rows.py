"""Bars of the plan as rows."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.casework.plan import Bar
from counter_app.domain.casework.state import PlanChange
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.casework.views import PlanChangeRow, PlanRow


def plan_row(bar: Bar) -> PlanRow:
    return PlanRow(
        code=bar.code,
        name=bar.name,
        who=bar.who,
        from_on=bar.from_on,
        until_on=bar.until_on,
        critical=bar.critical,
        done=bar.done,
        late=bar.late,
        applicant_does=bar.applicant_does,
        kind=bar.kind,
        after=bar.after,
        foreseen=bar.foreseen,
        until_at=bar.until_at,
    )


def change_rows(
    planner: Planner, bars: Sequence[Bar], changes: Sequence[PlanChange]
) -> tuple[PlanChangeRow, ...]:
    """What moved, with the names of assists that are foreseen no more."""
    return tuple(
        PlanChangeRow(
            change.at,
            change.cause,
            change.moved,
            planner.names(bars, change.asked),
            planner.names(bars, change.left_out),
        )
        for change in changes
    )
