"""A receipt printer behind a print queue at its daily work, for the campaign (`devices_at_work`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from counter_app.devices.queue.ipp_queue import IppQueue
from counter_app.devices.queue.queue_printer import QueuePatience, QueuePrinter
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState, PrintOutcome
from tests.conftest import LONG
from tests.support.print_queue import RunningQueue
from tests.support.printers import CUT, START, eventually, gbk

HASTY: Final = QueuePatience(ends=2.0 if LONG else 0.3, look=0.002)
ANSWER_SECONDS: Final = 1.0 if LONG else 0.25  # the long campaign runs beside other work
BACK_SECONDS: Final = 60 if LONG else 10
TRIES: Final = 10 if LONG else 3  # a machine with much to do answers late now and then


def title(job: int) -> str:
    return f"收件凭证{job:05d}号"


def paper(job: int) -> bytes:
    return START + gbk(f"{title(job)}\n末行{job:05d}\n") + CUT


class QueueAtWork:
    """Every paper once, by the queue; `ends` is what was said of each."""

    def __init__(self, running: RunningQueue) -> None:
        self.running = running
        self.spoilt = False  # letters and names of jobs have no check on their way
        self._job = 0
        self._ends: dict[int, PrintOutcome] = {}
        queue = IppQueue(running.url, seconds=ANSWER_SECONDS)
        self._printer = QueuePrinter(queue, "c1", alone=True, patience=HASTY)

    def work(self) -> None:
        self._job += 1
        outcome = self._ends[self._job] = self._printer.print_job(self._job, paper(self._job))
        assert outcome.end is not PrintEnd.PRINTED

    def well(self) -> None:
        """What certainly failed never came out, and does not later; nothing came twice; nothing waits."""
        assert eventually(self._is_back, BACK_SECONDS)
        assert any(self._works() for _ in range(TRIES)), self._ends[self._job]
        assert self._whole(self._job) == 1
        for job in range(max(1, self._job - TRIES - 1), self._job):
            said = self._ends[job]
            certain = said.end is PrintEnd.FAILED and not said.may_have_printed
            assert self._whole(job) <= (0 if certain else 1), said
        assert self.spoilt or not self.running.queue.left

    def _works(self) -> bool:
        self.work()
        return self._ends[self._job].end is PrintEnd.SENT_UNCONFIRMED

    def _is_back(self) -> bool:
        """The cable may go a moment after the last byte of the work, when it was thought to be in again."""
        self.running.run("plug")
        return self._printer.state() is PrinterState.READY

    def _whole(self, job: int) -> int:
        return sum(title(job) in sheet.text for sheet in self.running.sheets[-2 * TRIES - 2 :])


@contextmanager
def queue_at_work(folder: Path) -> Iterator[QueueAtWork]:
    running = RunningQueue()
    try:
        yield QueueAtWork(running)
    finally:
        running.stop()
