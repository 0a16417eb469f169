"""What the centre puts in force: the event that says which reference rows changed."""

from __future__ import annotations

from counter_app.domain.journal import Fact


class RowsPublished(Fact):
    """Rows of `kind` (item, counter, staff …) put in force or withdrawn, by key."""

    kind: str
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()
    version_no: int

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"published:{self.kind}",)
