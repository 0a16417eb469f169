"""300 seeds in `./test`, ten thousand by hand (`python -m tests.simulation --seeds 10000 --workers 2`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import LONG
from tests.simulation.building import Building
from tests.simulation.run import memory_folder, simulate

TESTS: Final = 10
SEEDS_EACH: Final = 1000 if LONG else 30


@pytest.fixture(scope="module")
def building() -> Iterator[tuple[Building, Path]]:
    with memory_folder() as folder:
        yield Building(folder / "building"), folder


@pytest.mark.timeout(3000 if LONG else 240)
@pytest.mark.parametrize("part", range(TESTS))
def test_the_hall_agrees_afterwards(building: tuple[Building, Path], part: int) -> None:
    made, folder = building
    for seed in range(part * SEEDS_EACH, (part + 1) * SEEDS_EACH):
        outcome = simulate(made, str(seed), folder / str(seed))
        assert outcome.sound, outcome.report()
