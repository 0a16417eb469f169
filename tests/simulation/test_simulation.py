"""300 seeds in `./test`, ten thousand by hand (`python -m tests.simulation --seeds 10000 --workers 2`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import LONG
from tests.simulation.building import MACHINES, Building
from tests.simulation.run import memory_folder, simulate

TESTS: Final = 10
SEEDS_EACH: Final = 1000 if LONG else 30
# Each of these once ended in a hall that did not agree.
EDITION_1: Final = ("1045", "1557", "2590", "3008", "3893", "4041", "4599", "8602", "9360")
FOUND: Final = tuple(f"{seed}@1" for seed in EDITION_1)


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


def test_seeds_that_once_found_something(building: tuple[Building, Path]) -> None:
    made, folder = building
    for seed in FOUND:
        outcome = simulate(made, seed, folder / f"found-{seed}")
        assert outcome.sound, outcome.report()


@pytest.mark.timeout(240)
def test_the_same_halls_around_a_centre_in_memory() -> None:
    """The plain centre decides by the same words: machines agree around it as well, so it may stand in."""
    with memory_folder() as folder:
        made = Building(folder / "building", naive=True)
        for seed in range(100 if LONG else 15):
            outcome = simulate(made, str(seed), folder / str(seed))
            assert outcome.sound, outcome.report()


def test_a_seed_is_one_story(building: tuple[Building, Path]) -> None:
    """The same seed does the same again, whatever ran before."""
    made, folder = building
    first = simulate(made, "twice", folder / "first")
    second = simulate(made, "twice", folder / "second")
    assert first.trace == second.trace
    assert first.events > len(MACHINES)
