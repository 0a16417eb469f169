"""Hostile text in every field of a visit: stored as it is or refused plainly; on paper it is only text.

The printer must do nothing that the text orders (no cut, no drawer, no reset), nothing may pass the edge,
and making the PDF opens no file that a name points to (mission: X3; design §4).
"""

from __future__ import annotations

import io
import os
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from counter_app.devices.printer.job import Patience
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.parties import Identity
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.use_cases.intake.inputs import Decided, PersonInput
from counter_app.use_cases.waiting.requests import IssueTicket, TransferTo
from tests.support.demo import CLERK, DemoHall, assert_clean, hand_keeper, opened_demo
from tests.support.hostile import HOSTILE, hostile

PRIVATE_FIELDS = ("phone", "address", "delivery", "business_place")


@contextmanager
def nothing_opens(canary: Path) -> Iterator[None]:
    """Fails when anything inside opens the canary.

    The openers are replaced for this block only: an audit hook would see more, but it stays for the life of
    the process, and slows whatever other tests trace.
    """
    opened: list[str] = []

    def watched(opener: Callable[..., object]) -> Callable[..., object]:
        def open_noted(target: object, *args: object, **words: object) -> object:
            if canary.name in str(getattr(target, "full_url", target)):
                opened.append(str(target))
            return opener(target, *args, **words)

        return open_noted

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.open", watched(open))
        patch.setattr("io.open", watched(io.open))
        patch.setattr("os.open", watched(os.open))
        patch.setattr("urllib.request.urlopen", watched(urllib.request.urlopen))
        with canary.open("rb"):
            assert opened, "the watch sees nothing"
        opened.clear()
        yield
    assert opened == []


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary-3c51.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    return path


def kept_or_refused(act: Callable[[], object]) -> bool:
    """True when the act was stored; anything but an error that people can mend fails the test."""
    try:
        act()
    except UserFacingError as error:
        refused = error
    else:
        return True
    assert refused.code
    assert str(refused)
    return False


class Visit:
    """A case in whose every field stands one hostile text, as far as the program takes it."""

    def __init__(self, hall: DemoHall, text: str) -> None:
        self.hall, self.text = hall, text
        self.intake = hall.program.intake
        self.case = self.intake.open_case(CLERK, hall.key())

    def fill(self) -> dict[str, bool]:
        """Which fields took the text."""
        hall, intake, case, text = self.hall, self.intake, self.case, self.text
        taken = {"person": self._person(text)}
        if not taken["person"]:
            assert self._person("张伟")
        intake.choose_item(CLERK, hall.key(), case, "0603")
        for question in ("married", "has_children"):
            intake.answer(CLERK, hall.key(), case, question, "no")
            assert not kept_or_refused(partial(intake.answer, CLERK, hall.key(), case, question, text))
        for field in PRIVATE_FIELDS:
            taken[field] = kept_or_refused(partial(intake.set_field, CLERK, hall.key(), case, field, text))
        # the clerk's own finding on competence: any word of it leads to a refusal, so it is emptied again
        kept_or_refused(lambda: intake.set_field(CLERK, hall.key(), case, "competence", text))
        intake.set_field(CLERK, hall.key(), case, "competence", "")
        taken["note"] = kept_or_refused(lambda: intake.note(CLERK, hall.key(), case, text))
        taken["mark"] = kept_or_refused(
            lambda: intake.mark(CLERK, hall.key(), case, "letter", "to_correct", text)
        )
        assert not kept_or_refused(lambda: intake.mark(CLERK, hall.key(), case, text, "present"))
        hall.mark_all(case)
        return taken

    def _person(self, name: str) -> bool:
        identity = Identity(
            name=name,
            number="653101198805170130",
            address=name,
            registered_address=name,
            authority=name,
            nation=name,
            phone=name,
            representative=name,
        )
        if self.hall.program.intake_queries.case_view(self.case).persons:
            return True
        return kept_or_refused(
            lambda: self.intake.record_person(
                CLERK, self.hall.key(), self.case, "applicant", PersonInput.typed(identity)
            )
        )

    def decide(self) -> list[Decided]:
        """A notice with the text as a reason, then a second visit and a refusal full of it."""
        hall, text = self.hall, self.text
        done: list[Decided] = []
        for line in hall.program.intake_queries.case_view(self.case).lines:
            if line.mark == "to_correct":
                break
        else:
            self.intake.mark(CLERK, hall.key(), self.case, "letter", "to_correct", "复印件缺内页")
        kept_or_refused(lambda: done.append(self._decided("notify", DecisionInput(consequence=text))))
        if not done:
            done.append(self._decided("notify", DecisionInput()))
        self.intake.return_visit(CLERK, hall.key(), self.case)
        self.intake.mark(CLERK, hall.key(), self.case, "letter", "present")
        everywhere = DecisionInput(reason=text, phrase=text, article=text, competent=text)
        before = len(done)
        kept_or_refused(lambda: done.append(self._decided("refuse", everywhere)))
        if len(done) == before:
            done.append(self._decided("refuse", DecisionInput(reason="不符合", article="第七条")))
        return done

    def _decided(self, outcome: DecisionKind, detail: DecisionInput) -> Decided:
        return self.intake.decide(CLERK, self.hall.key(), self.case, outcome, detail)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_visit_full_of_it_ends_in_clean_papers(
    training_home: Path, tmp_path: Path, canary: Path, name: str
) -> None:
    text = hostile(str(canary))[name]
    with opened_demo(training_home, tmp_path) as hall, hand_keeper(hall, Patience()) as keeper:
        visit = Visit(hall, text)
        with nothing_opens(canary):
            taken = visit.fill()
            decided = visit.decide()
            last = hall.paper(decided[-1])
            kept_or_refused(lambda: hall.program.papers.reprint(CLERK, hall.key(), last.id, text))
            issued = hall.papers()
            keeper.work()
            for paper in issued:
                assert hall.program.paper_reading.pdf(paper.id, Translator("zh_CN"))[:5] == b"%PDF-"
        assert {job.state for job in hall.jobs()} == {"printed"}
        assert len(hall.sheets) == len(hall.jobs())  # nothing in the text cut the paper
        assert hall.printer.printer.drawer_kicks == 0
        assert hall.printer.printer.hanging is None
        for sheet in hall.sheets:
            assert_clean(sheet)
            assert len(sheet.qr) == 1  # the QR that the program made, and no other
            assert "★演练无效★" in sheet.lines[0]  # and the text reset nothing
        assert_stands(hall, visit, taken)


