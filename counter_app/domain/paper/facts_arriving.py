"""Facts of an agent's slips and of the count of blanks (mission: I14, P11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counter_app.domain.paper.facts import Applicant, Counted, ItemNamed, PaperFacts, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankCountFacts(PaperFacts):
    """空白凭证日清点单: issued and spoiled today, what is left by stretches, what was counted."""

    day: date
    name: str
    issued: tuple[str, ...] = ()
    spoiled: tuple[tuple[str, str], ...] = ()
    left: tuple[tuple[str, str, int], ...] = ()
    recorded: int = 0
    counted: int = 0
    reason: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.BLANK_COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSlipFacts(PaperFacts):
    """代办交接单 (`part` taken) and 代办办结单 (`part` closed)."""

    part: Literal["taken", "closed"]
    agent: str
    station: str
    mandate: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    materials: tuple[Counted, ...] = ()
    outcome: str = ""
    handed_back: str = ""

    @property
    def kind(self) -> PaperKind:
        return PaperKind.AGENT_SLIP
