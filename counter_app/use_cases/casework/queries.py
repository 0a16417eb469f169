"""The questions of desk and counter about work behind the counter; each is one short read."""

from __future__ import annotations

from counter_app.domain.casework.opinion import OpinionInput, c9_lacks
from counter_app.domain.casework.state import LEVELS
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.casework.ground import ground, who_acts
from counter_app.use_cases.casework.inbox import MOST, inbox_of, may_see_inbox, row_maker
from counter_app.use_cases.casework.page import PageMaker
from counter_app.use_cases.casework.views import CasePage, Checked, Inbox, InboxRow
from counter_app.use_cases.intake.look import CaseReference
from counter_app.use_cases.ports.store import Store


class CaseworkQueries:
    def __init__(self, store: Store, reference: CaseReference) -> None:
        self._store = store
        self._reference = reference

    def inbox(self, actor: Actor, most: int = MOST) -> Inbox:
        """What waits for this person, the most urgent first. UserFacingError `work.who`."""
        with self._store.reading() as reader:
            return inbox_of(reader, self._reference, actor, most)

    def department(self, actor: Actor, department: str, most: int = MOST) -> tuple[InboxRow, ...]:
        """All open work of a department. UserFacingError `work.department` for one that is not one's own."""
        with self._store.reading() as reader:
            maker = row_maker(reader, self._reference, actor.staff)
            who = who_acts(reader, maker.plan, actor)
            if not may_see_inbox(who, department):
                raise UserFacingError(
                    "work.department",
                    "The work of another department is for its own people and for supervision.",
                    kept="Nothing was shown.",
                    remedy="Ask the counter's management.",
                )
            return tuple(maker.row(task) for task in reader.casework.of_department(department, most))

    def page(self, actor: Actor, case: str) -> CasePage:
        """One case as this person may see it. UserFacingError `case.unknown`, `work.not-begun`,
        `work.who`."""
        with self._store.reading() as reader:
            on = ground(reader, self._reference, case)
            who = who_acts(reader, on.plan, actor)
            maker = row_maker(reader, self._reference, actor.staff)
            return PageMaker(reader, on, who, reader.casework.of_case(case), maker).page()

    def check_opinion(self, actor: Actor, case: str, step: str, given: OpinionInput) -> Checked:
        """What keeps this opinion back, as it is filled in so far; nothing is written."""
        with self._store.reading() as reader:
            on = ground(reader, self._reference, case)
            doing = on.handling.step(step)
            if doing is None or doing.kind not in LEVELS:
                return Checked(())
            return Checked(c9_lacks(on.handling, doing, on.item, actor.staff, given))
