"""Row queries about papers and print jobs; `store/paper_rows.py` answers them."""

from __future__ import annotations

from typing import Protocol


class PaperRows(Protocol):
    """Filled with the spool."""
