"""The papers of the ends that come after receipt, from the case as it stands (mission: C17).

Not here: how they read (`domain/paper/builders/ending.py`), which end may be taken (`verdict.py`).
"""

from __future__ import annotations

from counter_app.domain.intake.scene import Planned, Scene, applicant_of, kept
from counter_app.domain.paper.facts_ending import End, EndFacts
from counter_app.domain.paper.facts_outcome import ResultFacts


def denial(
    scene: Scene,
    reason: str,
    article: str,
    discretion: tuple[tuple[str, str], ...] = (),
    upper_body: str = "",
) -> tuple[Planned, ...]:
    """不予许可决定书: reasons, law and article, remedies; what was brought is handed back."""
    result = scene.checklist.results[0] if scene.checklist.results else None
    facts = ResultFacts(
        head=scene.head,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        applied_on=scene.applied_on,
        decided_on=scene.today,
        granted=False,
        permit=bool(result and result.kind == "permit"),
        content=discretion,
        basis=(article,) if article else scene.basis,
        reasons=reason,
        remedies=scene.remedies,
        returned=kept(scene),
        upper_body=upper_body,
    )
    return (Planned(facts, sheet=True),)


def end_papers(end: End, scene: Scene, reason: str, article: str = "", into: str = "") -> tuple[Planned, ...]:
    """The paper of an end. A duplicate quotes no law: nothing is taken from anybody by it."""
    contested = end in ("terminated", "lapsed")
    facts = EndFacts(
        head=scene.head,
        end=end,
        authority=scene.authority,
        case_number=scene.case.number,
        item=scene.named,
        applicant=applicant_of(scene),
        applied_on=scene.applied_on,
        reason=reason,
        basis=(article,) if article else (),
        into=into,
        returned=kept(scene) if contested else (),
        remedies=scene.remedies if contested else None,
    )
    return (Planned(facts, sheet=True),)
