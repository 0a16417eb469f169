"""A counter machine with the real catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.intake_hall import IntakeHall, opened


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[IntakeHall]:
    yield from opened(tmp_path)
