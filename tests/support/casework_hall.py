"""A hall with counters and desks on one store: cases are accepted, then handled by named people."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import View
from counter_app.domain.journal import Actor
from counter_app.use_cases.casework.views import CasePage
from counter_app.use_cases.reference import Publishing
from tests.support.intake_hall import IntakeHall, plan

DESK = "desk-T1"
POPULATION = (Actor("1021", DESK), Actor("1009", DESK), Actor("1022", DESK))
HEALTH = (Actor("1014", DESK), Actor("1015", DESK), Actor("1017", DESK))
COMMERCE = (Actor("1018", DESK), Actor("1019", DESK), Actor("1020", DESK))
CIVIL = Actor("1008", DESK)
MANAGER = Actor("1011", DESK)


class CaseworkHall(IntakeHall):
    """`IntakeHall` with everything behind the counters."""

    def accepted(self, item: str, who: str, actor: Actor, /, **answers: str) -> str:
        """A case with all its papers, accepted at the counter."""
        case = self.case(item, who, actor, **answers)
        self.mark_all(case, actor)
        self.intake.decide(actor, self.key(), case, "accept")
        return case

    def without_posts(self, *codes: str) -> None:
        """The hall is set up anew with these posts left out; without codes, with all it has."""
        posts = tuple(post for post in plan().posts if post.code not in codes)
        Publishing(self.store, self.reference).hall(MANAGER, self.key(), replace(plan(), posts=posts))

    def page(self, case: str, actor: Actor) -> CasePage:
        return self.casework.queries.page(actor, case)

    def opine(self, case: str, step: str, actor: Actor, view: View = "grant", number: str = "") -> None:
        """Fill the form as somebody does who finds all in order, and sign."""
        form = self.page(case, actor).form
        assert form is not None
        assert form.step == step
        answers = [(question.code, question.phrases[0]) for question in form.review]
        if answers:
            self.casework.work.fill_review(actor, self.key(), case, step, answers)
        self.casework.work.opine(actor, self.key(), case, step, self.opinion(case, actor, view, number))

    def opinion(self, case: str, actor: Actor, view: View = "grant", number: str = "") -> OpinionInput:
        form = self.page(case, actor).form
        return OpinionInput(
            view=view,
            text="符合条件，拟准予。" if view == "grant" else "不符合条件，拟不予。",
            law="流动人口计划生育工作条例",
            article="第七条",
            conditions=tuple((text, True) for text in form.conditions) if form else (),
            result_number=number,
        )
