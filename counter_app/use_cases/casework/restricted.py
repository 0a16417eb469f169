"""A restricted case outside its department: found and opened with the citizen's paper only (mission: I10).

Its own counter, the ticket it came by, a card that is read and its number or receipt in hand stand for the
citizen, as for every opening (mission: X3). Not here: how much is then seen (`domain/casework/rights.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import h5_held_by
from counter_app.domain.casework.rights import i10_sight, who_of
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.ground import held_posts
from counter_app.use_cases.ports.store import Reader


@dataclass(frozen=True, slots=True)
class Opening:
    """Who opens a case, with which ticket in hand; `held`: its receipt, number or the citizen's card is."""

    actor: Actor
    ticket: str = ""
    held: bool = False


def hidden_from(reader: Reader, plan: HallPlan, actor: Actor | None, case: Case, counter: str) -> bool:
    """Whether this person may not come upon the case by a name or a list."""
    handling = reader.get(HANDLINGS, case.id)
    if handling is None or not handling.restricted or (counter and counter == case.counter):
        return False
    if actor is None:
        return True
    who = who_of(plan, actor.staff, h5_held_by(plan, actor.staff, held_posts(reader)))
    return who is None or i10_sight(who, handling) == "state"


def need_sight(reader: Reader, plan: HallPlan, case: Case, counter: str, opening: Opening) -> None:
    """UserFacingError `case.restricted`."""
    if opening.held or (opening.ticket and opening.ticket == case.ticket):
        return
    if hidden_from(reader, plan, opening.actor, case, counter):
        raise UserFacingError(
            "case.restricted",
            "This case is sensitive: only those who handle it see it.",
            kept="Nothing was shown.",
            remedy="Scan its receipt, type its number or read the citizen's card.",
        )
