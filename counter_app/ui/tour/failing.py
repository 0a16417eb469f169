"""What the parts of the tour share in which devices fail: orders to simulators, the foot, jobs, the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from counter_app.peripherals import Kind
from counter_app.ui.counter.shown import FootShown
from counter_app.ui.theme.tokens import State
from counter_app.ui.tour.deps import TourDeps
from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.use_cases.papers.papers import JobRow


class Failing:
    """Works the counter's window while its devices fail; needs their simulators."""

    def __init__(self, deps: TourDeps, hands: Hands) -> None:
        self.deps = deps
        self.hands = hands
        self.window = deps.counter

    def order(self, kind: Kind, line: str) -> str:
        """Tell a simulator, which lives in this process; its answer's first line."""
        with self.hands.aside():
            answer = self.deps.orders[kind](line)
        if answer[-1] != "ok":
            raise TourStopped(f"the simulated {kind.value} on “{line}”: {answer[-1]}")
        return answer[0]

    def shoot(self, name: str) -> str:
        return self.hands.shoot(self.window, f"trouble-{name}")

    def foot(self, holds: Callable[[FootShown], bool], what: str) -> None:
        self.hands.until(lambda: holds(self.window.foot.shown) or None, f"the foot says that {what}")

    def beside(self, name: str) -> None:
        """Wait until the foot names what failed."""
        self.foot(lambda foot: foot.beside is not None and name in foot.beside.word, f"{name} failed")

    def all_beside(self) -> None:
        self.foot(lambda foot: foot.beside is None, "nothing beside needs anybody")

    def asked(self) -> None:
        self.at_rest()
        self.hands.until(lambda: self.window.panels.chooser.isVisible() or None, "a question")

    def at_rest(self) -> None:
        self.hands.look()
        self.hands.until(lambda: not self.window.busy or None, "the window at rest")

    def jobs(self) -> tuple[JobRow, ...]:
        return self.deps.program.papers.job_list(self.window.desk.deps.counter)

    def fresh(self, known: set[str]) -> str:
        """The job that was not there before."""

        def found() -> str | None:
            return next((row.job for row in self.jobs() if row.job not in known), None)

        return self.hands.until(found, "a new print job")

    def ended(self, job: str, state: str) -> JobRow:
        def found() -> JobRow | None:
            return next((row for row in self.jobs() if row.job == job and row.state == state), None)

        return self.hands.until(found, f"the job {job} {state}")

    def page(self, name: str, *, broken: int) -> str:
        """The page of the peripherals, once all were asked and so many need somebody."""
        self.hands.press(self.window, Qt.Key.Key_M, with_ctrl=True)
        self.hands.type(self.window, "m")
        page = self.window.panels.peripherals

        def shown() -> bool | None:
            rows = page.peripherals.rows
            faults = sum(row.state is State.FAULT for row in rows)
            return (page.isVisible() and bool(rows) and faults == broken) or None

        self.hands.until(shown, f"the page with {broken} in trouble")
        self.at_rest()
        picture = self.shoot(name)
        self.hands.press(self.window, Qt.Key.Key_Escape)
        return picture
