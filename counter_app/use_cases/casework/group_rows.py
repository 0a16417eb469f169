"""Notes, meetings and orders of a case's working group, as its page shows them (mission: C3, C7)."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.casework.state import GroupNote
from counter_app.domain.casework.task import Task
from counter_app.use_cases.casework.ground import Ground
from counter_app.use_cases.casework.views import MeetingRow, NoteRow, OrderRow


@dataclass(frozen=True)
class GroupRows:
    """`tasks` is all work of the case."""

    on: Ground
    tasks: tuple[Task, ...]

    def notes(self) -> tuple[NoteRow, ...]:
        return tuple(
            NoteRow(
                note.id,
                self.on.department_name(note.of) if note.of else self._name(note.staff),
                note.at,
                note.text,
                note.to,
                self.on.department_name(note.to) if note.to else "",
                note.task,
                note.answer,
                self._answered(note),
                note.answered_at,
            )
            for note in self.on.handling.notes
        )

    def _answered(self, note: GroupNote) -> str:
        """Who answered; of an answer on paper its department, not the clerk who entered it."""
        task = next((task for task in self.tasks if task.id == note.task), None)
        on_paper = task is not None and task.on_paper and bool(note.answered_by)
        return self.on.department_name(note.to) if on_paper else self._name(note.answered_by)

    def _names(self, departments: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.on.department_name(code) for code in departments)

    def meetings(self) -> tuple[MeetingRow, ...]:
        return tuple(
            MeetingRow(
                meeting.id,
                meeting.kind,
                meeting.day,
                self._names(meeting.departments),
                meeting.held,
                self._names(meeting.present),
                self._names(tuple(code for code, _ in meeting.absent)),
                meeting.minutes,
            )
            for meeting in self.on.handling.meetings
        )

    def orders(self) -> tuple[OrderRow, ...]:
        return tuple(
            OrderRow(
                order.id,
                self._name(order.by),
                order.at,
                order.text,
                order.reply_by,
                self._names(tuple(code for code, _ in order.tasks)),
                tuple((self.on.department_name(code), text) for code, text in order.replies),
                len(order.replies) < len(order.tasks) and order.reply_by < self.on.today,
            )
            for order in self.on.handling.orders
        )

    def _name(self, staff: str) -> str:
        member = self.on.plan.member(staff)
        return member.name if member else ""
