"""Progress, collecting, checking a paper: by what was typed, scanned, or the card (mission: I12, P10).

Wrong numbers typed again and again close the typing for a minute, whoever is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.intake.numbers import read_number
from counter_app.domain.paper.statement import PREFIX
from counter_app.domain.scanning.codes import TICKET_PREFIX
from counter_app.errors import UserFacingError
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.progress_pages import (
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
from counter_app.use_cases.papers.statements import Verification
from counter_app.use_cases.waiting.kiosk import KioskTicket, Progress, Visitor

MOST_WRONG: Final = 5
WRONG_SECONDS: Final = 60.0


class CaseMatters:
    def __init__(self, deps: KioskDeps, screen: Screen, tasks: TaskRunner) -> None:
        self._deps = deps
        self._screen = screen
        self._tasks = tasks
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

    def scanned(self, text: str) -> None:
        """A code held to the scanner, on whatever page."""
        if text.startswith(PREFIX):
            self._screen.run(lambda: self._deps.papers.verify(text), self._show_verified)
        elif text.startswith(TICKET_PREFIX):
            ticket = text.removeprefix(TICKET_PREFIX)
            self._screen.run(lambda: self._deps.desk.ticket(ticket), self._show_ticket)
        elif read_number(text) is not None:
            self.number_typed(text)
        else:
            self._screen.tell(lambda words: words.t("This code is on none of this hall's papers."))

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
