"""Spoilt input for parsers: the same each time, told by its number when one of them does not stand it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Parser:
    """`feed` may raise nothing but AssertionError, when what came out is not what may come."""

    name: str
    seeds: tuple[bytes, ...]
    feed: Callable[[bytes], None]

    def tried(self, count: int) -> None:
        """Seeds with accidents; each eighth is noise."""
        chance = random.Random(f"fuzz {self.name}")
        for at in range(count):
            data = spoilt(chance.choice(self.seeds), chance)
            if at % 8 == 0:
                data = chance.randbytes(chance.randrange(400))
            try:
                self.feed(data)
            except Exception as error:
                raise AssertionError(f"input {at}: {data!r}") from error


def spoilt(seed: bytes, chance: random.Random) -> bytes:
    """One to four accidents: bits flipped, bytes lost, doubled, put in, a beginning or an end cut off."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + chance.randint(1, 8)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 8)]
            case 3:
                data[at:at] = chance.randbytes(chance.randint(1, 4))
            case 4:
                del data[at:]
            case _:
                del data[:at]
    return bytes(data)
