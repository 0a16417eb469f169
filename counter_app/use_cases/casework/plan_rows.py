"""Bars of the plan as rows."""

from __future__ import annotations

from counter_app.domain.casework.plan import Bar
from counter_app.use_cases.casework.views import PlanRow


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
    )
