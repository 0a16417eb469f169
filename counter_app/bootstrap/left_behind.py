"""Who works at a sheet or card just now, and the keeper's duty with what dead processes left in queues."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from counter_app.bootstrap.parts import queue_owner
from counter_app.home import Home
from counter_app.keeper.loop import Duty
from counter_app.locks import DutyLock, is_free
from counter_app.peripherals import Kind, Peripheral
from counter_app.use_cases.papers.on_their_way import LeftBehind, OnItsWay, Removing
from counter_app.use_cases.program import Program

EVERY_SECONDS: Final = 5.0


@contextmanager
def at_work(home: Home) -> Iterator[str]:
    """A lock for one order, by its name: it goes with the process, however that ends."""
    name = f"sheet-{uuid.uuid4().hex}"
    lock = DutyLock(home.locks, name)
    lock.take()
    try:
        yield name
    finally:
        lock.release()
        _forget(home, name)


def left_behind(program: Program) -> Duty:
    home = program.home

    def dead(name: str) -> bool:
        if not is_free(home.locks, name):
            return False
        _forget(home, name)
        return True

    @contextmanager
    def opened(one: OnItsWay) -> Iterator[Removing]:
        from counter_app.devices.queue.cards import open_card_printer
        from counter_app.devices.queue.sheets import open_sheet_printer

        own = queue_owner(home)
        is_sheet = one.kind == "sheet"
        card_printer = Peripheral(Kind.CARD_PRINTER, "", one.url)
        printer = open_sheet_printer(one.url, own) if is_sheet else open_card_printer(card_printer, own)
        try:
            yield printer
        finally:
            printer.close()

    return Duty("sheets", LeftBehind(program.store, program.cards, dead, opened).step, every=EVERY_SECONDS)


def _forget(home: Home, name: str) -> None:
    """No order bears the name again."""
    (home.locks / f"{name}.lock").unlink(missing_ok=True)
