"""What stops the case's clock and what is added to it, asked, approved and refused at random (T2, C8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from counter_app.domain.journal import Actor
from counter_app.domain.time.clock import CLOCKS, AskKind, Clock
from counter_app.domain.time.limits import Unit
from counter_app.use_cases.time.requests import Request
from tests.stateful.life_at_the_counter import LifeAtTheCounter
from tests.stateful.pencil import DAY, Halt, thirty_per_cent
from tests.support.case_world import APPROVER, LEAD, MANAGER

KINDS: tuple[AskKind, ...] = ("suspension", "prolonged", "extension", "rework", "supervisor")
UNITS: tuple[Unit, ...] = ("working_days", "natural_days", "hours", "months")
UNIT_OF: dict[str, Unit] = {unit: unit for unit in UNITS}


class LifeOnTheClock(LifeAtTheCounter):
    """A request is kept as (id, kind, amount, expected) until somebody answers it."""

    waiting: tuple[tuple[str, AskKind, tuple[int, str], date | None], ...] = ()

    @property
    def runs(self) -> bool:
        return self.diary.stage == "accepted"

    def clock(self) -> Clock:
        with self.world.store.reading() as reader:
            return reader.need(CLOCKS, self.world.case)

    @precondition(lambda self: self.runs)
    @rule(
        kind=st.sampled_from(KINDS),
        amount=st.integers(0, 16),
        unit=st.sampled_from(UNITS),
        ahead=st.integers(-1, 130),
    )
    def somebody_asks(self, kind: AskKind, amount: int, unit: Unit, ahead: int) -> None:
        expected = self.now.date() + timedelta(days=ahead)
        if kind == "prolonged" and self.diary.halt(self.now):
            expected = self.diary.halts[-1].begins.date() + timedelta(days=60 + ahead)
        self.asks(kind, amount, unit, expected)

    @precondition(lambda self: self.runs)
    @rule(extends=st.booleans(), over=st.integers(0, 1))
    def somebody_asks_for_the_most(self, extends: bool, over: int) -> None:
        """The very most there may be, or one more; granted at once where it may be."""
        original = self.diary.limit("promised")
        assert original is not None
        most, unit = thirty_per_cent(original)
        if extends:
            most, unit = 15 if self.diary.joint else 10, "working_days"
        self.asks("extension" if extends else "rework", most + over, UNIT_OF[unit], None)
        self.grants_the_last()

    @precondition(lambda self: self.runs and self.diary.halt(self.now) is None)
    @rule()
    def it_is_suspended(self) -> None:
        self.asks("suspension", 0, "working_days", self.now.date() + DAY)
        self.grants_the_last()

    def grants_the_last(self) -> None:
        if self.waiting and self.waiting[-1][1] in ("suspension", "extension", "rework"):
            id, kind, limit, expected = self.waiting[-1]
            if self.approves(APPROVER, id, kind, limit, expected):
                self.waiting = self.waiting[:-1]

    @precondition(lambda self: self.runs and self.diary.shown("legal", self.now) is not None)
    @rule(by=st.integers(-1, 1))
    def the_last_day_comes(self, by: int) -> None:
        """To the eve of the legal last day, to it, or to the morrow."""
        last = self.diary.shown("legal", self.now)
        assert last is not None
        self.world.clock.advance(days=max(0, (last + by * DAY - self.now.date()).days))

    def asks(self, kind: AskKind, amount: int, unit: Unit, expected: date | None) -> None:
        limit = (amount, unit)
        request = Request(
            kind=kind,
            amount=amount,
            unit=unit,
            expected=expected,
            reason="需要",
            does="催办",
            order="决字1号",
        )
        asked: list[str] = []
        if self.tries(
            lambda: asked.append(
                self.world.time.commands.ask(LEAD, self.world.key(), self.world.case, request)
            ),
            self.diary.may_ask(kind, limit, expected, self.now),
        ):
            self.waiting = (*self.waiting, (asked[0], kind, limit, expected))

    @precondition(lambda self: self.runs and self.waiting)
    @rule(which=st.integers(0, 3), yes=st.sampled_from((True, True, True, False)), own=st.integers(0, 7))
    def somebody_answers(self, which: int, yes: bool, own: int) -> None:
        id, kind, limit, expected = self.waiting[which % len(self.waiting)]
        beyond = self.is_beyond(kind, expected)
        who = LEAD if own == 0 else MANAGER if beyond else APPROVER
        if not yes:
            refuse = self.world.time.commands.refuse
            done = self.tries(lambda: refuse(who, self.world.key(), self.world.case, id, "不必"), who != LEAD)
        else:
            done = self.approves(who, id, kind, limit, expected)
        if done:
            self.waiting = tuple(entry for entry in self.waiting if entry[0] != id)

    def is_beyond(self, kind: AskKind, expected: date | None) -> bool:
        """Only a supervisor's word counts."""
        if kind == "suspension":
            today = self.now.date()
            return expected is not None and expected > self.diary.three_months_from(today, self.now)
        return kind in ("prolonged", "supervisor")

    def approves(
        self, who: Actor, id: str, kind: AskKind, limit: tuple[int, str], expected: date | None
    ) -> bool:
        halt, now = self.diary.halt(self.now), self.now
        allowed = who == (MANAGER if self.is_beyond(kind, expected) else APPROVER)
        if kind == "suspension":
            allowed = allowed and halt is None and expected is not None and expected >= now.date()
        elif kind == "prolonged":
            allowed = allowed and halt is not None and halt.longest is not None
        elif kind in ("extension", "rework"):
            allowed = allowed and self.diary.may_ask(kind, limit, expected, now)
        approve = self.world.time.commands.approve
        if not self.tries(lambda: approve(who, self.world.key(), self.world.case, id), allowed):
            return False
        if kind == "suspension":
            ruled = self.diary.three_months_from(now.date(), now)
            longest = expected if expected is not None and expected > ruled else ruled
            self.diary.halts.append(Halt(now, longest=longest, ruled=ruled))
        elif kind == "prolonged":
            assert halt is not None
            halt.longest = expected
        else:
            self.diary.extras.append((kind, limit))
        return True

    @precondition(lambda self: self.runs)
    @rule(ground=st.sampled_from(("testing", "hearing", "site_visit", "tea", "other")))
    def time_is_left_out(self, ground: str) -> None:
        """A site visit counts, tea is no ground, another ground names its article."""
        allowed = ground in ("testing", "hearing") and self.diary.halt(self.now) is None
        exclude = self.world.time.commands.exclude
        until = self.now.date() + 9 * DAY
        if self.tries(
            lambda: exclude(LEAD, self.world.key(), self.world.case, ground, expected=until), allowed
        ):
            self.diary.halts.append(Halt(self.now))

    @precondition(lambda self: self.runs)
    @rule(back=st.integers(-1, 30), length=st.integers(0, 12))
    def time_was_left_out(self, back: int, length: int) -> None:
        """Days that have been, told afterwards; they may lie over another halt."""
        first = self.now.date() - timedelta(days=back)
        last = first + timedelta(days=length)
        started = self.diary.started
        assert started is not None
        allowed = started.date() <= first <= last <= self.now.date()
        exclude, zone = self.world.time.commands.exclude, self.now.tzinfo
        if self.tries(
            lambda: exclude(
                LEAD,
                self.world.key(),
                self.world.case,
                "other",
                article="《试办法》第三条",
                days=(first, last),
            ),
            allowed,
        ):
            begins = datetime(first.year, first.month, first.day, 8, tzinfo=zone)
            ends = datetime(last.year, last.month, last.day, 18, tzinfo=zone)
            self.diary.halts.append(Halt(begins, ends))

    @precondition(lambda self: self.runs)
    @rule()
    def papers_go_back_for_correction(self) -> None:
        correct = self.world.time.commands.correct
        allowed = self.diary.halt(self.now) is None
        if self.tries(lambda: correct(LEAD, self.world.key(), self.world.case, "印章不清"), allowed):
            self.diary.halts.append(Halt(self.now))

    @precondition(lambda self: self.runs)
    @rule()
    def the_clock_goes_on(self) -> None:
        halt = self.diary.halt(self.now)
        resume = self.world.time.commands.resume
        if self.tries(lambda: resume(LEAD, self.world.key(), self.world.case), halt is not None):
            assert halt is not None
            halt.ends = self.now

    @precondition(lambda self: self.runs and self.diary.halt(self.now) is not None)
    @rule(days=st.integers(1, 3))
    def three_months_go_by(self, days: int) -> None:
        """To the last days of what stands, or over them."""
        halt = self.diary.halt(self.now)
        assert halt is not None
        until = (halt.longest or self.now.date()) + timedelta(days=days) - 2 * DAY
        if until > self.now.date():
            self.world.clock.advance(days=(until - self.now.date()).days)
