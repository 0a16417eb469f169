"""A machine with the use cases about time, on Monday 23 November 2026, 10:00."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.time_hall import TimeHall, opened


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TimeHall]:
    yield from opened(tmp_path)
