"""One seed from beginning to end, and a failing one made smaller by leaving steps out."""

from __future__ import annotations

import shutil
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.simulation.building import Building
from tests.simulation.hall import SimulatedHall
from tests.simulation.invariants import Hall, problems
from tests.simulation.quiet import quiet

MEMORY: Final = Path("/dev/shm")
FEWEST, MOST = 40, 140


@dataclass
class Outcome:
    """What became of a seed; `problems` is empty when the hall agreed."""

    seed: str
    steps: Sequence[int]
    problems: list[str]
    trace: list[str] = field(default_factory=list)
    events: int = 0

    @property
    def sound(self) -> bool:
        return not self.problems

    def report(self) -> str:
        lines = [*self.trace, "", *self.problems]
        return "\n".join([f"seed {self.seed}, {len(self.steps)} steps:", *lines])


@contextmanager
def memory_folder() -> Iterator[Path]:
    """A folder that costs no disk, where there is one."""
    folder = Path(tempfile.mkdtemp(prefix="hall-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def steps_of(seed: str) -> range:
    return range(Random(f"{seed.partition('@')[0]}/length").randrange(FEWEST, MOST))


def simulate(building: Building, seed: str, folder: Path, steps: Sequence[int] | None = None) -> Outcome:
    """Run a seed (only these of its `steps`); whatever the program raises is a problem too."""
    chosen = steps_of(seed) if steps is None else steps
    hall = building.hall(seed, folder)
    outcome = Outcome(seed, chosen, [], hall.trace)
    try:
        for at in chosen:
            hall.step(at)
        outcome.problems += quiet(hall)
        if not outcome.problems:
            outcome.problems += judged(hall)
        outcome.events = hall.events
    except Exception:  # noqa: BLE001 - whatever it is, it is the finding
        outcome.problems.append(traceback.format_exc())
    finally:
        hall.close()
    return outcome


def judged(hall: SimulatedHall) -> list[str]:
    """Everything that is wrong: with the order, and with anybody's copy of it."""
    order, root = hall.centre.order()
    hall.events = len(order)
    found = problems(Hall(order, root, hall.people.told, frozenset(hall.lost)))
    if broken := hall.centre.broken():
        found.append(f"the centre's own check says: {broken}")
    for machine in hall.in_service():
        found += [f"{machine.name}: {problem}" for problem in machine.problems(order)]
    return found + hall.differences()


def shrunk(building: Building, outcome: Outcome, folder: Path, most_runs: int = 400) -> Outcome:
    """The same kind of failure with fewer steps: halves, then quarters … then single ones are left out."""
    best, runs = outcome, 0
    size = max(1, len(best.steps) // 2)
    while size and runs < most_runs:
        at = 0
        while at < len(best.steps) and runs < most_runs:
            fewer = [*best.steps[:at], *best.steps[at + size :]]
            runs += 1
            tried = simulate(building, outcome.seed, folder / f"try-{runs}", fewer)
            if not tried.sound and _alike(tried, outcome):
                best = tried
            else:
                at += size
        size //= 2
    return best


def _alike(one: Outcome, other: Outcome) -> bool:
    """Whether two runs fail for the same reason, as far as the first sentence tells."""
    return _kind(one) == _kind(other)


def _kind(outcome: Outcome) -> str:
    first = outcome.problems[0].strip().splitlines()[-1]
    return "".join(sign for sign in first if not sign.isdigit())[:40]
