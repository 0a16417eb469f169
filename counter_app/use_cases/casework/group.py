"""The working group on one case: notes, questions, joint visits and meetings with minutes (mission: C3).

工作组成员之间可以相互讨论问题，交流与该办文有关的信息. Who did not come is recorded and urged; an absence
never answers a prerequisite.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from counter_app.domain.casework.facts import (
    GroupNoteWritten,
    GroupQuestionAnswered,
    MeetingCalled,
    MeetingMinuted,
)
from counter_app.domain.casework.opening import Piece
from counter_app.domain.journal import Actor
from counter_app.domain.time.limits import Limit
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.flow import close_work, open_work, plan_again, refreshed
from counter_app.use_cases.casework.ground import Ground, ground, needs, task_of, who_acts
from counter_app.use_cases.casework.notices import issue_copy_notices
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.store import Store, Transaction

REPLY_WITHIN = Limit(1, "working_days")


class WorkingGroup:
    """What those who work on one case tell and ask one another."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def note(self, actor: Actor, key: str, case: str, text: str) -> str:
        """A note all of the group read; gives its id."""
        return self._write(actor, key, case, text, "")

    def ask(self, actor: Actor, key: str, case: str, department: str, text: str) -> str:
        """A question to one department of the group, answered within a working day; gives its id."""
        return self._write(actor, key, case, text, department)

    def _write(self, actor: Actor, key: str, case: str, text: str, to: str) -> str:
        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("ask" if to else "note", who_acts(tx, on.plan, actor), on)
            if not checked_text(text).strip():
                raise no_words()
            if to:
                _in_group(on, (to,))
            task = open_work(tx, on, group_piece(on, "question", to, "答复工作组提问")) if to else ""
            id = tx.next_id
            tx.record(GroupNoteWritten(case=case, note=id, to=to, task=task), private={"text": text.encode()})
            self._notify(tx, actor, on)

        return self._store.act(actor, key, work).first(GroupNoteWritten).note

    def reply(self, actor: Actor, key: str, case: str, note: str, text: str) -> None:
        """Answer a question, named by its note or its task; the counter enters answers on paper (mission:
        H2). UserFacingError `note.unknown`, `note.no-words`."""

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            asked = (entry for entry in on.handling.notes if entry.task)
            known = next((entry for entry in asked if note in (entry.id, entry.task)), None)
            if known is None:
                raise UserFacingError(
                    "note.unknown",
                    "There is no such question in this case.",
                    kept="Nothing was changed.",
                    remedy="Look at the notes of the case.",
                )
            needs("reply", who_acts(tx, on.plan, actor), on, task_of(tx, known.task))
            if not checked_text(text).strip():
                raise no_words()
            tx.record(GroupQuestionAnswered(case=case, note=known.id), private={"text": text.encode()})
            close_work(tx, case, known.task, "answered", hand=True)
            plan_again(tx, on, known.id)

        self._store.act(actor, key, work)

    def call_meeting(
        self,
        actor: Actor,
        key: str,
        case: str,
        kind: Literal["visit", "meeting"],
        day: date,
        departments: Sequence[str],
    ) -> str:
        """Ask departments of the group to a joint visit or meeting: it stands in each one's inbox until the
        minutes are kept. Gives its id."""

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("meeting", who_acts(tx, on.plan, actor), on)
            _in_group(on, departments)
            invited = tuple(dict.fromkeys(departments))
            id = tx.next_id
            tasks = tuple(open_work(tx, on, _invitation(on, id, kind, day, code)) for code in invited)
            tx.record(
                MeetingCalled(
                    case=case, meeting=id, kind=kind, day=day.isoformat(), departments=invited, tasks=tasks
                )
            )
            self._notify(tx, actor, on)

        return self._store.act(actor, key, work).first(MeetingCalled).meeting

    def minute(
        self, actor: Actor, key: str, case: str, meeting: str, present: Sequence[str], minutes: str
    ) -> tuple[str, ...]:
        """Keep the minutes; gives the departments that did not come and are urged to state their view."""
        checked_text(minutes, 2000)

        def work(tx: Transaction) -> None:
            on = ground(tx, self._reference, case)
            needs("minutes", who_acts(tx, on.plan, actor), on)
            known = next((entry for entry in on.handling.meetings if entry.id == meeting), None)
            if known is None or known.held:
                raise UserFacingError(
                    "meeting.unknown",
                    "There is no such meeting whose minutes are open.",
                    kept="Nothing was changed.",
                    remedy="Look at the meetings of the case.",
                )
            if not minutes.strip():
                raise no_words()
            came = tuple(code for code in known.departments if code in present)
            away = tuple(
                (
                    code,
                    open_work(tx, on, group_piece(on, "absence", code, "缺席联合会办，补报书面意见")),
                )
                for code in known.departments
                if code not in present
            )
            fact = MeetingMinuted(case=case, meeting=meeting, present=came, absent=away)
            tx.record(fact, private={"text": minutes.encode()})
            for task in known.tasks:
                close_work(tx, case, task, "held")
            self._notify(tx, actor, on)

        minuted = self._store.act(actor, key, work).first(MeetingMinuted)
        return tuple(code for code, _ in minuted.absent)

    def make_up(self, actor: Actor, key: str, task: str, text: str) -> None:
        """A department that did not come states its view in writing: a note of the group. The counter enters
        what came on paper (mission: H2)."""

        def work(tx: Transaction) -> None:
            piece = task_of(tx, task)
            on = ground(tx, self._reference, piece.case)
            needs("reply", who_acts(tx, on.plan, actor), on, piece)
            if piece.kind != "absence" or not checked_text(text).strip():
                raise no_words()
            of = piece.department if piece.on_paper else ""
            note = GroupNoteWritten(case=piece.case, note=tx.next_id, of=of)
            tx.record(note, private={"text": text.encode()})
            close_work(tx, piece.case, task, "stated")

        self._store.act(actor, key, work)

    def _notify(self, tx: Transaction, actor: Actor, on: Ground) -> None:
        """Departments that have not moved in are asked by copy-notice (mission: H2)."""
        issue_copy_notices(tx, self._reference, self._statements, actor, refreshed(tx, on))


