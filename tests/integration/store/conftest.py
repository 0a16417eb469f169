"""A centre in process and the devices around it, for one test each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.use_cases.centre.service import CentreService
from tests.support.centres import open_centre
from tests.support.clock import HandClock
from tests.support.synced import SyncedHall


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def centre(tmp_path: Path, clock: HandClock) -> Iterator[CentreService]:
    service = open_centre(tmp_path, clock)
    yield service
    service.close()


@pytest.fixture
def hall(tmp_path: Path, centre: CentreService, clock: HandClock) -> Iterator[SyncedHall]:
    hall = SyncedHall(tmp_path, centre, clock)
    yield hall
    hall.close()
