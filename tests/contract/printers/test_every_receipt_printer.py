"""What every receipt printer keeps, whatever stands between: a line, a print queue, Windows' spooler, a file.

Its ends are three and true, no paper is lost or comes twice, what was under way when a process died does not
come out late. What only a printer on a line of its own can do is in `test_receipt_printers.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from counter_app.devices.printer.opening import open_printer
from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.devices.queue.ipp_queue import IppQueue
from counter_app.devices.queue.queue_printer import RAW, QueuePatience, QueuePrinter
from counter_app.devices.queue.winspool import WindowsQueue
from counter_app.use_cases.ports.printing import PrintEnd, PrinterState, PrintOutcome, ReceiptPrinter, Why
from tests.support.print_queue import RunningQueue
from tests.support.printers import HASTY, LINES, eventually, order, receipt, served
from tests.support.windows_spooler import Job, Spooler

QUICK: Final = QueuePatience(ends=2.0, look=0.005)
OLD, NEW = receipt("旧的"), receipt("新的")


@dataclass(frozen=True)
class OnBench:
    """A printer and what a person does to it. `driver` is a new process's; `papers` are those that came out;
    `leave` lets a process die over `OLD`, which waits until `go_on`; `fault` and `mend` where its printer
    says what is wrong."""

    driver: Callable[[], ReceiptPrinter]
    papers: Callable[[], list[bytes]]
    away: Callable[[], object]
    back: Callable[[], object]
    leave: Callable[[], object]
    confirms: bool = False
    fault: Callable[[str], object] | None = None
    mend: Callable[[], object] | None = None
    go_on: Callable[[], object] = lambda: None


@contextmanager
def on_line(line: str, folder: Path) -> Iterator[OnBench]:
    with served(line) as running:

        def leave() -> None:
            order(running, "fault unplug:215")
            dying = open_printer(running.url, GENERIC_80, patience=HASTY)
            assert dying.print_job(7, OLD).end is not PrintEnd.PRINTED
            dying.close()
            order(running, "mend")

        yield OnBench(
            lambda: open_printer(running.url, GENERIC_80, patience=HASTY),
            lambda: [sheet.data for sheet in running.printer.sheets],
            partial(order, running, "unplug"),
            partial(order, running, "mend"),
            leave,
            confirms=True,
            fault=lambda fault: order(running, f"fault {fault}"),
            mend=partial(order, running, "mend"),
        )


@contextmanager
def in_queue(folder: Path) -> Iterator[OnBench]:
    running = RunningQueue()
    queue = running.queue

    def leave() -> None:
        queue.busy = True
        IppQueue(running.url).send("counter-app-c1.7", OLD, RAW)

    def go_on() -> None:
        queue.busy = False

    def asked(line: str) -> None:
        assert running.run(line)[-1] == "ok"

    try:
        yield OnBench(
            lambda: QueuePrinter(IppQueue(running.url, seconds=1.0), "c1", alone=True, patience=QUICK),
            lambda: [sheet.data for sheet in queue.printer.sheets],
            partial(asked, "unplug"),
            partial(asked, "mend"),
            leave,
            fault=lambda fault: asked(f"fault {fault}"),
            mend=partial(asked, "mend"),
            go_on=go_on,
        )
    finally:
        running.stop()


@contextmanager
def in_windows(folder: Path) -> Iterator[OnBench]:
    spooler = Spooler()

    def there(here: bool) -> None:
        spooler.there = here

    def leave() -> None:
        spooler.queue[98] = Job("counter-app-c1.7", OLD, status=0)

    yield OnBench(
        lambda: QueuePrinter(WindowsQueue("roll", spooler), "c1", alone=True, patience=QUICK),
        lambda: spooler.paper + [job.data for job in spooler.queue.values()],  # what waits comes out some day
        partial(there, False),
        partial(there, True),
        leave,
    )


@contextmanager
def in_files(folder: Path) -> Iterator[OnBench]:
    place = folder / "papers"
    place.mkdir()

    def papers() -> list[bytes]:
        found = sorted(place.glob("[0-9]*.escpos"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_bytes() for path in found]

    yield OnBench(
        lambda: open_printer(f"{place.as_uri()}/", GENERIC_80),
        papers,
        lambda: place.rename(folder / "away"),
        lambda: (folder / "away").rename(place),
        lambda: (place / ".7.new").write_bytes(OLD[:99]),
    )


BENCHES: Final[dict[str, Callable[[Path], AbstractContextManager[OnBench]]]] = {
    **{line: partial(on_line, line) for line in LINES},
    "queue": in_queue,
    "windows": in_windows,
    "folder": in_files,
}
TROUBLES: Final = {
    "paper-out": (PrinterState.PAPER_OUT, Why.PAPER_OUT),
    "cover-open": (PrinterState.COVER_OPEN, Why.COVER_OPEN),
    "cutter-error": (PrinterState.CUTTER_ERROR, Why.CUTTER_ERROR),
}


@pytest.fixture(params=sorted(BENCHES))
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OnBench]:
    with BENCHES[str(request.param)](tmp_path) as found:
        yield found


@pytest.fixture
def driver(bench: OnBench) -> Iterator[ReceiptPrinter]:
    made = bench.driver()
    yield made
    made.close()


def ended(bench: OnBench) -> PrintEnd:
    """How a paper ends that went well: only who hears it from the printer says *printed*."""
    return PrintEnd.PRINTED if bench.confirms else PrintEnd.SENT_UNCONFIRMED


def test_a_paper_comes_out_whole_and_once(bench: OnBench, driver: ReceiptPrinter) -> None:
    outcome = driver.print_job(318, NEW)
    assert (outcome.end, outcome.bytes_sent, outcome.may_have_printed) == (ended(bench), len(NEW), True)
    assert eventually(lambda: len(bench.papers()) == 1)
    assert bench.papers()[0].endswith(NEW[-40:])


def test_papers_come_in_the_order_they_were_given(bench: OnBench, driver: ReceiptPrinter) -> None:
    given = [receipt(f"第{number}张") for number in range(4)]
    for number, data in enumerate(given):
        assert driver.print_job(number, data).end is ended(bench)
    assert eventually(lambda: len(bench.papers()) == len(given))
    assert all(data[10:60] in paper for data, paper in zip(given, bench.papers(), strict=True))


def test_away_it_gets_nothing_for_certain_and_is_found_when_it_is_back(
    bench: OnBench, driver: ReceiptPrinter
) -> None:
    assert driver.state().can_print
    bench.away()
    assert eventually(lambda: driver.state() is PrinterState.ABSENT)
    outcome = driver.print_job(7, OLD)
    assert (outcome.end, outcome.may_have_printed) == (PrintEnd.FAILED, False)
    assert outcome.why in (Why.ABSENT, Why.FILE_REFUSED)
    bench.back()
    assert eventually(lambda: driver.state().can_print)
    assert driver.print_job(8, NEW).end is ended(bench)
    assert eventually(lambda: len(bench.papers()) == 1)


@pytest.mark.parametrize("fault", sorted(TROUBLES))
def test_in_trouble_it_gets_nothing_until_it_is_mended(
    bench: OnBench, driver: ReceiptPrinter, fault: str
) -> None:
    if bench.fault is None or bench.mend is None:
        pytest.skip("nobody tells what is wrong with its printer")
    bench.fault(fault)
    state, why = TROUBLES[fault]
    assert driver.state() is state
    assert driver.print_job(7, NEW) == PrintOutcome.failed(why)
    bench.mend()
    assert driver.state() is PrinterState.READY
    assert driver.print_job(7, NEW).end is ended(bench)
    assert eventually(lambda: len(bench.papers()) == 1)


# mission: M1
def test_what_a_dead_process_left_does_not_come_out_late(bench: OnBench) -> None:
    """The paper after it is whole and alone on its paper; the old one comes in no second piece."""
    bench.leave()
    returned = bench.driver()
    returned.interrupted(OLD)
    bench.go_on()
    assert eventually(lambda: returned.state().can_print)
    for number in (8, 9):
        assert returned.print_job(number, NEW).end is ended(bench)
    returned.close()
    assert eventually(lambda: len([paper for paper in bench.papers() if NEW[10:60] in paper]) == 2)
    assert not any(paper.endswith(OLD[-40:]) and OLD[10:60] in paper for paper in bench.papers())


def test_a_closed_one_takes_no_paper(bench: OnBench) -> None:
    closed = bench.driver()
    closed.close()
    outcome = closed.print_job(7, NEW)
    if outcome.end is PrintEnd.SENT_UNCONFIRMED:  # a file is open for no longer than it is written
        assert len(bench.papers()) == 1
        return
    assert outcome == PrintOutcome.failed(Why.STOPPED)
    assert bench.papers() == []
