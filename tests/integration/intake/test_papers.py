"""Papers after they are issued: numbers, statements, jobs, the spooler (mission: P1, P3, P10, M1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from counter_app.devices.printer.profiles import GENERIC_80
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.facts_public import CopyStampFacts, FormFacts
from counter_app.domain.paper.jobs import PrintStarted
from counter_app.errors import UserFacingError
from counter_app.use_cases.papers.printers import PlacedPrinter
from counter_app.use_cases.papers.spooler import KEEPER, Spooler, number_of
from counter_app.use_cases.ports.papers_rows import Places
from counter_app.use_cases.ports.printing import PrinterProfile, PrinterState, PrintOutcome, Why
from tests.support.intake_hall import CLERK, IntakeHall, TestKeys


class Renderer:
    """Bytes one can read: number, print count, reason."""

    def roll(self, facts: PaperFacts, language: str, profile: PrinterProfile) -> bytes:
        head = facts.head
        return f"{head.number}|{head.print_count}|{head.reprint_reason}|{language}".encode()


@dataclass
class Printer:
    """Ends each job as told; keeps what it was given."""

    ends: list[PrintOutcome] = field(default_factory=list)
    jobs: list[tuple[int, str]] = field(default_factory=list)
    flushed: list[str] = field(default_factory=list)

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        self.jobs.append((job_id, data.decode()))
        return self.ends.pop(0) if self.ends else PrintOutcome.printed(len(data))

    def interrupted(self, data: bytes) -> None:
        self.flushed.append(data.decode())

    def state(self) -> PrinterState:
        return PrinterState.READY

    def close(self) -> None:
        """Nothing is open."""


class Printers:
    def __init__(self, **places: Printer) -> None:
        self._places = {place.removeprefix("at"): printer for place, printer in places.items()}

    places: Places = ""

    def at(self, place: str) -> tuple[PlacedPrinter, ...]:
        found = self._places.get(place)
        return () if found is None else (PlacedPrinter("roll", found, GENERIC_80),)


def accepted(hall: IntakeHall, who: str = "zhang") -> str:
    case = hall.case("0603", who, married="no", has_children="no")
    hall.mark_all(case)
    hall.intake.decide(CLERK, hall.key(), case, "accept")
    return case


def states(hall: IntakeHall) -> list[str]:
    return [row.state for row in reversed(hall.papers.job_list("3"))]


def test_the_oldest_job_is_printed_first_and_once(hall: IntakeHall) -> None:
    accepted(hall)
    accepted(hall, "li")
    printer = Printer()
    spooler = Spooler(hall.store, Renderer(), Printers(at3=printer))
    assert spooler.step()
    assert spooler.step()
    assert not spooler.step()
    assert [data.split("|")[0][-6:-2] for _, data in printer.jobs] == ["0001", "0002"]
    assert states(hall) == ["printed", "printed"]


def test_a_failed_job_is_seen_and_retried_under_its_own_id(hall: IntakeHall) -> None:
    accepted(hall)
    printer = Printer([PrintOutcome.failed(Why.PAPER_OUT)])
    spooler = Spooler(hall.store, Renderer(), Printers(at3=printer))
    spooler.step()
    row = hall.papers.unsettled()[0]
    assert (row.state, row.why) == ("failed", Why.PAPER_OUT.message)
    assert not spooler.step()
    hall.papers.retry(CLERK, hall.key(), row.job)
    spooler.step()
    assert [job for job, _ in printer.jobs] == [number_of(row.job)] * 2
    assert printer.jobs[0][1] == printer.jobs[1][1]
    assert states(hall) == ["printed"]


def test_an_unconfirmed_job_is_asked_about_and_its_retry_says_so(hall: IntakeHall) -> None:
    accepted(hall)
    printer = Printer([PrintOutcome.unconfirmed(10, Why.NO_ANSWER)])
    spooler = Spooler(hall.store, Renderer(), Printers(at3=printer))
    spooler.step()
    row = hall.papers.unsettled()[0]
    assert row.state == "sent_unconfirmed"
    hall.papers.retry(CLERK, hall.key(), row.job)
    spooler.step()
    assert printer.jobs[1][1].split("|")[1:3] == ["2", "前次打印结果不明"]
    paper, _ = hall.papers.facts(row.paper)
    assert paper.prints == 2


def test_a_person_can_say_that_the_paper_is_there(hall: IntakeHall) -> None:
    accepted(hall)
    spooler = Spooler(
        hall.store, Renderer(), Printers(at3=Printer([PrintOutcome.unconfirmed(10, Why.NO_ANSWER)]))
    )
    spooler.step()
    job = hall.papers.unsettled()[0].job
    hall.papers.confirm(CLERK, hall.key(), job, printed=True)
    assert states(hall) == ["printed"]
    with pytest.raises(UserFacingError) as caught:
        hall.papers.retry(CLERK, hall.key(), job)
    assert caught.value.code == "job.settled"


def test_a_job_under_way_when_the_keeper_died_is_never_printed_again_silently(hall: IntakeHall) -> None:
    accepted(hall)
    job = hall.papers.unsettled()[0].job
    hall.store.act(KEEPER, "died", lambda tx: [tx.record(PrintStarted(job=job))].clear())
    printer = Printer()
    spooler = Spooler(hall.store, Renderer(), Printers(at3=printer))
    assert not spooler.step()
    assert printer.jobs == []
    assert len(printer.flushed) == 1
    assert states(hall) == ["sent_unconfirmed"]


def test_no_printer_is_a_failure_one_can_mend_and_blocks_nobody(hall: IntakeHall) -> None:
    accepted(hall)
    spooler = Spooler(hall.store, Renderer(), Printers())
    assert spooler.step()
    row = hall.papers.unsettled()[0]
    assert (row.state, row.may_have_printed) == ("failed", False)
    printer = Printer()
    hall.papers.retry(CLERK, hall.key(), row.job)
    Spooler(hall.store, Renderer(), Printers(at3=printer)).step()
    assert printer.jobs[0][1].split("|")[1] == "1"


def test_yesterdays_jobs_wait_for_a_person(hall: IntakeHall) -> None:
    accepted(hall)
    hall.clock.advance(hours=20)
    printer = Printer()
    spooler = Spooler(hall.store, Renderer(), Printers(at3=printer))
    assert not spooler.step()
    row = hall.papers.unsettled()[0]
    assert row.stale
    hall.papers.print_now(CLERK, hall.key(), row.job)
    assert spooler.step()
    assert len(printer.jobs) == 1


def test_a_job_may_be_given_up(hall: IntakeHall) -> None:
    accepted(hall)
    job = hall.papers.unsettled()[0].job
    hall.papers.drop(CLERK, hall.key(), job, "群众已离开")
    assert hall.papers.unsettled() == ()
    assert not Spooler(hall.store, Renderer(), Printers(at3=Printer())).step()


# mission: P10
def test_a_reprint_says_so_and_why(hall: IntakeHall) -> None:
    case = accepted(hall)
    printer = Printer()
    spooler = Spooler(hall.store, Renderer(), Printers(at3=printer))
    spooler.step()
    with hall.store.reading() as reader:
        paper = reader.papers.of_case(case)[0]
    with pytest.raises(UserFacingError) as caught:
        hall.papers.reprint(CLERK, hall.key(), paper.id, " ")
    assert caught.value.code == "paper.reason-needed"
    hall.papers.reprint(CLERK, hall.key(), paper.id, "群众遗失")
    spooler.step()
    assert printer.jobs[1][1].split("|")[1:3] == ["2", "群众遗失"]
    assert printer.jobs[0][0] != printer.jobs[1][0]


# mission: P10
def test_a_statement_is_genuine_forged_or_of_an_unknown_key(hall: IntakeHall, tmp_path: Path) -> None:
    case = accepted(hall)
    with hall.store.reading() as reader:
        paper = reader.papers.of_case(case)[0]
    _, facts = hall.papers.facts(paper.id)
    found = hall.papers.verify(facts.head.qr_text)
    assert (found.result, found.stage, found.anchored) == ("genuine", "accepted", True)
    assert found.paper is not None
    assert found.paper.prints == 1
    assert found.statement.masked_name == "张*"
    text = facts.head.qr_text
    place = len(text) - 30
    forged = text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]
    assert hall.papers.verify(forged).result == "forged"
    (tmp_path / "other").mkdir()
    other = IntakeHall(tmp_path / "other")
    try:
        elsewhere = other.papers.verify(text)
        assert (elsewhere.result, elsewhere.paper) == ("genuine", None)
        other.keys.known.clear()
        assert other.papers.verify(text).result == "unknown_key"
    finally:
        other.close()
    with pytest.raises(UserFacingError) as caught:
        hall.papers.verify("https://example.invalid/")
    assert caught.value.code == "paper.qr-unreadable"


def test_numbers_run_by_kind_without_gaps(hall: IntakeHall) -> None:
    numbers = []
    for who in ("zhang", "li"):
        case = accepted(hall, who)
        with hall.store.reading() as reader:
            numbers += [paper.number for paper in reader.papers.of_case(case)]
    assert [number.partition("-")[2][:4] for number in numbers] == ["0001", "0002"]
    assert all(number.startswith("南环便服受") for number in numbers)


# mission: P7, P12
def test_guides_and_forms_are_printed_on_demand(hall: IntakeHall) -> None:
    slip = hall.papers.print_guide(CLERK, hall.key(), "0603", {"married": "yes"})
    paper, facts = hall.papers.facts(slip)
    assert (paper.kind, paper.roll) == ("guide-slip", True)
    guide, _ = hall.papers.facts(hall.papers.print_guide(CLERK, hall.key(), "0603", slip=False))
    assert (guide.kind, guide.sheet, guide.roll) == ("guide", True, False)
    case = hall.case("0603", "abdul", married="yes")
    _, form = hall.papers.facts(hall.papers.print_form(CLERK, hall.key(), case))
    assert isinstance(form, FormFacts)
    values = [entry.value for part in form.parts for entry in part.fields]
    assert "阿卜杜拉·买买提" in values
    assert "653101198503120218" in values
    assert "已婚" in values
    assert facts.head.number.startswith("南环便服须")


# mission: P12
def test_copies_are_certified_only_once_they_were_compared(hall: IntakeHall) -> None:
    typed = hall.intake.open_case(CLERK, hall.key())
    hall.intake.choose_item(CLERK, hall.key(), typed, "0603")
    with pytest.raises(UserFacingError) as caught:
        hall.papers.print_copy_stamp(CLERK, hall.key(), typed)
    assert caught.value.code == "paper.no-copies"
    by_card = hall.case("0603", "zhang", married="no", has_children="no")
    with pytest.raises(UserFacingError) as caught:
        hall.papers.print_copy_stamp(CLERK, hall.key(), by_card)  # a card that was read leaves no copy
    assert caught.value.code == "paper.no-copies"
    hall.intake.mark(CLERK, hall.key(), by_card, "resident_id", "present")
    _, facts = hall.papers.facts(hall.papers.print_copy_stamp(CLERK, hall.key(), by_card))
    assert isinstance(facts, CopyStampFacts)
    assert [copy.name for copy in facts.copies] == ["居民身份证"]


# mission: P13
def test_the_seal_is_registered_once_and_on_sheets_only(hall: IntakeHall) -> None:
    case = accepted(hall)
    with hall.store.reading() as reader:
        paper = reader.papers.of_case(case)[0].id
    hall.papers.seal(CLERK, hall.key(), paper, "南环街道办事处行政审批专用章")
    state, _ = hall.papers.facts(paper)
    assert (state.sealed_by, state.seal) == ("1002", "南环街道办事处行政审批专用章")
    with pytest.raises(UserFacingError) as caught:
        hall.papers.seal(CLERK, hall.key(), paper, "再盖")
    assert caught.value.code == "paper.sealed"
    slip = hall.papers.print_guide(CLERK, hall.key(), "0603")
    with pytest.raises(UserFacingError) as caught:
        hall.papers.seal(CLERK, hall.key(), slip, "章")
    assert caught.value.code == "paper.not-for-sealing"


def test_keys_are_told_apart() -> None:
    assert TestKeys().key_id != TestKeys(bytes(32)).key_id
