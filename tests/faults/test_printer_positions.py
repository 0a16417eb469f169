"""The printer silenced, garbled, restarted at every byte of its dialogue, through the whole program (M1).

A seeded sample; all positions by `./test --long`. Being unplugged anywhere is in `test_printer_faults.py`.
After each the job tells the truth, nothing comes out twice unasked, and the printer is back by itself.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from counter_app.use_cases.papers.papers import JobRow
from tests.conftest import LONG
from tests.faults.test_printer_faults import GREETING, assert_honest, slip_bytes, whole
from tests.support.demo import CLERK, DemoHall, hand_keeper, opened_demo
from tests.support.printers import order

SAMPLES = 10
TRIES = 3 if LONG else 1  # a busy machine may be too slow for the hasty keeper of tests
AFTER = 40  # the question for the end of a paper comes after its bytes


@pytest.fixture(scope="module")
def size(training_home: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    return slip_bytes(training_home, tmp_path_factory.mktemp("size"))


def positions(fault: str, size: int) -> list[int]:
    everywhere = range(1, size + AFTER)
    if LONG:
        return list(everywhere)
    return sorted([*random.Random(fault).sample(everywhere, SAMPLES - 3), 1, GREETING, size])


def newest(hall: DemoHall) -> JobRow:
    return max(hall.jobs(), key=lambda row: row.number)


@pytest.mark.timeout(3600 if LONG else 120)
@pytest.mark.parametrize("fault", ["silent", "garbled", "power-cycle"])
def test_trouble_at_any_byte_ends_truly(training_home: Path, tmp_path: Path, size: int, fault: str) -> None:
    for position in positions(fault, size):
        with (
            opened_demo(training_home, tmp_path / str(position)) as hall,
            hand_keeper(hall) as keeper,
        ):
            hall.ticket("0603")
            keeper.work()  # the printer is known to answer
            order(hall.printer, f"fault {fault}:{position}")
            issued = hall.ticket("0603")
            keeper.work()
            job = newest(hall)
            assert_honest(hall, job)
            keeper.mend()
            assert_honest(hall, newest(hall))
            tries = 0
            while newest(hall).state != "printed":
                tries += 1
                assert tries <= TRIES
                may_have = newest(hall).may_have_printed
                hall.program.papers.retry(CLERK, hall.key(), job.job)
                keeper.work()
                assert newest(hall).job == job.job
                assert_honest(hall, newest(hall))
                assert ("补打" in hall.sheets[-1].text) == may_have
            slips = whole(hall, issued.number)
            assert 1 <= len(slips) <= 1 + tries
            assert sum("补打" not in text for text in slips) <= 1
            other = hall.ticket("0603")
            keeper.work()
            assert {row.number: row.state for row in hall.jobs()}[other.number] == "printed"
