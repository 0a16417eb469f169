"""Row queries about tickets, counters and waiting lines; `store/waiting_rows.py` answers them."""

from __future__ import annotations

from typing import Protocol


class WaitingRows(Protocol):
    """Filled by the waiting room's use cases."""
