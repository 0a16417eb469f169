"""How soon a window is there: against a bare PySide6 window, whole processes, interleaved.

The counter is started as a user starts it, offscreen; it tells the moments on standard error when
`COUNTER_APP_MOMENTS` is set: `shown` when the first frame is painted, `ready` when the log-in takes keys,
`opened` when the whole program stands behind it and checks them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from typing import Final

from bench.homes import demo_program
from bench.results import Result, at_most, figure, median

SHOWN_BAR: Final = 1.5
READY_BAR: Final = 5.0
LIMIT_SECONDS: Final = 60.0

BARE: Final = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.show()
app.processEvents()
print("shown", file=sys.stderr, flush=True)
"""


def run(quick: bool) -> list[Result]:
    """Ten interleaved pairs (three when quick); medians in milliseconds."""
    bare: list[float] = []
    shown: list[float] = []
    ready: list[float] = []
    opened: list[float] = []
    with demo_program() as program:
        home = str(program.home.path)
        for _ in range(3 if quick else 10):
            bare.append(_moments([sys.executable, "-c", BARE], ("shown",))["shown"])
            words = [sys.executable, "-m", "counter_app", "counter", "--counter", "3", "--home", home]
            moments = _moments(words, ("shown", "ready", "opened"))
            shown.append(moments["shown"])
            ready.append(moments["ready"])
            opened.append(moments["opened"])
    base = median(bare)
    return [
        figure("a bare window shown", base, "ms"),
        at_most("the counter's window shown", median(shown), "ms", SHOWN_BAR * base),
        at_most("the log-in takes keys", median(ready), "ms", READY_BAR * base),
        figure("badge and PIN can be checked, the program is there", median(opened), "ms"),
    ]


def _moments(command: list[str], wanted: tuple[str, ...]) -> dict[str, float]:
    """Start `command`, note when it tells each moment, then end it.

    TimeoutError when a moment does not come: a shell that shows an error stands for ever.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "COUNTER_APP_MOMENTS": "1"}
    start = time.perf_counter()
    found: dict[str, float] = {}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        limit = threading.Timer(LIMIT_SECONDS, process.kill)
        limit.start()
        for line in process.stderr:
            if line.strip() in wanted:
                found[line.strip()] = (time.perf_counter() - start) * 1000
            if len(found) == len(wanted):
                break
        limit.cancel()
        process.terminate()
        process.stderr.close()
    if len(found) < len(wanted):
        raise TimeoutError(f"{command[2]} told only {sorted(found)} of {wanted}")
    return found
