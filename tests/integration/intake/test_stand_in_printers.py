"""Another printer stands in, and what certainly left no dot is printed by itself when one can again (M1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from counter_app.devices.printer.profiles import GENERIC_58, GENERIC_80
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.jobs import JOBS, Job
from counter_app.keeper.printing import LOOK_SECONDS, PrinterWatch
from counter_app.use_cases.papers.printer_note import printer_state
from counter_app.use_cases.papers.printers import PlacedPrinter, workspace_of
from counter_app.use_cases.papers.spooler import REVIVED_WITHIN, Spooler
from counter_app.use_cases.peripherals.asking import LAPSES, Wish, Wishes
from counter_app.use_cases.peripherals.states import seen_of
from counter_app.use_cases.ports.papers_rows import Places
from counter_app.use_cases.ports.peripherals import Condition, Seen
from counter_app.use_cases.ports.printing import PrinterProfile, PrinterState, PrintOutcome, Why
from tests.support.intake_hall import CLERK, IntakeHall

KIOSK = Actor("kiosk", "kiosk-3")


class Renderer:
    def roll(self, facts: PaperFacts, language: str, profile: PrinterProfile) -> bytes:
        return f"{profile.name}|{facts.head.number}".encode()


@dataclass
class Printer:
    """Prints while its state lets it; `broken` ends are given first."""

    now: PrinterState = PrinterState.READY
    broken: list[PrintOutcome] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)

    def print_job(self, job_id: int, data: bytes, confirm: bool = True) -> PrintOutcome:
        if self.broken:
            return self.broken.pop(0)
        if not self.now.can_print:
            return PrintOutcome.failed(Why.PAPER_OUT)
        self.papers.append(data.decode())
        return PrintOutcome.printed(len(data))

    def interrupted(self, data: bytes) -> None:
        """Nothing is half done here."""

    def state(self) -> PrinterState:
        return self.now

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class Lane:
    """A lane of two printers, and the hands that do what people wish."""

    first: Printer
    second: Printer | None = None
    places: Places = ""
    at_work: bool = True
    is_counters: bool = True
    done: list[Wish] = field(default_factory=list)

    @property
    def all(self) -> tuple[PlacedPrinter, ...]:
        own = PlacedPrinter("roll", self.first, GENERIC_80)
        return (own,) if self.second is None else (own, PlacedPrinter("spare", self.second, GENERIC_58))

    def at(self, place: str) -> tuple[PlacedPrinter, ...]:
        return self.all if self.places in ("", workspace_of(place)) else ()

    def refresh(self) -> bool:
        return False

    def drawers(self, placed: PlacedPrinter, state: PrinterState) -> Mapping[str, Seen]:
        return {}

    def do(self, placed: PlacedPrinter, wish: Wish) -> PrintOutcome:
        self.done.append(wish)
        return placed.printer.print_job(1, b"page")


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def watch(hall: IntakeHall, lane: Lane, clock: Clock) -> PrinterWatch:
    return PrinterWatch(hall.store, Spooler(hall.store, Renderer(), lane), lane, clock)


def guide(hall: IntakeHall, actor: Actor = CLERK) -> str:
    hall.papers.print_guide(actor, hall.key(), "0603")
    return hall.papers.unsettled()[-1].job


def job(hall: IntakeHall, id: str) -> Job:
    with hall.store.reading() as reader:
        return reader.need(JOBS, id)


def test_the_spare_prints_what_the_first_cannot_on_its_own_paper(hall: IntakeHall) -> None:
    lane = Lane(Printer(PrinterState.PAPER_OUT), Printer())
    wanted = guide(hall)
    Spooler(hall.store, Renderer(), lane).step()
    assert lane.second is not None
    assert lane.second.papers[0].startswith("generic-58|")
    found = job(hall, wanted)
    assert (found.state, found.printer) == ("printed", "spare")


def test_what_may_lie_half_printed_is_not_printed_elsewhere_unasked(hall: IntakeHall) -> None:
    torn = PrintOutcome.failed(Why.PAPER_OUT, 40, may_have_printed=True)
    lane = Lane(Printer(broken=[torn]), Printer())
    wanted = guide(hall)
    Spooler(hall.store, Renderer(), lane).step()
    assert lane.second is not None
    assert lane.second.papers == []
    assert job(hall, wanted).state == "failed"


def test_where_no_printer_can_the_first_ones_reason_is_told(hall: IntakeHall) -> None:
    lane = Lane(Printer(PrinterState.PAPER_OUT), Printer(broken=[PrintOutcome.failed(Why.ABSENT)]))
    wanted = guide(hall)
    Spooler(hall.store, Renderer(), lane).step()
    found = job(hall, wanted)
    assert (found.state, found.why, found.printer) == ("failed", Why.PAPER_OUT.value, "roll")


def test_a_new_roll_brings_out_what_waited_for_it_once(hall: IntakeHall) -> None:
    lane, clock = Lane(Printer(PrinterState.PAPER_OUT)), Clock()
    duty = watch(hall, lane, clock)
    wanted = guide(hall)
    while duty.step():
        pass
    assert job(hall, wanted).state == "failed"
    assert printer_state(hall.store) is PrinterState.PAPER_OUT
    lane.first.now = PrinterState.READY
    clock.now += LOOK_SECONDS
    for _ in range(5):
        duty.step()
    assert job(hall, wanted).state == "printed"
    assert len(lane.first.papers) == 1


@pytest.mark.parametrize("torn", [True, False])
def test_what_is_old_or_may_be_on_paper_waits_for_a_person(hall: IntakeHall, torn: bool) -> None:
    lane, clock = Lane(Printer(PrinterState.PAPER_OUT)), Clock()
    if torn:
        lane.first.broken.append(PrintOutcome.failed(Why.PAPER_OUT, 40, may_have_printed=True))
    duty = watch(hall, lane, clock)
    wanted = guide(hall)
    while duty.step():
        pass
    if not torn:
        hall.clock.advance(seconds=(REVIVED_WITHIN + timedelta(seconds=1)).total_seconds())
    lane.first.now = PrinterState.READY
    clock.now += LOOK_SECONDS
    for _ in range(3):
        duty.step()
    assert job(hall, wanted).state == "failed"
    assert lane.first.papers == []


def test_old_papers_nobody_dropped_do_not_keep_todays_from_coming_out(hall: IntakeHall) -> None:
    lane, clock = Lane(Printer(PrinterState.PAPER_OUT)), Clock()
    duty = watch(hall, lane, clock)
    for _ in range(51):
        hall.papers.print_guide(CLERK, hall.key(), "0603")
    while duty.step():
        pass
    hall.clock.advance(seconds=(REVIVED_WITHIN + timedelta(seconds=1)).total_seconds())
    hall.papers.print_guide(CLERK, hall.key(), "0603")
    with hall.store.reading() as reader:
        (wanted,) = (one.id for one in reader.papers.jobs("", 1))
    while duty.step():
        pass
    assert job(hall, wanted).state == "failed"
    lane.first.now = PrinterState.READY
    clock.now += LOOK_SECONDS
    for _ in range(5):
        duty.step()
    assert job(hall, wanted).state == "printed"
    assert len(lane.first.papers) == 1


def test_many_unconfirmed_papers_do_not_hide_the_one_that_failed_just_now(hall: IntakeHall) -> None:
    """Behind a print queue every paper stays unconfirmed until somebody says otherwise."""
    spooled = [PrintOutcome.unconfirmed(1, Why.SPOOLED)] * 60
    lane = Lane(Printer(broken=[*spooled, PrintOutcome.failed(Why.PAPER_OUT, 40, may_have_printed=True)]))
    spooler = Spooler(hall.store, Renderer(), lane)
    for _ in range(61):
        hall.papers.print_guide(CLERK, hall.key(), "0603")
        spooler.step()
    rows = hall.papers.open_now()
    assert [row.state for row in rows if row.state != "sent_unconfirmed"] == ["failed"]
    assert len({row.job for row in rows}) == len(rows)
    assert rows[-1].state == "failed"


def test_each_lane_prints_the_papers_of_its_places(hall: IntakeHall) -> None:
    counter, kiosk = Lane(Printer(), places="counter"), Lane(Printer(), places="kiosk")
    at_counter, at_kiosk = guide(hall), guide(hall, KIOSK)
    for lane in (counter, kiosk):
        spooler = Spooler(hall.store, Renderer(), lane)
        while spooler.step():
            pass
    assert (len(counter.first.papers), len(kiosk.first.papers)) == (1, 1)
    assert {job(hall, at_counter).state, job(hall, at_kiosk).state} == {"printed"}


def test_a_wish_is_done_once_and_answered(hall: IntakeHall) -> None:
    lane, wishes = Lane(Printer()), Wishes(hall.store)
    duty = watch(hall, lane, Clock())
    wish = Wish("w1", "roll", "test")
    wishes.ask(CLERK, wish)
    assert wishes.answer(wish) is None
    for _ in range(3):
        duty.step()
    assert lane.done == [wish]
    answer = wishes.answer(wish)
    assert answer is not None
    assert answer.condition is Condition.READY
    assert wishes.answer(Wish("w2", "roll", "test")) is None


def test_a_wish_nobody_waits_for_any_more_is_not_done(hall: IntakeHall) -> None:
    lane, wishes = Lane(Printer()), Wishes(hall.store)
    wishes.ask(CLERK, Wish("w1", "roll", "drawer"))
    hall.clock.advance(seconds=(LAPSES + timedelta(seconds=1)).total_seconds())
    watch(hall, lane, Clock()).step()
    assert lane.done == []


def test_every_printer_of_a_lane_is_seen_by_its_name(hall: IntakeHall) -> None:
    lane = Lane(Printer(PrinterState.PAPER_NEAR_END), Printer(PrinterState.ABSENT))
    watch(hall, lane, Clock()).step()
    with hall.store.reading() as reader:
        first, second = seen_of(reader, "roll"), seen_of(reader, "spare")
    assert first is not None
    assert (first.condition, first.says) == (Condition.ATTENTION, PrinterState.PAPER_NEAR_END.word)
    assert second is not None
    assert second.condition is Condition.ABSENT
