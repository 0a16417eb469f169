"""What is left of a case's page for who may not see all of it (mission: C1, I10)."""

from __future__ import annotations

from dataclasses import replace

from counter_app.use_cases.casework.views import CasePage


def shortened(page: CasePage) -> CasePage:
    """The counter sees the course and no word of opinions and quarrels; others only that the case is
    there."""
    if page.sight == "all":
        return page
    quiet = replace(
        page, opinions=(), notes=(), meetings=(), orders=(), form=None, looked_up=(), class_reason=""
    )
    if page.sight == "course":
        steps = tuple(replace(row, back_name="", back_reason="") for row in quiet.steps)
        tasks = tuple(replace(row, told=()) for row in quiet.tasks)
        assists = tuple(
            replace(
                row,
                reason="",
                cause=None,
                cause_reason="",
                disputed=False,
                dispute_reason="",
                settled=False,
                settle_reason="",
            )
            for row in quiet.assists
        )
        return replace(quiet, steps=steps, tasks=tasks, assists=assists)
    return replace(quiet, applicant="", steps=(), assists=(), offered=(), tasks=(), plan=(), plan_changes=())
