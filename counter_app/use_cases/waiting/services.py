"""Who serves what, worked out once per published plan: every act asks for it.

An item stands in the line of its letter and asks for its licence; a counter serves a line's tickets
whose licence it has, in its own order of preference, and those that name none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from counter_app.domain.hall.plan import Counter, HallPlan
from counter_app.domain.waiting.choice import Service

MOST_PLANS: Final = 4  # of one process: tests and training beside the hall's own


@dataclass(frozen=True, slots=True)
class Services:
    """`counters_for`: numbers that may call from there, those that prefer it first. `of_counter`:
    what a counter may call and how much it prefers it, 0 its favourite."""

    everywhere: tuple[Service, ...]
    counters_for: Mapping[Service, tuple[str, ...]]
    of_counter: Mapping[int, Mapping[Service, int]]


_worked_out: dict[int, tuple[HallPlan, Services]] = {}


def services_of(plan: HallPlan) -> Services:
    """Pure in `plan`; the same plan object gives the same answer without work."""
    kept = _worked_out.get(id(plan))
    if kept is not None and kept[0] is plan:
        return kept[1]
    made = _work_out(plan)
    if len(_worked_out) >= MOST_PLANS:
        _worked_out.clear()
    _worked_out[id(plan)] = (plan, made)  # holds the plan, so its id is not given to another
    return made


def _work_out(plan: HallPlan) -> Services:
    lines = [line for line in plan.lines if not line.priority]
    asked = {Service(line.letter, licence): {licence} for line in lines for licence in line.licences}
    asked |= {Service(line.letter): set(line.licences) for line in lines}
    preferences = {
        counter.number: {
            service: rank
            for service, licences in asked.items()
            if (rank := _preference(counter, licences)) is not None
        }
        for counter in plan.counters
    }
    return Services(tuple(asked), {service: _able(preferences, service) for service in asked}, preferences)


def _preference(counter: Counter, licences: set[str]) -> int | None:
    return next((rank for rank, licence in enumerate(counter.licences) if licence in licences), None)


def _able(preferences: Mapping[int, Mapping[Service, int]], service: Service) -> tuple[str, ...]:
    able = [(ranks[service], number) for number, ranks in preferences.items() if service in ranks]
    return tuple(str(number) for _, number in sorted(able))
