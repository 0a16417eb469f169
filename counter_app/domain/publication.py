"""What the centre puts in force: the event that says which reference rows changed."""

from __future__ import annotations

from counter_app.domain.journal import Fact


class RowsPublished(Fact):
    """Rows of `kind` (item, counter, staff …) put in force or withdrawn, by key.

    `digests` are the rows' SHA-256 in hex, in the order of `changed`: the journal vouches for what is in
    force too, so a limit or a right altered by hand is noticed (mission: X4).
    """

    kind: str
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...] = ()
    version_no: int
    digests: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"published:{self.kind}",)
