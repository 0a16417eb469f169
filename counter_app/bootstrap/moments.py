"""Moments of the start that the start-up benchmark measures."""

from __future__ import annotations

import os
import sys


def tell_moment(name: str) -> None:
    """That a moment has come, on standard error, when `COUNTER_APP_MOMENTS` is set."""
    if os.environ.get("COUNTER_APP_MOMENTS"):
        sys.stderr.write(f"{name}\n")
        sys.stderr.flush()
