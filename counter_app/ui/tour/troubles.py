"""Each simulated device fails once under the clerk's hands and comes back, as somebody new meets it (M1, M4).

The printer runs out of paper in the middle of a receipt, is unplugged before one, stands with its cover open;
the card reader's cable is pulled and put back. What is on the screen then is kept as pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt

from counter_app.ui.counter.shown import FootShown
from counter_app.ui.theme.tokens import State
from counter_app.ui.tour.deps import TourDeps
from counter_app.ui.tour.hands import Hands
from counter_app.ui.tour.summary import Summary
from counter_app.use_cases.papers.papers import JobRow

LINES_LEFT: Final = 6  # of the roll when the receipt begins
LATEST: Final = "1"
FIRST_REASON: Final = "1"


class Troubles:
    """Works the counter's window while its devices fail. `play` needs their simulators."""

    def __init__(self, deps: TourDeps, hands: Hands, summary: Summary) -> None:
        self._deps = deps
        self._hands = hands
        self._summary = summary
        self._window = deps.counter

    def play(self) -> None:
        for name, trouble in (
            ("out of paper in the middle of a receipt", self._out_of_paper),
            ("printer unplugged before a receipt", self._unplugged_before),
            ("printer's cover open, seen on the page of the peripherals", self._cover_open),
            ("card reader unplugged", self._reader_unplugged),
        ):
            with self._summary.step(f"trouble: {name}") as produced:
                produced.extend(trouble())

    def _out_of_paper(self) -> list[str]:
        """Half a receipt hangs out; a new roll; the same job again by one key, and it says 补打."""
        before = len(self._deps.printed())
        self._deps.order_printer(f"fault paper-out:{LINES_LEFT}")
        job = self._print_again()
        self._ended(job, "failed")
        self._foot(lambda foot: foot.printer.state is State.FAULT, "the foot says that the paper is out")
        pictures = [self._hands.shoot(self._window, "trouble-out-of-paper")]
        self._deps.order_printer("mend")
        self._foot(lambda foot: "缺纸" not in foot.printer.word, "the foot knows of the new roll")
        pictures.append(self._hands.shoot(self._window, "trouble-new-roll"))
        self._hands.press_with_alt(self._window, Qt.Key.Key_Return)
        row = self._ended(job, "printed")
        pictures.append(self._hands.shoot(self._window, "trouble-printed-after-all"))
        first, *_, last = self._deps.printed()[before:]
        for name, paper in (("first", first), ("last", last)):
            paper.save_picture(self._deps.folder / "paper" / f"trouble-{name}.png")
        return [*pictures, f"{row.number} {row.state}, print {row.count}"]

    def _unplugged_before(self) -> list[str]:
        """For certain nothing is on paper: it comes out by itself when the printer is back."""
        self._deps.order_printer("unplug")
        job = self._print_again()
        self._ended(job, "failed")
        pictures = [self._hands.shoot(self._window, "trouble-printer-unplugged")]
        self._deps.order_printer("plug")
        row = self._ended(job, "printed")
        pictures.append(self._hands.shoot(self._window, "trouble-printer-plugged-in"))
        return [*pictures, f"{row.number} {row.state} by itself"]

    def _cover_open(self) -> list[str]:
        self._deps.order_printer("fault cover-open")
        self._foot(lambda foot: foot.printer.state is State.FAULT, "the foot says that the cover is open")
        pictures = [self._page("trouble-cover-open")]
        self._deps.order_printer("mend")
        self._foot(lambda foot: foot.printer.state is State.READY, "the printer is ready")
        return [*pictures, self._page("trouble-cover-closed")]

    def _reader_unplugged(self) -> list[str]:
        self._deps.order_reader("unplug")
        self._foot(lambda foot: foot.reader.state is State.FAULT, "the foot says that the reader is gone")
        pictures = [self._hands.shoot(self._window, "trouble-reader-unplugged")]
        self._deps.order_reader("plug")
        self._foot(lambda foot: foot.reader.state is State.READY, "the reader is back")
        return [*pictures, self._hands.shoot(self._window, "trouble-reader-plugged-in")]

    def _print_again(self) -> str:
        """The latest paper of this counter once more, with its reason; gives the new job."""
        known = {row.job for row in self._jobs()}
        self._hands.press(self._window, Qt.Key.Key_P, with_ctrl=True)
        self._asked()
        self._hands.type(self._window, LATEST)
        self._asked()
        self._hands.type(self._window, FIRST_REASON)

        def fresh() -> str | None:
            return next((row.job for row in self._jobs() if row.job not in known), None)

        return self._hands.until(fresh, "a new print job")

    def _page(self, name: str) -> str:
        self._hands.press(self._window, Qt.Key.Key_M, with_ctrl=True)
        self._hands.type(self._window, "m")
        page = self._window.panels.peripherals
        self._hands.until(lambda: page.isVisible() or None, "the page of the peripherals")
        picture = self._hands.shoot(self._window, name)
        self._hands.press(self._window, Qt.Key.Key_Escape)
        return picture

    def _asked(self) -> None:
        self._hands.until(lambda: not self._window.busy or None, "the window at rest")
        self._hands.until(lambda: self._window.panels.chooser.isVisible() or None, "a question")

    def _jobs(self) -> tuple[JobRow, ...]:
        return self._deps.program.papers.job_list(self._window.desk.deps.counter)

    def _ended(self, job: str, state: str) -> JobRow:
        def found() -> JobRow | None:
            return next((row for row in self._jobs() if row.job == job and row.state == state), None)

        return self._hands.until(found, f"the job {job} {state}")

    def _foot(self, holds: Callable[[FootShown], bool], what: str) -> None:
        self._hands.until(lambda: holds(self._window.foot.shown) or None, what)
