"""A clock that goes with its case to another hall: days used, stops, additions and both dates (mission: H1,
T1–T3, T5).

The date on the citizen's paper stays what it was: the other hall counts on, and does not begin anew. What
people wrote travels as the private part `clock`; everything that counts stands in the body, for the centre
reads no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from counter_app.domain.changing import replace
from counter_app.domain.intake.forward_facts import over_here
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.facts import ClockReceived


def clock_over_here(packed: bytes, case: str, from_hall: str, here: str) -> Clock:
    """Another hall's clock with ids and badges as they are called here: 1010 there is not our 1010.

    Raises ValueError when the bytes are no clock.
    """
    try:
        clock = CLOCKS.decode(packed)
    except msgspec.MsgspecError as error:
        raise ValueError(f"not a clock: {error}") from error

    def named(id: str) -> str:
        return over_here(id, from_hall, here) if id else ""

    return replace(
        clock,
        case=case,
        stops=tuple(
            replace(one, id=named(one.id), asked_by=named(one.asked_by), by=named(one.by))
            for one in clock.stops
        ),
        added=tuple(replace(one, by=named(one.by)) for one in clock.added),
        asks=tuple(
            replace(one, id=named(one.id), by=named(one.by), answered_by=named(one.answered_by))
            for one in clock.asks
        ),
        urges=tuple(
            replace(one, id=named(one.id), by=named(one.by), answered_by=named(one.answered_by))
            for one in clock.urges
        ),
        overtaken=(),
    )


def clock_received(clock: Clock, from_hall: str) -> ClockReceived:
    """The fact for a clock that `clock_over_here` gave."""
    body: Mapping[str, Any] = msgspec.to_builtins(_without_words(clock))
    return ClockReceived(case=clock.case, from_hall=from_hall, clock=body)


def _without_words(clock: Clock) -> Clock:
    return replace(
        clock,
        stops=tuple(replace(one, reason="", does="") for one in clock.stops),
        added=tuple(replace(one, reason="") for one in clock.added),
        asks=tuple(replace(one, reason="", does="", why_not="") for one in clock.asks),
        urges=tuple(replace(one, text="", answer="") for one in clock.urges),
    )
