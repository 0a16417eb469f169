"""`python -m tests.simulation --seeds 10000 --from 0 --workers 2`: run seeds, print what fails.

`--only SEED` runs one with its whole trace; `--shrink` leaves out the steps a failure does not need.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.building import Building
from tests.simulation.run import memory_folder, shrunk, simulate
from tests.simulation.stretches import quietly, stretch


def one(seed: str, *, shrink: bool) -> bool:
    quietly()
    with memory_folder() as folder:
        building = Building(folder / "building")
        outcome = simulate(building, seed, folder / seed)
        if shrink and not outcome.sound:
            outcome = shrunk(building, outcome, folder)
        print(outcome.report())
    return outcome.sound


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.simulation")
    options.add_argument("--seeds", type=int, default=300)
    options.add_argument("--from", type=int, default=0, dest="first")
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--only", default="")
    options.add_argument("--shrink", action="store_true")
    chosen = options.parse_args()
    if chosen.only:
        return 0 if one(chosen.only, shrink=chosen.shrink) else 1
    last, workers = chosen.first + chosen.seeds, chosen.workers
    began = time.monotonic()
    with get_context("spawn").Pool(workers) as pool:
        parts = [(chosen.first + at, last, workers) for at in range(workers)]
        failed = [seed for part in pool.starmap(stretch, parts) for seed in part]
    print(f"{chosen.seeds} seeds in {time.monotonic() - began:.0f} s; failed: {sorted(failed, key=int)}")
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[2])
    sys.exit(main())
