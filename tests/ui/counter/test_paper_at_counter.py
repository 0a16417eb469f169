"""Papers at the counter: what failed is seen and sent again, what is lost printed again with its reason."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from counter_app.domain.intake.case import Case
from counter_app.domain.paper.jobs import JOBS, Job, PrintEnded, PrintStarted
from counter_app.domain.paper.lines import TextLine
from counter_app.use_cases.ports.store import Transaction
from tests.support.intake_hall import CLERK
from tests.ui.counter.station import Station

Ctrl = Qt.KeyboardModifier.ControlModifier


def _accepted(station: Station) -> str:
    """A case of this counter is accepted; gives the job of its paper."""
    hall = station.hall
    case = hall.case("0603", "zhang", married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    return station.deps.papers.job_list("3", 1)[0].job


def _fail(station: Station, job: str) -> None:
    def work(tx: Transaction) -> None:
        ended = PrintEnded(job=job, state="failed", why="printer.paper-out", may_have_printed=False)
        for fact in (PrintStarted(job=job), ended):
            tx.record(fact)

    station.hall.store.act(CLERK, station.hall.key(), work)


def _job(station: Station, job: str) -> Job:
    with station.hall.store.reading() as reader:
        return reader.need(JOBS, job)


# mission: P10
def test_a_failed_paper_is_told_and_sent_again_by_one_key(station: Station) -> None:
    station.log_in()
    job = _accepted(station)
    _fail(station, job)
    station.window.foot.refresh()
    station.settle()
    assert "was not printed" in station.notice
    assert "out of paper" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert _job(station, job).state == "queued"
    station.window.foot.refresh()
    assert "sent again" in station.notice


# mission: P10
def test_a_reprint_says_why(station: Station) -> None:
    station.log_in()
    job = _accepted(station)
    paper = _job(station, job).paper
    number = station.deps.papers.facts(paper)[1].head.number
    station.window.finder.entered(number)
    station.settle()
    question = station.window.panels.chooser.question
    assert question is not None
    assert number in question.title
    station.type("1")
    again = station.deps.papers.job_list("3", 1)[0]
    assert (again.paper, again.count) == (paper, 2)


# mission: X6 P10
def test_the_foot_lists_the_papers_of_this_counter(station: Station) -> None:
    station.log_in()
    job = _accepted(station)
    station.press(Qt.Key.Key_P, Ctrl)
    question = station.window.panels.chooser.question
    assert question is not None
    assert question.choices[0].id == job
    assert "waits for the printer" in question.choices[0].words


# mission: P1
def test_the_paper_grows_with_the_work(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    preview = station.window.panels.paper.preview
    station.press(Qt.Key.Key_F3)
    assert preview.lines is None
    station.lay("zhang")
    lines = preview.lines
    assert lines is not None
    assert lines.columns == 48
    before = len(lines.lines)
    station.type("y")
    station.type("2")
    station.type("2")
    station.press(Qt.Key.Key_Space)
    station.press(Qt.Key.Key_Space)
    grown = preview.lines
    assert grown is not None
    assert len(grown.lines) > before
    assert any("张伟" in line.text for line in grown.lines if isinstance(line, TextLine))


def test_drafts_say_that_they_are_kept(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.lay("zhang")
    case = station.window.desk.hands.case
    assert case is not None
    saved: Case | None
    with station.hall.store.reading() as reader:
        saved = next((one for one in reader.cases.open_at("3", 5) if one.id == case), None)
    assert saved is not None
    assert station.window.panels.foot.draft == f"Draft kept {saved.changed_at:%H:%M:%S}"


def _broke_off(station: Station, job: str, why: str) -> None:
    def work(tx: Transaction) -> None:
        tx.record(PrintStarted(job=job))
        tx.record(PrintEnded(job=job, state="sent_unconfirmed", why=why))

    station.hall.store.act(CLERK, station.hall.key(), work)
    station.window.foot.refresh()
    station.settle()


# mission: M1 P10
@pytest.mark.parametrize("why", ["printer.line-lost", "printer.stalled", "printer.stopped"])
def test_a_paper_that_broke_off_with_its_line_is_told_and_comes_again_as_a_reprint(
    station: Station, why: str
) -> None:
    station.log_in()
    job = _accepted(station)
    _broke_off(station, job, why)
    assert "not printed whole" in station.notice
    assert "do not do it again" in station.notice
    station.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    station.press(Qt.Key.Key_Return)  # in a hurry: what does no harm
    again = _job(station, job)
    assert (again.state, again.count) == ("queued", 2)


# mission: M1
def test_a_printer_that_never_confirms_is_not_asked_about_at_every_paper(station: Station) -> None:
    station.log_in()
    _broke_off(station, _accepted(station), "printer.not-asked")
    assert station.notice == ""
    assert station.window.foot.shown.printer.word == "1 not confirmed"


# mission: M1 P10
@pytest.mark.parametrize(
    ("key", "state", "count"), [("1", "printed", 1), ("2", "queued", 2), ("3", "queued", 1)]
)
def test_what_was_not_confirmed_is_looked_at(station: Station, key: str, state: str, count: int) -> None:
    station.log_in()
    job = _accepted(station)
    _broke_off(station, job, "printer.no-answer")
    station.press(Qt.Key.Key_P, Ctrl)
    station.type("1")
    station.type(key)
    assert (_job(station, job).state, _job(station, job).count) == (state, count)


# mission: I13
def test_what_was_decided_of_the_matter_in_hand_is_shown_after_a_power_cut(station: Station) -> None:
    station.ticket("0603")
    station.log_in()
    station.press(Qt.Key.Key_F3)
    station.lay("zhang")
    case = station.window.desk.hands.case
    assert case is not None
    hall = station.hall
    for question in ("married", "has_children"):
        hall.intake.answer(CLERK, hall.key(), case, question, "no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    station.reopen()
    station.log_in()
    assert station.window.desk.hands.case == case
    assert station.window.work.view is not None
    assert station.window.work.view.stage == "accepted"
