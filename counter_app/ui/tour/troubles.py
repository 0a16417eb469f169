"""Printer and card reader fail between two citizens and come back, as somebody new meets it (M1, M4).

The printer is unplugged before a paper and stands with its cover open; the card reader's cable is pulled and
put back. What is on the screen then is kept as pictures. `bad_day.py` has what fails under a citizen's eyes.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from counter_app.peripherals import Kind
from counter_app.ui.theme.tokens import State
from counter_app.ui.tour.deps import TourDeps
from counter_app.ui.tour.failing import Failing
from counter_app.ui.tour.hands import Hands
from counter_app.ui.tour.summary import Summary

LATEST: Final = "1"
FIRST_REASON: Final = "1"


class Troubles:
    """Works the counter's window while its devices fail. `play` needs their simulators."""

    def __init__(self, deps: TourDeps, hands: Hands, summary: Summary) -> None:
        self._failing = Failing(deps, hands)
        self._hands = hands
        self._summary = summary
        self._window = deps.counter

    def play(self) -> None:
        for name, trouble in (
            ("printer unplugged before a receipt", self._unplugged_before),
            ("printer's cover open, seen on the page of the peripherals", self._cover_open),
            ("card reader unplugged", self._reader_unplugged),
        ):
            with self._summary.step(f"trouble: {name}") as produced:
                produced.extend(trouble())

    def _unplugged_before(self) -> list[str]:
        """For certain nothing is on paper: it comes out by itself when the printer is back."""
        failing = self._failing
        failing.order(Kind.PRINTER, "unplug")
        job = self._print_again()
        failing.ended(job, "failed")
        failing.foot(lambda foot: foot.printer.state is State.FAULT, "the printer is gone")
        pictures = [failing.shoot("printer-unplugged")]
        failing.order(Kind.PRINTER, "plug")
        row = failing.ended(job, "printed")
        pictures.append(failing.shoot("printer-plugged-in"))
        return [*pictures, f"{row.number} {row.state} by itself"]

    def _cover_open(self) -> list[str]:
        failing = self._failing
        failing.order(Kind.PRINTER, "fault cover-open")
        failing.foot(lambda foot: foot.printer.state is State.FAULT, "the cover is open")
        pictures = [failing.page("cover-open", broken=1)]
        failing.order(Kind.PRINTER, "mend")
        failing.foot(lambda foot: foot.printer.state is State.READY, "the printer is ready")
        return [*pictures, failing.shoot("cover-closed")]

    def _reader_unplugged(self) -> list[str]:
        failing = self._failing
        failing.order(Kind.ID_READER, "unplug")
        failing.foot(lambda foot: foot.reader.state is State.FAULT, "the reader is gone")
        pictures = [failing.shoot("reader-unplugged")]
        failing.order(Kind.ID_READER, "plug")
        failing.foot(lambda foot: foot.reader.state is State.READY, "the reader is back")
        return [*pictures, failing.shoot("reader-plugged-in")]

    def _print_again(self) -> str:
        """The latest paper of this counter once more, with its reason; gives the new job."""
        known = {row.job for row in self._failing.jobs()}
        self._hands.press(self._window, Qt.Key.Key_P, with_ctrl=True)
        self._failing.asked()
        self._hands.type(self._window, LATEST)
        self._failing.asked()
        self._hands.type(self._window, FIRST_REASON)
        return self._failing.fresh(known)