def assert_stands(hall: DemoHall, visit: Visit, taken: dict[str, bool]) -> None:
    """What was taken is there word for word; the store is sound and is found in as before."""
    view = hall.program.intake_queries.case_view(visit.case)
    (person,) = view.persons
    if taken["person"]:
        assert person.name == visit.text
    fields = dict(view.fields)
    for field in PRIVATE_FIELDS:
        if taken[field]:
            assert fields.get(field, "") == visit.text
    if taken["note"]:
        assert view.notes == (visit.text,)
    assert kept_or_refused(lambda: hall.program.finder.search(visit.text, 20, "3")) or not taken["person"]
    assert hall.program.store.check().sound


@pytest.mark.parametrize("name", HOSTILE)
def test_the_waiting_room_takes_it_as_text(training_home: Path, tmp_path: Path, name: str) -> None:
    text = hostile("/nowhere")[name]
    with opened_demo(training_home, tmp_path) as hall, hand_keeper(hall, Patience()) as keeper:
        waiting, program = hall.program.waiting, hall.program
        urgent = IssueTicket(items=("0603",), channel="counter", priority="disabled", priority_reason=text)
        kept_or_refused(lambda: waiting.issue_ticket(CLERK, hall.key(), urgent))
        slip = replace(urgent, channel="slip", priority=None, slip_number=text, slip_at=program.clock.now())
        kept_or_refused(lambda: waiting.issue_ticket(CLERK, hall.key(), slip))
        kept_or_refused(lambda: waiting.issue_ticket(CLERK, hall.key(), IssueTicket(items=(text,))))
        kept_or_refused(lambda: waiting.issue_ticket(CLERK, hall.key(), IssueTicket(line=text)))
        ticket = hall.ticket("0603").ticket
        kept_or_refused(lambda: waiting.call_number(CLERK, hall.key(), text, text))
        in_hand = program.waiting_queries.line_view("3").now_serving
        if in_hand is not None:  # the slip
            waiting.start(CLERK, hall.key(), in_hand.ticket)
            waiting.finish(CLERK, hall.key(), in_hand.ticket)
        while (called := waiting.call_next(CLERK, hall.key())) and called.id != ticket:
            waiting.start(CLERK, hall.key(), called.id)
            waiting.finish(CLERK, hall.key(), called.id)
        waiting.start(CLERK, hall.key(), ticket)
        for to in (TransferTo("counter", text), TransferTo("line", text), TransferTo("staff", text)):
            assert not kept_or_refused(partial(waiting.transfer, CLERK, hall.key(), ticket, to, text))
        if kept_or_refused(lambda: waiting.hold(CLERK, hall.key(), ticket, text)):
            waiting.resume(CLERK, hall.key(), ticket)
        kept_or_refused(lambda: waiting.void(CLERK, hall.key(), ticket, text))
        program.counters.open(CLERK, hall.key())
        kept_or_refused(lambda: program.counters.pause(CLERK, hall.key(), text))
        kept_or_refused(lambda: program.access.log_in(text, text, "3", hall.key()))
        kept_or_refused(lambda: program.papers.verify(text))
        keeper.work()
        for sheet in hall.sheets:
            assert_clean(sheet)
        assert hall.printer.printer.drawer_kicks == 0
        program.waiting_queries.hall_view()
        program.waiting_queries.line_view("3")
        assert program.store.check().sound
