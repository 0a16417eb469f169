"""What stands on the citizen's screen, as words and lines. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.paper.lines import ThermalLines


@dataclass(frozen=True, slots=True)
class CitizenShown:
    """What the citizen reads, in the paper's own words. `void` marks an exercise."""

    title: str
    check: str
    signer: str
    hint: str
    again: str
    confirm: str
    lines: ThermalLines
    void: str = ""
