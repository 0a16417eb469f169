"""Bad days on a whole home: a clerk's process dies, the power was out, the evening comes (Q7, X6, H5).

The rules one by one are in `test_waiting_bad_day.py`; here real processes and the real keeper do it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from counter_app.domain.waiting.fold import TICKETS
from counter_app.use_cases.waiting.requests import IssueTicket
from tests.support.demo import (
    CLERK,
    KIOSK,
    PINS,
    ROOT,
    DemoHall,
    hand_keeper,
    keeper_process,
    opened_demo,
    squeezed,
    until,
)

CLERK_AT_3 = """
import sys, time
from pathlib import Path
from counter_app.bootstrap.program import open_program
with open_program(Path(sys.argv[1])) as program:
    shift = program.access.log_in("1002", sys.argv[2], "3", "in")
    program.counters.open(shift.actor, "open")
    ticket = program.waiting.call_next(shift.actor, "call")
    program.waiting.start(shift.actor, "start", ticket.id)
    print(ticket.id, flush=True)
    time.sleep(60)
"""


def die_while_serving(hall: DemoHall) -> str:
    """A clerk's process calls a ticket and is killed; the ticket's id."""
    child = subprocess.Popen(
        [sys.executable, "-c", CLERK_AT_3, str(hall.home.path), PINS["1002"]],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    ticket = child.stdout.readline().strip()
    child.send_signal(signal.SIGKILL)
    child.wait(10)
    child.stdout.close()
    return ticket


# mission: H4 H5 Q7
def test_the_ticket_of_a_dead_process_goes_to_the_next_counter(training_home: Path, tmp_path: Path) -> None:
    with opened_demo(training_home, tmp_path) as hall:
        program = hall.program
        plan = program.plan()
        hasty = replace(plan, settings={**plan.settings, "waiting.unattended_after": 1})
        program.publishing.hall(CLERK, hall.key(), hasty)
        first, second = hall.ticket("0603"), hall.ticket("0603")
        assert die_while_serving(hall) == first.ticket

        def state() -> str:
            with program.store.reading() as reader:
                return reader.need(TICKETS, first.ticket).state

        assert state() == "serving"
        until(
            lambda: (
                {row.number: row.state for row in program.waiting_queries.counter_states()}["3"]
                == "unattended"
            ),
            "the counter shows that nobody is there",
        )
        with keeper_process(hall.home):
            until(lambda: state() == "waiting", "the keeper ends the lost shift")
        assert program.access.who("3") is None
        stand_in = hall.log_in("1005", "2")  # licensed for the same
        called = program.waiting.call_next(stand_in.actor, hall.key())
        assert called is not None
        assert called.id == first.ticket  # before the one who came later
        assert second.number != called.number


# mission: H5
def test_the_stand_in_takes_the_post_over_as_b(training_home: Path, tmp_path: Path) -> None:
    with opened_demo(training_home, tmp_path) as hall:
        program = hall.program
        own = hall.log_in("1002", "3")
        issued = hall.ticket("0603")
        program.waiting.call_next(own.actor, hall.key())
        assert program.access.log_off(own, hall.key()) == 1
        stand_in = program.access.log_in("1003", "032468", "3", hall.key())
        assert (own.post, stand_in.post) == ("A", "B")
        called = program.waiting.call_next(stand_in.actor, hall.key())
        assert called is not None
        assert called.id == issued.ticket


# mission: X6
def test_a_slip_of_the_power_cut_shows_both_times_and_is_called_by_its_own(
    training_home: Path, tmp_path: Path
) -> None:
    with opened_demo(training_home, tmp_path) as hall, hand_keeper(hall) as keeper:
        program = hall.program
        hall.ticket("0603")
        keeper.work()
        taken = program.clock.now() - timedelta(minutes=25)
        request = IssueTicket(items=("0603",), channel="slip", slip_number="t-017", slip_at=taken)
        slip = program.waiting.issue_ticket(CLERK, hall.key(), request)
        assert (slip.number, slip.paper) == ("T-017", None)
        view = program.waiting_queries.line_view("3")
        row = next(row for row in view.waiting if row.number == "T-017")
        assert row.waited_minutes >= 25
        called = program.waiting.call_next(CLERK, hall.key())
        assert called is not None
        assert (called.number, called.slip_at) == (
            "T-017",
            taken.replace(microsecond=taken.microsecond // 1000 * 1000),
        )
        assert called.issued_at - taken >= timedelta(minutes=25)
        keeper.work()
        assert len(hall.sheets) == 1  # the citizen holds the slip; nothing is printed for it


# mission: Q7
def test_evening_ends_every_ticket_and_tomorrow_honours_what_was_carried_over(
    training_home: Path, tmp_path: Path
) -> None:
    with opened_demo(training_home, tmp_path) as hall, hand_keeper(hall) as keeper:
        program, shift = hall.program, hall.log_in("1002", "3")
        waiting, serving = hall.ticket("0603"), hall.ticket("0603")
        called = program.waiting.call_next(shift.actor, hall.key())
        assert called is not None
        program.waiting.start(shift.actor, hall.key(), called.id)
        points = program.day_close.open_points()
        assert {point.number for point in points} == {waiting.number, serving.number}
        undecided = [point.ticket for point in points if point.suggested is None]
        assert undecided == [called.id]
        closed = program.day_close.close_day(shift.actor, hall.key(), {called.id: "served"})
        assert (closed.ended, dict(closed.counts)) == (2, {"served": 1, "carried_over": 1})
        assert program.day_close.open_points() == ()
        left = next(issued for issued in (waiting, serving) if issued.ticket != called.id)
        fresh = program.waiting.issue_ticket(
            KIOSK, hall.key(), IssueTicket(channel="counter", carried_from=left.ticket)
        )
        keeper.work()
        assert fresh.number.startswith("Y")
        assert squeezed(hall.sheets[-1].text).count(fresh.number) >= 1
        assert program.store.check().sound
