"""A busy day against one hub: 10,000 tickets and 4,000 cases in 15 minutes, 20 full and 180 light counters.

Full counters keep stores, keepers and the whole use cases; light ones claim, are woken by every act and send
what they do. Tickets come from a kiosk and are seen on a display, both whole machines. All of it shares this
machine with the hub: its times are those of a hall whose every program runs on the same few cores. Only this
machine is spoken to, and every process ends by itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.hall_setup import DISPLAY, FULL, KIOSK, LIGHT, set_up
from bench.results import Result, figure, quantile
from counter_app.hub.tls import HubTls
from tests.support.hubs import PASSPHRASE, now
from tests.support.many_counters import sqlite_service

DAY_SECONDS: Final = 900.0
TICKETS: Final = 10_000
GAP: Final = DAY_SECONDS / TICKETS  # from one citizen to the next
SHORT_SECONDS: Final = 60.0
QUICK_SECONDS: Final = 5.0
FULL_EACH: Final = 5  # full counters in one process
LIGHT_EACH: Final = 60
LOOK_SECONDS: Final = 1.0
END_SECONDS: Final = 120.0  # so long after its time a process may still end by itself


def run(quick: bool) -> list[Result]:
    """The day's own pace for a minute; quick: a few seconds with a tenth of the counters."""
    if quick:
        return _day(QUICK_SECONDS, FULL[:2], LIGHT[:18])
    return _day(SHORT_SECONDS, FULL, LIGHT)


def run_long() -> list[Result]:
    """The whole day."""
    return _day(DAY_SECONDS, FULL, LIGHT)


@dataclass
class HubFigures:
    """What the hub's process took."""

    cpu: float
    seconds: float
    most_memory: int


def _day(seconds: float, full: Sequence[str], light: Sequence[str]) -> list[Result]:
    with tempfile.TemporaryDirectory(prefix="bench-hall-", ignore_cleanup_errors=True, dir=".") as path:
        folder = Path(path).absolute()
        service = sqlite_service(folder)
        set_up(service)
        service.close()
        tls = HubTls(folder / "tls", PASSPHRASE, ("localhost", "127.0.0.1"), now)
        (folder / "authority.pem").write_bytes(tls.authority_pem)
        with _hub(folder) as (hub, port):
            counters = len(full) + len(light)
            pace = GAP * (len(FULL) + len(LIGHT))
            kiosk_gap = pace / counters
            begin = _Crowd(folder, f"https://127.0.0.1:{port}", seconds)
            begin.send("display", [DISPLAY], pace)
            begin.send("kiosk", [KIOSK], kiosk_gap)
            for kind, codes, each in (("full", full, FULL_EACH), ("light", light, LIGHT_EACH)):
                for at in range(0, len(codes), each):
                    begin.send(kind, codes[at : at + each], pace)
            said, figures = begin.day(hub)
    return _told(said, figures, seconds)


class _Crowd:
    """The processes of the hall's machines."""

    def __init__(self, folder: Path, url: str, seconds: float) -> None:
        self._folder = folder
        self._url = url
        self._seconds = seconds
        self._running: list[subprocess.Popen[str]] = []

    def send(self, kind: str, codes: Sequence[str], pace: float) -> None:
        command = [sys.executable, "-m", "bench.hall_worker", str(self._folder), self._url]
        command += [str(self._folder / "authority.pem"), kind, ",".join(codes), str(self._seconds), str(pace)]
        self._running.append(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )

    def day(self, hub: subprocess.Popen[str]) -> tuple[list[str], HubFigures]:
        """All begin together; what they said when all have ended."""
        try:
            for process in self._running:
                if process.stdout is None or process.stdout.readline() != "ready\n":
                    raise RuntimeError("a machine did not get ready")
            before, began, most = _cpu(hub.pid), time.monotonic(), 0
            for process in self._running:
                if process.stdin is not None:
                    process.stdin.write("\n")
                    process.stdin.flush()
            while (spent := time.monotonic() - began) < self._seconds:
                time.sleep(min(LOOK_SECONDS, self._seconds - spent))
                most = max(most, _memory(hub.pid))
            figures = HubFigures(_cpu(hub.pid) - before, time.monotonic() - began, most)
            said = [process.communicate(timeout=END_SECONDS)[0] for process in self._running]
            return [line for text in said for line in text.splitlines()], figures
        finally:
            for process in self._running:
                process.kill()
                process.wait()


@contextmanager
def _hub(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "tests.faults.hub_worker", str(folder), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hub:
        try:
            said = hub.stdout.readline() if hub.stdout else ""
            yield hub, int(said.split()[-1])
        finally:
            hub.kill()


def _cpu(pid: int) -> float:
    """Seconds of processor time a process has had."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """Bytes it has in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _told(said: list[str], hub: HubFigures, seconds: float) -> list[Result]:
    words = [line.split() for line in said if line]
    counts = Counter(word[0] for word in words)
    shown = {word[1]: float(word[2]) for word in words if word[0] == "shown"}
    called = Counter(word[1] for word in words if word[0] == "called")
    refused = Counter(word[1] for word in words if word[0] == "refused")
    times = [
        (shown[word[1]] - float(word[2])) * 1000 for word in words if word[0] == "called" and word[1] in shown
    ]
    if not times:
        raise RuntimeError(f"nothing was called: {counts}")
    return [
        figure("a key pressed at a counter to the number on the display, p50", quantile(times, 0.5), "ms"),
        figure("a key pressed at a counter to the number on the display, p99", quantile(times, 0.99), "ms"),
        figure("tickets issued", counts["issued"], f"in {seconds:.0f} s"),
        figure("tickets called", counts["called"], f"in {seconds:.0f} s"),
        figure("tickets called and seen on the display", len(times), f"in {seconds:.0f} s"),
        figure("tickets called twice", sum(count > 1 for count in called.values()), "tickets"),
        figure("cases opened", counts["case"], f"in {seconds:.0f} s"),
        figure("questions without an answer in time", counts["away"], "questions"),
        *(figure(f"acts refused: {code}", count, "acts") for code, count in sorted(refused.items())),
        figure("the hub's processor time", hub.cpu / hub.seconds, "cores"),
        figure("the hub's memory", hub.most_memory / 2**20, "MB"),
    ]
