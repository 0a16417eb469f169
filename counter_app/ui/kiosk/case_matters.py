"""Progress, collecting, checking a paper: by what was typed, scanned, or the card (mission: I12, P10).

Wrong numbers typed again and again close the typing for a minute, whoever is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.intake.numbers import read_number
from counter_app.domain.scanning.codes import TICKET_PREFIX, CodeKind, own_code_at, recognise
from counter_app.errors import UserFacingError, mark
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.progress_pages import (
    card_cases_page,
    cases_page,
    collect_page,
    number_page,
    progress_page,
    query_page,
    verified_page,
    verify_page,
)
from counter_app.ui.kiosk.screen import Screen
from counter_app.ui.kiosk.start_pages import ticket_state_page
from counter_app.ui.tasks import TaskRunner
from counter_app.use_cases.codes import said
from counter_app.use_cases.papers.statements import Verification
from counter_app.use_cases.waiting.kiosk import CardCases, KioskTicket, Progress, Visitor

MOST_WRONG: Final = 5
WRONG_SECONDS: Final = 60.0


NOT_SHOWN: Final[Mapping[CodeKind, str]] = {
    CodeKind.HALF: mark("Only part of the code was read: hold the paper still and scan it again."),
    CodeKind.QUERY: mark("This is a query code: scan or type the case number first."),
    CodeKind.MRZ: mark("Passports are read at the counter; a ticket can be taken without one."),
    CodeKind.TICKET: mark("A ticket's number: hold the code on the ticket to the scanner."),
    CodeKind.PERSON: mark("An ID number: lay the ID card itself on the reader."),
    CodeKind.SETUP: mark("The scanner is set up: its codes arrive here."),
}
# Pages on which somebody has asked how a case stands.
PROGRESS_ASKED: Final = frozenset({"number", "query", "cases", "progress"})


class CaseMatters:
    def __init__(
        self,
        deps: KioskDeps,
        screen: Screen,
        tasks: TaskRunner,
        is_item: Callable[[str], bool],
        item: Callable[[str], None],
    ) -> None:
        """`is_item` tells whether the catalogue has an item of this code, `item` opens its page."""
        self._deps = deps
        self._screen = screen
        self._tasks = tasks
        self._is_item = is_item
        self._item = item
        self._wrong: list[float] = []
        self.acts: Mapping[str, Callable[[str], None]] = {
            "progress": lambda _: self._ask("progress"),
            "collect": lambda _: self._ask("collect"),
            "verify": lambda _: self._screen.go(verify_page),
            "case": self.case,
        }

    def case(self, case: str) -> None:
        self._screen.run(lambda: self._deps.desk.progress_of(case), self._show_case)

    def cases(self, visitor: Visitor, *, done_only: bool) -> None:
        """In place of the page that asked for the card."""
        self._screen.swap(lambda words: cases_page(words, visitor, done_only=done_only))

    def number_typed(self, typed: str) -> None:
        if self._closed():
            return
        if read_number(typed) is None:
            self._missed()
            self._screen.tell(lambda words: words.t("This is no case number: look at the receipt again."))
            return
        self._screen.visit.number = typed
        self._screen.go(lambda words: query_page(words, typed))

    def query_typed(self, typed: str) -> None:
        if self._closed():
            return
        visit = self._screen.visit
        number = visit.number

        def wrong(error: UserFacingError) -> None:
            self._missed()
            if self._screen.visit is visit:
                self._screen.error(error)

        def right(found: Progress) -> None:
            if self._screen.visit is visit:
                self._show_case(found)

        self._tasks.run(lambda: self._deps.desk.progress(number, typed), right, wrong)

    def scanned(self, raw: str) -> None:
        """A code held to the scanner, on whatever page. Where progress is asked, a paper leads there."""
        at = -1 if "\n" in raw else own_code_at(raw)  # signs somebody typed before it are left out
        code = recognise(raw[max(at, 0) :], self._is_item)
        text, page = code.text, self._screen.page
        match code.kind:
            case CodeKind.PAPER:
                asked = page is not None and page.name in PROGRESS_ASKED
                show = self._show_stated if asked else self._show_verified
                self._screen.run(lambda: self._judged(text), lambda judged: self._shown(judged, show))
            case CodeKind.TICKET if text.startswith(TICKET_PREFIX):
                ticket = text.removeprefix(TICKET_PREFIX)
                self._screen.run(lambda: self._deps.desk.ticket(ticket), self._show_ticket)
            case CodeKind.ITEM:
                self._item(text)
            case CodeKind.NUMBER:
                self.number_typed(text)
            case CodeKind.QUERY if page is not None and page.name == "query":
                self.query_typed(text)
            case kind:
                self._screen.tell(lambda words: words.t(NOT_SHOWN.get(kind) or said(code)))

    def _judged(self, text: str) -> tuple[Verification, CardCases | None]:
        """Whether it is genuine; and of a genuine service card, what it leads to."""
        found = self._deps.papers.verify(text)
        card = found.result == "genuine" and found.paper is None
        return found, self._deps.desk.card_cases(text) if card else None

    def _shown(
        self, judged: tuple[Verification, CardCases | None], show: Callable[[Verification], None]
    ) -> None:
        found, card = judged
        if card is None:
            show(found)
        else:
            self._screen.go(lambda words: card_cases_page(words, card))

    def chip(self, serial: str) -> None:
        """A service card laid on the slot."""

        def shown(card: CardCases | None) -> None:
            if card is None:
                self._screen.tell(lambda words: words.t("This card is not known here: please ask the staff."))
            else:
                self._screen.go(lambda words: card_cases_page(words, card))

        self._screen.run(lambda: self._deps.desk.card_cases(serial), shown)

    def _ask(self, what: str) -> None:
        visitor = self._screen.visit.visitor
        done_only = what == "collect"
        if visitor is not None and any(not done_only or c.stage == "granted" for c in visitor.cases):
            self._screen.go(lambda words: cases_page(words, visitor, done_only=done_only))
        else:
            self._screen.go(collect_page if done_only else number_page)

    def _show_case(self, case: Progress) -> None:
        self._screen.go(lambda words: progress_page(words, case))

    def _show_ticket(self, ticket: KioskTicket) -> None:
        self._screen.go(lambda words: ticket_state_page(words, ticket))

    def _show_verified(self, found: Verification) -> None:
        self._screen.go(lambda words: verified_page(words, found))

    def _show_stated(self, found: Verification) -> None:
        """How the case of a genuine paper stands; any other paper is shown as it is."""
        case = found.paper.case if found.result == "genuine" and found.paper is not None else ""
        if case:
            self.case(case)
        else:
            self._show_verified(found)

    def _missed(self) -> None:
        self._wrong.append(self._deps.clock.monotonic())

    def _closed(self) -> bool:
        now = self._deps.clock.monotonic()
        self._wrong = [at for at in self._wrong if now - at < WRONG_SECONDS]
        if len(self._wrong) < MOST_WRONG:
            return False
        self._screen.tell(
            lambda words: words.t("Too many wrong numbers: wait a minute, or use your ID card.")
        )
        return True
