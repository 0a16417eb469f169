"""How a case ends otherwise than granted, and how an end is undone by right, as facts (mission: C17, I15).

Each has its paper and its basis: `article` is the law and article, or the item's rule, as quoted on it. The
reason in own words is the private part `reason`. Not here: refusal at intake, withdrawal (`facts.py`), what
follows an end (`domain/delivery`).
"""

from __future__ import annotations

from counter_app.domain.intake.facts import CaseFact


class CaseDenied(CaseFact):
    """不予许可: decided after acceptance, with reasons and remedies."""

    article: str
    phrase: str = ""


class CaseTerminated(CaseFact):
    """终止办理: nothing is left to decide (the applicant is gone, it has become impossible)."""

    article: str
    phrase: str = ""
    returned: tuple[str, ...] = ()


class CaseLapsed(CaseFact):
    """What was asked did not come in time. `ground`: `corrections` or `lack` (容缺)."""

    ground: str
    article: str
    phrase: str = ""
    returned: tuple[str, ...] = ()


class CaseMerged(CaseFact):
    """A duplicate: the application goes on as case `into`, whose number the citizen is told."""

    into: str
    into_number: str


class CaseReopened(CaseFact):
    """An end is undone by right; it goes on where it stood before the end. Its file is open again.

    `decide_by`: until when it is said whether what was never accepted is accepted now.
    """

    article: str
    decide_by: str | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"case:{self.case}", f"archive:{self.case}")


class LackSupplied(CaseFact):
    """What was accepted without has come (容缺补交)."""

    materials: tuple[str, ...]