def group_piece(on: Ground, kind: Literal["question", "absence"], department: str, name: str) -> Piece:
    post = on.plan.post_for(department, "handler")
    return Piece(
        kind=kind,
        code=department,
        name=name,
        department=department,
        post=post.code if post else "",
        limit=REPLY_WITHIN,
        lead=department == on.handling.department,
        on_paper=on.on_paper(department),
    )


def _invitation(
    on: Ground, meeting: str, kind: Literal["visit", "meeting"], day: date, department: str
) -> Piece:
    post = on.plan.post_for(department, "handler")
    return Piece(
        kind="meeting",
        code=meeting,
        name="参加联合踏勘" if kind == "visit" else "参加会议",
        department=department,
        post=post.code if post else "",
        due=day,
        lead=False,
        on_paper=on.on_paper(department),
    )


def _in_group(on: Ground, departments: Sequence[str]) -> None:
    """UserFacingError `group.stranger` for a department that has no part in the case."""
    group = on.handling.departments() | {matter.department for matter in on.item.assists}
    strange = [code for code in departments if code not in group]
    if strange or not departments:
        raise UserFacingError(
            "group.stranger",
            "Only departments that have a part in the case are asked: {group}.",
            kept="Nothing was sent.",
            remedy="Name one of them, or ask for assistance first.",
            group="、".join(sorted(on.department_name(code) for code in group)),
        )


def no_words() -> UserFacingError:
    return UserFacingError(
        "note.no-words",
        "There is nothing written yet.",
        kept="Nothing was sent.",
        remedy="Write it, then send it.",
    )
