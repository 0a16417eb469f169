"""A result produced here stands for a paper that another item asks for (mission: I11).

Derived at each look, like what the applicant's card answers: a result that was revoked or has run out no
longer counts. Not here: what an item's material may be satisfied by, which the catalogue says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.delivery.delivery import DELIVERIES
from counter_app.domain.intake.case import Case, Mark
from counter_app.domain.intake.parties import Identity
from counter_app.use_cases.ports.store import Reader

MOST: Final = 50


def with_results_on_file(
    reader: Reader, case: Case, lines: Checklist, identities: Mapping[str, Identity]
) -> Case:
    """The case with such lines marked present, unless they were judged already."""
    wanted = {
        line.material.code: line.material.satisfied_by
        for line in lines.lines
        if line.material.satisfied_by and line.material.code not in case.draft.marks
    }
    if not wanted or not case.open:
        return case
    found = dict(_results(reader, case, identities))
    marks = {
        code: Mark("present", f"本厅已出具：{found[item]}", originals=0, copies=0)
        for code, items in wanted.items()
        if (item := next((one for one in items if one in found), "")) and case.may_mark(code)
    }
    if not marks:
        return case
    return replace(case, draft=replace(case.draft, marks={**case.draft.marks, **marks}))


def _results(reader: Reader, case: Case, identities: Mapping[str, Identity]) -> Iterator[tuple[str, str]]:
    """(item code, the result's name and number) of what the applicant holds from here."""
    applicant = case.applicant
    identity = identities.get(applicant.party) if applicant else None
    if identity is None or not identity.lookup:
        return
    for earlier in reversed(reader.cases.of_person(identity.lookup, MOST)):
        key = earlier.item_key
        delivery = reader.get(DELIVERIES, earlier.id) if earlier.stage == "granted" else None
        for one in delivery.results if delivery else ():
            if key is not None and one.valid(reader.now.date()):
                yield key[0], f"{one.name} {one.number}".strip()
