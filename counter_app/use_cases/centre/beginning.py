"""Cases that go behind the counter without a person: what silence has accepted, what came accepted from
another hall (mission: I7, H1). The centre begins them in the decision that makes it so.

Its work has the names any machine would give it (`domain/casework/opening.py`): whoever acts on the case
meanwhile, cut off, opens the same. Not here: copy-notices and the plan on paper, which a person sends out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from counter_app.domain.casework.beginning import (
    assist_work,
    handling_begun,
    lines_of,
    plan_work,
    prerequisites_promised,
    step_started,
    step_work,
)
from counter_app.domain.casework.facts import HandlingTakenUp
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opening import Piece, name_of, opened
from counter_app.domain.casework.procedure import c3_ready_steps
from counter_app.domain.casework.state import Handling
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.deeming import i7_as_of
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.time_start import acceptance_deemed, clock_started
from counter_app.domain.journal import Fact, read
from counter_app.domain.streams import Published
from counter_app.domain.time.calendar import CALENDAR_YEARS, WorkCalendar
from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.facts import ClockStarted
from counter_app.use_cases.centre.plans import PublishedPlans
from counter_app.use_cases.ports.centre_store import CentreTransaction

Kinds = Mapping[str, Published[Any]]
MOST_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class Ground:
    """What is published of the case's item, the hall and its days."""

    item: Item
    plan: HallPlan
    calendar: WorkCalendar


def ground_of(tx: CentreTransaction, kinds: Kinds, item: str) -> Ground | None:
    """None of an item whose version the centre does not have."""
    items: Mapping[str, Item] = tx.published(kinds["item"]) if "item" in kinds else {}
    if item not in items:
        return None
    calendar = WorkCalendar(tx.published(CALENDAR_YEARS))
    return Ground(items[item], PublishedPlans().plan(tx), calendar)


def deem(tx: CentreTransaction, kinds: Kinds, kept: Case) -> int:
    """Silence has accepted the case: its clock starts and its first steps stand in their inboxes. Gives how
    many cases that were: none when it is written already."""
    on, key = ground_of(tx, kinds, kept.draft.item), f"deemed:{kept.id}:{kept.decide_by}"
    if on is None or tx.of_key(tx.centre, key):
        return 0
    case = i7_as_of(_with_words(tx, kept), tx.now.date())
    started = _clock(tx, case, on)
    for fact in (acceptance_deemed(case, started), started):
        tx.record(fact, key=key)
    _begin(tx, key, case, on)
    return 1


def go_on_here(tx: CentreTransaction, kinds: Kinds, id: str) -> None:
    """A case that came from another hall accepted is handled here from now on. Its clock came with it; where
    none did, it starts from its acceptance (mission: H1, T1)."""
    kept, key = tx.get(CASES, id), f"goes-on:{id}"
    on = ground_of(tx, kinds, kept.draft.item) if kept is not None else None
    if kept is None or on is None or kept.stage != "accepted":
        return
    case = _with_words(tx, kept)
    if tx.get(CLOCKS, id) is None:
        tx.record(_clock(tx, case, on), key=key)
    _begin(tx, key, case, on)


def _clock(tx: CentreTransaction, case: Case, on: Ground) -> ClockStarted:
    handling = tx.get(HANDLINGS, case.id)
    joint = handling is not None and handling.joint is not None
    lines = lines_of(on.item, case, tx.now.date(), on.plan.settings)
    return clock_started(case, on.item, lines, on.calendar, tx.now, joint=joint)


def _begin(tx: CentreTransaction, key: str, case: Case, on: Ground) -> None:
    handling = tx.get(HANDLINGS, case.id)
    if handling is None or handling.begun_at is None:
        today = tx.now.date()
        lines = lines_of(on.item, case, today, on.plan.settings)
        tx.record(handling_begun(case, on.item, lines, on.plan, today), key=key)
        needed = prerequisites_promised(case, lines)
        if needed is not None and not (handling and handling.prerequisites):
            tx.record(needed, key=key)
    elif not handling.open:
        _take_up(tx, key, handling, on)
    begun = tx.get(HANDLINGS, case.id)
    for fact in _first_work(tx, begun, on) if begun else ():
        tx.record(fact, key=key)


def _take_up(tx: CentreTransaction, key: str, handling: Handling, on: Ground) -> None:
    """It came home: what was cut short when it left lies before people again."""
    owed: list[tuple[str, str]] = []
    for entry in handling.assists:
        declared = on.item.assist(entry.matter)
        if entry.answer is None and declared is not None:
            task, fact = _opened(tx, handling, assist_work(declared, on.plan), on)
            tx.record(fact, key=key)
            owed.append((entry.matter, task))
    tx.record(HandlingTakenUp(case=handling.case, assists=tuple(owed)), key=key)


def _with_words(tx: CentreTransaction, kept: Case) -> Case:
    """The case as a desk has it. What the counter set of its class (复杂, 敏感) are words, and who may see
    the case depends on them (mission: I10)."""
    places = [entry.hall_seq for entry in tx.history(CASES.subject(kept.id))]
    case = CASES.replay(
        read(entry.data, {part.slot: part.data for part in entry.parts if part.data is not None})
        for entry in tx.at(places, "desk")
    )
    return case or kept


def _first_work(tx: CentreTransaction, handling: Handling, on: Ground) -> Iterator[Fact]:
    """The plan before the management, or the steps whose start condition is met."""
    if handling.plan_approval and not handling.plan_approved_by:
        yield _opened(tx, handling, plan_work(on.plan), on)[1]
    for step in c3_ready_steps(handling):
        task, fact = _opened(tx, handling, step_work(step, handling, on.item, on.plan), on)
        yield fact
        yield from step_started(handling.case, step, task, on.item, on.calendar, tx.now)


def _opened(tx: CentreTransaction, handling: Handling, work: Piece, on: Ground) -> tuple[str, Fact]:
    case = handling.case
    before = sum(name_of(case, work, nth, "") in handling.work for nth in range(MOST_ROUNDS))
    name = name_of(case, work, before, "")
    return name, opened(case, name, work, on.calendar, tx.now)
