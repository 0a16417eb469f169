"""Row queries about cases and parties; `store/case_rows.py` answers them."""

from __future__ import annotations

from typing import Protocol


class CaseRows(Protocol):
    """Filled by the intake room's use cases."""
