"""The ledger in few lines: days that follow one another and read alike are one run (mission: T3).

Papers print runs, lists read them aloud; the strip in the window shows each day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from counter_app.domain.time.calendar import MAKE_UP, PROVISIONAL, WORKING
from counter_app.domain.time.ledger import DayEntry, DayState

_ALIKE = frozenset({WORKING, MAKE_UP, PROVISIONAL})


@dataclass(frozen=True, slots=True)
class Run:
    """Days from `first` to `last`, both included. `n` and `m` are the counted days they are, 0 when not."""

    first: date
    last: date
    state: DayState
    n: int
    m: int
    why: str
    basis: str = ""
    provisional: bool = False


def runs(ledger: Iterable[DayEntry]) -> tuple[Run, ...]:
    """Every day of the ledger, in order; days off are runs of their own."""
    found: list[Run] = []
    for entry in ledger:
        if found and _goes_on(found[-1], entry):
            found[-1] = replace(
                found[-1],
                last=entry.day,
                m=entry.n,
                provisional=found[-1].provisional or entry.provisional,
            )
        else:
            found.append(
                Run(
                    entry.day,
                    entry.day,
                    entry.state,
                    entry.n,
                    entry.n,
                    entry.why,
                    entry.basis,
                    entry.provisional,
                )
            )
    return tuple(found)


def _goes_on(run: Run, entry: DayEntry) -> bool:
    same = run.why == entry.why or {run.why, entry.why} <= _ALIKE
    return run.state == entry.state and same and run.basis == entry.basis
