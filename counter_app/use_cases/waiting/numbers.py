"""Which number the next ticket gets: this machine's own run, or blocks leased from the centre.

When the blocks are used up and the centre is away, the device's code is added (`A081-K1`): no number is ever
given twice in a hall, however many machines are cut off (design: numbers).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.domain.centre.numbering import NUMBERS, Numbers, number_at, numbers_id
from counter_app.domain.waiting.ticket import number_text
from counter_app.use_cases.papers.issuing import device_code
from counter_app.use_cases.ports.store import Outcome, Transaction
from counter_app.use_cases.sync.link import CentreLink

NextNumber = Callable[[Transaction, str, str], str]


class NumbersUsedUp(Exception):
    """The blocks of this letter and day are used up, or there never was one. Nothing was kept."""

    def __init__(self, letter: str, day: str) -> None:
        super().__init__(f"no numbers left for {letter} on {day}")
        self.letter = letter
        self.day = day


def own_number(tx: Transaction, letter: str, day: str) -> str:
    """Alone: 1, 2, 3 … of the letter and the day."""
    return number_text(letter, _run(tx, letter, day))


def block_number(tx: Transaction, letter: str, day: str) -> str:
    """The next of the leased numbers. Raises NumbersUsedUp."""
    number = number_at(_blocks(tx, letter, day), _run(tx, letter, day))
    if number is None:
        raise NumbersUsedUp(letter, day)
    return number_text(letter, number)


def block_or_device_number(tx: Transaction, letter: str, day: str) -> str:
    """The next of the leased numbers; past the last one with the device's code added."""
    blocks, k = _blocks(tx, letter, day), _run(tx, letter, day)
    number = number_at(blocks, k)
    if number is not None:
        return number_text(letter, number)
    last = blocks.ranges[-1][1] if blocks else 0
    beyond = k - (blocks.count if blocks else 0)
    return f"{number_text(letter, last + beyond)}-{device_code(tx.device)}"


def _run(tx: Transaction, letter: str, day: str) -> int:
    return tx.serial(f"ticket/{letter}/{day}")


def _blocks(tx: Transaction, letter: str, day: str) -> Numbers | None:
    return tx.get(NUMBERS, numbers_id(tx.device, letter, day))


@dataclass(frozen=True, slots=True)
class NumberBlocks:
    """Issues with leased numbers. The keeper leases more in good time (`use_cases/sync/supplies.py`); only
    the first of the day, or a rush, waits for the centre here."""

    link: CentreLink

    def issue(self, act: Callable[[NextNumber], Outcome]) -> Outcome:
        """`act` issues with the given way to a number: it is called again when there was none left."""
        try:
            return act(block_number)
        except NumbersUsedUp as used_up:
            self.link.numbers(used_up.letter, used_up.day)
            return act(block_or_device_number)
