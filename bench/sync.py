"""One truth on many machines: bulk ways, an act seen elsewhere, a backlog behind a window in use."""

from __future__ import annotations

from bench import sync_bulk, sync_live
from bench.results import Result


def run(quick: bool) -> list[Result]:
    """Some two minutes; quick: twenty seconds, with figures that mean little."""
    return [
        *sync_bulk.run(170 if quick else 1250),
        *sync_live.seen_elsewhere(5 if quick else 60),
        *sync_live.backlog(1_200 if quick else 30_000),
    ]
