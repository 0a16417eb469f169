"""The day's close at the centre: totals counted as events come, a root and every chain's end, signed.

People print it and keep it: whoever rewrote the order afterwards would need their paper too (design: day
close). Acts that arrive late for a day already closed are counted when it is closed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import msgspec

from counter_app.domain.centre.facts import DayTotalled
from counter_app.domain.centre.totals import signed_bytes
from counter_app.domain.journal import Recorded
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre import conflicts
from counter_app.use_cases.ports.centre_store import CentreReader, CentreTransaction

NUMBERS_KEPT: Final = 31  # days
LONGEST_HOLIDAYS: Final = 15
Sign = Callable[[bytes], bytes]
_counts: Final = msgspec.json.Decoder(dict[str, int])


def count(tx: CentreTransaction, recorded: Sequence[Recorded]) -> None:
    """Add a batch to the totals of its days (the wall day of each event). Call it once for each batch.

    The centre's own events are not counted: totals are of what people did.
    """
    days: dict[str, Counter[str]] = {}
    for event in recorded:
        days.setdefault(event.at.date().isoformat(), Counter())[event.type] += 1
    for day, more in days.items():
        more.update(totals_of(tx, day))
        tx.keep_note(_note(day), msgspec.json.encode(dict(more)))


def totals_of(reader: CentreReader, day: str) -> Mapping[str, int]:
    """How many events of each type the centre has of this day (ISO)."""
    body = reader.note(_note(day))
    return _counts.decode(body) if body else {}


def close_day(tx: CentreTransaction, sign: Sign, key: str, day: str, staff: str) -> int:
    """Total and sign the day; the hall's place of the `DayTotalled`. The same key closes once.

    UserFacingError `day.not-a-day`, `day.not-yet`.
    """
    _need_past(tx, day)
    key = f"close-day:{key}"
    known = tx.of_key(tx.centre, key)
    if known:
        return known[0].hall_seq or tx.head().hall_seq
    _forget_old_numbers(tx)
    head = tx.head()
    total = DayTotalled(
        day=day,
        hall_seq=head.hall_seq,
        root=head.root,
        chains={f"{end.device}.{end.epoch}": f"{end.seq}:{end.hash}" for end in tx.chains()},
        totals=dict(totals_of(tx, day)),
        signature="",
    )
    signed = replace(total, signature=sign(signed_bytes(total)).hex())
    return tx.record(signed, key=key, staff=staff).hall_seq or tx.head().hall_seq


def _forget_old_numbers(tx: CentreTransaction) -> None:
    """A ticket number may be given out anew each day, so nobody asks about one of a month ago. The stretch is
    longer than any holidays on which no day is closed."""
    today = tx.now.date()
    for back in range(NUMBERS_KEPT, NUMBERS_KEPT + LONGEST_HOLIDAYS):
        conflicts.forget_numbers(tx, (today - timedelta(days=back)).isoformat())


def _need_past(reader: CentreReader, day: str) -> None:
    try:
        asked = date.fromisoformat(day)
    except ValueError as error:
        raise UserFacingError(
            "day.not-a-day", "“{day}” is no day.", remedy="Write it as 2026-11-23.", day=day
        ) from error
    today = reader.now.date()
    if asked > today:
        raise UserFacingError(
            "day.not-yet",
            "{day} has not come yet.",
            kept="Nothing was closed.",
            remedy="Close today, {today}.",
            day=day,
            today=today.isoformat(),
        )


def _note(day: str) -> str:
    return f"total/{day}"
