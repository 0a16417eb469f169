"""Time gone by, shown without anybody asking the clock: whoever ticks passes the time in."""

from __future__ import annotations

from datetime import datetime


def minutes_seconds(begun: datetime, now: datetime) -> str:
    """`4:10`; `1:04:10` from an hour on; never negative, since clocks are set back."""
    seconds = max(0, int((now - begun).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
