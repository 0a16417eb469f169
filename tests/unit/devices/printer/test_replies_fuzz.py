"""Noise on a printer's line: replies are found whatever the pieces, and noise never says *printed*.

`COUNTER_APP_FUZZ=10000000` for the long run.
"""

from __future__ import annotations

import os
import random
from typing import Final

import pytest

from counter_app.devices.printer.replies import ProcessDone, ReplyReader

FUZZ: Final = int(os.environ.get("COUNTER_APP_FUZZ", "20000"))
MARK: Final = b"\x21\x22\x23\x24"
pytestmark = pytest.mark.timeout(3600 if FUZZ > 100_000 else 120)
ALPHABET: Final = bytes((0x12, 0x10, 0x37, 0x22, 0x25, 0x00, 0x0F, 0x5F, 0x93, 0xFF, *MARK))


def test_noise_in_any_pieces_is_read_the_same_and_proves_nothing() -> None:
    chance = random.Random(20261128)
    for _ in range(FUZZ):
        noise = bytes(chance.choices(ALPHABET, k=chance.randint(1, 12)))
        cut = chance.randint(0, len(noise))
        reader = ReplyReader()
        whole = ReplyReader().feed(noise)
        assert reader.feed(noise[:cut]) + reader.feed(noise[cut:]) == whole
        if ProcessDone(MARK) in whole:
            assert b"\x37\x22" + MARK + b"\x00" in noise


def test_a_proof_behind_noise_that_has_ended_is_found() -> None:
    chance = random.Random(318)
    for _ in range(FUZZ // 10):
        noise = bytes(chance.choices(bytes((0xFF, 0x90, 0x80, 0xB3)), k=chance.randint(0, 9)))
        replies = ReplyReader().feed(noise + b"\x37\x22" + MARK + b"\x00")
        assert replies[-1] == ProcessDone(MARK)
