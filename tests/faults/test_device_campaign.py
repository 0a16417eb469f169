"""Each kind of device unplugged, silenced, garbled and restarted at every byte of its dialogue (M1–M4).

One campaign for all: bytes are counted both ways, and the trouble comes after so many of them. Whatever
happens, no work ends in anything but a known way, nothing is lost, doubled or taken for somebody else's, and
the device is back by itself. A seeded sample; all positions by `./test --long`
(COUNTER_APP_EVERY=7: every seventh).
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Final

import pytest

from counter_app.simulators.trouble import KINDS as TROUBLES
from tests.conftest import LONG
from tests.support.devices_at_work import DEVICES, AtWork, PrinterAtWork
from tests.support.queue_at_work import QueueAtWork

SAMPLES: Final = 4
AFTER: Final = 4  # bytes of what follows the dialogue
EVERY: Final = int(os.environ.get("COUNTER_APP_EVERY", "1"))


def positions(name: str, size: int) -> list[int]:
    everywhere = range(size + AFTER)
    if LONG:
        return list(everywhere[::EVERY])
    return sorted({0, size - 1, *random.Random(name).sample(everywhere, SAMPLES - 2)})


def size_of(device: AtWork) -> int:
    """Bytes that its work has when all goes well."""
    device.running.run("trouble none")
    device.work()
    while not (size := int(device.running.run("passed")[0])):  # it arrives later where much else runs
        time.sleep(0.05)
    device.well()
    return size


@pytest.mark.timeout(14400 if LONG else 120)
@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("name", DEVICES)
def test_trouble_at_any_byte(name: str, trouble: str, tmp_path: Path) -> None:
    with DEVICES[name](tmp_path) as device:
        for at in positions(f"{name} {trouble}", size_of(device)):
            if isinstance(device, PrinterAtWork | QueueAtWork):
                device.spoilt = trouble == "garble"
            try:
                device.running.run(f"trouble {trouble}:{at}")
                device.work()
                device.running.run("trouble none")
                device.running.run("plug")
                device.well()
            except AssertionError as error:
                raise AssertionError(f"{name}: {trouble}:{at}") from error
