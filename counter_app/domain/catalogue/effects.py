"""What a situation changes beyond adding materials: drops, copies, limits, department, stops, prerequisites.

A material is added by its own `when`; everything else that an answer brings about is an effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counter_app.domain.catalogue.materials import LegalBasis
from counter_app.domain.catalogue.questions import Condition
from counter_app.domain.time.limits import Limit

StopOutcome = Literal["refuse", "no_permit", "elsewhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why the item goes no further.

    refuse → 不予受理决定书, no_permit → 不受理告知书, elsewhere → another body (`body`) is competent
    (papers.md, mission: I9, I16). `item` names the item to take up instead, if this hall has one.
    """

    outcome: StopOutcome
    text: str
    body: str = ""
    item: str = ""
    basis: LegalBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesChange:
    """Other numbers of originals and copies for one material."""

    material: str
    originals: int
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """Another item whose result must be there first (前置审批, mission: C2); `item` is its code."""

    item: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Everything in it applies while `when` holds. `reason` replaces the words of the answers.

    `joint` names the joint matter (一件事) that the item makes with its prerequisites: one intake opens all
    of them (mission: C2).
    """

    when: Condition
    reason: str = ""
    stop: Stop | None = None
    note: str = ""
    drop: tuple[str, ...] = ()
    copies: tuple[CopiesChange, ...] = ()
    legal_limit: Limit | None = None
    promised_limit: Limit | None = None
    department: str = ""
    prerequisites: tuple[Prerequisite, ...] = ()
    joint: str = ""
