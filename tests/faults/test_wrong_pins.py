"""Guessing PINs locks the guesser's person and place, and nobody else (mission: X3; design §4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.bootstrap.program import open_program
from counter_app.domain.access.lockout import FREE_PAIR, FREE_PLACE, FREE_STAFF
from counter_app.errors import UserFacingError
from tests.support.demo import PINS, DemoHall, opened_demo


@pytest.fixture
def hall(training_home: Path, tmp_path: Path) -> Iterator[DemoHall]:
    with opened_demo(training_home, tmp_path) as opened:
        yield opened


def refused(hall: DemoHall, badge: str, pin: str, counter: str) -> str:
    with pytest.raises(UserFacingError) as error:
        hall.program.access.log_in(badge, pin, counter, hall.key())
    return error.value.code


def test_a_person_who_was_guessed_at_waits_there_and_others_do_not(hall: DemoHall) -> None:
    codes = [refused(hall, "1002", f"99{n:04}", "3") for n in range(FREE_PAIR + 1)]
    assert codes == ["access.wrong"] * FREE_PAIR + ["access.wait"]
    assert refused(hall, "1002", PINS["1002"], "3") == "access.wait"  # the right PIN too
    assert hall.log_in("1005", "2").staff == "1005"
    with open_program(hall.home.path) as again:  # a new start of the program forgets nothing
        with pytest.raises(UserFacingError) as error:
            again.access.log_in("1002", PINS["1002"], "3", hall.key())
        assert error.value.code == "access.wait"


def test_a_place_where_many_badges_were_tried_waits_and_the_hall_works_on(hall: DemoHall) -> None:
    badges = [f"{1002 + n}" if n < 5 else f"none{n}" for n in range(FREE_PLACE)]
    assert [refused(hall, badge, "999888", "4") for badge in badges] == ["access.wrong"] * FREE_PLACE
    assert refused(hall, "1004", "042468", "4") == "access.wait"
    assert [hall.log_in("1002", "3").counter, hall.log_in("1005", "2").counter] == ["3", "2"]


def test_guesses_elsewhere_do_not_keep_a_clerk_from_the_own_counter(hall: DemoHall) -> None:
    shift = hall.log_in("1002", "3")
    hall.program.access.log_off(shift, hall.key())
    tries = [(f"{counter}", n) for counter in (2, 4, 5) for n in range(FREE_PAIR)]
    assert len(tries) > FREE_STAFF
    codes = [refused(hall, "1002", f"98{n:04}", counter) for counter, n in tries]
    assert codes.count("access.wrong") == FREE_STAFF
    assert hall.log_in("1002", "3").staff == "1002"


def test_the_pin_stands_nowhere_in_the_journal(hall: DemoHall) -> None:
    hall.log_in("1002", "3")
    refused(hall, "1005", "7070707", "2")
    hall.program.store.close()
    kept = b"".join(path.read_bytes() for path in hall.home.path.rglob("*") if path.is_file())
    assert b"7070707" not in kept
    assert PINS["1002"].encode() not in kept
