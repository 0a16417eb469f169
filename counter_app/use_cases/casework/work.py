"""A handler's commands on his own work: take it, hand it over, fill the form, give the opinion, send it back.

Each is one act; what the rules start next starts in it (mission: C3, C9, C10, C12, C15, C16, I9, I10).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from counter_app.domain.casework.clocks import last_day
from counter_app.domain.casework.discretion import c16_words
from counter_app.domain.casework.facts import (
    ClassSet,
    MeetingSentUp,
    OpinionGiven,
    ReviewFilled,
    StepEnded,
    StepSentBack,
    UpperBodyAnswered,
)
from counter_app.domain.casework.opinion import (
    Lack,
    OpinionInput,
    c9_basis,
    c9_lacks,
    c9_reasons,
    c10_lacks,
    granting_lacks,
    paper_lacks,
    review_form,
)
from counter_app.domain.casework.procedure import c3_may_send_back, c15_flag, i10_class_of
from counter_app.domain.casework.rights import c12_may_have
from counter_app.domain.casework.state import LEVELS, Step
from counter_app.domain.casework.task import Task, TaskLimitSet, TaskPassed, TaskTaken
from counter_app.domain.catalogue.handling import Complexity
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.discretion import discretion_used
from counter_app.use_cases.casework.drafts import drop_draft
from counter_app.use_cases.casework.flow import advance_signed, close_work
from counter_app.use_cases.casework.following import Decide
from counter_app.use_cases.casework.ground import Ground, ground, needs, no_level, owed, task_of, who_acts
from counter_app.use_cases.casework.notices import issue_copy_notices
from counter_app.use_cases.casework.opinion_words import checked_opinion
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Store, Transaction


class Work:
    """Commands of handlers and approvers. `key` is the command's: the same key acts once."""

    def __init__(
        self, store: Store, reference: CaseReference, decide: Decide, statements: StatementMaker
    ) -> None:
        self._store = store
        self._reference = reference
        self._decide = decide
        self._statements = statements

    def take(self, actor: Actor, key: str, task: str) -> None:
        """Take work of one's post or department into one's own hands. UserFacingError `work.*`."""

        def work(tx: Transaction) -> None:
            piece, on = self._piece(tx, task)
            who = who_acts(tx, on.plan, actor)
            needs("take", who, on, piece)
            if piece.staff != actor.staff:
                tx.record(TaskTaken(case=piece.case, task=task, staff=actor.staff))

        self._store.act(actor, key, work)

    def pass_on(self, actor: Actor, key: str, task: str, to: str, remark: str = "") -> None:
        """Hand it to a colleague of the same department (点对点, mission: C12). `work.colleague` for
        others, `work.level` where he holds no post that signs it (mission: C9)."""
        checked_text(remark)

        def work(tx: Transaction) -> None:
            piece, on = self._piece(tx, task)
            needs("pass", who_acts(tx, on.plan, actor), on, piece)
            colleague = on.plan.member(to)
            if colleague is None or colleague.department != piece.department:
                raise UserFacingError(
                    "work.colleague",
                    "Work is handed to people of its own department.",
                    kept="It stays where it is.",
                    remedy="Name a colleague of {department}.",
                    department=on.department_name(piece.department),
                )
            receiver = who_acts(tx, on.plan, Actor(to))
            if not c12_may_have(receiver, on.handling, piece):
                raise no_level(colleague.name, piece)
            private = {"text": remark.encode()} if remark else None
            tx.record(
                TaskPassed(case=piece.case, task=task, from_staff=actor.staff, to_staff=to), private=private
            )

        self._store.act(actor, key, work)

    def fill_review(
        self, actor: Actor, key: str, case: str, step: str, lines: Sequence[tuple[str, str]]
    ) -> None:
        """Answer questions of the review form, each with one of its standard answers. `review.unknown`."""

        def work(tx: Transaction) -> None:
            on, doing, piece = self._step(tx, case, step)
            needs("review", who_acts(tx, on.plan, actor), on, piece)
            self._mine(tx, actor, piece)
            form = {question.code: question for question in review_form(on.item, doing)}
            told = []
            for code, answer in lines:
                question = form.get(code)
                if question is None or answer not in (*question.phrases, *question.against):
                    raise _no_such_answer(code, answer)
                told.append((code, answer, answer in question.phrases))
            tx.record(ReviewFilled(case=case, step=step, lines=tuple(told)))

        self._store.act(actor, key, work)

    def opine(self, actor: Actor, key: str, case: str, step: str, given: OpinionInput) -> None:
        """Sign the opinion of this step: handler, approver or final approver by its kind.

        UserFacingError `opinion.*`, `review.*`, `band.*` for what keeps it back, the first of `lacks`.
        """
        checked_opinion(given)

        def work(tx: Transaction) -> None:
            on, doing, piece = self._step(tx, case, step)
            needs("opine", who_acts(tx, on.plan, actor), on, piece)
            if doing.kind not in LEVELS:
                raise _not_so(doing)
            _nothing_lacks(
                c9_lacks(on.handling, doing, on.item, actor.staff, given, owed(tx, on), on.approvers)
            )
            self._mine(tx, actor, piece)
            words = c16_words(on.item, given.bands, given.band_reason)
            _sign(tx, case, doing, replace(given, band_reason=words))
            drop_draft(tx, actor, case, step)
            close_work(tx, case, piece.id, given.view, hand=True)
            on = self._advance(tx, actor, on, f"step:{step}")
            self._conclude(tx, actor, on, given)

        self._store.act(actor, key, work)

    def enter_reply(self, actor: Actor, key: str, case: str, step: str, given: OpinionInput) -> None:
        """The counter enters what a department that has not moved in decided on its reply slip, or the upper
        body's decision that it sent on (mission: H2, I9).

        UserFacingError `opinion.no-law`, `opinion.no-article` when the slip names none.
        """
        checked_opinion(given)

        def work(tx: Transaction) -> None:
            on, doing, piece = self._step(tx, case, step)
            needs("enter_reply", who_acts(tx, on.plan, actor), on, piece)
            if doing.kind not in ("final", "report") or not piece.on_paper:
                raise _not_so(doing)
            if doing.kind == "report":
                self._upper(tx, actor, on, doing, piece, given)
                return
            _nothing_lacks(paper_lacks(given))
            if given.view == "grant":
                _nothing_lacks(granting_lacks(on.handling, on.item, owed(tx, on), final=True))
            _sign(tx, case, doing, given, on_paper=True)
            close_work(tx, case, piece.id, given.view, hand=True)
            self._conclude(tx, actor, self._advance(tx, actor, on, f"step:{step}"), given)

        self._store.act(actor, key, work)

    def send_back(self, actor: Actor, key: str, case: str, step: str, to: str, reason: str) -> None:
        """An approver gives the work back to an earlier step, a handler a visit or test that failed.
        `work.reason-needed`, `work.not-so`."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            on, doing, piece = self._step(tx, case, step)
            needs("send_back", who_acts(tx, on.plan, actor), on, piece)
            target = on.handling.step(to)
            if target is None or not c3_may_send_back(doing, target):
                raise _not_so(doing)
            if not reason.strip():
                raise _reason_needed()
            tx.record(StepSentBack(case=case, step=step, to=to), private={"reason": reason.encode()})
            close_work(tx, case, piece.id, "sent_back", hand=True)
            self._advance(tx, actor, on, f"back:{to}")

        self._store.act(actor, key, work)

    def end_step(
        self, actor: Actor, key: str, case: str, step: str, outcome: str = "done", remark: str = ""
    ) -> None:
        """A visit, a test, a meeting is over: `done` or `failed`. `work.not-so` for steps that need an
        opinion, `review.*` for what its form still asks or what speaks against `done` (mission: C10)."""
        checked_text(remark)

        def work(tx: Transaction) -> None:
            on, doing, piece = self._step(tx, case, step)
            needs("end_step", who_acts(tx, on.plan, actor), on, piece)
            if doing.kind not in ("visit", "test", "meeting"):
                raise _not_so(doing)
            _nothing_lacks(c10_lacks(on.item, doing, "deny" if outcome == "failed" else "grant"))
            private = {"text": remark.encode()} if remark else None
            flag = c15_flag(on.item, on.classed, doing.meets_at) if doing.kind == "meeting" else None
            tx.record(StepEnded(case=case, step=step, outcome=outcome, flag=flag), private=private)
            close_work(tx, case, piece.id, outcome)
            self._advance(tx, actor, on, f"step:{step}")

        self._store.act(actor, key, work)

    def send_to_meeting(self, actor: Actor, key: str, case: str, step: str, level: str) -> str:
        """Say for which meeting the case waits; gives `needless`, `missed` or "" by the table (mission:
        C15)."""

        def work(tx: Transaction) -> None:
            on, doing, piece = self._step(tx, case, step)
            needs("end_step", who_acts(tx, on.plan, actor), on, piece)
            known = [entry.code for entry in on.item.decision_levels]
            if doing.kind != "meeting" or level not in known:
                raise _not_so(doing)
            flag = c15_flag(on.item, on.classed, level)
            tx.record(MeetingSentUp(case=case, step=step, level=level, flag=flag))
            _take_limit(tx, on, piece, level)

        return self._store.act(actor, key, work).first(MeetingSentUp).flag

    def upper_answered(self, actor: Actor, key: str, case: str, step: str, given: OpinionInput) -> None:
        """The upper body's decision came and decides the case; its number is kept (mission: I9).

        UserFacingError `opinion.no-law`, `opinion.no-article` for a refusal that names none.
        """
        checked_opinion(given)

        def work(tx: Transaction) -> None:
            on, doing, piece = self._step(tx, case, step)
            if doing.kind != "report":
                raise _not_so(doing)
            needs("upper_answer", who_acts(tx, on.plan, actor), on, piece)
            self._upper(tx, actor, on, doing, piece, given)

        self._store.act(actor, key, work)

    def _upper(
        self, tx: Transaction, actor: Actor, on: Ground, doing: Step, piece: Task, given: OpinionInput
    ) -> None:
        if given.view == "deny":
            _nothing_lacks(paper_lacks(given))
        case, step, view = piece.case, doing.code, given.view
        private = {"text": given.text.encode()} if given.text else None
        fact = UpperBodyAnswered(case=case, step=step, view=view, number=given.result_number)
        tx.record(fact, private=private)
        tx.record(StepEnded(case=case, step=step, outcome=view))
        close_work(tx, case, piece.id, view, hand=True)
        self._conclude(tx, actor, self._advance(tx, actor, on, f"step:{step}"), given)

    def classify(
        self, actor: Actor, key: str, case: str, complexity: Complexity, sensitive: bool, reason: str
    ) -> None:
        """Another class than the catalogue assumed: it decides who may see the case (mission: I10)."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("classify", who_acts(tx, on.plan, actor), on)
            if not reason.strip():
                raise _reason_needed()
            classed = i10_class_of(on.item, complexity, sensitive)
            fact = ClassSet(
                case=case,
                case_class=classed.found.code if classed.found else "",
                complexity=complexity,
                sensitive=sensitive,
                restricted=classed.restricted,
            )
            tx.record(fact, private={"reason": reason.encode()})

        self._store.act(actor, key, work)

    def _advance(self, tx: Transaction, actor: Actor, on: Ground, cause: str) -> Ground:
        """What starts next starts now; departments that have not moved in get their copy-notice with it."""
        on = advance_signed(tx, on, cause)
        issue_copy_notices(tx, self._reference, self._statements, actor, on)
        return on

    def _conclude(self, tx: Transaction, actor: Actor, on: Ground, given: OpinionInput) -> None:
        """What was decided becomes the case's decision with its paper, in the same act."""
        handling = on.handling
        if handling.decided_at is None or handling.view is None:
            return
        detail = DecisionInput(
            reason=(c9_reasons(handling, given) if handling.view == "deny" else "") or given.text,
            article=c9_basis(handling, given),
            result_number=handling.result_number,
            discretion=discretion_used(on),
            upper_body=on.upper_body,
        )
        self._decide(tx, actor, handling.case, handling.view, detail)

    def _piece(self, tx: Transaction, task: str) -> tuple[Task, Ground]:
        piece = task_of(tx, task)
        return piece, ground(tx, self._reference, piece.case)

    def _step(self, tx: Transaction, case: str, code: str) -> tuple[Ground, Step, Task]:
        """The step that is open. UserFacingError `work.no-step`."""
        on = ground(tx, self._reference, case)
        step = on.handling.step(code)
        if step is None or step.state != "open":
            raise UserFacingError(
                "work.no-step",
                "The step {step} is not open in this case.",
                kept="Nothing was changed.",
                remedy="Look at the case's page for what waits now.",
                step=step.name if step else code,
            )
        return on, step, task_of(tx, step.task)

    @staticmethod
    def _mine(tx: Transaction, actor: Actor, piece: Task) -> None:
        """Who works on it has taken it."""
        if piece.staff != actor.staff:
            tx.record(TaskTaken(case=piece.case, task=piece.id, staff=actor.staff))


