"""A plain hall in memory behind a real hub, for tests of the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hubs import MemoryHall, RunningHub, running_hub


@pytest.fixture
def hall() -> MemoryHall:
    """Devices 3 and 4 are enrolled."""
    made = MemoryHall()
    made.add("3")
    made.add("4")
    return made


@pytest.fixture
def hub(hall: MemoryHall, tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(hall, tmp_path) as running:
        yield running
