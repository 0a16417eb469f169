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


@dataclass(frozen=True, slots=True)
class RatingKeyShown:
    """A key to touch. `face` is the rating it stands for (1 best … 5 worst), 0 for a key without one."""

    code: str
    words: str
    face: int = 0


@dataclass(frozen=True, slots=True)
class RatingShown:
    """One page of the rating in the citizen's language. Without keys it only says something."""

    question: str
    keys: tuple[RatingKeyShown, ...] = ()
    void: str = ""
