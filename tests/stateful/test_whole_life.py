"""A case's whole life, a hundred thousand times, against a clerk with a pencil (mission: C3–C8, I7, T1–T5).

By use cases and folds in memory, 1,000 lives in `./test`, 100,000 with `--long` in shards by seed;
and some on the real encrypted store, which proves that it comes to the same there.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from counter_app.clock import HALL_ZONE
from counter_app.store.sqlite_store import SqliteStore
from tests.stateful.life_departments import WholeLife
from tests.support.case_world import CaseWorld
from tests.support.clock import HandClock
from tests.support.memory_store import MemoryStore
from tests.support.stores import open_store

DRAFTED: Final = datetime(2026, 8, 3, 9, tzinfo=HALL_ZONE)
LIVES: Final = 1_000
SHARDS: Final = 20
A_SHARD: Final = 5_000
ON_DISK: Final = 40


@cache
def drafted() -> tuple[MemoryStore, str]:
    clock = HandClock(DRAFTED)
    store = MemoryStore(clock)
    world = CaseWorld(store.as_store, clock)
    world.prepare()
    return store, world.case


class LifeInMemory(WholeLife):
    def hall(self) -> CaseWorld:
        base, case = drafted()
        clock = HandClock(DRAFTED)
        return CaseWorld(base.fork(clock).as_store, clock, case)


class LifeInTheStore(WholeLife):
    """The same on the encrypted store; at the end every row equals its fold and the chain holds."""

    store: SqliteStore | None = None

    def hall(self) -> CaseWorld:
        self.folder = Path(tempfile.mkdtemp(prefix="whole-life-"))
        clock = HandClock(DRAFTED)
        self.store = open_store(self.folder, clock)
        world = CaseWorld(self.store, clock)
        world.prepare()
        return world

    def teardown(self) -> None:
        if self.store is not None:
            report = self.store.check()
            self.store.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            assert report.sound, report


@pytest.mark.timeout(600)
def test_a_thousand_lives_agree_with_the_pencil() -> None:
    run_state_machine_as_test(LifeInMemory, settings=settings(max_examples=LIVES, stateful_step_count=20))


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_hundred_thousand_lives_agree_with_the_pencil(shard: int) -> None:
    """Each shard is 5,000 lives from its own seed; what it finds is found again by its number."""
    phases = (Phase.generate, Phase.shrink)
    lives = settings(max_examples=A_SHARD, stateful_step_count=20, phases=phases, database=None)
    run_state_machine_as_test(seed(shard)(LifeInMemory), settings=lives)


def test_lives_on_the_real_store_agree_too() -> None:
    lives = settings(max_examples=ON_DISK, stateful_step_count=25)
    run_state_machine_as_test(LifeInTheStore, settings=lives)
