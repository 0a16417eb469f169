"""Results that cases wait for: which are late, which wait for the applicant's choice or for an acceptance
that is held up. All as of now; nothing of it is kept (mission: C2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from counter_app.domain.casework.joint_rules import c2_is_late
from counter_app.domain.casework.state import Handling, Prerequisite
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.intake.queries import due_day
from counter_app.use_cases.ports.store import Reader

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class ResultsNeeded:
    """`choice`: these results fail or are late, and the applicant has not said which way he takes; `held_up`:
    all are here, but something of its own keeps the case from being accepted. `since` when that was written
    down; of what is late now, when the case was accepted or looked through."""

    case: Case
    what: Literal["choice", "held_up"]
    items: tuple[str, ...]
    since: datetime


def is_late(reader: Reader, entry: Prerequisite) -> bool:
    """Whether the case that should bring it is past its day as its clock has it."""
    earlier = reader.get(CASES, entry.from_case) if entry.from_case else None
    return c2_is_late(earlier, due_day(reader, earlier) if earlier else None, reader.now.date())


def results_needed(reader: Reader) -> Iterator[ResultsNeeded]:
    """Cases that do not go on by themselves."""
    for handling in reader.casework.needing_results(MOST):
        case = reader.get(CASES, handling.case)
        if case is None or case.ended:
            continue
        items = tuple(entry.item for entry in handling.prerequisites if undecided(reader, entry))
        if items:
            yield ResultsNeeded(case, "choice", items, _since(handling, case))
        elif case.stage == "pre_reviewed" and all(entry.settled for entry in handling.prerequisites):
            yield ResultsNeeded(
                case, "held_up", tuple(entry.item for entry in handling.prerequisites), _since(handling, case)
            )


def undecided(reader: Reader, entry: Prerequisite) -> bool:
    """Whether the applicant is to choose: it failed and he has not, or it is late now."""
    return (entry.state == "failed" and entry.way is None) or (
        entry.state == "open" and is_late(reader, entry)
    )


def _since(handling: Handling, case: Case) -> datetime:
    return handling.begun_at or case.accepted_at or case.changed_at
