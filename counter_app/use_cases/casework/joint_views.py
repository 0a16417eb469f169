"""Frozen rows of what a case waits for, and of the cases of its joint matter (mission: C2). No behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from counter_app.domain.casework.state import WayOut
from counter_app.domain.intake.case import Stage


@dataclass(frozen=True, slots=True)
class PrerequisiteRow:
    """An item whose result must be here first; `ways` are open when it failed and nobody has chosen, or is
    late; `asked` when the applicant is to choose now; `again` when a new application may bring it."""

    item: str
    name: str
    case: str
    number: str
    state: Literal["open", "arrived", "failed", "dropped"]
    how: str
    result_number: str
    way: WayOut | None
    ways: tuple[WayOut, ...]
    again: bool
    asked: bool = False
    chosen_at: datetime | None = None
    chosen_name: str = ""


@dataclass(frozen=True, slots=True)
class NeededRow:
    """A case that does not go on by itself: `items` and `names` of the results, and what is to be done; of
    what is waited for by choice, `since` when and who kept that."""

    case: str
    number: str
    item: str
    applicant: str
    what: Literal["choice", "held_up", "waiting"]
    names: tuple[str, ...]
    items: tuple[str, ...]
    since: datetime
    chosen_name: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class JointRow:
    """A case of the same joint matter."""

    case: str
    number: str
    item: str
    name: str
    lead: bool
    stage: Stage
    due: date | None
