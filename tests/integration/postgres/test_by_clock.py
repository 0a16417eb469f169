"""The centre's round by the clock on PostgreSQL: every living clock once, page by page (mission: T4)."""

from __future__ import annotations

from counter_app.domain.time.clock import CLOCKS
from counter_app.domain.time.facts import ClockEnded, ClockStarted
from counter_app.store.centre.centre_store import CoreCentreStore
from counter_app.use_cases.centre import by_clock

CASES = 7


def test_T4_living_clocks_are_read_by_id_and_late_ones_written_down_once(store: CoreCentreStore) -> None:
    with store.deciding() as tx:
        for number in range(CASES):
            tx.record(
                ClockStarted(
                    case=f"1.1.{number}",
                    item="0603@1",
                    department="population",
                    since="2020-01-02T10:00:00+08:00",
                    legal=None,
                    promised=(3, "working_days"),
                    legal_due=None,
                    promised_due="2020-01-07",
                    provisional=True,  # no calendar was published here, so nothing is to be worked out again
                )
            )
        tx.record(ClockEnded(case="1.1.3", outcome="granted"))
    with store.reading() as reader:
        first = [id for id, _ in reader.living(CLOCKS, "", 4)]
        rest = [id for id, _ in reader.living(CLOCKS, first[-1], 10)]
    assert len(first) == 4
    assert {*first, *rest} == {f"1.1.{number}" for number in range(CASES)} - {"1.1.3"}
    wrote = []
    for _ in range(6):
        with store.deciding() as tx:
            wrote.append(by_clock.step(tx, {}))
    assert wrote == [True, False, False, False, False, False]
    with store.reading() as reader:
        events = [reader.history(f"clock:1.1.{number}") for number in range(CASES)]
    assert [len(found) for found in events] == [2, 2, 2, 2, 2, 2, 2]
    with store.reading() as reader:
        clock = reader.get(CLOCKS, "1.1.0")
    assert clock is not None
    assert clock.level == "alarm"
