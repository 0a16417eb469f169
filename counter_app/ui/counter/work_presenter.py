"""The case in hand: item, answers, steps. What a key means, and where the keys go next. No Qt.

Who came is `persons_presenter.py`'s, deciding `decide_presenter.py`'s. A draft is kept by each act itself,
so nothing is saved here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.intake.case import OPEN_STAGES
from counter_app.errors import UserFacingError
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.shown import Part, WorkShown
from counter_app.ui.counter.work_words import work_shown
from counter_app.use_cases.intake.inputs import Undone
from counter_app.use_cases.intake.views import CaseRow, CaseView


class WorkScreen(Protocol):
    """The middle, as the presenter drives it."""

    def show_work(self, work: WorkShown) -> None: ...

    def open_part(self, part: Part) -> None: ...

    def choose_material(self, material: str) -> None: ...


class WorkPresenter:
    """`case_changed` tells the paper and the foot that another state is shown."""

    def __init__(
        self, desk: Desk, screen: WorkScreen, case_changed: Callable[[CaseView | None], None]
    ) -> None:
        self._desk = desk
        self._screen = screen
        self._case_changed = case_changed
        self._material = ""
        self._ticket_item = ""
        self._for_new_case: list[Callable[[str], None]] = []
        self.view: CaseView | None = None

    def refresh(self) -> None:
        """Read the case in hand again and show it."""
        desk, case = self._desk, self._desk.hands.case
        if case is None:
            self._shown(None)
        else:
            desk.reads.run(lambda: desk.deps.cases.case_view(case, desk.deps.counter), self._shown)

    def ticket_changed(self) -> None:
        """Another citizen: take up the draft of the ticket if there is one, else begin afresh."""
        desk, ticket = self._desk, self._desk.hands.ticket
        desk.hands.basis_card = False
        self._material = self._ticket_item = ""
        if ticket is None:
            self.refresh()
            return
        desk.reads.run(lambda: desk.deps.cases.cases_of_ticket(ticket.ticket), self._take_up)
        desk.screen.focus_find()

    def take_case(self, case: str) -> None:
        """Put a case in hand."""
        self._desk.hands.case = case
        self.advance()

    def with_case(self, then: Callable[[str], None]) -> None:
        """Do `then` on the open case; one is begun on the ticket in hand when there is none."""
        desk = self._desk
        case, view = desk.hands.case, self.view
        opening = bool(self._for_new_case)
        usable = view is None or view.case != case or view.stage in OPEN_STAGES
        if case is not None and usable and not opening:
            then(case)
            return
        self._for_new_case.append(then)
        if len(self._for_new_case) == 1:
            self._open_case()

    def begin_case(self) -> None:
        """A case without a ticket, or one more on the ticket in hand."""
        self._desk.hands.case = None
        self.with_case(self.take_case)

    # -- item and situation ---------------------------------------------------------------------------

    def choose_item(self, code: str) -> None:
        """The item for the case in hand; questions open next, else the checklist."""
        desk = self._desk

        def choose(case: str) -> None:
            desk.act(
                f"item:{code}",
                lambda actor, key: desk.deps.intake.choose_item(actor, key, case, code),
                self.advance,
            )

        if desk.hands.ticket is None and desk.hands.case is None:
            desk.tell(
                desk.t("Nobody was called."),
                remedy=desk.t("Call with F3, or begin a case without a ticket."),
                action=desk.t("Begin a case"),
                act=lambda: self.with_case(choose),
            )
            return
        self.with_case(choose)

    def answer(self, question: str, code: str) -> None:
        """An option's code or a day; of several answers each key adds one or takes it away."""
        view = self.view
        asked = next((one for one in view.questions if one.question.code == question), None) if view else None
        if asked is None:
            return
        value: Answer = code
        if asked.question.kind == "multiple_choice":
            before = asked.answer if isinstance(asked.answer, tuple) else ()
            kept = tuple(one for one in before if one != code)
            value = kept if code in before else (*kept, code)
        intake = self._desk.deps.intake
        self.on_case(
            f"answer:{question}",
            lambda a, k, case: intake.answer(a, k, case, question, value),
            self.advance,
        )

    # -- steps ----------------------------------------------------------------------------------------

    def undo(self) -> None:
        """The last step is taken back; its event stays in the journal."""
        desk = self._desk

        def undone(step: Undone) -> None:
            self.refresh()
            desk.tell(desk.t("Undone."), level="good")

        if desk.hands.case is not None:
            self.on_case("undo", desk.deps.intake.undo, undone)

    # -- where the keys are ---------------------------------------------------------------------------

    def go(self, part: Part) -> None:
        self._screen.open_part(part)
        self._desk.screen.focus_work()

    @property
    def material(self) -> str:
        """The line of the checklist in hand."""
        return self._material

    def choose_material(self, material: str) -> None:
        self._material = material
        self._screen.choose_material(material)

    def material_in_hand(self, material: str) -> None:
        """The row in hand shows its detail."""
        if material != self._material:
            self._material = material
            self._show()

    def advance(self, _: object = None) -> None:
        """After a step: read again, then the keys go to what is still open."""
        desk, case = self._desk, self._desk.hands.case
        if case is not None:
            desk.reads.run(lambda: desk.deps.cases.case_view(case, desk.deps.counter), self._on_to_open)

    def _on_to_open(self, view: CaseView) -> None:
        self._shown(view)
        if not view.persons and view.item is None:
            self.go("applicant")
        elif view.item is None:
            self._screen.open_part("item")
            self._desk.screen.focus_find()
        elif any(one.answer is None for one in view.questions):
            self.go("item")
        else:
            self.go("materials")

    def _open_case(self) -> None:
        """Begin a case on the ticket in hand, which is then served; the ticket's item is taken over.

        What was wanted of the case meanwhile (a card and an item at once) waits in turn.
        """
        desk, ticket = self._desk, self._desk.hands.ticket
        item, self._ticket_item = self._ticket_item, ""
        intake, waiting = desk.deps.intake, desk.deps.waiting

        def ready(case: str) -> None:
            wanted, self._for_new_case = self._for_new_case, []
            for then in wanted:
                then(case)

        def begun(case: str) -> None:
            desk.hands.case = case
            if item:
                desk.act(
                    "ticket_item",
                    lambda actor, key: intake.choose_item(actor, key, case, item),
                    lambda _: ready(case),
                    self._not_opened,
                )
            else:
                ready(case)

        def begin() -> None:
            number = ticket.ticket if ticket else None
            desk.act(
                "open_case",
                lambda actor, key: intake.open_case(actor, key, number),
                begun,
                self._not_opened,
                right="case.open",
            )

        if ticket is not None and ticket.state == "called":
            called = ticket.ticket
            desk.act(
                "start",
                lambda actor, key: waiting.start(actor, key, called),
                lambda _: begin(),
                self._not_opened,
            )
        else:
            begin()

    def _not_opened(self, error: UserFacingError) -> None:
        self._for_new_case = []
        self._desk.error(error)

    def on_case(
        self,
        name: str,
        work: Callable[..., object],
        done: Callable[..., None] | None = None,
        failed: Callable[[UserFacingError], None] | None = None,
    ) -> None:
        """Do a step on the case in hand, then show it again."""
        desk, case = self._desk, self._desk.hands.case
        if case is not None:
            then = done or (lambda _: self.refresh())
            desk.act(name, lambda actor, key: work(actor, key, case), then, failed, right="case.open")

    def _take_up(self, rows: tuple[CaseRow, ...]) -> None:
        """A draft of this ticket goes on where it was left; what was decided of the matter in hand is shown,
        lest it be done again (after a power cut, a log-off); else the ticket's item begins one."""
        ticket = self._desk.hands.ticket
        drafts = [row for row in rows if row.stage in OPEN_STAGES]
        done = ticket.matters_done if ticket is not None else 0
        decided = rows[:1] if done == 0 or len(rows) == done + 1 else ()
        for row in (*drafts[:1], *decided):
            self.take_case(row.case)
            return
        if ticket is not None and len(rows) <= done < len(ticket.item_codes):
            self._ticket_item = ticket.item_codes[ticket.matters_done]
        self.refresh()

    def _shown(self, view: CaseView | None) -> None:
        """Own acts come back by the change feed as well: what is shown already is not drawn again."""
        if view is not None and view == self.view:
            return
        self.view = view
        self._show()
        self._case_changed(view)

    def _show(self) -> None:
        t = self._desk.t
        hint = t("Call the next citizen with F3, or lay on a card.")
        if self._desk.hands.ticket is not None:
            hint = t("Lay the card on the reader, or type the item: the case begins by itself.")
        self._screen.show_work(work_shown(self.view, t, hint, self._material))
