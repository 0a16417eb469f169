"""The one box: what was typed or scanned, what it finds, and what taking a hit does. No Qt.

A scan acts on Enter; nothing waits for a timer. Persons are opened by reason unless card, ticket or
receipt stands for them (mission: X3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from counter_app.domain.intake.case import ENDED
from counter_app.domain.scanning.codes import CodeKind, Recognised
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.commands import finds
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.find_words import DECISIONS, PAPER_KINDS, TICKET_STATES
from counter_app.ui.counter.line_presenter import LinePresenter
from counter_app.ui.counter.paper_presenter import STAGES, PaperPresenter
from counter_app.ui.counter.work_presenter import WorkPresenter
from counter_app.ui.widgets.commands import Key
from counter_app.ui.widgets.findbox import FoundRow
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.access.persons import Basis
from counter_app.use_cases.casework.restricted import Opening
from counter_app.use_cases.intake.finding import EXACT
from counter_app.use_cases.intake.views import CaseView, Hit
from counter_app.use_cases.papers.statements import Verification

KINDS: Final = {
    "item": mark("Item"),
    "person": mark("Person"),
    "case": mark("Case"),
    "ticket": mark("Ticket"),
    "paper": mark("Paper"),
}
# What a scanned code may open, the first that is found; all else that looks like it is left alone.
OPENS: Final[Mapping[CodeKind, tuple[str, ...]]] = {
    CodeKind.PAPER: ("case", "paper"),
    CodeKind.NUMBER: ("case", "paper"),
    CodeKind.QUERY: ("case",),
    CodeKind.TICKET: ("ticket",),
    CodeKind.PERSON: ("person",),
    CodeKind.ITEM: ("item",),
}
MOST_COMMANDS: Final = 5
LOOKED: Final = (mark("Asked on the phone"), mark("The card was forgotten"), mark("Checks an earlier case"))


class FindPresenter:
    """`show(rows)` lists hits beneath the box; `empty()` clears it; `run(command)` does a command found."""

    def __init__(
        self,
        desk: Desk,
        work: WorkPresenter,
        line: LinePresenter,
        papers: PaperPresenter,
        show: Callable[[Sequence[FoundRow]], None],
        empty: Callable[[], None],
        run: Callable[[str], None],
    ) -> None:
        self._desk = desk
        self._work, self._line, self._papers = work, line, papers
        self._show, self._empty, self._run = show, empty, run
        self._offered: set[str] = set()  # drafts beside which an earlier case was offered
        self._typed = ""
        self._searching = False
        self._hits: tuple[Hit, ...] = ()

    def typed(self, text: str) -> None:
        """Search as one types, one search at a time: a scanner types faster than any answer comes."""
        self._typed = text
        if not text.strip():
            self._found(text, ())
        elif not self._searching:
            self._search(text)

    def _search(self, text: str) -> None:
        desk = self._desk

        def found(hits: tuple[Hit, ...]) -> None:
            self._searching = False
            self._found(text, hits)
            if self._typed.strip() and self._typed != text:
                self._search(self._typed)

        def failed(error: UserFacingError) -> None:
            self._searching = False
            desk.error(error)

        self._searching = True
        desk.reads.run(
            lambda: desk.deps.finder.search(text, 20, desk.deps.counter, desk.actor), found, failed
        )

    def entered(self, text: str) -> None:
        """Enter before anything was found: search and take the best."""
        text = text.strip()
        if not text:
            return
        desk = self._desk
        self._typed = ""

        def found(hits: tuple[Hit, ...]) -> None:
            self._hits = hits
            commands, meant = finds(text, desk.t)
            if commands and (meant or not hits):
                self._run(commands[0].command)
            elif hits:
                self._take(hits[0], scanned=hits[0].score == EXACT)
            else:
                self._nothing(text)

        desk.reads.run(lambda: desk.deps.finder.search(text, 5, desk.deps.counter, desk.actor), found)

    def scanned(self, code: Recognised, foreign: Callable[[], None]) -> None:
        """Open what the code names; `foreign` when it names nothing of this hall."""
        desk, text = self._desk, code.text
        opens = OPENS.get(code.kind, ())
        self._typed = ""

        def found(hits: tuple[Hit, ...]) -> None:
            item = next((hit for hit in hits if hit.kind == "item" and hit.id == text), None)
            named = next((hit for kind in opens for hit in hits if hit.kind == kind), None)
            hit = (item or named) if code.kind is CodeKind.ITEM else (named or item)
            if hit is not None:
                self._take(hit, scanned=True)
            elif not opens:
                foreign()
            elif code.kind is not CodeKind.PAPER:
                self._nothing(text)

        def search() -> None:
            desk.reads.run(lambda: desk.deps.finder.search(text, 5, desk.deps.counter, desk.actor), found)

        if code.kind is CodeKind.PAPER:
            self.verify(text, lambda: self.service_card(text, search))
        else:
            search()

    def service_card(self, serial: str, unknown: Callable[[], None]) -> None:
        """The holder of a service card, by its chip or its genuine code: it stands for him."""
        desk = self._desk

        def found(hits: tuple[Hit, ...]) -> None:
            person = next((hit for hit in hits if hit.kind == "person"), None)
            if person is None:
                unknown()
                return
            desk.tell(desk.t("Service card of {name}", name=person.title), level="good")
            self._look(person.id, "", "card", lambda: self._cases_of(person, hits))

        desk.reads.run(lambda: desk.deps.finder.by_card(serial), found, desk.error)

    def _cases_of(self, person: Hit, hits: tuple[Hit, ...]) -> None:
        self._desk.hands.basis_card = True
        self._typed = ""
        self._found("", tuple(hit for hit in hits if hit.kind == "case"))

    def _nothing(self, text: str) -> None:
        t = self._desk.t
        self._desk.tell(
            t("Nothing is found for “{text}”.", text=text[:40]),
            remedy=t("Try a part of the name, pinyin initials or a number."),
        )

    def taken(self, row: str) -> None:
        """A hit was chosen from the list."""
        kind, _, command = row.partition(":")
        if kind == "command":
            self._typed = ""
            self._empty()
            self._run(command)
            return
        hit = next((hit for hit in self._hits if f"{hit.kind}:{hit.id}" == row), None)
        if hit is not None:
            self._take(hit, scanned=False)

    def _found(self, text: str, hits: tuple[Hit, ...]) -> None:
        if text != self._typed:
            return
        self._hits = hits
        t = self._desk.t
        rows = [
            FoundRow(f"{hit.kind}:{hit.id}", t(KINDS[hit.kind]), hit.title, self._detail(hit)) for hit in hits
        ]
        commands, meant = finds(text, t)
        found = [self._command(key) for key in commands[:MOST_COMMANDS]]
        self._show(found + rows if meant else rows + found)

    def _command(self, key: Key) -> FoundRow:
        t = self._desk.t
        return FoundRow(f"command:{key.command}", t("Command"), t(key.words), key.cap if key.key else "")

    def _detail(self, hit: Hit) -> str:
        """States in words; the rest as it was found."""
        t = self._desk.t
        if hit.kind == "ticket":
            return t(TICKET_STATES.get(hit.detail, hit.detail))
        words = next((words for stage, (words, _) in STAGES.items() if stage == hit.detail), "")
        return t(words) if words else hit.detail

    def _take(self, hit: Hit, *, scanned: bool) -> None:
        self._typed = ""
        self._empty()
        if hit.kind == "item":
            self._work.choose_item(hit.id)
        elif hit.kind == "ticket":
            self._line.call_number(hit.title.split()[0])
        elif hit.kind == "paper":
            self._papers.reprint(hit.id, hit.title)
        elif hit.kind == "case":
            self._open(hit.id, "receipt" if scanned else "reason", held=hit.score == EXACT)
        else:
            self._person(hit)

    def offer_earlier(self, view: CaseView | None) -> None:
        """The citizen has an open case of the item just begun: one key goes on with it, lest it be twice."""
        if view is None or view.stage != "draft" or view.item is None or view.case in self._offered:
            return
        item = view.item.name
        numbered = (one for one in view.earlier if one.number and one.stage not in ENDED)
        row = next((one for one in numbered if one.item == item), None)
        if row is None:
            return
        self._offered.add(view.case)
        desk, t = self._desk, self._desk.t
        words, _ = STAGES[row.stage]
        desk.tell(
            t(
                "This citizen has a case of this item already: {number}, {state}.",
                number=row.number,
                state=t(words),
            ),
            remedy=t("If it is the same matter, go on with that one instead of a second."),
            level="warn",
            action=t("Open that one"),
            act=lambda: self.open_case(row.case),
        )

    def open_case(self, case: str) -> None:
        """An earlier case of the citizen at the counter."""
        self._open(case, "reason")

    def _open(self, case: str, basis: Basis, *, held: bool = False) -> None:
        """A case of the ticket in hand, or by its scanned receipt; any other needs a reason. A restricted one
        is opened with its number, its receipt (`held`) or the citizen's card only (mission: I10)."""
        desk = self._desk
        ticket = desk.hands.ticket
        shown = held or basis == "receipt" or desk.hands.basis_card
        opening = Opening(desk.actor, ticket.ticket if ticket else "", shown)

        def seen(view: CaseView) -> None:
            own = ticket is not None and view.ticket == ticket.ticket
            known: Basis = "ticket" if own else ("card" if desk.hands.basis_card else basis)
            if not view.persons or own or view.stage == "draft":
                self._open_known(view)
            elif known == "reason":
                self._ask_why(view.persons[0].party, lambda: self._open_known(view))
            else:
                self._look(view.persons[0].party, "", known, lambda: self._open_known(view))

        desk.reads.run(lambda: desk.deps.cases.case_view(case, desk.deps.counter, opening), seen, desk.error)

    def _open_known(self, view: CaseView) -> None:
        desk = self._desk
        if view.stage != "notified":
            self._work.take_case(view.case)
            return
        choices = (
            Choice("return", "1", desk.t("The citizen brings what was missing")),
            Choice("look", "2", desk.t("Only look")),
        )

        def answered(choice: str, text: str) -> None:
            if choice == "look":
                self._work.take_case(view.case)
                return
            desk.act(
                "return",
                lambda actor, key: desk.deps.intake.return_visit(actor, key, view.case),
                lambda lines: self._work.take_case(view.case),
            )

        desk.ask(desk.t("A notice is out on this case."), choices, answered)

    def _person(self, hit: Hit) -> None:
        """Cases of a person, after the look was recorded."""
        desk = self._desk

        def cases() -> None:
            desk.reads.run(
                lambda: desk.deps.finder.search(hit.title, 9, desk.deps.counter, desk.actor),
                lambda hits: self._found(self._typed, tuple(one for one in hits if one.kind == "case")),
            )

        self._ask_why(hit.id, cases)

    def _ask_why(self, party: str, then: Callable[[], None]) -> None:
        desk = self._desk
        desk.ask_reason(
            desk.t("Without card, ticket or receipt: why is this person opened?"),
            tuple(desk.t(reason) for reason in LOOKED),
            lambda reason: self._look(party, reason, "reason", then),
        )

    def _look(self, party: str, reason: str, basis: Basis, then: Callable[[], None]) -> None:
        persons = self._desk.deps.persons
        self._desk.act(
            "look",
            lambda actor, key: persons.open_person(actor, key, party, reason, basis),
            lambda _: then(),
            right="person.read-by-reason" if basis == "reason" else "person.read",
        )

    def verify(self, text: str, then: Callable[[], None]) -> None:
        """Say whether a scanned paper is genuine, and all it states; only a genuine one opens its case."""
        desk = self._desk

        def told(found: Verification) -> None:
            good = found.result == "genuine"
            desk.tell(desk.t(found.message), remedy=self._stated(found), level="good" if good else "bad")
            if good:
                then()

        desk.reads.run(lambda: desk.deps.papers.verify(text), told, desk.error)

    def _stated(self, found: Verification) -> str:
        """Number, kind, item, decision, day, masked name, and what is known here (mission: P10)."""
        t, said, paper = self._desk.t, found.statement, found.paper
        stage = next((words for stage, (words, _) in STAGES.items() if stage == found.stage), "")
        parts = (
            said.number,
            t(PAPER_KINDS.get(said.kind, said.kind)),
            said.item_name,
            t(DECISIONS[said.decision]) if said.decision in DECISIONS else "",
            said.on.isoformat(),
            said.masked_name,
            t("now: {state}", state=t(stage)) if stage else "",
            t("printed {count} times", count=paper.prints) if paper else "",
            t("It does not fit the journal here: tell the supervisor.") if found.anchored is False else "",
        )
        return " · ".join(part for part in parts if part)
