"""The main job across machines, with the line cut in the middle of it, and healed.

A citizen draws a ticket at the kiosk, is called at one counter and seen on the display. While the clerk works
on the case all lines are cut: both counters and the kiosk go on. Then the lines are mended, and at the end
every machine must agree with the centre.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from counter_app.domain.centre.granting import LEASES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperKind
from counter_app.errors import UserFacingError
from counter_app.ui.tour.at_counter import Clerk
from counter_app.ui.tour.at_kiosk import Visitor
from counter_app.ui.tour.citizens import CITIZENS, Citizen
from counter_app.ui.tour.deps import TourDeps
from counter_app.ui.tour.hall_deps import HallTourDeps
from counter_app.ui.tour.hands import PATIENCE_SECONDS, Hands, TourStopped
from counter_app.ui.tour.lag import LagMeter
from counter_app.ui.tour.summary import Summary
from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.ports.printing import PrintEnd
from counter_app.use_cases.sync.state import CentreState
from counter_app.use_cases.waiting.requests import IssueTicket

SIZES: Final = ((1366, 768), (1366, 768), (1080, 1920), (1920, 1080))
LONG_SECONDS: Final = 60.0
MORE: Final = 6  # leases lie behind the tickets the open counters will call next
AT_FIRST, AT_SECOND = CITIZENS[0], CITIZENS[1]


def play_hall(deps: HallTourDeps) -> int:
    """The exit code: 0 only when every step did what it should. `summary.json` is left in any case."""
    lag = LagMeter()
    first = deps.first
    hands = Hands(first.app, first.folder / "screens", lag)
    tour = _HallTour(deps, hands, Summary(lag))
    windows = (first.counter, deps.second.counter, first.kiosk, first.display)
    try:
        for window, size in zip(windows, SIZES, strict=True):
            window.resize(*size)
            window.show()
        lag.start()
        tour.play()
    except (TourStopped, UserFacingError):
        pass  # the step that failed says why
    finally:
        lag.stop()
        tour.summary.save(first.folder / "summary.json")
        for window in windows:
            window.close()
    return 0 if tour.summary.ok else 1


class _HallTour:
    def __init__(self, deps: HallTourDeps, hands: Hands, summary: Summary) -> None:
        self.summary = summary
        self._deps = deps
        self._hands = hands
        self._clerk = Clerk(deps.first, hands)
        self._other = Clerk(deps.second, hands)
        self._visitor = Visitor(deps.first, hands)
        self._alone = Visitor(replace(deps.first, program=deps.kiosk_program), hands)

    def play(self) -> None:
        self._open()
        self._begin()
        self._cut()
        self._go_on(self._clerk, AT_FIRST, self._deps.first, "counter-3")
        self._serve_alone()
        self._heal()
        self._agree()

    def _open(self) -> None:
        step, hands, first = self.summary.step, self._hands, self._deps.first
        with step("both clerks log in") as produced:
            hands.seen(first.kiosk, "查进度")
            produced += [self._clerk.log_in(), self._other.log_in()]
        with step("in step") as produced:
            self._all("in_step")
            produced.append(hands.shoot(first.counter, "in-step"))

    def _begin(self) -> None:
        """Tickets, enough that some lie behind the next ones; the first is called at counter 3."""
        step, hands, first = self.summary.step, self._hands, self._deps.first
        with step("tickets at the kiosk") as produced:
            for citizen, name in ((AT_FIRST, "first"), (AT_SECOND, "second")):
                produced.append(self._visitor.take_ticket(citizen, name))
            produced += [self._another_waits() for _ in range(MORE)]
        with step("called across machines") as produced:
            row = self._clerk.call_next()
            produced.append(row.number)
            hands.until(lambda: first.display.shown(row.number) or None, f"{row.number} on the display")
            produced.append(hands.shoot(first.display, "display-call"))
        with step("case begun") as produced:
            self._clerk.card_read(AT_FIRST)
            self._clerk.item_chosen(AT_FIRST)
            view = self._clerk.answered(AT_FIRST)
            produced.append(view.persons[0].name)
            produced.append(hands.shoot(first.counter, "case-before-cut"))
        with step("tickets kept in hand for a cut") as produced:
            self._patiently(self._leased, "tickets leased for counter 2")
            produced.append("leased")

    def _another_waits(self) -> str:
        """Somebody else is given a number at the desk."""
        wanted = IssueTicket(items=(AT_SECOND.item,), channel="command")
        waiting = self._deps.first.program.waiting
        return waiting.issue_ticket(Actor("tour", "desk"), uuid.uuid4().hex, wanted).number

    def _leased(self) -> bool:
        """Whether counter 2 may call a ticket that waits while it is cut off."""
        program = self._deps.second.program
        with program.store.reading() as reader:
            lease = reader.get(LEASES, "2/2")
        waiting = {row.ticket for row in program.waiting_queries.line_view("2").waiting}
        return lease is not None and bool(waiting & set(lease.tickets))

    def _cut(self) -> None:
        with self.summary.step("the lines are cut") as produced:
            self._deps.cut()
            self._all("cut_off")
            produced.append(self._hands.shoot(self._deps.first.counter, "cut-counter-3"))
            produced.append(self._hands.shoot(self._deps.second.counter, "cut-counter-2"))

    def _go_on(self, clerk: Clerk, citizen: Citizen, deps: TourDeps, name: str) -> None:
        """From the checklist to the rating, as if nothing had happened."""
        step, hands = self.summary.step, self._hands
        with step(f"{name}: decided alone") as produced:
            clerk.checked(citizen)
            produced.append(clerk.decided(citizen).number)
        with step(f"{name}: paper") as produced:
            job = hands.until(lambda: _printed(deps, citizen.paper), f"{citizen.paper.value} printed")
            produced += [job.number, hands.shoot(deps.counter, f"{name}-decided-alone")]
        with step(f"{name}: rating") as produced:
            produced.append(clerk.finished(citizen))

    def _serve_alone(self) -> None:
        """Counter 2 calls a leased ticket and serves it; the kiosk gives a number of its block."""
        step, hands, second = self.summary.step, self._hands, self._deps.second
        with step("counter-2: called alone") as produced:
            produced.append(self._other.call_next().number)
            self._other.card_read(AT_SECOND)
            self._other.item_chosen(AT_SECOND)
            produced.append(self._other.answered(AT_SECOND).persons[0].name)
            produced.append(hands.shoot(second.counter, "counter-2-alone"))
        self._go_on(self._other, AT_SECOND, second, "counter-2")
        with step("kiosk: a ticket alone") as produced:
            produced.append(self._alone.take_ticket(AT_FIRST, "alone"))
        with step("acts wait") as produced:
            waiting = {code: state.unsent for code, state in self._deps.states().items()}
            if not all(waiting[code] for code in ("2", "3", "K")):
                raise TourStopped(f"nothing waits to be sent: {waiting}")
            produced += [f"{code}: {count}" for code, count in sorted(waiting.items())]

    def _heal(self) -> None:
        with self.summary.step("the lines are mended") as produced:
            self._deps.heal()
            self._all("in_step")
            produced.append("in step")

    def _agree(self) -> None:
        with self.summary.step("all agree") as produced:
            self._patiently(
                lambda: not self._deps.agreement().differences, "all machines agree", last=self._why
            )
            produced.append(self._hands.shoot(self._deps.first.counter, "healed-counter-3"))
            produced.append(self._hands.shoot(self._deps.first.display, "healed-display"))
            produced += [f"{code}: {place}" for code, (place, _) in self._deps.agreement().places.items()]

    def _why(self) -> str:
        return "; ".join(self._deps.agreement().differences)

    def _all(self, wanted: str) -> None:
        """Wait until every machine says so; `in_step` also that nothing waits to be sent."""

        def there() -> bool:
            states = self._deps.states().values()
            return all(_says(state, wanted) for state in states)

        self._patiently(there, f"every machine {wanted}", last=lambda: _told(self._deps.states()))

    def _patiently(self, holds: Callable[[], bool], what: str, last: Callable[[], str] = str) -> None:
        """For what another machine must do first."""
        for _ in range(round(LONG_SECONDS / PATIENCE_SECONDS)):
            try:
                self._hands.until(lambda: holds() or None, what)
                return
            except TourStopped:
                continue
        raise TourStopped(f"waited {LONG_SECONDS:.0f} s in vain: {what} {last()}")


def _says(state: CentreState, wanted: str) -> bool:
    return state.state == wanted and (wanted != "in_step" or not state.unsent)


def _told(states: Mapping[str, CentreState]) -> str:
    return ", ".join(f"{code}: {state.state} {state.unsent} {state.reason}" for code, state in states.items())


def _printed(deps: TourDeps, kind: PaperKind) -> JobRow | None:
    """The newest job of this kind, once it ended printed."""
    for job in deps.program.papers.job_list(""):
        if job.kind == kind.value:
            return job if job.state == PrintEnd.PRINTED.value else None
    return None
