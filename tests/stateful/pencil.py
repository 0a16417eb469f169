"""A case's time as a clerk with a pencil keeps it: the wall calendar, a list of halts, a finger on the days.

The oracle of the whole-life machine. It imports nothing of the program and shares no counting with it: every
day is asked again whether it is worked, months are walked one by one, hours in ticks of ten minutes, thirty
per cent is tried unit by unit. Slow and plain on purpose.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
TICK = timedelta(minutes=10)
ALWAYS_OFF = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
LIMIT = tuple[int, str]


class Wall:
    """The calendar on the wall. A year nobody has announced has weekends and the fixed days."""

    def __init__(self) -> None:
        self.notices: dict[int, tuple[frozenset[date], frozenset[date]]] = {}

    def announce(self, year: int, off: Iterable[date], work: Iterable[date]) -> None:
        self.notices[year] = (frozenset(off), frozenset(work))

    def works(self, day: date) -> bool:
        notice = self.notices.get(day.year)
        if notice is not None:
            if day in notice[1]:
                return True
            if day in notice[0]:
                return False
        elif (day.month, day.day) in ALWAYS_OFF:
            return False
        return day.weekday() < 5


def months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last of a month that has no such day."""
    first = day.replace(day=1)
    for _ in range(months):
        first = first + timedelta(days=monthrange(first.year, first.month)[1])
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


@dataclass
class Halt:
    """The clock stands from `begins` to `ends`, whole days at both ends; `longest` ends it by itself, `ruled`
    is what that would be without a supervisor's word."""

    begins: datetime
    ends: datetime | None = None
    longest: date | None = None
    ruled: date | None = None

    def as_of(self, now: datetime) -> datetime:
        if self.ends is not None:
            return self.ends
        if self.longest is not None and now.date() > self.longest:
            return datetime(self.longest.year, self.longest.month, self.longest.day, 23, tzinfo=now.tzinfo)
        return max(now, self.begins)

    def open(self, now: datetime) -> bool:
        return self.ends is None and (self.longest is None or now.date() <= self.longest)


@dataclass
class Count:
    """What the finger found: the last day (and moment, of hours), whether it stands there still."""

    day: date
    moment: datetime | None
    stands: bool
    halted: list[date]
    guessed: bool


