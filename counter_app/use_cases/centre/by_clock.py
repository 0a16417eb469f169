"""What time alone makes true, written down by the centre (design §1): levels of lateness, lapsed suspensions,
dates that a new calendar moves, cases that silence has accepted. Each once, under the key `rule:case:…`.

Once a day, every hour where a limit is in hours, and whenever a calendar is published, all living cases are
gone through, a page at each sweep, so that nobody waits for it. Not here: the rules
(`domain/time/by_clock.py`, `domain/intake/deeming.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

import msgspec

from counter_app.domain.casework.clocks import recounted
from counter_app.domain.casework.task import TASKS
from counter_app.domain.intake.deeming import i7_is_deemed, i7_recounted
from counter_app.domain.intake.fold import CASES
from counter_app.domain.journal import Fact
from counter_app.domain.time.by_clock import due_facts
from counter_app.domain.time.calendar import CALENDAR_YEARS, WorkCalendar
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.use_cases.centre.beginning import Kinds, deem
from counter_app.use_cases.ports.centre_store import CentreTransaction

NOTE: Final = "by-clock"
PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Round:
    """How far today's round has come: first the clocks, then the cases, then the work under way. `hours`: a
    clock counts by the hour, so it is gone round again every `hour`."""

    day: str = ""
    calendar: str = ""
    kind: str = CLOCKS.kind
    after: str = ""
    done: bool = False
    hour: int = 0
    hours: bool = False


_rounds: Final = msgspec.json.Decoder(Round)


def step(tx: CentreTransaction, kinds: Kinds) -> bool:
    """A page of the round, if one is under way. True when a fact was written."""
    body = tx.note(NOTE)
    known = _rounds.decode(body) if body else Round()
    years = tx.published(CALENDAR_YEARS)
    stamp = sha256(b"".join(CALENDAR_YEARS.encode(row) for row in years.values())).hexdigest()[:16]
    day = tx.now.date().isoformat()
    again = known.done and known.hours and known.hour != tx.now.hour
    if (known.day, known.calendar) != (day, stamp) or again:
        known = Round(day, stamp, hour=tx.now.hour)
    elif known.done:
        return False
    calendar = WorkCalendar(years)
    if known.kind == CLOCKS.kind:
        page = tx.living(CLOCKS, known.after, PAGE)
        written = _clocks(tx, calendar, page)
        known = replace(known, hours=known.hours or any(_by_the_hour(clock) for _, clock in page))
        full = len(page) == PAGE
        then = replace(known, after=page[-1][0]) if full else replace(known, kind=CASES.kind, after="")
    elif known.kind == CASES.kind:
        written, last, full = _cases(tx, kinds, calendar, known.after)
        then = replace(known, after=last) if full else replace(known, kind=TASKS.kind, after="")
    else:
        written, last, full = _work(tx, calendar, known.after)
        then = replace(known, after=last, done=not full)
    tx.keep_note(NOTE, msgspec.json.encode(then))
    return bool(written)


def _clocks(tx: CentreTransaction, calendar: WorkCalendar, page: Sequence[tuple[str, Clock]]) -> int:
    return sum(_write(tx, key, fact) for _, clock in page for key, fact in due_facts(clock, calendar, tx.now))


def _by_the_hour(clock: Clock) -> bool:
    limit = clock.limit("promised")
    return clock.running and limit is not None and limit.unit == "hours"


def _cases(tx: CentreTransaction, kinds: Kinds, calendar: WorkCalendar, after: str) -> tuple[int, str, bool]:
    page, today = tx.living(CASES, after, PAGE), tx.now.date()
    written = 0
    for _, case in page:
        if i7_is_deemed(case, today):
            written += deem(tx, kinds, case)
        elif (fact := i7_recounted(case, calendar, today)) is not None:
            written += _write(tx, f"answer:{case.id}:{case.decide_by}:{fact.decide_by}:{today}", fact)
    return written, page[-1][0] if page else after, len(page) == PAGE


def _work(tx: CentreTransaction, calendar: WorkCalendar, after: str) -> tuple[int, str, bool]:
    page, today = tx.living(TASKS, after, PAGE), tx.now.date()
    written = 0
    for _, task in page:
        fact = recounted(task, calendar)
        if fact is not None:
            written += _write(tx, f"work:{task.id}:{task.due}:{fact.due}:{today}", fact)
    return written, page[-1][0] if page else after, len(page) == PAGE


def _write(tx: CentreTransaction, key: str, fact: Fact) -> int:
    """Once under its key."""
    if tx.of_key(tx.centre, key):
        return 0
    tx.record(fact, key=key)
    return 1
