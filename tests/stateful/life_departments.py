"""Steps, assists, a second request, arbitration, the end and its being set aside; what must hold after each.

mission: C3 C4 C5 C6 C7 T1 T2 T3 T4 T5.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from counter_app.domain.casework.clocks import as_of
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import ANSWERS, CAUSES, Answer, Cause
from counter_app.domain.casework.task import TASKS, Task
from counter_app.domain.journal import Actor
from counter_app.domain.time.alarms import t4_level_now
from counter_app.domain.time.clock import Clock, Which
from counter_app.domain.time.limits import Limit
from counter_app.use_cases.ports.store import Reader
from tests.stateful.life_at_the_counter import MATTERS, plain
from tests.stateful.life_time import LifeOnTheClock
from tests.stateful.pencil import Count, how_late
from tests.support.case_world import APPROVER, CLERK, COMMERCE, FINAL, LEAD, MANAGER, SITE_USE

GRANT = OpinionInput(view="grant", text="符合条件", law="某条例", article="第三条")
AFTER = {"approval": ("review", "check"), "final": ("approval",)}
SIGNERS: dict[str, Actor] = {"review": LEAD, "approval": APPROVER, "final": FINAL}
BOTH: tuple[Which, ...] = ("promised", "legal")


class WholeLife(LifeOnTheClock):
    """`done` are the steps that are done now."""

    done: frozenset[str] = frozenset()

    def step_open(self, step: str) -> bool:
        piece = self.diary.pieces.get(f"step:{step}")
        return piece is not None and piece.open

    def next_steps(self) -> None:
        """Whatever waited for what is done now begins at once."""
        limits = {"review": self.limits.review, "approval": self.limits.approval, "final": None}
        for step, limit in limits.items():
            ready = self.done.issuperset(AFTER.get(step, ()))
            if ready and step not in self.done and not self.step_open(step):
                self.diary.open_piece(f"step:{step}", self.now, plain(limit), leads=True)

    @precondition(lambda self: self.runs)
    @rule(step=st.sampled_from(("review", "check", "approval", "final")))
    def a_step_is_done(self, step: str) -> None:
        allowed = self.step_open(step) and (step == "check" or self.diary.may_grant(self.now))
        if not self.tries(lambda: self.do_step(step), allowed):
            return
        self.diary.pieces[f"step:{step}"].open = False
        self.done |= {step}
        if step == "final":
            self.it_has_ended("granted")
        else:
            self.next_steps()

    def do_step(self, step: str) -> None:
        """The look by whoever has it in its department, opinions by three different people."""
        work = self.world.casework.work
        if step == "check":
            work.end_step(COMMERCE, self.world.key(), self.world.case, step)
        else:
            work.opine(SIGNERS[step], self.world.key(), self.world.case, step, GRANT)

    @precondition(lambda self: self.runs)
    @rule()
    def the_approver_sends_it_back(self) -> None:
        work = self.world.casework.work
        if self.tries(
            lambda: work.send_back(APPROVER, self.world.key(), self.world.case, "approval", "review", "再核"),
            self.step_open("approval"),
        ):
            self.diary.pieces["step:approval"].open = False
            self.done -= {"review"}
            self.next_steps()

    @precondition(lambda self: self.runs)
    @rule(both=st.booleans())
    def the_lead_asks(self, both: bool) -> None:
        wanted = MATTERS if both else (SITE_USE,)
        asking = self.world.casework.asking
        if self.tries(
            lambda: asking.request(LEAD, self.world.key(), self.world.case, wanted), not self.diary.answered
        ):
            for matter in wanted:
                self.diary.answered[matter] = False
                self.diary.open_piece(f"assist:{matter}:1", self.now, self.assist_limit(matter), leads=False)

    def assist_limit(self, matter: str) -> tuple[int, str]:
        limit: Limit = self.limits.assists[matter]
        return limit.amount, limit.unit

    def round_of(self, matter: str) -> int:
        return 2 if matter in self.diary.causes else 1

    @precondition(lambda self: self.runs and self.diary.answered)
    @rule(matter=st.sampled_from(MATTERS), answer=st.sampled_from(ANSWERS))
    def a_department_answers(self, matter: str, answer: Answer) -> None:
        """Commerce at its desk; rural development's slip is entered by the counter."""
        piece = self.diary.pieces.get(f"assist:{matter}:{self.round_of(matter)}")
        who = COMMERCE if matter == SITE_USE else CLERK
        asking = self.world.casework.asking
        if self.tries(
            lambda: asking.answer(
                who, self.world.key(), self.world.case, matter, answer, "理由", "某条例", "第二条"
            ),
            piece is not None and piece.open,
        ):
            assert piece is not None
            piece.open = False
            self.diary.answered[matter] = True
            if answer == "disagree":
                self.diary.against.add(matter)

    @precondition(lambda self: self.runs)
    @rule(cause=st.sampled_from(CAUSES), rounds=st.integers(1, 3), owed=st.booleans())
    def commerce_is_asked_and_answers(self, cause: Cause, rounds: int, owed: bool) -> None:
        """Once, twice, and a third time that nobody may ask for; the last answer may still be owed."""
        if not self.diary.answered:
            self.the_lead_asks(both=False)
        for n in range(rounds):
            if n or self.diary.answered[SITE_USE]:
                self.the_lead_asks_again(matter=SITE_USE, cause=cause)
            if not owed or n + 1 < rounds:
                self.a_department_answers(matter=SITE_USE, answer="agree")

    @precondition(lambda self: self.runs and self.diary.answered)
    @rule(matter=st.sampled_from(MATTERS), cause=st.sampled_from(CAUSES))
    def the_lead_asks_again(self, matter: str, cause: Cause) -> None:
        asking = self.world.casework.asking
        allowed = self.diary.answered.get(matter, False) and self.round_of(matter) == 1
        if self.tries(
            lambda: asking.repeat(LEAD, self.world.key(), self.world.case, matter, cause, "未达要求"), allowed
        ):
            self.diary.answered[matter] = False
            self.diary.against.discard(matter)
            limit = self.assist_limit(matter)
            self.diary.open_piece(f"assist:{matter}:2", self.now, limit, leads=False)
            self.diary.book(matter, cause, limit)

    @precondition(lambda self: self.runs and self.diary.causes)
    @rule(matter=st.sampled_from(MATTERS))
    def the_cause_is_disputed(self, matter: str) -> None:
        """Commerce itself; rural development's protest comes on paper."""
        who = COMMERCE if matter == SITE_USE else CLERK
        asking = self.world.casework.asking
        allowed = self.round_of(matter) == 2 and matter not in self.diary.disputes
        if self.tries(
            lambda: asking.dispute(who, self.world.key(), self.world.case, matter, "不认可"), allowed
        ):
            self.diary.disputes[matter] = True

    @precondition(lambda self: self.runs and self.diary.disputes)
    @rule(matter=st.sampled_from(MATTERS), cause=st.sampled_from(CAUSES))
    def the_management_decides(self, matter: str, cause: Cause) -> None:
        asking = self.world.casework.asking
        if self.tries(
            lambda: asking.settle(MANAGER, self.world.key(), self.world.case, matter, cause, "经协调"),
            self.diary.disputes.get(matter, False),
        ):
            self.diary.disputes[matter] = False
            if cause != self.diary.causes[matter]:
                self.diary.unbook(matter)
                self.diary.book(matter, cause, self.assist_limit(matter))

    @precondition(lambda self: self.runs)
    @rule(really=st.integers(0, 4))
    def it_is_withdrawn(self, really: int) -> None:
        if really == 0:
            self.decide("withdraw")
            self.it_has_ended("withdrawn")

    def it_has_ended(self, how: str) -> None:
        self.diary.stage = how
        self.cut_short = [piece.name for piece in self.diary.pieces.values() if piece.open]
        for piece in self.diary.pieces.values():
            piece.open = False

    @precondition(lambda self: self.diary.stage in ("granted", "withdrawn"))
    @rule()
    def the_end_is_set_aside(self) -> None:
        """Its limits go on as they were; whoever decides has it before him again."""
        self.world.archiving.undo_end(MANAGER, self.world.key(), self.world.case, "有误", "某条例第九条")
        self.diary.stage = "accepted"
        self.done -= {"final"}
        for name in self.cut_short:
            piece = self.diary.pieces[name]
            self.diary.open_piece(name, self.now, piece.limit, leads=piece.leads)
            self.diary.pieces[name].late = piece.late
        self.next_steps()

    @invariant()
    def everything_is_as_the_pencil_finds_it(self) -> None:
        if not hasattr(self, "diary") or self.diary.started is None:
            return
        with self.world.store.reading() as reader:
            tasks = reader.casework.of_case(self.world.case)
            self.the_work_is_right(reader, tasks, self.clock())
        if self.runs:
            self.the_dates_are_right(self.clock())

    def the_dates_are_right(self, clock: Clock) -> None:
        calendar, now = self.world.calendar(), self.now
        for which in BOTH:
            found, due = self.diary.count(which, now), clock.counted(which, calendar, now)
            assert (found is None) == (due is None)
            if found is None or due is None:
                continue
            assert (due.day, due.at, due.standing) == (found.day, found.moment, found.stands), which
            assert due.provisional == found.guessed
            limit = self.diary.limit(which)
            if limit and limit[1] != "hours":
                assert [entry.day for entry in due.ledger if entry.state == "stopped"] == found.halted
            if which == "promised":
                assert t4_level_now(due, now, calendar) == self.level(found)
        stop = clock.standing
        if stop is None or stop.ended_as_of(now) is None:  # else a halt is over that nobody has noted yet
            assert clock.promised_due == self.diary.shown("promised", now)
            assert clock.legal_due == self.diary.shown("legal", now)
            assert not clock.moves or clock.moves[-1].now == clock.promised_due
        assert clock.overtaken == ()

    def level(self, found: Count) -> str:
        if found.stands:
            return ""
        level = how_late(self.diary.wall, found.day, self.now.date())
        over = found.moment is not None and self.now > found.moment
        return "reminder" if over and level in ("", "yellow") else level

    def the_work_is_right(self, reader: Reader, tasks: tuple[Task, ...], clock: Clock) -> None:
        handling = reader.need(HANDLINGS, self.world.case)
        rounds = {assist.matter: assist.rounds for assist in handling.assists}
        found = {}
        for task in tasks:
            if task.open and task.kind in ("step", "assist"):
                tail = f":{rounds[task.code]}" if task.kind == "assist" else ""
                due = as_of(task, clock, self.world.calendar(), self.now)
                found[f"{task.kind}:{task.code}{tail}"] = due and (due.day, due.at, due.standing)
        noted = {}
        for piece in self.diary.pieces.values():
            if piece.open:
                count = piece.due(self.diary.wall, self.diary.halts, self.now)
                noted[piece.name] = count and (count.day, count.moment, count.stands)
        assert found == noted
        for matter in self.diary.causes:
            assist = handling.assist(matter)
            assert assist is not None
            assert reader.need(TASKS, assist.task).late == self.diary.pieces[f"assist:{matter}:2"].late
        assert handling.overtaken == ()
