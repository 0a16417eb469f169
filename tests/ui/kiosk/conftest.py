"""A kiosk before a store of its own, in training and in earnest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.use_cases.reference import Publishing
from tests.support.intake_hall import IntakeHall, plan
from tests.ui.kiosk.glass import CLERK, Kiosk


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    hall = IntakeHall(tmp_path)
    yield Kiosk(hall).start()
    hall.close()


@pytest.fixture
def real_hall(tmp_path: Path) -> Iterator[Kiosk]:
    """The same hall, not in training: its opening hours hold."""
    hall = IntakeHall(tmp_path)
    earnest = replace(plan(), training=False)
    Publishing(hall.store, hall.reference).hall(CLERK, "earnest", earnest)
    yield Kiosk(hall, earnest).start()
    hall.close()
