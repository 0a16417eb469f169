"""Results that cases wait for: which are late, which wait for the applicant's choice or for an acceptance
that is held up. All as of now; nothing of it is kept (mission: C2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from counter_app.domain.casework.joint_rules import (
    c2_is_late,
    c2_may_choose,
    c2_must_choose,
    c2_waits_by_choice,
)
from counter_app.domain.casework.state import Handling, Prerequisite
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.intake.queries import due_day
from counter_app.use_cases.ports.store import Reader

MOST: Final = 500


@dataclass(frozen=True, slots=True)
class ResultsNeeded:
    """`choice`: these results fail or are late, and the applicant has not said which way he takes; `held_up`:
    all are here, but something of its own keeps the case from being accepted; `waiting`: he chose to wait, as
    `chosen_by` kept it. `since` when that was written down; of what is late now, when the case was accepted
    or looked through."""

    case: Case
    what: Literal["choice", "held_up", "waiting"]
    items: tuple[str, ...]
    since: datetime
    chosen_by: str = ""


def is_late(reader: Reader, entry: Prerequisite) -> bool:
    """Whether the case that should bring it is past its day as its clock has it."""
    return _late(reader, entry)[0]


def _late(reader: Reader, entry: Prerequisite) -> tuple[bool, date | None]:
    """Whether it is late, and the day it is late by."""
    earlier = reader.get(CASES, entry.from_case) if entry.from_case else None
    due = due_day(reader, earlier) if earlier else None
    return c2_is_late(earlier, due, reader.now.date()), due


def results_needed(reader: Reader) -> Iterator[ResultsNeeded]:
    """Cases that do not go on by themselves, and those whose applicant chose to wait."""
    for handling in reader.casework.needing_results(MOST):
        case = reader.get(CASES, handling.case)
        if case is None or case.ended:
            continue
        items = tuple(entry.item for entry in handling.prerequisites if must_choose(reader, entry))
        waits = [entry for entry in handling.prerequisites if c2_waits_by_choice(entry)]
        if items:
            yield ResultsNeeded(case, "choice", items, _since(handling, case))
        elif case.stage == "pre_reviewed" and all(entry.settled for entry in handling.prerequisites):
            yield ResultsNeeded(
                case, "held_up", tuple(entry.item for entry in handling.prerequisites), _since(handling, case)
            )
        elif waits:
            last = max(waits, key=lambda entry: entry.chosen_at or case.opened_at)
            since = last.chosen_at or case.changed_at
            yield ResultsNeeded(case, "waiting", tuple(one.item for one in waits), since, last.chosen_by)


def must_choose(reader: Reader, entry: Prerequisite) -> bool:
    """Whether the applicant is to choose: it failed and he has not, or a day has passed that he did not know
    of."""
    return c2_must_choose(entry, *_late(reader, entry))


def may_choose(reader: Reader, entry: Prerequisite) -> bool:
    """Whether he may; who chose to wait for what is late may think better of it."""
    return c2_may_choose(entry, is_late(reader, entry))


def _since(handling: Handling, case: Case) -> datetime:
    return handling.begun_at or case.accepted_at or case.changed_at
