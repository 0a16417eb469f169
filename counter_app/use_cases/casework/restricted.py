"""Who may come upon a restricted case: the one rule that every list, search and opening asks (mission: I10).

Its own counter, the ticket it came by, a card that is read and its number or receipt in hand stand for the
citizen, as for every opening (mission: X3). Whoever may not see it is told its number only. Not here: how
much of an opened case is then seen (`domain/casework/rights.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.casework.beginning import lines_of
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.posts import h5_held_by
from counter_app.domain.casework.procedure import i10_class_at_intake
from counter_app.domain.casework.rights import Who, i10_sight, who_of
from counter_app.domain.casework.state import Handling
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.ground import held_posts
from counter_app.use_cases.ports.store import Reader
from counter_app.use_cases.waiting.reference import Reference


@dataclass(frozen=True, slots=True)
class Opening:
    """Who opens a case, with which ticket in hand; `held`: its receipt, number or the citizen's card is."""

    actor: Actor
    ticket: str = ""
    held: bool = False


class Onlooker:
    """Whoever reads a list, in one read. Without an actor, or with a badge the hall does not know (a command
    for the home's account), it is nobody, who sees no restricted case."""

    def __init__(
        self, reader: Reader, reference: Reference, actor: Actor | None, counter: str | None = None
    ) -> None:
        self._reader = reader
        self._reference = reference
        self._counter = (actor.place if actor else "") if counter is None else counter
        plan: HallPlan = reference.plan(reader)
        staff = actor.staff if actor else ""
        self.who: Who | None = who_of(plan, staff, h5_held_by(plan, staff, held_posts(reader)))

    def hides(self, case: Case | None, handling: Handling | None = None) -> bool:
        """Whether this person may not come upon the case by a name or a list; `handling` if it was read."""
        if case is None or (self._counter and self._counter == case.counter):
            return False
        if self.who is not None and self.who.has("case.arbitrate"):
            return False
        handling = handling or self._reader.get(HANDLINGS, case.id)
        if handling is not None and handling.begun_at is not None:
            return handling.restricted and self._sees_state_only(handling)
        return self._restricted_at_intake(case) and not self._will_handle(case)

    def _sees_state_only(self, handling: Handling) -> bool:
        return self.who is None or i10_sight(self.who, handling) == "state"

    def _restricted_at_intake(self, case: Case) -> bool:
        key = case.item_key
        if key is None:
            return False
        item = self._reference.catalogue(self._reader).version(*key)
        return i10_class_at_intake(item, case.draft.fields).restricted

    def _will_handle(self, case: Case) -> bool:
        """The department it will go to."""
        key, who = case.item_key, self.who
        if who is None or key is None:
            return False
        item = self._reference.catalogue(self._reader).version(*key)
        settings = self._reference.plan(self._reader).settings
        lead = lines_of(item, case, self._reader.now.date(), settings).department
        return who.has("case.review") and who.department == lead


def need_sight(reader: Reader, reference: Reference, case: Case, counter: str, opening: Opening) -> None:
    """UserFacingError `case.restricted`."""
    if opening.held or (opening.ticket and opening.ticket == case.ticket):
        return
    if Onlooker(reader, reference, opening.actor, counter).hides(case):
        raise UserFacingError(
            "case.restricted",
            "This case is sensitive: only those who handle it see it.",
            kept="Nothing was shown.",
            remedy="Scan its receipt, type its number or read the citizen's card.",
        )
