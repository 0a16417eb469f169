"""What a story of the tour is given: a hall of its own, on a day of its own, with two windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_app.ui.counter.window import CounterWindow
from counter_app.ui.desk.window import DeskWindow
from counter_app.ui.tour.deps import Tray
from counter_app.use_cases.program import Program


@dataclass(frozen=True)
class StoryDeps:
    """`go_to` moves the clock of the whole hall; `sheet` gives the pages of an issued paper as PNG, whose
    pictures go to `folder`."""

    program: Program
    counter: CounterWindow
    desk: DeskWindow
    counter_tray: Tray
    go_to: Callable[[datetime], None]
    sheet: Callable[[str], tuple[bytes, ...]]
    folder: Path
