"""Choosing a matter, taking a ticket, printing a guide; and noticing that no paper comes out (mission: Q1).

One live ticket per person and item, and no bursts: both are the waiting room's rules and told in its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from counter_app.domain.catalogue.items import Item
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.item_pages import guide_page, item_page
from counter_app.ui.kiosk.page import Key, Page
from counter_app.ui.kiosk.screen import Screen, Visit
from counter_app.ui.kiosk.start_pages import StartData, closed_words, items_page, nav
from counter_app.ui.kiosk.ticket_pages import PaperState, printing_page, ticket_page
from counter_app.ui.kiosk.words import Words
from counter_app.ui.tasks import TaskRunner
from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.ports.identity import ReaderState
from counter_app.use_cases.ports.printing import Why
from counter_app.use_cases.waiting.kiosk import KioskItem
from counter_app.use_cases.waiting.requests import IssuedTicket, IssueTicket

PAPER_SECONDS: Final = 8.0
JOBS_LOOKED_AT: Final = 10
CAME_OUT: Final = frozenset({"printed", "sent_unconfirmed"})
LOST: Final = frozenset({"failed", "dropped"})
# sent and not confirmed, but surely no whole ticket in the slot
NO_TICKET: Final = frozenset(why.message for why in (Why.FILED, Why.LINE_LOST, Why.STALLED, Why.STOPPED))


@dataclass
class _Watch:
    """A paper that should come out for this visit. `since` is monotonic seconds."""

    visit: Visit
    paper: str
    number: str
    since: float
    state: PaperState = "coming"
    looking: bool = False
    told: bool = False


class TicketMatters:
    """`start` gives what the first page knows, None before it is loaded."""

    def __init__(
        self, deps: KioskDeps, screen: Screen, tasks: TaskRunner, start: Callable[[], StartData | None]
    ) -> None:
        self._deps = deps
        self._screen = screen
        self._tasks = tasks
        self._start = start
        self._watch: _Watch | None = None
        self.card_on: Callable[[], bool] = lambda: False
        self.acts: Mapping[str, Callable[[str], None]] = {
            "category": self.category,
            "item": self.item,
            "take": self.take,
            "closed": lambda _: None,
            "guide": self.guide,
            "guides": lambda _: self.guides(),
            "guide_category": self.guide_category,
            "print_guide": self.print_guide,
        }

    def category(self, code: str) -> None:
        """Its items; at once the item's page where it has but one."""

        def shown(items: tuple[Item, ...]) -> None:
            if len(items) == 1:
                self.item(items[0].code)
            else:
                self._screen.go(lambda words: self._items(words, code, items, "item"))

        self._screen.run(lambda: self._deps.desk.items(code), shown)

    def item(self, code: str) -> None:
        def shown(found: KioskItem) -> None:
            self._screen.go(lambda words: self._item(words, found))

        self._screen.run(lambda: self._deps.desk.item(code), shown)

    def take(self, code: str) -> None:
        visit = self._screen.visit
        visitor = visit.visitor
        request = IssueTicket(
            items=(code,),
            language=visit.language,
            channel="kiosk",
            priority="elder" if visitor and visitor.elder else None,
            person=visitor.person if visitor else None,
        )
        key = self._deps.new_key()
        self._screen.run(
            lambda: self._deps.waiting.issue_ticket(self._deps.actor, key, request), self._ticket_taken
        )

    def guides(self) -> None:
        """Every category again, now for reading."""

        def page(words: Words) -> Page:
            start = self._start()
            entries = start.view(words.language).categories if start else ()
            return Page(
                name="guides",
                title=words.t("Read the guides"),
                lead=words.t("Which kind of matter?"),
                tiles=tuple(
                    Key("guide_category", words.name(entry.name), words.name(entry.hint), entry.code, "tile")
                    for entry in entries
                ),
                rows=(nav(words),),
            )

        self._screen.go(page)

    def guide_category(self, code: str) -> None:
        def shown(items: tuple[Item, ...]) -> None:
            self._screen.go(lambda words: self._items(words, code, items, "guide"))

        self._screen.run(lambda: self._deps.desk.items(code), shown)

    def guide(self, code: str) -> None:
        def shown(found: KioskItem) -> None:
            self._screen.go(lambda words: guide_page(words, found))

        self._screen.run(lambda: self._deps.desk.item(code), shown)

    def print_guide(self, code: str) -> None:
        language = self._screen.visit.language
        key = self._deps.new_key()

        def issued(paper: str) -> None:
            self._expect(paper, "")
            self._screen.go(
                lambda words: printing_page(words, words.t("What to bring"), self._paper_state(paper))
            )

        self._screen.run(
            lambda: self._deps.papers.print_guide(self._deps.actor, key, code, language=language), issued
        )

    def look_at_paper(self) -> None:
        """Has the expected paper come out? Asked each second, and when a print job changes."""
        watch = self._watch
        if watch is None:
            return
        if watch.visit is not self._screen.visit or watch.state == "printed":
            self._watch = None
        elif not watch.looking:
            watch.looking = True
            place = self._deps.actor.place

            def seen(jobs: tuple[JobRow, ...]) -> None:
                watch.looking = False
                self._judge(watch, next((job for job in jobs if job.paper == watch.paper), None))

            self._tasks.run(lambda: self._deps.papers.job_list(place, JOBS_LOOKED_AT), seen)

    def _judge(self, watch: _Watch, job: JobRow | None) -> None:
        if watch is not self._watch:
            return
        late = self._deps.clock.monotonic() - watch.since >= PAPER_SECONDS
        state: PaperState = watch.state
        if job is not None and job.state in CAME_OUT and job.why not in NO_TICKET:
            state = "printed"
        elif job is None or job.state in LOST | CAME_OUT or late:
            state = "missing"
        if state != watch.state:
            watch.state = state
            if watch.visit is self._screen.visit:
                self._screen.render()
        if state == "missing" and not watch.told:
            watch.told = True
            self._tell_staff(watch.number, job.why if job is not None else "")

    def _tell_staff(self, number: str, why: str) -> None:
        """With what ails the printer: whoever goes takes a roll along."""
        t = self._screen.staff_words.t
        matter = t("The kiosk printed no ticket for {number}.", number=number)
        if not number:
            matter = t("The kiosk could not print a guide.")
        if why:
            matter = f"{matter} {t(why)}"
        key = self._deps.new_key()
        self._tasks.run(lambda: self._deps.help_desk.ask(self._deps.actor, key, matter))

    def _ticket_taken(self, issued: IssuedTicket) -> None:
        paper = issued.paper or ""
        self._expect(paper, issued.number)
        if not paper:
            self.look_at_paper()
        self._screen.only(
            lambda words: ticket_page(words, issued, self._paper_state(paper), card=self.card_on())
        )

    def _expect(self, paper: str, number: str) -> None:
        self._watch = _Watch(self._screen.visit, paper, number, self._deps.clock.monotonic())

    def _paper_state(self, paper: str) -> PaperState:
        watch = self._watch
        return watch.state if watch is not None and watch.paper == paper else "printed"

    def _items(self, words: Words, code: str, items: tuple[Item, ...], act: str) -> Page:
        start = self._start()
        entry = start.category(words.language, code) if start else None
        closed = closed_words(entry, start.view(words.language), words) if start and entry else ()
        title = words.name(entry.name) if entry else ""
        return items_page(
            words,
            title,
            items,
            act=act,
            elder=self._screen.visit.elder,
            closed=closed if act == "item" else (),
        )

    def _item(self, words: Words, found: KioskItem) -> Page:
        start = self._start()
        entry = start.category(words.language, found.item.licence) if start else None
        closed = closed_words(entry, start.view(words.language), words) if start and entry else ()
        ready = self._deps.reader.state is ReaderState.READY
        return item_page(words, found, self._screen.visit.visitor, closed=closed, card=ready)
