"""The start of the machine that leads one case through a whole life: what is drawn, the days, the counter.

Every act goes through the use cases. The clerk's diary (`pencil.py`) says beforehand whether the rules allow
it, and is kept beside it. Not here: halts and added time (`life_time.py`), departments and the end
(`life_departments.py`), which store holds the case (`test_whole_life.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from counter_app.clock import HALL_ZONE
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.domain.time.calendar import CALENDAR_YEARS, CalendarYear
from counter_app.domain.time.limits import Limit, Unit
from counter_app.errors import UserFacingError
from tests.stateful.pencil import ALWAYS_OFF, DAY, LIMIT, Diary, Wall, worked_between
from tests.support.case_world import ADMIN, CLERK, SITE_USE, TIMBER, CaseWorld, Limits

MATTERS = (SITE_USE, TIMBER)
NEW_YEAR = date(2027, 1, 1)
NOTICES_2027 = (
    CalendarYear(
        2027,
        off=(*(NEW_YEAR + timedelta(days=n) for n in range(3)), *(date(2027, 2, 5 + n) for n in range(7)),
             date(2027, 5, 1), date(2027, 5, 2), date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3)),
        work=(date(2027, 1, 30), date(2027, 2, 14)),
    ),
    CalendarYear(
        2027,
        off=(NEW_YEAR, *(date(2027, 2, 8 + n) for n in range(8)), date(2027, 5, 1), date(2027, 5, 2),
             date(2027, 5, 3), date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3)),
        work=(date(2027, 2, 20),),
    ),
)  # fmt: skip

units: dict[Unit, st.SearchStrategy[int]] = {
    "working_days": st.integers(1, 30) | st.sampled_from((10, 13, 45)),
    "natural_days": st.integers(1, 60),
    "months": st.integers(1, 3),
    "hours": st.integers(4, 72),
}


@st.composite
def limits(draw: st.DrawFn, *among: Unit) -> Limit:
    unit = draw(st.sampled_from(among or tuple(units)))
    return Limit(draw(units[unit]), unit)


@st.composite
def catalogues(draw: st.DrawFn) -> Limits:
    """What an item may promise; at least one of its two limits stands."""
    promised = draw(st.none() | limits())
    legal = draw(limits("working_days", "natural_days", "months"))
    assist = st.integers(1, 5).map(lambda n: Limit(n, "working_days")) | limits("hours")
    step = limits("working_days", "natural_days", "hours")
    return Limits(
        legal,
        promised,
        draw(step),
        draw(step),
        draw(st.none() | step),
        {SITE_USE: draw(assist), TIMBER: draw(assist)},
        draw(st.sampled_from(("acceptance", "receipt"))),
        draw(st.booleans()),
    )


begins = st.builds(
    lambda day, tick: datetime(2026, 9, 20, 8, tzinfo=HALL_ZONE) + timedelta(days=day, minutes=10 * tick),
    st.integers(0, 110),
    st.integers(0, 54),
)


def plain(limit: Limit | None) -> LIMIT | None:
    return (limit.amount, limit.unit) if limit else None


class LifeAtTheCounter(RuleBasedStateMachine):
    """A case from its draft to acceptance, while days go by and notices arrive."""

    world: CaseWorld
    diary: Diary
    limits: Limits

    def hall(self) -> CaseWorld:
        """A hall with one draft in it. Subclasses say on which store."""
        raise NotImplementedError

    @initialize(found=catalogues(), at=begins)
    def the_citizen_comes(self, found: Limits, at: datetime) -> None:
        self.world = self.hall()
        self.limits = found
        self.world.begin(found, at)
        wall = Wall()
        with self.world.store.reading() as reader:
            years = reader.published(CALENDAR_YEARS)
        for row in years.values():
            wall.announce(row.year, row.off, row.work)
        self.diary = Diary(wall, plain(found.legal), plain(found.promised), found.joint)

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    def tries(self, act: Callable[[], object], allowed: bool) -> bool:
        """Does it exactly where the rules allow it."""
        refused = ""
        try:
            act()
        except UserFacingError as error:
            refused = error.code
        assert (not refused) == allowed, refused or "nobody refused it"
        return allowed

    # the days

    @rule(days=st.integers(0, 9), ticks=st.integers(0, 60), keeper=st.booleans())
    def days_go_by(self, days: int, ticks: int, keeper: bool) -> None:
        self.world.clock.advance(days=days, minutes=10 * ticks)
        self.notice_silence()
        if keeper:
            self.keep()

    @rule(weeks=st.integers(2, 14))
    def weeks_go_by(self, weeks: int) -> None:
        self.world.clock.advance(days=7 * weeks)
        self.notice_silence()

    def keep(self) -> None:
        """What the machine does by itself, until nothing is left to do."""
        before = -1
        while (head := self.world.head()) != before:
            before = head
            self.world.time.by_clock.step()

    def notice_silence(self) -> None:
        if self.diary.silence(self.now):
            self.keep()
            self.accept(self.diary.received or self.now)

    @rule(which=st.sampled_from(NOTICES_2027))
    def a_notice_arrives(self, which: CalendarYear) -> None:
        self.world.time.calendar.announce(ADMIN, self.world.key(), [which])
        self.diary.wall.announce(which.year, which.off, which.work)
        self.the_answer_is_counted_anew()

    @rule(ahead=st.integers(-3, 40), off=st.booleans())
    def a_day_is_put_right(self, ahead: int, off: bool) -> None:
        day = self.now.date() + timedelta(days=ahead)
        known = self.diary.wall.notices.get(day.year)
        weekend = day.weekday() >= 5
        allowed = known is not None and (off or weekend) and (off or (day.month, day.day) not in ALWAYS_OFF)
        change = self.world.time.calendar.set_day
        if self.tries(lambda: change(ADMIN, self.world.key(), day, "off" if off else "work"), allowed):
            assert known is not None
            keeps, works = set(known[0]) - {day}, set(known[1]) - {day}
            (keeps if off else works).add(day)
            self.diary.wall.announce(day.year, keeps, works)
            self.the_answer_is_counted_anew()

    def the_answer_is_counted_anew(self) -> None:
        """Unless silence has accepted it already."""
        received = self.diary.received
        waits = self.diary.stage == "received" and not self.diary.silence(self.now)
        if waits and received is not None:
            self.diary.silent_until = self.five_working_days(received.date())

    # the counter

    @precondition(lambda self: self.diary.stage == "draft")
    @rule()
    def papers_are_received(self) -> None:
        self.decide("receive")
        self.diary.stage, self.diary.received = "received", self.now
        self.diary.silent_until = self.five_working_days(self.now.date())

    def five_working_days(self, since: date) -> date:
        day = since
        while worked_between(self.diary.wall, since, day) < 5:
            day += DAY
        return day

    @precondition(lambda self: self.diary.stage in ("draft", "received", "returned"))
    @rule()
    def it_is_accepted(self) -> None:
        self.decide("accept")
        by_receipt = self.limits.clock_start == "receipt" and self.diary.received is not None
        self.accept(self.diary.received if by_receipt and self.diary.received else self.now)

    @precondition(lambda self: self.diary.stage in ("draft", "received"))
    @rule()
    def a_paper_is_short(self) -> None:
        """The notice tells it; how late the lead tells it stands on record."""
        late = 0
        if self.diary.stage == "received" and self.diary.received is not None:
            late = max(0, worked_between(self.diary.wall, self.diary.received.date(), self.now.date()) - 2)
        self.world.intake.mark(CLERK, self.world.key(), self.world.case, "form", "to_correct", "缺公章")
        self.decide("notify")
        self.diary.stage = "noticed"
        with self.world.store.reading() as reader:
            assert reader.need(CASES, self.world.case).notices[-1].lead_late == late

    @precondition(lambda self: self.diary.stage == "noticed")
    @rule()
    def the_citizen_returns(self) -> None:
        self.world.intake.return_visit(CLERK, self.world.key(), self.world.case)
        self.world.intake.mark(CLERK, self.world.key(), self.world.case, "form", "present")
        self.diary.stage = "returned"

    def decide(self, outcome: DecisionKind) -> None:
        detail = DecisionInput(reason="所需", article="某条例第三条")
        self.world.intake.decide(CLERK, self.world.key(), self.world.case, outcome, detail)

    def accept(self, since: datetime) -> None:
        self.diary.stage, self.diary.started = "accepted", since
        self.diary.open_piece("step:review", self.now, plain(self.limits.review), leads=True)
        self.diary.open_piece("step:check", self.now, plain(self.limits.check), leads=False)
