"""Sixteen callers in four processes on one store: every ticket is called once, none is left (mission: Q4)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from counter_app.clock import SystemClock
from counter_app.use_cases.waiting.requests import IssueTicket
from counter_app.use_cases.waiting.waiting import Waiting
from tests.integration.waiting.callers import many_counters
from tests.integration.waiting.conftest import KIOSK
from tests.support.hall import FixedReference
from tests.support.stores import open_store

TICKETS = 200
ROOT = Path(__file__).resolve().parents[3]


def test_no_ticket_is_called_twice_and_none_is_left(tmp_path: Path) -> None:
    store = open_store(tmp_path, SystemClock())
    waiting = Waiting(store, FixedReference(many_counters()))
    issued = {
        waiting.issue_ticket(KIOSK, f"issue-{n}", IssueTicket(items=("B1",))).ticket for n in range(TICKETS)
    }
    command = [sys.executable, "-m", "tests.integration.waiting.callers", str(tmp_path)]
    callers = [
        subprocess.Popen([*command, str(process)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for process in range(4)
    ]
    called: list[str] = []
    busy = 0
    for caller in callers:
        output, _ = caller.communicate(timeout=90)
        assert caller.returncode == 0
        called += output.split()
        busy += bool(output.split())
    assert busy > 1  # or nothing was tried at once
    assert len(called) == len(set(called)) == TICKETS
    assert set(called) == issued
    with store.reading() as reader:
        assert reader.waiting.open_tickets(10) == ()
    store.close()
