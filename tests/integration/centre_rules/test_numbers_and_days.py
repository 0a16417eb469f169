"""Blocks of ticket numbers, and the day's signed totals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from counter_app.domain.centre.facts import DayTotalled
from counter_app.domain.centre.numbering import NUMBERS, number_at, numbers_id
from counter_app.domain.centre.totals import total_facts, verify_total
from counter_app.domain.journal import read
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre import day_totals
from tests.support.centre_rules import DAY, RuleHall


def numbers(hall: RuleHall, code: str, letter: str = "A", day: str = DAY) -> list[int]:
    with hall.store.reading() as reader:
        state = reader.get(NUMBERS, numbers_id(code, letter, day))
    got = []
    k = 1
    while (number := number_at(state, k)) is not None:
        got.append(number)
        k += 1
    return got


def test_blocks_never_overlap_and_belong_to_line_and_day(hall: RuleHall) -> None:
    hall.enrol("k", "kiosk")
    hall.enrol("d", "desk")
    for code in ("k", "d", "k"):
        hall.numbers(code)
    hall.numbers("d", "W")
    hall.numbers("d", "A", "2026-11-24")
    assert numbers(hall, "k") == [*range(1, 21), *range(41, 61)]
    assert numbers(hall, "d") == [*range(21, 41)]
    assert numbers(hall, "d", "W") == [*range(1, 21)]
    assert numbers(hall, "d", "A", "2026-11-24") == [*range(1, 21)]


def test_numbers_given_out_before_the_centre_are_left_out(hall: RuleHall) -> None:
    kiosk = hall.enrol("k", "kiosk")
    hall.tickets(kiosk, 1, first=33)
    hall.tickets(kiosk, 3)
    hall.numbers("k")
    assert numbers(hall, "k") == [*range(41, 61)]


@pytest.mark.parametrize(
    ("role", "letter", "day", "code"),
    [
        ("display", "A", DAY, "device.role"),
        ("kiosk", "Q", DAY, "line.unknown"),
        ("kiosk", "A", "2027-01-01", "numbers.other-day"),
        ("kiosk", "A", "now", "numbers.other-day"),
    ],
)
def test_what_is_refused(hall: RuleHall, role: str, letter: str, day: str, code: str) -> None:
    hall.enrol("x", role)
    with pytest.raises(UserFacingError) as refused:
        hall.numbers("x", letter, day)
    assert refused.value.code == code
    assert numbers(hall, "x", letter, day) == []


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def test_a_day_is_totalled_once_for_a_key_and_any_change_breaks_the_signature(hall: RuleHall) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = key.public_key().public_bytes_raw().hex()
    kiosk = hall.enrol("k", "kiosk")
    clerk = hall.enrol("1")
    ids = hall.tickets(kiosk, 3)
    hall.calls(clerk, ids[0])
    hall.push(clerk)
    with hall.deciding() as tx:
        head = tx.head()
        place = day_totals.close_day(tx, key.sign, "once", DAY, "s001")
    with hall.deciding() as tx:
        assert day_totals.close_day(tx, key.sign, "once", DAY, "s001") == place
    with hall.store.reading() as reader:
        (event,) = [read(entry.data) for entry in reader.history(f"day:{DAY}")]
    total = event.fact
    assert isinstance(total, DayTotalled)
    assert (total.hall_seq, total.root) == (head.hall_seq, head.root)
    assert total.totals == {"TicketIssued": 3, "TicketCalled": 1}
    assert set(total.chains) == {"k.1", "1.1", "Z.1"}
    assert total.chains["k.1"].startswith("3:")
    assert verify_total(total, public, verify)
    for other in (
        replace(total, totals={"TicketIssued": 2, "TicketCalled": 1}),
        replace(total, root="0" * 64),
        replace(total, day="2026-11-22"),
        replace(total, signature="no hex"),
        replace(total, chains={}),
    ):
        assert not verify_total(other, public, verify)
    assert total_facts(total).events == 4
    assert "".join(total_facts(total).root_groups) == total.root


def test_acts_that_come_late_are_in_the_next_total(hall: RuleHall) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    kiosk = hall.enrol("k", "kiosk")
    hall.tickets(kiosk, 2)
    with hall.deciding() as tx:
        day_totals.close_day(tx, key.sign, "first", DAY, "s001")
    hall.tickets(kiosk, 1, first=3)
    hall.clock.advance(days=1)
    with hall.deciding() as tx:
        day_totals.close_day(tx, key.sign, "second", DAY, "s001")
        assert day_totals.totals_of(tx, DAY) == {"TicketIssued": 3}
        assert day_totals.totals_of(tx, "2026-11-24") == {}


@pytest.mark.parametrize(("day", "code"), [("2026-11-24", "day.not-yet"), ("Monday", "day.not-a-day")])
def test_days_that_cannot_be_closed(hall: RuleHall, day: str, code: str) -> None:
    with pytest.raises(UserFacingError) as refused, hall.deciding() as tx:
        day_totals.close_day(tx, lambda data: data, "k", day, "s001")
    assert refused.value.code == code


def test_a_day_closed_a_month_later_forgets_its_numbers_and_no_others(hall: RuleHall) -> None:
    kiosk = hall.enrol("k", "kiosk")
    hall.numbers("k")
    hall.tickets(kiosk, 2)
    hall.clock.advance(days=33)
    late = hall.clock.now().date().isoformat()
    hall.numbers("k", day=late)
    with hall.deciding() as tx:
        assert tx.notes("number/ticket/")
        day_totals.close_day(tx, lambda data: data, "k", late, "s001")
        assert not tx.notes("number/ticket/")
        assert set(tx.notes("numbers/")) == {f"numbers/{late}/A"}
