"""A counter machine that works alone, with the use cases about time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from counter_app.clock import HALL_ZONE
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.time.clock import CLOCKS, Clock
from tests.support.clock import HandClock
from tests.support.intake_hall import CLERK, IntakeHall

HANDLER = Actor("1009")
OTHER_HANDLER = Actor("1022")  # the final approver's post of the same department
SUPERVISOR = Actor("1010")
ADMIN = Actor("1012")
ANSWERS: Final = {
    "0602": {
        "wife_registered_here": "yes",
        "which_child": "more",
        "pregnant": "no",
        "adopted": "no",
        "circumstance": "remarried",
    },
    "0603": {"married": "no", "has_children": "no"},
}


class TimeHall(IntakeHall):
    """Cases that are accepted, and days that go by. `time` is what windows and commands get."""

    def __init__(self, folder: Path, start: datetime | None = None) -> None:
        super().__init__(folder, HandClock(start) if start else None)

    def at(self, day: str, clock: str = "10:00") -> None:
        """Go to that moment."""
        moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HALL_ZONE)
        self.clock.advance(seconds=(moment - self.clock.now()).total_seconds())

    def received(self) -> str:
        """流动人口婚育证明: papers handed in, nothing said of them yet."""
        case = self.case("0603", "zhang", CLERK, married="no", has_children="no")
        self.mark_all(case)
        self.intake.decide(CLERK, self.key(), case, "receive")
        return case

    def accepted(self, item: str = "0602") -> str:
        """《生育证》审批 (promised 10, legal 20 working days), or 0603 (promised 3)."""
        case = self.case(item, "zhang", CLERK, **ANSWERS[item])
        self.mark_all(case)
        self.intake.decide(CLERK, self.key(), case, "accept")
        return case

    def clock_of(self, case: str) -> Clock:
        with self.store.reading() as reader:
            return reader.need(CLOCKS, case)

    def stage(self, case: str) -> str:
        with self.store.reading() as reader:
            return reader.need(CASES, case).stage

    def last_paper(self, case: str) -> PaperFacts:
        with self.store.reading() as reader:
            paper = reader.papers.of_case(case)[-1]
        return self.papers.facts(paper.id)[1]


def opened(folder: Path, start: datetime | None = None) -> Iterator[TimeHall]:
    hall = TimeHall(folder, start)
    yield hall
    hall.close()
