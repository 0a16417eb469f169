"""One process with several counters at work until it is killed.

`python -m tests.faults.counters_worker FOLDER SEED DEVICES postgres URL PASSWORD` or
`… hub URL CERTIFICATE`. What a person was told goes to stdout, a line each: `told DEVICE KEY`.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from counter_app.use_cases.ports.centre import Centre
from tests.simulation.machine import Machine
from tests.simulation.people import People
from tests.support.many_counters import Hub, machine, postgres_service

TURN_SECONDS = 0.02
printing = threading.Lock()


def lines(mode: str, *words: str) -> Callable[[str], Centre]:
    """How this process's counters reach the centre."""
    if mode == "postgres":
        return postgres_service(*words).line
    url, certificate = words
    return Hub(url, Path(certificate).read_bytes()).line


def at_work(counter: Machine, chance: Random) -> None:
    """People at one counter, and its keeper, by turns."""
    people = People(chance, lambda text: None, f"{os.getpid()}-{counter.code}-{chance.random()}")
    counter.open()
    told = 0
    while True:
        if chance.random() < 0.35:
            people.issue_at(counter)
        else:
            people.act_on(counter)
        if chance.random() < 0.6:
            counter.sync()
        with printing:
            for entry in people.told[told:]:
                sys.stdout.write(f"told {counter.code} {entry.key}\n")
            sys.stdout.flush()
        told = len(people.told)
        time.sleep(TURN_SECONDS * chance.random())


def end_of_all(failed: threading.ExceptHookArgs) -> None:
    """Whatever a counter raises ends the process, and says so: nothing may be overlooked."""
    sys.__excepthook__(failed.exc_type, failed.exc_value or failed.exc_type(), failed.exc_traceback)
    sys.stderr.flush()
    os._exit(3)


def main(folder: Path, seed: str, devices: str, mode: str, *words: str) -> None:
    logging.basicConfig(level=logging.ERROR)
    threading.excepthook = end_of_all
    line_of = lines(mode, *words)
    threads = []
    for device in devices.split(","):
        chance = Random(f"{seed}/{device}")
        counter = machine(device, folder, line_of(device), lambda chance=chance: chance)  # type: ignore[misc]  # bound early
        threads.append(threading.Thread(target=at_work, args=(counter, chance)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
