"""Leasing blocks of ticket numbers (design: numbers). Not here: how a device uses them."""

from __future__ import annotations

from datetime import date, timedelta

from counter_app.domain.centre.facts import NumbersLeased
from counter_app.domain.centre.granting import ISSUERS
from counter_app.domain.centre.numbering import BLOCK, MOST_BLOCKS
from counter_app.domain.waiting.ticket import number_text
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.conflicts import ticket_number_note
from counter_app.use_cases.centre.plans import PublishedPlans, need_role
from counter_app.use_cases.ports.centre_store import CentreTransaction, DeviceRow

DAYS_AHEAD = 1


def lease_numbers(tx: CentreTransaction, device: DeviceRow, letter: str, day: str) -> int:
    """Give this device the next twenty numbers of a line's letter and a day (ISO); the hall's place of it.

    Numbers that were given out before the hall had a centre are left out. UserFacingError `device.role`,
    `line.unknown`, `numbers.other-day`, `numbers.too-many`.
    """
    need_role(device, ISSUERS)
    _need_letter(tx, letter)
    _need_near(tx, day)
    next_note, count_note = f"numbers/{day}/{letter}", f"numbers-of/{day}/{letter}/{device.device}"
    blocks = int(tx.note(count_note) or 0)
    if blocks >= MOST_BLOCKS:
        raise UserFacingError(
            "numbers.too-many",
            "The machine {device} has had all its numbers of line {line} for {day}.",
            kept="Numbers given out stay valid.",
            remedy="Give tickets at another machine, and call whoever looks after the machines.",
            device=device.name or device.device,
            line=letter,
            day=day,
        )
    first = _first_free(tx, letter, day, int(tx.note(next_note) or 1))
    tx.keep_note(next_note, str(first + BLOCK).encode())
    tx.keep_note(count_note, str(blocks + 1).encode())
    fact = NumbersLeased(
        for_device=device.device, letter=letter, day=day, first=first, last=first + BLOCK - 1
    )
    return tx.record(fact).hall_seq or tx.head().hall_seq


def _first_free(tx: CentreTransaction, letter: str, day: str, first: int) -> int:
    """The first block from `first` on of which no number is taken."""
    while any(
        tx.note(ticket_number_note(day, number_text(letter, serial)))
        for serial in range(first, first + BLOCK)
    ):
        first += BLOCK
    return first


def _need_letter(tx: CentreTransaction, letter: str) -> None:
    letters = [line.letter for line in PublishedPlans().plan(tx).lines]
    if letter not in letters:
        raise UserFacingError(
            "line.unknown",
            "There is no waiting line {line} here.",
            remedy="Choose one of: {lines}.",
            line=letter,
            lines=", ".join(letters),
        )


def _need_near(tx: CentreTransaction, day: str) -> None:
    """Today or tomorrow by the centre's clock; yesterday too, for a machine whose clock is behind."""
    today = tx.now.date()
    near = [(today + timedelta(days=step)).isoformat() for step in range(-1, DAYS_AHEAD + 1)]
    if day not in near:
        raise UserFacingError(
            "numbers.other-day",
            "Numbers are given out for today only; this machine asks for {day}.",
            remedy="Set the machine's clock: the centre has {today}.",
            day=day,
            today=date.isoformat(today),
        )
