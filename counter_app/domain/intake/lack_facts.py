"""容缺受理: what is accepted without, named on the acceptance and promised in writing (mission: I15).

Not here: which materials may be lacking, which the catalogue says and the marks hold.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from counter_app.domain.catalogue.checklist import ChecklistLine
from counter_app.domain.intake.scene import Planned, Scene, applicant_of, paper_limit
from counter_app.domain.paper.facts import Counted
from counter_app.domain.paper.facts_intake import Lack, LackFacts

CONSEQUENCE: Final = "逾期未补齐的，终止办理并书面告知"
_PARTS: Final[tuple[Literal["notice", "promise"], ...]] = ("notice", "promise")


def lacking(scene: Scene) -> tuple[ChecklistLine, ...]:
    """The lines marked 容缺, in the checklist's order."""
    marks = scene.case.draft.marks
    return tuple(
        line
        for line in scene.checklist.lines
        if (mark := marks.get(line.material.code)) and mark.kind == "lacking"
    )


def promised(scene: Scene, due_on: date) -> tuple[Counted, ...]:
    """The same for the acceptance's list, with the day by which each must come: never after `due_on`.

    None of it was received: it counts no original and no copy.
    """
    until = min(scene.supply_by, due_on)
    return tuple(
        Counted(
            name=line.material.full_name,
            note=f"容缺，{until.isoformat()}前补齐",
        )
        for line in lacking(scene)
    )


def lack_papers(scene: Scene, due_on: date, consequence: str) -> tuple[Planned, ...]:
    """Notice and promise, in two copies each; none when nothing is lacking."""
    until = min(scene.supply_by, due_on)
    lacks = tuple(
        Lack(material=line.material.full_name, form=_amounts(line), until=until) for line in lacking(scene)
    )
    if not lacks:
        return ()
    limit = scene.checklist.promised_limit or scene.checklist.legal_limit
    papers = []
    for part in _PARTS:
        facts = LackFacts(
            head=scene.head,
            part=part,
            authority=scene.authority,
            case_number=scene.case.number,
            item=scene.named,
            applicant=applicant_of(scene),
            lacks=lacks,
            promised_limit=paper_limit(limit),
            consequence=consequence or CONSEQUENCE,
            basis=scene.basis,
        )
        papers.append(Planned(facts, roll=part == "promise", sheet=True))
    return tuple(papers)


def _amounts(line: ChecklistLine) -> str:
    parts = [f"原件{line.originals}份"] if line.originals else []
    return "、".join(parts + ([f"复印件{line.copies}份"] if line.copies else []))
