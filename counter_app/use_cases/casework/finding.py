"""Cases by number, name, item or scanned paper, as far as somebody may see them (mission: C1, I10, X3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.rights import Sight, Who, i10_sight
from counter_app.domain.casework.state import Handling
from counter_app.domain.identity.masking import mask_name
from counter_app.domain.intake.case import Case, Stage
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.use_cases.casework.ground import who_acts
from counter_app.use_cases.intake.finding import EXACT, Finder
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.intake.queries import row
from counter_app.use_cases.ports.store import Store

MOST: Final = 9
LOOKED_AT: Final = 40


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case as this person may know it: the applicant's name is masked beyond one's own cases."""

    case: str
    number: str
    item: str
    applicant: str
    stage: Stage
    sight: Sight


class CaseFinder:
    """The one box of a desk: cases behind the counter only."""

    def __init__(self, store: Store, reference: CaseReference, finder: Finder) -> None:
        self._store = store
        self._reference = reference
        self._finder = finder

    def search(self, actor: Actor, text: str, most: int = MOST) -> tuple[FoundCase, ...]:
        """The best `most`; drafts are none of the desk's, what has not come to a department yet is
        supervision's only.

        What is no business of one's own is found by its exact number only, never by a name.
        """
        hits = [hit for hit in self._finder.search(text, LOOKED_AT, actor=actor) if hit.kind == "case"]
        found = []
        with self._store.reading() as reader:
            catalogue = self._reference.catalogue(reader)
            who = who_acts(reader, self._reference.plan(reader), actor)
            for hit in hits:
                handling, case = reader.get(HANDLINGS, hit.id), reader.get(CASES, hit.id)
                if case is None:
                    continue
                sight = _sight(who, case, handling)
                if sight is None:
                    continue
                shown = row(reader, catalogue, case)
                if sight == "state" and hit.score != EXACT:
                    continue
                name = shown.applicant if sight == "all" else mask_name(shown.applicant)
                found.append(FoundCase(hit.id, case.number, shown.item, name, case.stage, sight))
                if len(found) == most:
                    break
        return tuple(found)


def _sight(who: Who, case: Case, handling: Handling | None) -> Sight | None:
    """None for what is none of this person's business at all."""
    if handling is not None and handling.begun_at is not None:
        return i10_sight(who, handling)
    return "state" if who.has("case.arbitrate") and case.stage != "draft" and case.item_key else None
