"""Rights by command: a badge named with `--staff` may do no more than it may at the counter.

A command without a badge acts for the account that may read the home's keys.
"""

from __future__ import annotations

from counter_app.cli.frame import Call
from counter_app.domain.hall.rights import Right, rights_of
from counter_app.errors import UserFacingError
from counter_app.use_cases.program import Program


def need_right(call: Call, program: Program, right: Right) -> None:
    """UserFacingError `access.no-right`."""
    member = program.plan().member(call.actor.staff)
    if member is not None and right not in rights_of(member.roles):
        raise UserFacingError(
            "access.no-right",
            "Your role does not allow this.",
            remedy="Ask somebody who may, or the administrator for the right.",
            right=right,
        )
