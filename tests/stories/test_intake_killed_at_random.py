"""Power goes at any moment while cases are decided: nothing acknowledged is missing, nothing doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from counter_app.domain.intake.fold import CASES
from counter_app.domain.paper.jobs import JOBS
from tests.support.intake_hall import IntakeHall

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import sys
from pathlib import Path
from tests.support.intake_hall import CLERK, IntakeHall
hall = IntakeHall(Path(sys.argv[1]), publish=False)
print("ready", flush=True)
n = int(sys.argv[2]) * 1000
while True:
    n += 1
    case = hall.case("0605", "li", replacing="no")
    hall.mark_all(case)
    done = hall.intake.decide(CLERK, f"decide-{n}", case, "grant")
    print(f"decide-{n}", case, done.papers[0], flush=True)
"""


def killed_after(folder: Path, turn: int, seconds: float) -> list[tuple[str, str, str]]:
    """Run the clerk, kill him, give what he had been told."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(turn)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    told = [line.split() for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    child.wait(10)
    return [(key, case, number) for key, case, number in told]


def test_nothing_told_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    IntakeHall(tmp_path).close()
    chance = random.Random(11)
    told = [entry for turn in range(4) for entry in killed_after(tmp_path, turn, chance.uniform(0.2, 0.6))]
    assert len(told) > 4
    hall = IntakeHall(tmp_path, publish=False)
    try:
        with hall.store.reading() as reader:
            decided = [case for case in reader.cases.recent(10_000) if case.stage == "granted"]
            numbers = []
            for case in decided:
                papers = reader.papers.of_case(case.id)
                assert len(papers) == 1
                assert reader.event(papers[0].id) is not None
                numbers.append(papers[0].number)
                assert CASES.replay(reader.history(f"case:{case.id}")) == case
            jobs = [reader.need(JOBS, job.id) for job in reader.papers.unsettled(reader.device, 10_000)]
        assert len(jobs) == len(numbers) == len(set(numbers))
        assert sorted(int(number.split("-")[1]) for number in numbers) == list(range(1, len(numbers) + 1))
        assert {number for _, _, number in told} <= set(numbers)
        assert {case for _, case, _ in told} <= {case.id for case in decided}
        assert hall.store.check().sound
    finally:
        hall.close()
