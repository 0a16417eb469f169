"""A case's page: everything one may see of it and may do next, for handler, counter and supervisor (mission:
C1).

Made from the same ground and the same rules that commands check. Not here: the plan (`planning.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

from counter_app.domain.casework.beginning import lines_of
from counter_app.domain.casework.clocks import as_of, is_over
from counter_app.domain.casework.discretion import c16_amounts
from counter_app.domain.casework.drafts import DRAFTS
from counter_app.domain.casework.joint_rules import c2_may_apply_again
from counter_app.domain.casework.opinion import review_form
from counter_app.domain.casework.plan import Bar
from counter_app.domain.casework.procedure import c4_assists_of
from counter_app.domain.casework.rights import Action, Sight, Who, c1_may, i10_sight
from counter_app.domain.casework.state import LEVELS, WAYS, Assist, Handling, Step
from counter_app.domain.casework.task import Task
from counter_app.domain.catalogue.handling import AssistMatter
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES
from counter_app.domain.time.clock import CLOCKS, Clock
from counter_app.domain.time.ledger import Due
from counter_app.domain.time.limits import Limit
from counter_app.use_cases.casework.ground import Ground
from counter_app.use_cases.casework.group_rows import GroupRows
from counter_app.use_cases.casework.inbox import RowMaker
from counter_app.use_cases.casework.joint_rows import joint_rows
from counter_app.use_cases.casework.joint_views import PrerequisiteRow
from counter_app.use_cases.casework.plan_rows import change_rows, plan_row
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.casework.results_needed import is_late, may_choose, must_choose
from counter_app.use_cases.casework.shortened import shortened
from counter_app.use_cases.casework.time_work import time_rows
from counter_app.use_cases.casework.views import (
    AssistRow,
    CasePage,
    InboxRow,
    LookedUpRow,
    OpinionForm,
    OpinionRow,
    PlanChangeRow,
    StepRow,
)
from counter_app.use_cases.ports.store import Reader

ACTIONS: Final[tuple[Action, ...]] = get_args(Action)


@dataclass(frozen=True)
class PageMaker:
    """Makes one page for one person; `tasks` is all work of the case."""

    reader: Reader
    on: Ground
    who: Who
    tasks: tuple[Task, ...]
    rows: RowMaker
    bars: tuple[Bar, ...]

    @property
    def handling(self) -> Handling:
        return self.on.handling

    def page(self, most: Sight = "all") -> CasePage:
        """No more of it than `most`."""
        return shortened(self._whole(i10_sight(self.who, self.handling) if most == "all" else most))

    def _whole(self, sight: Sight) -> CasePage:
        on, handling, case, group = self.on, self.handling, self.on.case, GroupRows(self.on, self.tasks)
        return CasePage(
            case=case.id,
            number=case.number,
            item=on.item.name,
            applicant=self._applicant(),
            stage=case.stage,
            sight=sight,
            department=handling.department,
            department_name=on.department_name(handling.department),
            case_class=on.classed.found.name if on.classed.found else "",
            complexity=handling.complexity,
            sensitive=handling.sensitive,
            reported_up=handling.decides == "report",
            legal_limit=self._limits[0],
            promised_limit=self._limits[1],
            accepted_at=case.accepted_at,
            legal_due=self._kept.legal_due,
            promised_due=self._kept.promised_due,
            due_provisional=case.due_provisional,
            tracker=handling.tracker,
            tracker_name=self._name(handling.tracker),
            plan_approval=handling.plan_approval,
            plan_approved=bool(handling.plan_approved_by),
            joint=handling.joint.name if handling.joint else "",
            joint_cases=joint_rows(self.reader, self.on.catalogue, self.on.case, self.handling),
            prerequisites=self._prerequisites(),
            steps=tuple(self._step(step) for step in handling.steps),
            opinions=self._opinions(),
            assists=tuple(self._assist(assist) for assist in handling.assists),
            offered=self._offered(),
            looked_up=self._looked_up(),
            notes=group.notes(),
            meetings=group.meetings(),
            orders=group.orders(),
            plan=tuple(plan_row(bar) for bar in self.bars),
            plan_changes=self._changes(),
            tasks=tuple(self.rows.row(task) for task in self.tasks if task.open),
            time_work=self._time_work(),
            form=self._form(),
            may=self._may(),
            view=handling.view,
            result_number=handling.result_number,
            decided_at=handling.decided_at,
            levels=on.item.decision_levels,
            right_level=on.right_level,
            lead_late=max((notice.lead_late for notice in case.notices), default=0),
            class_reason=handling.class_reason,
        )

    def _time_work(self) -> tuple[InboxRow, ...]:
        clock = self.reader.get(CLOCKS, self.on.case.id)
        return tuple(time_rows(self.rows, self.who, clock)) if clock is not None else ()

    def _changes(self) -> tuple[PlanChangeRow, ...]:
        planner = Planner(self.reader, self.on.reference)
        return change_rows(planner, self.bars, self.handling.plan_changes)

    def _applicant(self) -> str:
        person = self.on.case.applicant
        party = self.reader.get(PARTIES, person.party) if person else None
        return party.name if party else ""

    def _name(self, staff: str) -> str:
        member = self.on.plan.member(staff)
        return member.name if member else ""

    def _task(self, id: str) -> Task | None:
        return next((task for task in self.tasks if task.id == id), None)

    def _due(self, task: Task | None) -> Due | None:
        """When this work is due as of now, and whether its clock stands with the case (mission: T5)."""
        if task is None or not task.open:
            return Due(task.due, None, False, ()) if task and task.due else None
        return as_of(task, self.reader.get(CLOCKS, self.on.case.id), self.on.calendar, self.on.now)

    def _step(self, step: Step) -> StepRow:
        task = self._task(step.task)
        post = self.on.plan.post(step.post)
        found = Due(step.upper_due, None, False, ()) if step.upper_due else self._due(task)
        return StepRow(
            code=step.code,
            name=step.name,
            kind=step.kind,
            department=step.department,
            department_name=self.on.department_name(step.department),
            post_name=post.name if post else "",
            staff_name=self._name((task.staff or task.closed_by) if task else ""),
            state=step.state,
            after=step.after,
            limit=step.limit,
            started_at=step.started_at,
            ended_at=step.ended_at,
            due=found.day if found else None,
            late=step.state == "open" and is_over(found, self.on.now),
            stands=found is not None and found.standing,
            outcome=step.outcome,
            task=step.task,
            sent_back=step.sent_back,
            level=step.meeting_level or step.level,
            flag=step.flag,
            applicant_does=step.applicant_does,
            back_name=self._name(step.back_by),
            back_reason=step.back_reason,
            remark=step.remark,
            due_at=found.at if found else None,
        )

    def _opinions(self) -> tuple[OpinionRow, ...]:
        return tuple(
            OpinionRow(
                step=opinion.step,
                level=opinion.level,
                view=opinion.view,
                staff=opinion.staff,
                name=self._name(opinion.staff),
                at=opinion.at,
                text=opinion.text,
                law=opinion.law,
                article=opinion.article,
                conditions=opinion.conditions,
                bands=opinion.bands,
                band_approver=self._name(opinion.band_approver),
                band_reason=opinion.band_reason,
                amounts=c16_amounts(self.on.item, opinion.bands),
            )
            for opinion in self.handling.opinions
        )

    def _assist(self, assist: Assist) -> AssistRow:
        task = self._task(assist.task)
        found = self._due(task)
        over = bool(task and task.open) and is_over(found, self.on.now)
        declared = self.on.item.assist(assist.matter)
        return AssistRow(
            matter=assist.matter,
            name=declared.name if declared else assist.matter,
            department=assist.department,
            department_name=self.on.department_name(assist.department),
            demand=declared.demand if declared else "",
            task=assist.task,
            asked_at=assist.asked_at,
            due=found.day if found else None,
            due_at=found.at if found else None,
            late=bool(task and task.late) or over,
            silent=assist.answer is None and over,
            answer=assist.answer,
            answered_at=assist.answered_at,
            law=assist.law,
            article=assist.article,
            reason=assist.reason,
            on_paper=bool(task and task.on_paper),
            rounds=assist.rounds,
            cause=assist.cause,
            disputed=assist.disputed,
            settled=bool(assist.settled_by),
            cause_reason=assist.cause_reason,
            dispute_reason=assist.dispute_reason,
            settle_reason=assist.settle_reason,
            may_dispute=bool(assist.cause)
            and not assist.disputed_by
            and c1_may("dispute", self.who, self.handling, matter=assist.matter),
            laws=(*(declared.basis if declared else ()), *self.on.item.legal_basis),
        )

    def _offered(self) -> tuple[AssistMatter, ...]:
        """Asked once: nothing is offered after that (mission: C5)."""
        on, handling = self.on, self.handling
        if handling.assists or handling.looked_up:
            return ()
        return c4_assists_of(on.item, on.case.draft.answers, on.today)

    def _looked_up(self) -> tuple[LookedUpRow, ...]:
        declared = {matter.code: matter for matter in self.on.item.assists}
        return tuple(
            LookedUpRow(code, one.name, self.on.department_name(one.department), source)
            for code, source in self.handling.looked_up
            if (one := declared.get(code)) is not None
        )

    def _prerequisites(self) -> tuple[PrerequisiteRow, ...]:
        found = []
        for entry in self.handling.prerequisites:
            case = self.reader.get(CASES, entry.from_case) if entry.from_case else None
            late = entry.state == "open" and is_late(self.reader, entry)
            how = "" if entry.how == "late" and entry.state == "open" else entry.how
            found.append(
                PrerequisiteRow(
                    entry.item,
                    self.on.catalogue.history(entry.item)[-1].name,
                    entry.from_case,
                    case.number if case else "",
                    entry.state,
                    "late" if late else how,
                    entry.number,
                    entry.way,
                    WAYS if may_choose(self.reader, entry) else (),
                    c2_may_apply_again(entry, case),
                    must_choose(self.reader, entry),
                    entry.chosen_at,
                    self._name(entry.chosen_by),
                )
            )
        return tuple(found)

    @property
    def _limits(self) -> tuple[Limit | None, Limit | None]:
        """Legal and promised, as the case's clock counts them; before it runs those of its class (mission:
        I10)."""
        clock = self.reader.get(CLOCKS, self.on.case.id)
        if clock is not None:
            return clock.legal, clock.promised
        lines = lines_of(self.on.item, self.on.case, self.on.today, self.on.plan.settings)
        return lines.legal_limit, lines.promised_limit

    @property
    def _kept(self) -> Clock | Case:
        """Whatever has the dates: the running clock, with its stops and additions, else the case."""
        clock = self.reader.get(CLOCKS, self.on.case.id)
        return clock if clock is not None and clock.running else self.on.case

    def _form(self) -> OpinionForm | None:
        """The form of the open step that this person may sign, if there is one."""
        for step in self.handling.steps:
            task = self._task(step.task)
            if step.state != "open" or step.kind not in LEVELS or task is None:
                continue
            if c1_may("opine", self.who, self.handling, task):
                return self._form_of(step)
        return None

    def _form_of(self, step: Step) -> OpinionForm:
        item = self.on.item
        declared = item.step(step.code)
        review = review_form(item, step)
        drafted = self.reader.get(DRAFTS, self.on.case.id)
        return OpinionForm(
            step=step.code,
            level=LEVELS[step.kind],
            conditions=item.conditions,
            review=review,
            answered=tuple((line.question, line.answer) for line in step.review),
            laws=item.legal_basis,
            phrases=tuple(phrase for line in review for phrase in line.phrases),
            bands=item.bands,
            approvers=self.on.approvers,
            guidance=declared.guidance if declared else None,
            draft=drafted.of(step.code, self.who.staff) if drafted is not None else None,
        )

    def _may(self) -> frozenset[Action]:
        if not self.handling.open:
            return self._may_after_the_end()
        pieces = (None, *(task for task in self.tasks if task.open))
        return frozenset(
            action
            for action in ACTIONS
            if any(c1_may(action, self.who, self.handling, piece) for piece in pieces)
        )

    def _may_after_the_end(self) -> frozenset[Action]:
        """Whose delay it was may still be contested and settled."""
        may: set[Action] = set()
        if any(self._assist(assist).may_dispute for assist in self.handling.assists):
            may.add("dispute")
        disputed = any(assist.disputed for assist in self.handling.assists)
        if disputed and c1_may("settle", self.who, self.handling):
            may.add("settle")
        return frozenset(may)
