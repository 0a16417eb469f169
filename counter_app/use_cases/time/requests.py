"""What is asked of a case's time, and whether its clock allows it as it stands (mission: T2, C8). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from counter_app.domain.time import stopping as rules
from counter_app.domain.time.clock import AskKind, Clock, Standing
from counter_app.domain.time.limits import UNITS, Limit
from counter_app.errors import UserFacingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for. `amount` of the unit the limit is counted in, unless `unit` says another."""

    kind: AskKind
    amount: int = 0
    unit: str = ""
    expected: date | None = None
    reason: str = ""
    does: str = ""
    order: str = ""


def suspended(clock: Clock) -> Standing:
    stop = clock.standing
    if stop is None or stop.kind != "suspension":
        raise UserFacingError(
            "time.not-suspended",
            "This case is not suspended.",
            kept="Nothing was changed.",
            remedy="Only a suspension is prolonged.",
        )
    return stop


def original(clock: Clock) -> Limit:
    """The limit that additions are measured by. UserFacingError `time.no-limit`."""
    limit = clock.limit("promised")
    if limit is None:
        raise UserFacingError(
            "time.no-limit",
            "This item has no limit yet: the catalogue has it 待核.",
            kept="Nothing was asked for.",
            remedy="Have the limit entered in the catalogue first.",
        )
    return limit


def more_of(clock: Clock, request: Request) -> Limit:
    """What is to be added; nothing for a suspension."""
    if request.kind in ("suspension", "prolonged"):
        return Limit(0, "working_days")
    return limit_of(clock, request.amount, request.unit)


def limit_of(clock: Clock, amount: int, unit: str) -> Limit:
    return Limit(amount, UNITS[unit] if unit in UNITS else rules.unit_of(original(clock)))


def check(clock: Clock, request: Request, more: Limit, today: date) -> None:
    if request.kind == "suspension":
        rules.t2_may_stop(clock)
        rules.c8_suspension(today, request.expected, request.reason, request.does)
    elif request.kind == "prolonged":
        rules.c8_prolonged(suspended(clock), request.expected, request.reason)
    elif request.kind == "extension":
        rules.need_reason(request.reason)
        rules.t2_extension(clock, more, today)
    elif request.kind == "rework":
        rules.c8_rework(clock, original(clock), more, request.order)
    else:
        rules.t2_supervisor(original(clock), more, request.reason)


def moments(clock: Clock, days: tuple[date, date] | None, now: datetime) -> tuple[datetime, datetime | None]:
    """When excluded time began and ended. UserFacingError `time.days` for days that cannot be."""
    if days is None:
        return now, None
    first, last = days
    if not clock.started_at.date() <= first <= last <= now.date():
        raise UserFacingError(
            "time.days",
            "From {first} to {last} cannot be left out: it lies before acceptance or after today.",
            kept="The clock runs on.",
            remedy="Name days between acceptance and today; what goes on still has no last day yet.",
            first=first,
            last=last,
        )
    zone = now.tzinfo
    return datetime.combine(first, time(8), zone), datetime.combine(last, time(18), zone)
