"""Power cuts, a full disk and disks that only pretend: what was acknowledged stays, nothing is doubled."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import LONG
from tests.support.stores import open_jars

ROUNDS = 25 if LONG else 3


def writer(folder: Path, name: str, count: int, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.jar_writer", str(folder), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def keys_kept(folder: Path) -> list[str]:
    store = open_jars(folder)
    report = store.check()
    assert report.sound, report.broken
    with store.reading() as reader:
        seq, _ = reader.head()
        keys = [event.key for n in range(1, seq + 1) if (event := reader.event(f"3.1.{n}"))]
    store.close()
    assert len(keys) == seq
    return keys


def test_kill_at_random_moments_loses_nothing_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    told: list[str] = []
    for round_ in range(ROUNDS):
        writers = [writer(tmp_path, f"r{round_}w{n}", 100_000) for n in range(2)]
        time.sleep(0.8 + chance.random() * 0.6)
        for process in writers:
            process.kill()
            told += process.communicate()[0].split()
    kept = keys_kept(tmp_path)
    assert len(told) > ROUNDS * 10
    assert set(told) <= set(kept)
    assert len(kept) == len(set(kept))


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set on Windows")
def test_a_full_disk_is_told_and_costs_nothing_kept(tmp_path: Path) -> None:
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000));"
        "from pathlib import Path; from tests.faults.jar_writer import main;"
        f"sys.exit(main(Path({str(tmp_path)!r}), 'full', 1000))"
    )
    done = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True, check=False)
    *told, last = done.stdout.split()
    assert (done.returncode, last) == (3, "store.full")
    assert told
    kept = keys_kept(tmp_path)
    assert set(told) <= set(kept)
    after = writer(tmp_path, "after", 3)
    assert after.communicate()[0].split() == ["after-0", "after-1", "after-2"]


@pytest.mark.skipif(not shutil.which("cc") or sys.platform != "linux", reason="needs a C compiler on Linux")
def test_every_act_reaches_the_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    shim, count = tmp_path / "shim.so", tmp_path / "count"
    source = Path(__file__).with_name("fsync_counter.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    done = writer(tmp_path, "sync", 50, LD_PRELOAD=str(shim), FSYNC_COUNT=str(count))
    told = done.communicate()[0].split()
    assert len(told) == 50
    assert int(count.read_text()) >= 51
