"""Own events that have no place in the hall's order yet: which subjects they are about.

Reading them costs a decode each, and after a long cut there are thousands: what was read once is kept, by
epoch and seq, for as long as the process lives.
"""

from __future__ import annotations

from collections import Counter

from counter_app.domain.journal import read
from counter_app.store.query import Cursor


class Pending:
    """One per journal."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[str, ...]] = {}

    def load(self, cursor: Cursor, device: str) -> Counter[str]:
        """How many events without a place each subject has."""
        cursor.execute(
            "SELECT epoch, confirmed, seq FROM heads WHERE device = ? AND seq > confirmed", (device,)
        )
        known: dict[tuple[int, int], tuple[str, ...]] = {}
        for epoch, confirmed, last in cursor.fetchall():
            for seq in range(confirmed + 1, last + 1):
                subjects = self._known.get((epoch, seq))
                if subjects is None:
                    known.update(_subjects(cursor, device, epoch, seq))
                    break
                known[epoch, seq] = subjects
        self._known = known
        return Counter(subject for subjects in known.values() for subject in subjects)

    def forget(self) -> None:
        self._known = {}


def _subjects(cursor: Cursor, device: str, epoch: int, first: int) -> dict[tuple[int, int], tuple[str, ...]]:
    cursor.execute(
        "SELECT seq, data FROM events WHERE device = ? AND epoch = ? AND seq >= ?", (device, epoch, first)
    )
    return {(epoch, seq): read(data).subjects for seq, data in cursor.fetchall()}
