"""Who acts on a case's time: commands and windows alike name a person with a right (mission: X3)."""

from __future__ import annotations

from counter_app.domain.hall.plan import HallPlan, StaffMember
from counter_app.domain.hall.rights import Right, rights_of
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError


def acting(plan: HallPlan, actor: Actor, *rights: Right) -> StaffMember:
    """The person who acts; one of `rights` is enough. UserFacingError `time.who`, `access.no-right`."""
    member = plan.member(actor.staff)
    if member is None:
        raise UserFacingError(
            "time.who",
            "Nobody with the badge {badge} works in this hall.",
            kept="Nothing was changed.",
            remedy="Log in; a command names the person with --staff.",
            badge=actor.staff,
        )
    if not rights_of(member.roles) & frozenset(rights):
        raise UserFacingError(
            "access.no-right",
            "Your role does not allow this.",
            remedy="Ask somebody who may, or the administrator for the right.",
            right=rights[0],
        )
    return member
