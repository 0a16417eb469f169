"""Row queries about streams that are listed as open or by owner; `store/listed_rows.py` answers them.

Which streams, what open means and who owns stands in `store/listed_tables.py`.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

from counter_app.domain.streams import Stream

T = TypeVar("T")


class ListedRows(Protocol):
    """Every list is bounded, every query an index seek. KeyError for a stream that is not listed."""

    def open(self, stream: Stream[T], most: int) -> tuple[T, ...]:
        """What is not settled, the oldest first."""
        ...

    def owned(self, stream: Stream[T], owner: str, most: int) -> tuple[T, ...]:
        """What belongs to `owner`, by id."""
        ...
