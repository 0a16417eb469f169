"""Sheets go to the A4 printer without a wait, papers of an earlier day are asked about (M1, P1, P10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.domain.journal import Actor
from counter_app.domain.paper.jobs import JobFact, PrintEnded, PrintRetried, PrintStarted
from counter_app.i18n import Translator
from counter_app.use_cases.ports.printing import PrintOutcome, Why
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station, more

ENDS = {
    "good": PrintOutcome.unconfirmed(9, Why.SPOOLED),
    "file": PrintOutcome.unconfirmed(9, Why.FILED),
    "bad": PrintOutcome.failed(Why.OFFLINE),
}


@pytest.fixture
def station(tmp_path: Path, qapp: QApplication) -> Iterator[Station]:
    station = Station(tmp_path, Translator("en"))
    station.show()
    station.log_in()
    yield station
    station.close()


def accepted(station: Station) -> str:
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    return case


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("good", "look what comes out"),
        ("file", "written to a file, not on paper"),
        ("bad", "was not printed"),
    ],
)
def test_a_sheet_goes_to_the_a4_printer(station: Station, end: str, told: str) -> None:
    printed: list[tuple[str, str]] = []

    def print_sheet(actor: Actor, key: str, paper: str, size: str) -> PrintOutcome:
        printed.append((actor.staff, paper))
        return ENDS[end]

    station.window.desk.deps = replace(station.window.desk.deps, print_sheet=print_sheet)
    case = accepted(station)
    station.window.work.take_case(case)
    station.settle()
    more(station, "case_papers")
    station.press(Qt.Key.Key_1)
    station.press(Qt.Key.Key_5)
    (paper,) = station.deps.papers.of_case(case)
    assert printed == [("1002", paper.id)]
    assert told in station.notice


# mission: M1
@pytest.mark.parametrize(("key", "state"), [(Qt.Key.Key_1, "queued"), (Qt.Key.Key_2, "dropped")])
def test_a_paper_of_an_earlier_day_is_asked_about(station: Station, key: Qt.Key, state: str) -> None:
    accepted(station)
    station.hall.clock.advance(hours=20)
    station.window.foot.refresh()
    station.settle()
    assert "of an earlier day were not printed" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    station.press(Qt.Key.Key_1)
    station.press(key)
    (row,) = station.deps.papers.job_list("3", 5)
    assert (row.state, row.stale) == (state, False)


def tell(station: Station, *facts: JobFact) -> None:
    """The keeper writes down what became of a job."""

    def work(tx: Transaction) -> None:
        for fact in facts:
            tx.record(fact)

    station.hall.store.act(CLERK, station.hall.key(), work)
    station.window.foot.refresh()
    station.settle()


def test_what_came_out_after_all_is_told_in_place_of_the_failure(station: Station) -> None:
    accepted(station)
    (job,) = station.deps.papers.unsettled()
    failed = PrintEnded(job=job.job, state="failed", may_have_printed=False)
    tell(station, PrintStarted(job=job.job), failed)
    again = PrintRetried(job=job.job, count=1)
    tell(station, again, PrintStarted(job=job.job), PrintEnded(job=job.job, state="printed"))
    assert "was printed after all" in station.notice


def test_it_is_told_once_and_not_at_every_change(station: Station) -> None:
    accepted(station)
    station.hall.clock.advance(hours=20)
    station.window.foot.refresh()
    station.window.panels.notice.dismiss()
    station.window.foot.refresh()
    station.settle()
    assert station.notice == ""
