"""Many seeds, one after another, in a process of their own: what `__main__` hands to its workers."""

from __future__ import annotations

import logging
import time

from tests.simulation.building import Building
from tests.simulation.run import Outcome, memory_folder, simulate


def quietly() -> None:
    """What the program says to its log of a bad line is no news here."""
    logging.getLogger("counter_app").setLevel(logging.ERROR)


def stretch(first: int, last: int, step: int) -> list[str]:
    """Run every `step`-th seed of a range; reports of those that fail, as they come."""
    quietly()
    failed = []
    with memory_folder() as folder:
        building = Building(folder / "building")
        began = time.monotonic()
        for done, seed in enumerate(range(first, last, step), 1):
            outcome = simulate(building, str(seed), folder / str(seed))
            if not outcome.sound:
                failed.append(str(seed))
                print(f"FAILED {seed}: {first_words(outcome)}", flush=True)
            if done % 500 == 0:
                each = (time.monotonic() - began) / done
                print(f"{seed}: {len(failed)} failed of {done}, {each:.3f} s each", flush=True)
    return failed


def first_words(outcome: Outcome) -> str:
    return outcome.problems[0].strip().splitlines()[-1][:200]
