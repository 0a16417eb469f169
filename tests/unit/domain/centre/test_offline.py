"""What waits for the centre, and that it says why."""

from __future__ import annotations

import pytest

from counter_app.domain.centre.offline import BOUND_ACTS, MONEY_SETTING, may_do_offline, not_offline
from counter_app.i18n import Translator


@pytest.mark.parametrize("act", [act for act in BOUND_ACTS if act != "money"])
def test_what_binds_the_whole_hall_waits_and_says_why(act: str) -> None:
    assert not may_do_offline(act)
    waits = not_offline(act)
    assert waits is not None
    assert Translator("zh_CN")(waits.why).startswith("与中心断开")


@pytest.mark.parametrize("act", ["issue-ticket", "call", "accept", "print", ""])
def test_what_a_citizen_stands_waiting_for_goes_on(act: str) -> None:
    assert may_do_offline(act)


@pytest.mark.parametrize(
    ("amount", "limit", "may"),
    [(0, None, True), (1, None, False), (5000, 5000, True), (5001, 5000, False)],
)
def test_money_up_to_the_halls_limit(amount: int, limit: int | None, may: bool) -> None:
    settings = {} if limit is None else {MONEY_SETTING: limit}
    assert may_do_offline("money", amount=amount, settings=settings) is may


def test_the_limit_is_said_in_yuan() -> None:
    waits = not_offline("money", amount=99999, settings={MONEY_SETTING: 5005})
    assert waits is not None
    assert "50.05" in Translator("en")(waits.why, limit=waits.limit)


def test_an_amount_is_never_negative() -> None:
    with pytest.raises(ValueError):
        may_do_offline("money", amount=-1)
