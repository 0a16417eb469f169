"""What only the counter does: checked by the roles of the badge; a command without one acts for the home's
account."""

from __future__ import annotations

from counter_app.domain.casework.rights import who_of
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError


def counter_only(plan: HallPlan, actor: Actor) -> None:
    """UserFacingError `work.counter-only` for a badge without the counter's rights."""
    who = who_of(plan, actor.staff)
    if who is not None and not who.has("case.decide"):
        raise UserFacingError(
            "work.counter-only",
            "{name} may not do this: it is the counter's.",
            kept="Nothing was changed.",
            remedy="Let a clerk at the counter do it.",
            name=who.name,
        )