@dataclass
class Finger:
    """Counts one limit over the days."""

    wall: Wall
    halts: list[Halt]
    now: datetime

    def __post_init__(self) -> None:
        self.still: set[date] = set()
        for halt in self.halts:
            day = halt.begins.date()
            while day <= halt.as_of(self.now).date():
                self.still.add(day)
                day = day + DAY

    def count(self, since: datetime, limit: LIMIT, extras: Iterable[LIMIT] = ()) -> Count:
        """`extras` are counted on from the last day; hours are run together with a limit in hours, and on
        other limits count by whole days."""
        amount, unit = limit
        eve = since.date()
        if not self.wall.works(eve):
            while not self.wall.works(eve + DAY):
                eve = eve + DAY
        moment, hours = None, amount
        days = [extra for extra in extras if extra[1] != "hours"]
        for more in (extra[0] for extra in extras if extra[1] == "hours"):
            if unit == "hours":
                hours = hours + more
            else:
                days.append((more // 24, "working_days" if unit == "working_days" else "natural_days"))
        if unit == "hours":
            moment = self._run(since if self.wall.works(since.date()) else _midnight(eve + DAY, since), hours)
            last = moment.date()
        else:
            last = self._step(eve, amount, unit)
        for extra in days:
            last = self._step(last, *extra)
        final = days[-1][1] if days else unit
        if final in ("natural_days", "months", "years"):
            while last in self.still or not self.wall.works(last):
                last = last + DAY
        if moment is not None:
            moment = datetime.combine(last, moment.timetz())
        stands = any(halt.open(self.now) and halt.begins.date() <= last for halt in self.halts)
        halted = [day for day in sorted(self.still) if eve < day <= last]
        return Count(last, moment, stands, halted, self._guessed(since.date(), last))

    def _step(self, after: date, amount: int, unit: str) -> date:
        if unit in ("months", "years"):
            amount = (months_on(after, amount * (12 if unit == "years" else 1)) - after).days
        day, had = after, 0
        while had < amount:
            day = day + DAY
            if day in self.still or (unit == "working_days" and not self.wall.works(day)):
                continue
            had = had + 1
        return day

    def _run(self, clock: datetime, hours: int) -> datetime:
        left = timedelta(hours=hours)
        while left > timedelta():
            if not any(halt.begins <= clock < halt.as_of(self.now) for halt in self.halts):
                left = left - TICK
            clock = clock + TICK
        return clock

    def _guessed(self, first: date, last: date) -> bool:
        return any(year not in self.wall.notices for year in range(first.year, last.year + 1))


def _midnight(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=like.tzinfo)


def how_late(wall: Wall, due: date, today: date) -> str:
    """Yellow on the last working day and the one before; past it one level a working day."""
    if today <= due:
        return "yellow" if worked_between(wall, today, due) <= 1 else ""
    past = worked_between(wall, due, today)
    return "reminder" if past <= 1 else "warning" if past == 2 else "alarm"


def worked_between(wall: Wall, after: date, until: date) -> int:
    """Working days after the one day up to the other."""
    found = 0
    while after < until:
        after = after + DAY
        if wall.works(after):
            found = found + 1
    return found


def thirty_per_cent(limit: LIMIT) -> LIMIT:
    """The most that work redone may add: tried one by one, whole units only. A month has thirty days."""
    amount, unit = limit
    if unit == "months":
        amount, unit = amount * 30, "natural_days"
    most = 0
    while (most + 1) * 10 <= amount * 3:
        most = most + 1
    return most, unit


@dataclass
class Piece:
    """Work that waits for a department, with its own clock."""

    name: str
    since: datetime
    limit: LIMIT | None
    leads: bool
    more: list[tuple[str, LIMIT]] = field(default_factory=list)
    open: bool = True
    late: bool = False

    def due(self, wall: Wall, halts: list[Halt], now: datetime) -> Count | None:
        """What stops the citizen's clock stops the lead's work too, an assisting department's never."""
        if self.limit is None:
            return None
        extras = []
        for unit in ("hours", "working_days"):
            extra = sum(limit[0] for _, limit in self.more if limit[1] == unit)
            if extra:
                extras.append((extra, unit))
        return Finger(wall, halts if self.leads else [], now).count(self.since, self.limit, extras)

    def more_by(self, matter: str, limit: LIMIT) -> None:
        """Hours are put to hours; on top of days a begun day of hours is a whole one."""
        amount, unit = limit
        if unit == "hours" and not (self.limit and self.limit[1] == "hours"):
            days = 0
            while days * 24 < amount:
                days = days + 1
            amount, unit = days, "working_days"
        self.more.append((matter, (amount, unit)))


@dataclass
class Diary:
    """What the clerk wrote down of one case."""

    wall: Wall
    legal: LIMIT | None
    promised: LIMIT | None
    joint: bool
    stage: str = "draft"
    received: datetime | None = None
    silent_until: date | None = None
    started: datetime | None = None
    halts: list[Halt] = field(default_factory=list)
    extras: list[tuple[str, LIMIT]] = field(default_factory=list)
    pieces: dict[str, Piece] = field(default_factory=dict)
    asked: bool = False
    answered: dict[str, bool] = field(default_factory=dict)
    against: set[str] = field(default_factory=set)
    causes: dict[str, str] = field(default_factory=dict)
    disputes: dict[str, bool] = field(default_factory=dict)

    def limit(self, which: str) -> LIMIT | None:
        return self.legal if which == "legal" else self.promised or self.legal

    def count(self, which: str, now: datetime) -> Count | None:
        limit = self.limit(which)
        if limit is None or self.started is None:
            return None
        return Finger(self.wall, self.halts, now).count(
            self.started, limit, [more for _, more in self.extras]
        )

    def shown(self, which: str, now: datetime) -> date | None:
        """The date as it is told: none while the clock stands."""
        found = self.count(which, now)
        return None if found is None or found.stands else found.day

    def halt(self, now: datetime) -> Halt | None:
        return next((halt for halt in self.halts if halt.open(now)), None)

    def silence(self, now: datetime) -> bool:
        """Five working days after receipt nobody has asked for anything: accepted from receipt."""
        waits = self.stage == "received" and self.silent_until is not None
        return waits and self.silent_until is not None and now.date() > self.silent_until

    def may_ask(self, kind: str, limit: LIMIT, expected: date | None, now: datetime) -> bool:
        """What may be asked for, by the rules as they stand on the wall."""
        today, halt, original = now.date(), self.halt(now), self.limit("promised")
        if kind == "suspension":
            return halt is None and expected is not None and today <= expected <= months_on(today, 3)
        if kind == "prolonged":
            if halt is None or halt.longest is None or expected is None:
                return False
            return halt.ruled is not None and expected > halt.ruled
        if original is None or limit[0] <= 0:
            return False
        if kind == "extension":
            return self.may_extend(limit, now)
        if kind == "rework":
            most, unit = thirty_per_cent(original)
            return limit[1] == unit and self.redone() + limit[0] <= most
        if limit[1] == "months" and limit[0] > 12:
            return False  # more than a year at one word
        return limit[1] != "hours" or original[1] == "hours"

    def redone(self) -> int:
        return sum(limit[0] for kind, limit in self.extras if kind == "rework")

    def three_months_from(self, today: date, now: datetime) -> date:
        """Three months, and off with every day the case was suspended before."""
        last, stood = months_on(today, 3), set()
        for halt in self.halts:
            if halt.longest is not None:
                day = halt.begins.date()
                while day <= halt.as_of(now).date():
                    if day < today:
                        stood.add(day)
                    day = day + DAY
        for _ in stood:
            last = last - DAY
        return last

    def may_extend(self, limit: LIMIT, now: datetime) -> bool:
        last = self.shown("legal", now) or self.shown("promised", now)
        once = all(kind != "extension" for kind, _ in self.extras)
        fits = limit[1] == "working_days" and 0 < limit[0] <= (15 if self.joint else 10)
        return once and fits and (last is None or now.date() <= last)

    def open_piece(self, name: str, now: datetime, limit: LIMIT | None, *, leads: bool) -> None:
        self.pieces[name] = Piece(name, now, limit, leads)

    def book(self, matter: str, cause: str, limit: LIMIT) -> None:
        """The assist fell short: it is late, and the lead's open work grows by one assist's limit."""
        self.causes[matter] = cause
        second = self.pieces[f"assist:{matter}:2"]
        second.late = cause == "assist_short"
        for piece in self.pieces.values():
            if piece.leads and piece.open and cause == "assist_short":
                piece.more_by(matter, limit)

    def may_grant(self, now: datetime) -> bool:
        """Nobody of those who were asked is against it, and nobody has still time to answer."""
        asked = [piece for name, piece in self.pieces.items() if name.startswith("assist:") and piece.open]
        return not self.against and not any(self.in_time(piece, now) for piece in asked)

    def in_time(self, piece: Piece, now: datetime) -> bool:
        found = piece.due(self.wall, self.halts, now)
        if found is None or found.stands:
            return True
        return now <= found.moment if found.moment else now.date() <= found.day

    def unbook(self, matter: str) -> None:
        for piece in self.pieces.values():
            if piece.open:
                piece.more = [entry for entry in piece.more if entry[0] != matter]
