"""What a joint matter gives to each of its cases: papers taken once, results that came in the system
(mission: C2, I11).

Derived at each look, like what a card answers, so nothing is typed twice and nothing goes stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.state import Handling
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.catalogue.materials import Material
from counter_app.domain.intake.case import Case, Mark
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.ports.store import Reader

SHARED: Final = "一件事共用，已在“{item}”中收取"
BY_RESULT: Final = "系统内已核验：{item} {number}"
TO_COME: Final = "结果办出后由系统送达，不需提交"


def with_joined_marks(
    reader: Reader, catalogue: Catalogue, case: Case, lines: Checklist
) -> tuple[Case, tuple[str, ...]]:
    """The case with those marks, and the names of results it still waits for."""
    handling = reader.get(HANDLINGS, case.id)
    if handling is None or (handling.joint is None and not handling.prerequisites):
        return case, ()
    found = dict(_shared(reader, catalogue, case, lines, handling))
    found.update(_results(catalogue, lines, handling))
    marks = {code: mark for code, mark in found.items() if code not in case.draft.marks}
    waits = tuple(
        catalogue.history(entry.item)[-1].name for entry in handling.prerequisites if not entry.settled
    )
    if marks:
        case = replace(case, draft=replace(case.draft, marks={**case.draft.marks, **marks}))
    return case, waits


def _shared(
    reader: Reader, catalogue: Catalogue, case: Case, lines: Checklist, handling: Handling
) -> Iterator[tuple[str, Mark]]:
    wanted = {line.material.shared: line.material.code for line in lines.lines if line.material.shared}
    others = handling.joint.cases if handling.joint else ()
    for id, _ in others if wanted else ():
        other = reader.get(CASES, id) if id != case.id else None
        key = other.item_key if other else None
        if other is None or key is None:
            continue
        item = catalogue.version(*key)
        for code, mark in other.draft.marks.items():
            material = item.material(code)
            if material and mark.kind == "present" and material.shared in wanted:
                reason = SHARED.format(item=item.short_name or item.name)
                yield wanted[material.shared], Mark("present", reason, originals=0, copies=0)


def _results(catalogue: Catalogue, lines: Checklist, handling: Handling) -> Iterator[tuple[str, Mark]]:
    """A result that is here stands for its material; one still to come is no shortcoming of the citizen's."""
    for entry in handling.prerequisites:
        for line in lines.lines:
            if entry.item in line.material.satisfied_by:
                yield (
                    line.material.code,
                    _mark(catalogue, line.material, entry.item, entry.state, entry.number),
                )


def _mark(catalogue: Catalogue, material: Material, item: str, state: str, number: str) -> Mark:
    if state == "arrived":
        name = catalogue.history(item)[-1].name
        return Mark("present", BY_RESULT.format(item=name, number=number).strip(), originals=0, copies=0)
    return Mark("lacking", TO_COME, originals=0, copies=0)
