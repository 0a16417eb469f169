"""The expected wait as a function: what makes it longer, shorter, or unknown (mission: Q1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.waiting.forecast import LineLoad, WaitRange, expected_wait, quantile, service_draws

ONE = frozenset({"1"})
TWO = frozenset({"1", "2"})
FIVE_MINUTES = (300,) * 20


def wait(waiting: int, counters: frozenset[str] = ONE, **others: LineLoad) -> WaitRange:
    found = expected_wait("A", {"A": LineLoad(waiting, counters, FIVE_MINUTES), **others})
    assert found is not None
    return found


def test_unknown_while_no_counter_is_open() -> None:
    assert expected_wait("A", {"A": LineLoad(3, frozenset())}) is None


def test_idle_counter_and_nobody_ahead_is_at_once() -> None:
    assert expected_wait("A", {"A": LineLoad(0, ONE)}, idle=1) == WaitRange(0, 2)


def test_holds_what_even_service_would_take() -> None:
    assert wait(6).holds(6 * 5 + 2.5)
    assert wait(6, TWO).holds(6 * 5 / 2 + 1)
    assert not wait(6).holds(10)


def test_a_line_at_the_same_counter_adds_its_people() -> None:
    alone = wait(4)
    shared = wait(4, B=LineLoad(4, ONE, FIVE_MINUTES))
    elsewhere = wait(4, B=LineLoad(4, frozenset({"2"}), FIVE_MINUTES))
    assert shared.low_minutes > alone.low_minutes
    assert elsewhere == alone


@given(st.integers(0, 100), st.lists(st.integers(0, 7200), max_size=60))
def test_range_is_in_order_and_grows_with_the_line(waiting: int, seconds: list[int]) -> None:
    def of(people: int) -> WaitRange:
        found = expected_wait("A", {"A": LineLoad(people, TWO, tuple(seconds))})
        assert found is not None
        return found

    now, later = of(waiting), of(waiting + 5)
    assert 0 <= now.low_minutes < now.high_minutes
    assert now.low_minutes <= later.low_minutes
    assert now.high_minutes <= later.high_minutes


def test_few_samples_are_mixed_with_the_usual_time() -> None:
    assert max(service_draws(LineLoad(0, ONE, (60,), usual_minutes=10))) > 10
    assert max(service_draws(LineLoad(0, ONE, (60,) * 8, usual_minutes=10))) == 1


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 2.5), (1, 4)])
def test_quantiles_lie_between_neighbours(share: float, value: float) -> None:
    assert quantile([1, 2, 3, 4], share) == value


def test_a_ticket_forgotten_over_night_says_nothing_of_the_wait() -> None:
    forgotten = {"A": LineLoad(1, ONE, (24 * 3600, *FIVE_MINUTES))}
    assert expected_wait("A", forgotten) == wait(1)
