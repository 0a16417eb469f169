"""What the counter does, alone or with those who handle the case, by the roles of the badge.

A command without a badge acts for the home's account.
"""

from __future__ import annotations

from counter_app.domain.casework.rights import c1_may, who_of
from counter_app.domain.casework.state import Handling
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


def applicants_choice(plan: HallPlan, actor: Actor, handling: Handling) -> None:
    """Who keeps what the applicant chose: the counter, who handles the case that waits, the management.

    UserFacingError `work.choice-elsewhere`.
    """
    who = who_of(plan, actor.staff)
    if who is not None and not c1_may("prerequisite", who, handling):
        raise UserFacingError(
            "work.choice-elsewhere",
            "{name} may not do this: the counter asks the applicant, or who handles the case that waits.",
            kept="Nothing was changed.",
            remedy="Let one of them do it.",
            name=who.name,
        )
