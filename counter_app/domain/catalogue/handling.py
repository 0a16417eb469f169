"""How a case of an item is handled: steps, assisting departments, review forms, classes, levels, bands.

What the seed calls the standard of an approval: who leads, who assists on which condition with which demand
and limit, what each step has to look at and on which law (mission: C3, C4, C10, C15, C16, I10). Only declared
here; what they make of a running case stands in `domain/casework`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counter_app.domain.catalogue.materials import LegalBasis
from counter_app.domain.catalogue.questions import Condition
from counter_app.domain.time.limits import Limit

StepKind = Literal["review", "approval", "final", "visit", "test", "meeting", "report"]
Complexity = Literal["simple", "ordinary", "complex"]
Authority = Literal["own", "upper"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewQuestion:
    """One line of a review form (审批表格化): what is asked, how it is looked at, standard answers (mission:
    C10).

    `phrases` speak for the applicant, `against` do not; a mandatory question left open keeps an opinion back.
    """

    code: str
    text: str
    method: str
    phrases: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    mandatory: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """What stands beside a step's form: work 工作内容, depth 深度要求, law, cases 参考案例, what usually
    needs agreeing."""

    work: str
    depth: str = ""
    basis: tuple[LegalBasis, ...] = ()
    cases: tuple[str, ...] = ()
    agree: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingStep:
    """One step after acceptance. It starts by rule: when all of `after` are done, at acceptance when there
    are none; steps with the same `after` run side by side (能并联的就不要串联, mission: C3). `needs_results`:
    only once the prerequisites' results are here (mission: C2).

    `department` "" is the item's; `post` "" the post of that department for this kind of step. `level` names
    the meeting a `meeting` step waits for. `applicant_does`: what the applicant owes while it runs (mission:
    C11).
    """

    code: str
    name: str
    kind: StepKind
    department: str = ""
    post: str = ""
    after: tuple[str, ...] = ()
    needs_results: bool = False
    limit: Limit | None = None
    level: str = ""
    applicant_does: str = ""
    when: Condition | None = None
    review: tuple[ReviewQuestion, ...] = ()
    guidance: Guidance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistMatter:
    """What another department is asked for (协办事项): on which condition, what, how fast (mission: C4).

    `known_from` names what the hall holds itself (`item:CODE`, a result given here; `party`, the applicant's
    own data): then it is looked up and nobody is asked (mission: C5).
    """

    code: str
    name: str
    department: str
    demand: str
    limit: Limit
    basis: tuple[LegalBasis, ...] = ()
    when: Condition | None = None
    known_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscretionBand:
    """How far discretion goes in one circumstance, in whole `unit`s (元, 日); published (mission: C16)."""

    code: str
    circumstance: str
    least: int
    most: int
    unit: str
    basis: LegalBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClass:
    """A class of cases and what it brings about: steps left out, another promise, who may see (mission: I10).

    Fields that are empty or None match any case; the first class that matches is the case's.
    """

    code: str
    name: str
    authority: Authority | None = None
    complexity: Complexity | None = None
    sensitive: bool | None = None
    skip: tuple[str, ...] = ()
    promised_limit: Limit | None = None
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLevel:
    """Which meeting decides what (各级业务会的权限); `rank` 0 is the lowest (mission: C15).

    A case belongs to the highest level whose fields it meets; sent to another, it is flagged.
    """

    code: str
    name: str
    rank: int
    complexity: Complexity | None = None
    sensitive: bool | None = None
    upper: bool = False
    limit: Limit | None = None
