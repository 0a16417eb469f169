"""Row queries about papers and print jobs; `store/paper_rows.py` answers them."""

from __future__ import annotations

from typing import Literal, Protocol

from counter_app.domain.paper.issued import IssuedPaper
from counter_app.domain.paper.jobs import Job

Places = Literal["", "kiosk", "counter"]  # all of a machine, its kiosk's, all but its kiosk's


class PaperRows(Protocol):
    """Every list is bounded; every query is an index seek.

    Other machines' jobs lie here too; each is printed by the device that queued it.
    """

    def by_number(self, number: str) -> IssuedPaper | None:
        """The paper whose number this is, written whole."""
        ...

    def of_case(self, case: str) -> tuple[IssuedPaper, ...]:
        """All papers of a case, oldest first."""
        ...

    def next_job(self, device: str, since: str, places: Places = "") -> Job | None:
        """The oldest job this device queued at these places since an ISO moment; older ones wait."""
        ...

    def under_way(self, device: str) -> tuple[Job, ...]:
        """The device's jobs begun and not ended: after a crash there may be one per printer."""
        ...

    def jobs(self, place: str, most: int) -> tuple[Job, ...]:
        """The latest jobs of a counter, newest first; of all for ""."""
        ...

    def unsettled(self, device: str, most: int) -> tuple[Job, ...]:
        """The device's jobs that are not printed and not dropped, oldest first."""
        ...

    def unsettled_since(self, device: str, since: str, most: int) -> tuple[Job, ...]:
        """Those of them to which something happened since an ISO moment, the newest first."""
        ...
