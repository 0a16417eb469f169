"""Can a condition ever hold, and can one limit be longer than another? Used by the checks only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product
from typing import Final

from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.questions import Answer, Condition, SituationQuestion, settle
from counter_app.domain.time.limits import Limit

MOST_TRIED: Final = 4096
_DAY: Final = date(2026, 1, 1)
_LONG_AGO: Final = (_DAY - timedelta(days=100_000)).isoformat()

# hours at least and at most that one unit can last: a working day may wait for a ten-day holiday
_HOURS: Final = {
    "on_the_spot": (0, 0),
    "hours": (1, 1),
    "working_days": (24, 24 * 11),
    "natural_days": (24, 24),
    "months": (24 * 28, 24 * 31),
    "years": (24 * 365, 24 * 366),
}


def surely_longer(one: Limit, other: Limit) -> bool:
    """Is `one` longer than `other` however the calendar falls?"""
    if one.unit == other.unit:
        return one.amount > other.amount
    return one.amount * _HOURS[one.unit][0] > other.amount * _HOURS[other.unit][1]


def can_hold(item: Item, condition: Condition) -> bool:
    """Is there any way to answer the item's questions so that `condition` holds?

    Tries the answers of the questions it depends on, `MOST_TRIED` ways at most; beyond that it is
    given the benefit of the doubt.
    """
    needed = _closure(item, condition)
    tried = 0
    for answers in islice(product(*(_possible(question) for question in needed)), MOST_TRIED):
        tried += 1
        given = {question.code: answer for question, answer in zip(needed, answers, strict=True)}
        if condition.holds(settle(needed, given, _DAY, {})):
            return True
    return tried == MOST_TRIED


def _closure(item: Item, condition: Condition) -> tuple[SituationQuestion, ...]:
    """The questions `condition` depends on, with those that decide whether they are asked."""
    wanted = set(condition.questions())
    for question in reversed(item.questions):
        if question.code in wanted and question.asked_if is not None:
            wanted.update(question.asked_if.questions())
    return tuple(question for question in item.questions if question.code in wanted)


def _possible(question: SituationQuestion) -> Iterator[Answer]:
    codes = tuple(option.code for option in question.options)
    if question.kind == "date":
        yield from (_DAY.isoformat(), _LONG_AGO)
    elif question.kind == "multiple_choice":
        yield ()
        yield from ((code,) for code in codes)
        yield codes
    else:
        yield from codes