def _nothing_lacks(lacks: Iterable[Lack]) -> None:
    """The first thing that keeps an opinion back is the one told."""
    for lack in lacks:
        raise UserFacingError(
            lack.code,
            lack.text,
            kept="What was filled in is kept.",
            remedy="Complete it and send it again.",
            **dict(lack.params),
        )


def _sign(tx: Transaction, case: str, step: Step, given: OpinionInput, on_paper: bool = False) -> None:
    private = {"text": given.text.encode()}
    if given.band_reason:
        private["reason"] = given.band_reason.encode()
    tx.record(
        OpinionGiven(
            case=case,
            step=step.code,
            level=LEVELS[step.kind],
            view=given.view,
            law=given.law,
            article=given.article,
            conditions=given.conditions,
            bands=given.bands,
            band_approver=given.band_approver,
            result_number=given.result_number,
            on_paper=on_paper,
        ),
        private=private,
    )
    tx.record(StepEnded(case=case, step=step.code, outcome=given.view))


def _take_limit(tx: Transaction, on: Ground, piece: Task, level: str) -> None:
    """The step waits as long as its meeting's level may take, where the table says so (mission: C15)."""
    limit = next((entry.limit for entry in on.item.decision_levels if entry.code == level), None)
    due = last_day(limit, piece.opened_at, on.calendar)
    if limit is not None and due is not None and limit != piece.limit:
        known = (limit.amount, limit.unit)
        tx.record(TaskLimitSet(case=piece.case, task=piece.id, limit=known, due=due.isoformat()))


def _no_such_answer(code: str, answer: str) -> UserFacingError:
    return UserFacingError(
        "review.unknown",
        "“{answer}” is no standard answer to {question}.",
        kept="Nothing was changed.",
        remedy="Choose one of the answers the form offers.",
        answer=answer,
        question=code,
    )


def _not_so(step: Step) -> UserFacingError:
    return UserFacingError(
        "work.not-so",
        "The step {step} does not end in this way.",
        kept="Nothing was changed.",
        remedy="Look at what the case's page offers.",
        step=step.name,
    )


def _reason_needed() -> UserFacingError:
    return UserFacingError(
        "work.reason-needed",
        "Say why.",
        kept="Nothing was changed.",
        remedy="Give the reason in words.",
    )
