"""What a counter may call while cut off, and that it costs nobody his turn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.centre.granting import LEASES, lease_id
from counter_app.domain.hall.plan import Counter
from counter_app.domain.waiting.duty import CounterClosed
from counter_app.errors import UserFacingError
from tests.support.centre_rules import RuleHall
from tests.support.hall import PLAN


@pytest.fixture(autouse=True)
def machines(hall: RuleHall) -> None:
    hall.enrol("k", "kiosk")
    for code in ("1", "2", "3"):
        hall.enrol(code)
        hall.opens(code, code)


def leased(hall: RuleHall, code: str) -> tuple[str, ...]:
    with hall.store.reading() as reader:
        state = reader.get(LEASES, lease_id(code, code))
    return state.tickets if state else ()


def test_a_lease_lies_behind_one_ticket_for_each_open_counter(hall: RuleHall) -> None:
    ids = hall.tickets(hall.devices["k"], 8)
    hall.lease("1", "1")
    assert leased(hall, "1") == tuple(ids[3:6])
    hall.lease("2", "2")
    assert leased(hall, "2") == tuple(ids[6:8])


def test_a_counter_alone_with_its_line_leases_the_first(hall: RuleHall) -> None:
    ids = hall.tickets(hall.devices["k"], 4, line="F")
    hall.enrol("5")
    hall.opens("5", "5")
    hall.lease("5", "5")
    assert leased(hall, "5") == tuple(ids[:3])


def test_others_are_given_what_nobody_leased_and_the_lessee_its_own(hall: RuleHall) -> None:
    ids = hall.tickets(hall.devices["k"], 6)
    hall.lease("1", "1")
    given = [hall.claim("2", "2")[1] for _ in range(3)]
    assert given == ids[:3]
    assert hall.claim("3", "3") == ("", "")
    assert hall.claim("1", "1")[1] == ids[3]


def test_a_lease_that_is_good_is_not_written_again(hall: RuleHall) -> None:
    hall.tickets(hall.devices["k"], 8)
    place = hall.lease("1", "1")
    hall.clock.advance(minutes=4)
    assert hall.lease("1", "1") == place
    hall.clock.advance(minutes=2)
    assert hall.lease("1", "1") > place


def test_what_came_to_the_head_is_given_back_once_the_device_knows(hall: RuleHall) -> None:
    ids = hall.tickets(hall.devices["k"], 8)
    hall.lease("1", "1")
    hall.calls(hall.devices["2"], ids[0])
    hall.push(hall.devices["2"])
    place = hall.lease("1", "1")
    assert leased(hall, "1") == tuple(ids[4:7])
    given = [hall.claim("2", "2")[1], hall.claim("2", "2")[1], hall.claim("2", "2")[1]]
    assert given == [ids[1], ids[2], ids[7]]  # device 1 may be calling the fourth by its old lease
    hall.heard("1", place)
    assert hall.claim("3", "3")[1] == ids[3]


def test_after_its_time_and_a_margin_everything_is_free(hall: RuleHall) -> None:
    ids = hall.tickets(hall.devices["k"], 4)
    hall.lease("1", "1")
    for ticket in ids[:3]:
        hall.calls(hall.devices["2"], ticket)
    hall.push(hall.devices["2"])
    hall.clock.advance(minutes=11)
    assert hall.claim("2", "2") == ("", "")
    hall.clock.advance(minutes=1, seconds=1)
    assert hall.sweep()
    assert hall.claim("2", "2")[1] == ids[3]


def test_the_time_of_a_lease_that_goes_on_unchanged_begins_at_the_latest_ask(hall: RuleHall) -> None:
    ids = hall.tickets(hall.devices["k"], 4)
    place = hall.lease("1", "1")
    hall.clock.advance(minutes=4)
    assert hall.lease("1", "1") == place
    for ticket in ids[:3]:
        hall.calls(hall.devices["2"], ticket)
    hall.push(hall.devices["2"])
    hall.clock.advance(minutes=9)
    assert hall.claim("2", "2") == ("", "")


def test_closing_empties_the_lease(hall: RuleHall) -> None:
    hall.tickets(hall.devices["k"], 8)
    hall.lease("1", "1")
    hall.devices["1"].acts(CounterClosed(counter="1"))
    hall.push(hall.devices["1"])
    place = hall.lease("1", "1")
    assert leased(hall, "1") == ()
    assert hall.lease("1", "1") == place


def test_a_called_ticket_leaves_the_lease_and_another_comes(hall: RuleHall) -> None:
    ids = hall.tickets(hall.devices["k"], 8)
    hall.lease("1", "1")
    hall.calls(hall.devices["1"], ids[3])
    hall.push(hall.devices["1"])
    hall.lease("1", "1")
    assert leased(hall, "1") == tuple(ids[4:7])


def test_one_machine_leases_for_few_counters(tmp_path: Path) -> None:
    folder = tmp_path / "wide"
    folder.mkdir()
    counters = tuple(Counter(number=n, name=str(n), licences=("firm",)) for n in range(1, 6))
    wide = RuleHall(folder, replace(PLAN, counters=counters))
    wide.tickets(wide.enrol("k", "kiosk"), 30, line="F")
    wide.enrol("1")
    for number in "12345":
        wide.opens("1", number)
    for number in "1234":
        wide.lease("1", number)
    with pytest.raises(UserFacingError) as refused:
        wide.lease("1", "5")
    wide.close()
    assert refused.value.code == "lease.too-many"


def test_a_kiosk_leases_nothing(hall: RuleHall) -> None:
    with pytest.raises(UserFacingError) as refused:
        hall.lease("k", "1")
    assert refused.value.code == "device.role"
