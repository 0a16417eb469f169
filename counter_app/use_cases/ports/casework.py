"""Row queries about pieces of work; `store/casework_rows.py` answers them. The most urgent first, every list
bounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from counter_app.domain.casework.posts import PostHeld
from counter_app.domain.casework.state import Handling
from counter_app.domain.casework.task import Task


class CaseworkRows(Protocol):
    def of_staff(self, staff: str, most: int) -> tuple[Task, ...]:
        """Open work that somebody has in his own hands."""
        ...

    def of_posts(self, posts: Sequence[str], most: int) -> tuple[Task, ...]:
        """Open work for these posts that nobody has taken yet."""
        ...

    def flagged(self, most: int) -> tuple[Handling, ...]:
        """Cases with a meeting against the table of levels, the latest first (mission: C15)."""
        ...

    def pool(self, department: str, most: int) -> tuple[Task, ...]:
        """Open work of a department that is for no post and no person."""
        ...

    def on_paper(self, most: int) -> tuple[Task, ...]:
        """Open work of departments that have not moved in: its answers come on slips (mission: H2)."""
        ...

    def silent(self, day: date, most: int) -> tuple[Task, ...]:
        """Assists whose last day lies before `day` and that nobody has answered (mission: C4)."""
        ...

    def in_hours(self, day: date, most: int) -> tuple[Task, ...]:
        """Open work whose limit is in hours and ends on `day`."""
        ...

    def due_from(self, day: date, most: int) -> tuple[Task, ...]:
        """Open work with a limit that ends on `day` or later."""
        ...

    def of_department(self, department: str, most: int) -> tuple[Task, ...]:
        """All open work of a department."""
        ...

    def count(self, department: str, most: int) -> int:
        """How much open work a department has, `most` at most."""
        ...

    def of_case(self, case: str) -> tuple[Task, ...]:
        """All work of a case, done or not, in its order."""
        ...

    def held_posts(self) -> tuple[PostHeld, ...]:
        """Posts in which somebody stands in."""
        ...

    def needing_results(self, most: int) -> tuple[Handling, ...]:
        """Handlings that have not ended and wait, or waited, for results of other items."""
        ...

    def tracked_by(self, staff: str, most: int) -> tuple[str, ...]:
        """Open cases whose plan this person follows."""
        ...
