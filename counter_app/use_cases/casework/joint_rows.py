"""The cases that belong together with one: its joint matter, then the others of its project (mission: C2)."""

from __future__ import annotations

from typing import Final

from counter_app.domain.casework.state import Handling
from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.intake.case import PROJECT, Case
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.casework.joint_views import JointRow
from counter_app.use_cases.intake.queries import due_day
from counter_app.use_cases.ports.store import Reader

MOST_OF_PROJECT: Final = 40


def joint_rows(
    reader: Reader, catalogue: Catalogue, case: Case, handling: Handling | None
) -> tuple[JointRow, ...]:
    """Itself among them; nothing when it stands alone."""
    joint, project = handling.joint if handling else None, case.draft.fields.get(PROJECT, "")
    ids = [id for id, _ in joint.cases] if joint else []
    if project:
        ids += [other.id for other in reader.cases.of_project(project, MOST_OF_PROJECT)]
    found = []
    for id in dict.fromkeys(ids):
        one = reader.get(CASES, id)
        key = one.item_key if one else None
        if one is not None and key is not None:
            name, lead = catalogue.history(key[0])[-1].name, joint is not None and id == joint.lead
            found.append(JointRow(id, one.number, key[0], name, lead, one.stage, due_day(reader, one)))
    return tuple(found)
