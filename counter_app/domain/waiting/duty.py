"""A counter's state: open, paused (why, until when), closed; and unattended as of now (mission: Q5, H4).

Not here: what the counter may call (`domain/hall`), and the shift of its clerk (`domain/access`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream

DutyState = Literal["open", "paused", "closed"]
Shown = Literal["open", "paused", "closed", "unattended"]


class DutyFact(Fact):
    counter: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"duty:{self.counter}",)


class CounterOpened(DutyFact):
    staff: str


class CounterPaused(DutyFact):
    """`until` is ISO 8601 or None when it is not known."""

    reason: str
    until: str | None = None


class CounterResumed(DutyFact):
    staff: str


class CounterClosed(DutyFact):
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """`device` is the machine at which the counter was last opened, resumed or paused."""

    counter: str
    state: DutyState
    since: datetime
    staff: str = ""
    reason: str = ""
    until: datetime | None = None
    device: str = ""


def fold_duty(state: Duty | None, event: Recorded) -> Duty | None:
    fact = event.fact
    if isinstance(fact, CounterOpened | CounterResumed):
        return Duty(fact.counter, "open", event.at, fact.staff, device=event.device)
    if isinstance(fact, CounterClosed):
        return Duty(fact.counter, "closed", event.at)
    if isinstance(fact, CounterPaused):
        was = state or Duty(fact.counter, "closed", event.at)
        until = datetime.fromisoformat(fact.until) if fact.until else None
        return replace(
            was, state="paused", since=event.at, reason=fact.reason, until=until, device=event.device
        )
    return state


DUTIES: Final = Stream("duty", Duty, fold_duty)


def shown_state(duty: Duty | None, seen: datetime | None, unattended_after: int, now: datetime) -> Shown:
    """What people see. An open counter whose clerk gave no sign for so many seconds is unattended."""
    if duty is None:
        return "closed"
    if duty.state == "open" and (seen is None or now - seen > timedelta(seconds=unattended_after)):
        return "unattended"
    return duty.state
