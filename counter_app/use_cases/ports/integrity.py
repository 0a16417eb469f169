"""What a check of the store reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How many events and rows were found sound, and the first that is not (empty: all are)."""

    events: int
    rows: int
    broken: str

    @property
    def sound(self) -> bool:
        return not self.broken
