"""Several processes on one home: nothing is lost and nobody is called twice (mission: Q4, X1)."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

from tests.integration.cli.conftest import Commands

ITEMS: Final = ("0603", "1101", "0603", "1101", "0603", "0603")
SCRIPT: Final = """
import sys
from counter_app.bootstrap.machine import ThisMachine
from counter_app.cli.main import run

home, counter, *items = sys.argv[1:]
sys.stdin.readline()
for item in items:
    assert run(["ticket", "issue", "--item", item, "--home", home, "--json"], ThisMachine()) == 0
while run(["ticket", "call", "--counter", counter, "--home", home, "--json"], ThisMachine()) == 0:
    for verb in ("start", "finish"):
        assert run(["ticket", verb, "--counter", counter, "--home", home, "--json"], ThisMachine()) == 0
"""
COUNTERS: Final = ("1", "2", "3", "6")


def _answers(text: str) -> list[dict[str, object]]:
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text.rstrip()):
        answer, at = decoder.raw_decode(text, at)
        at += 1  # the line's end
        found += [answer] if answer else []
    return found


def test_four_processes_share_a_home(app: Commands) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(app.home), counter, *ITEMS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for counter in COUNTERS
    ]
    outcomes = [worker.communicate("go\n", timeout=90) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(COUNTERS), [error for _, error in outcomes]
    answers = [answer for out, _ in outcomes for answer in _answers(out)]
    issued = [answer["number"] for answer in answers if "ahead" in answer]
    called = [answer["number"] for answer in answers if answer.get("state") == "called"]
    assert len(issued) == len(set(issued)) == len(ITEMS) * len(COUNTERS)
    assert len(called) == len(set(called))
    # whoever was issued after the last counter for him had found nobody still waits
    left = app.json("ticket", "list")["waiting_total"]
    assert len(called) + left == len(issued)
    assert app("store", "check").code == 0
