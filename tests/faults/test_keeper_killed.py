"""The keeper killed while a window is open: another takes its place, or papers would wait unseen."""

from __future__ import annotations

import subprocess
from pathlib import Path

from counter_app.keeper.watch import KeeperWatch
from counter_app.locks import is_free, presence
from tests.support.demo import copied, until

EVERY = 3.0  # longer than a keeper takes to start, so that one is started at a time


def test_a_killed_keeper_is_replaced_while_somebody_is_present(training_home: Path, tmp_path: Path) -> None:
    home = copied(training_home, tmp_path)
    present = presence(home.locks)
    assert present.take(shared=True)
    keepers: list[subprocess.Popen[bytes]] = []
    try:
        with KeeperWatch(home, every=EVERY) as watch:
            first = watch.started
            assert first is not None
            keepers.append(first)
            until(lambda: not is_free(home.locks, "keeper"), "a keeper")
            first.kill()
            first.wait()
            until(lambda: watch.started is not first, "another keeper started")
            assert watch.started is not None
            keepers.append(watch.started)
            until(lambda: not is_free(home.locks, "keeper"), "another keeper at work")
    finally:
        present.release()
        for keeper in keepers:
            keeper.terminate()
            keeper.wait(20)
