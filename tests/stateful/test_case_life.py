"""A whole case life in any order people may think of: what is refused changes nothing, what is done keeps the
rules.

One hall for all runs, a new case each; every act goes through the use cases. After each act the stored folds
equal their events, nobody has signed twice, no step ran before its time, the citizen's date stands, and an
ended case lies in no inbox (mission: C3–C7, C9, C12, H5).
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import ANSWERS, CAUSES, LEVELS, Answer, Cause, View
from counter_app.domain.casework.task import TASKS
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from tests.support.casework_hall import CIVIL, COMMERCE, HEALTH, MANAGER, CaseworkHall
from tests.support.intake_hall import ENTERPRISE

PEOPLE = (*HEALTH, Actor("1016", HEALTH[0].place), *COMMERCE, CIVIL, MANAGER, ENTERPRISE)
MATTERS = ("timber_source", "site_use", "residence")
STEPS = ("review", "visit", "test", "approval", "final")
REFUSALS = {"work", "opinion", "review", "assist", "dispute", "note", "task", "post", "decision"}
people = st.sampled_from(PEOPLE)
steps = st.sampled_from(STEPS)
matters = st.sampled_from(MATTERS)


@cache
def the_hall() -> CaseworkHall:
    base = tempfile.mkdtemp(prefix="case-life-")
    hall = CaseworkHall(Path(base))
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    atexit.register(hall.close)
    return hall


class CaseLife(RuleBasedStateMachine):
    """Rules are what somebody tries; most are refused, and then nothing may have changed."""

    @initialize()
    def accepted(self) -> None:
        self.hall = the_hall()
        self.case = self.hall.accepted("0512", "zhang", ENTERPRISE, staff="no")
        with self.hall.store.reading() as reader:
            self.promised = reader.need(CASES, self.case).promised_due

    def tries(self, act: Callable[[], object]) -> None:
        with self.hall.store.reading() as reader:
            before = reader.head()
        refused = ""
        try:
            act()
        except UserFacingError as error:
            refused = error.code
        if refused:
            assert refused.partition(".")[0] in REFUSALS
            with self.hall.store.reading() as reader:
                assert reader.head() == before

    @rule(who=people, step=steps)
    def end_step(self, who: Actor, step: str) -> None:
        self.tries(lambda: self.hall.casework.work.end_step(who, self.hall.key(), self.case, step))

    @rule(who=people)
    def fill(self, who: Actor) -> None:
        lines = [("layout", "布局合理，符合要求"), ("staff_health", "齐全有效")]
        work = self.hall.casework.work
        self.tries(lambda: work.fill_review(who, self.hall.key(), self.case, "review", lines))

    @rule(who=people, step=steps, view=st.sampled_from(("grant", "deny")), whole=st.booleans())
    def opine(self, who: Actor, step: str, view: View, whole: bool) -> None:
        with self.hall.store.reading() as reader:
            key = reader.need(CASES, self.case).item_key
            assert key is not None
            item = self.hall.reference.catalogue(reader).version(*key)
        given = OpinionInput(
            view=view,
            text="意见",
            law="某条例",
            article="第三条" if whole else "",
            conditions=tuple((text, True) for text in item.conditions),
        )
        self.tries(lambda: self.hall.casework.work.opine(who, self.hall.key(), self.case, step, given))

    @rule(who=people, step=steps, to=steps)
    def send_back(self, who: Actor, step: str, to: str) -> None:
        work = self.hall.casework.work
        self.tries(lambda: work.send_back(who, self.hall.key(), self.case, step, to, "再核"))

    @rule(who=people, wanted=st.lists(matters, min_size=1, max_size=3))
    def ask(self, who: Actor, wanted: list[str]) -> None:
        asking = self.hall.casework.asking
        self.tries(lambda: asking.request(who, self.hall.key(), self.case, wanted))

    @rule(who=people, matter=matters, answer=st.sampled_from(ANSWERS), reason=st.sampled_from(("", "理由")))
    def answer(self, who: Actor, matter: str, answer: Answer, reason: str) -> None:
        asking = self.hall.casework.asking
        self.tries(
            lambda: asking.answer(who, self.hall.key(), self.case, matter, answer, reason, "某条例", "第二条")
        )

    @rule(who=people, matter=matters, cause=st.sampled_from(CAUSES))
    def repeat(self, who: Actor, matter: str, cause: Cause) -> None:
        asking = self.hall.casework.asking
        self.tries(lambda: asking.repeat(who, self.hall.key(), self.case, matter, cause, "未达要求"))

    @rule(who=people, matter=matters)
    def dispute(self, who: Actor, matter: str) -> None:
        asking = self.hall.casework.asking
        self.tries(lambda: asking.dispute(who, self.hall.key(), self.case, matter, "不认可"))

    @rule(who=people, matter=matters, cause=st.sampled_from(CAUSES))
    def settle(self, who: Actor, matter: str, cause: Cause) -> None:
        asking = self.hall.casework.asking
        self.tries(lambda: asking.settle(who, self.hall.key(), self.case, matter, cause, "经协调"))

    @rule(who=people)
    def note(self, who: Actor) -> None:
        self.tries(lambda: self.hall.casework.group.note(who, self.hall.key(), self.case, "请核对"))

    @rule(back=st.booleans())
    def change_post(self, back: bool) -> None:
        posts, who = self.hall.casework.posts, HEALTH[0]
        if back:
            self.tries(lambda: posts.give_back(who, self.hall.key(), "health-handler"))
        else:
            self.tries(lambda: posts.pass_over(who, self.hall.key(), "health-handler", "外出"))

    @rule()
    def a_day_passes(self) -> None:
        self.hall.clock.advance(days=1)

    @rule(really=st.integers(0, 9))
    def withdraw(self, really: int) -> None:
        if really == 0:
            detail = DecisionInput(reason="不办了")
            intake = self.hall.intake
            self.tries(lambda: intake.decide(ENTERPRISE, self.hall.key(), self.case, "withdraw", detail))

    @invariant()
    def the_rules_are_kept(self) -> None:
        if not hasattr(self, "case"):
            return
        with self.hall.store.reading() as reader:
            handling = reader.need(HANDLINGS, self.case)
            assert HANDLINGS.replay(reader.history(f"handling:{self.case}")) == handling
            tasks = reader.casework.of_case(self.case)
            assert all(TASKS.replay(reader.history(f"task:{task.id}")) == task for task in tasks)
            case = reader.need(CASES, self.case)
        done = {step.code for step in handling.steps if step.outcome}
        for step in handling.steps:
            assert step.state == "waiting" or done.issuperset(step.after)
        signed: dict[str, set[str]] = {}
        for opinion in handling.opinions:
            signed.setdefault(opinion.staff, set()).add(opinion.level)
        assert all(len(levels) == 1 for levels in signed.values())
        assert case.promised_due == self.promised
        running = {step.task for step in handling.steps if step.state == "open"}
        assert running == {task.id for task in tasks if task.open and task.kind == "step"}
        if case.ended:
            assert handling.ended_at is not None
            assert not any(task.open for task in tasks if task.kind != "dispute")
        elif handling.decided_at is None:
            assert any(task.open for task in tasks)
        assert {LEVELS[step.kind] for step in handling.steps if step.kind in LEVELS} == {
            "handler",
            "approver",
            "final",
        }


CaseLife.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestCaseLife = CaseLife.TestCase
