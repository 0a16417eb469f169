"""The kiosk's mind without Qt: keys pressed, cards laid on, codes scanned, nobody there any more.

What each key does stands in `*_matters.py`; here they meet, with the first page, the frame and the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from counter_app.domain.time.words import WEEKDAYS
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.kiosk.case_matters import CaseMatters
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.desk_matters import DeskMatters
from counter_app.ui.kiosk.idle import Idle
from counter_app.ui.kiosk.page import Frame, Page
from counter_app.ui.kiosk.screen import KioskView, Screen
from counter_app.ui.kiosk.staff_matters import StaffMatters
from counter_app.ui.kiosk.start_pages import HOME, StartData, card_page, start_page, visitor_page
from counter_app.ui.kiosk.ticket_matters import TicketMatters
from counter_app.ui.kiosk.words import Words
from counter_app.ui.tasks import TaskRunner
from counter_app.use_cases.ports.identity import (
    CardFailed,
    CardRead,
    CardRemoved,
    ReaderChanged,
    ReaderNews,
    ReaderState,
)
from counter_app.use_cases.sync.state import CENTRE_STATE
from counter_app.use_cases.waiting.kiosk import Visitor

WATCHED: Final = frozenset({"ticket", "duty", "counter", "published", "all"})
JOBS: Final = frozenset({"job", "all"})
SEEN: Final = "peripheral/"
PROMISE_SECONDS: Final = 12
LANGUAGE_KEYS: Final[Mapping[str, str]] = {"zh_CN": "简", "zh_TW": "繁", "en": "EN"}


class KioskPresenter:
    def __init__(
        self,
        view: KioskView,
        deps: KioskDeps,
        tasks: TaskRunner,
        languages: Mapping[str, Translator],
        leave: Callable[[], None],
        asks: TaskRunner | None = None,
    ) -> None:
        """`leave` closes the window when the staff have asked for it; `asks` is for devices, slow ones."""
        self._view = view
        self._deps = deps
        self._tasks = tasks
        self._languages = languages
        self._start: StartData | None = None
        self._loading = self._again = False
        self._card_on = False
        self._ready = deps.reader.state is ReaderState.READY
        self._idle = Idle(deps.clock, deps.idle_seconds)
        self.screen = Screen(view, tasks, languages, deps.script, self._home)
        self._tickets = TicketMatters(deps, self.screen, tasks, self._known)
        self._tickets.card_on = lambda: self._card_on
        self._cases = CaseMatters(deps, self.screen, tasks, self._is_item, self._tickets.item)
        self._staff = StaffMatters(deps, self.screen, asks or tasks, leave)
        self._desk = DeskMatters(deps, self.screen, self._known, self._staff.proven)
        self._acts: Mapping[str, Callable[[str], None]] = {
            **self._tickets.acts,
            **self._cases.acts,
            **self._desk.acts,
            **self._staff.acts,
            "back": lambda _: self.screen.back(),
            "home": lambda _: self._finish(),
            "choose": lambda _: self.screen.home(),
            "card": lambda _: self.screen.go(card_page),
            "language": self._language,
            "elder": lambda _: self.screen.choose_elder(True),
            "normal": lambda _: self.screen.choose_elder(False),
            "go_on": lambda _: None,
            "type": lambda sign: self.screen.type(self.screen.visit.typed + sign),
            "delete": lambda _: self.screen.type(self.screen.visit.typed[:-1]),
            "enter": lambda _: self._enter(),
        }

    def start(self) -> None:
        self.screen.render()
        self._show_frame()
        self.tick()
        self.refresh()

    def press(self, act: str, target: str = "") -> None:
        """A key was pressed. While an act is under way further presses wait for nobody: they are void."""
        self.touched()
        if not self.screen.visit.busy:
            self._acts[act](target)

    def touched(self) -> None:
        """Somebody is there."""
        self._idle.touch()
        self._view.show_idle("", "")

    def scanned(self, text: str) -> None:
        """A whole code from the scanner, or text typed on a keyboard and ended with Enter."""
        self.touched()
        page = self.screen.page
        if not text.strip() or self.screen.visit.busy:
            return
        if page is not None and page.name == "badge":
            self._desk.badge_typed(text.strip())
        else:
            self._cases.scanned(text.strip())

    def chip(self, serial: str) -> None:
        """A smart card laid on: a badge of the staff, or a citizen's service card."""
        self.touched()
        holder = self._deps.plan().holder_of(serial)
        if self.screen.visit.busy:
            return
        if holder is not None:
            self._desk.badge_laid(holder.badge)
        else:
            self._cases.chip(serial)

    def reader_news(self, news: ReaderNews) -> None:
        match news:
            case CardRead():
                self.touched()
                self._card_on = True
                self.screen.run(lambda: self._deps.desk.visitor(news.document), self._visitor)
            case CardFailed():
                self.touched()
                self._card_on = True
                self.screen.error(news.error)
            case CardRemoved():
                self._card_on = False
                self.screen.render()
            case ReaderChanged():
                self._ready = news.state is ReaderState.READY
                if self.screen.at_home:
                    self.screen.render()

    def changed(self, changes: frozenset[tuple[str, str]]) -> None:
        kinds = {kind for kind, _ in changes}
        if kinds & WATCHED or ("note", CENTRE_STATE) in changes:
            self.refresh()
        if kinds & JOBS:
            self._tickets.look_at_paper()
        if any(kind == "note" and subject.startswith(SEEN) for kind, subject in changes):
            self._staff.changed()

    def refresh(self) -> None:
        """Load the first page's numbers; calls while one is loading come to one more load after it."""
        if self._loading:
            self._again = True
            return
        self._loading = True
        self._tasks.run(self._load, self._loaded, self._not_loaded)

    def tick(self) -> None:
        """Once a second: the clock, the paper that should come out, and whether anybody is there."""
        now, t = self._deps.clock.now(), self.screen.words.t
        self._view.show_clock(
            t("{month}-{day} {weekday} {time}", month=now.month, day=now.day,
              weekday=t(WEEKDAYS[now.weekday()]), time=f"{now:%H:%M}")
        )  # fmt: skip
        if int(self._deps.clock.monotonic()) % PROMISE_SECONDS == 0:
            self._show_frame()
        self._tickets.look_at_paper()
        self._watch_idle()

    def _watch_idle(self) -> None:
        if self.screen.fresh:
            self._idle.touch()
        elif self._idle.left == 0:
            self.screen.reset()
            self._show_frame()
            self._view.show_idle("", "")
        elif self._idle.warns:
            t = self.screen.words.t
            warning = t(
                "Still there? In {seconds} s this page is closed and forgotten.", seconds=self._idle.left
            )
            self._view.show_idle(warning, t("Go on"))

    def _finish(self) -> None:
        """The first page. After a ticket was taken the visit is over, and forgotten at once."""
        if self.screen.page is not None and self.screen.page.name == "ticket":
            self.screen.reset()
            self._show_frame()
        else:
            self.screen.home()

    def _language(self, language: str) -> None:
        self.screen.choose_language(language)
        self._show_frame()
        self.tick()

    def _enter(self) -> None:
        page, typed = self.screen.page, self.screen.visit.typed
        doing = {
            "number": self._cases.number_typed,
            "query": self._cases.query_typed,
            "badge": self._desk.badge_typed,
            "pin": self._desk.pin_typed,
        }
        if page is not None and page.name in doing and typed:
            doing[page.name](typed)

    def _visitor(self, visitor: Visitor) -> None:
        """Where a card leads to hangs on what is asked just now."""
        screen = self.screen
        visit, page = screen.visit, screen.page
        before, visit.visitor = visit.visitor, visitor
        if before is not None and before.person != visitor.person:
            screen.home()
        elif page is not None and page.name == "item" and page.wide[0].act == "take":
            self._tickets.take(page.wide[0].target)
            return
        elif page is not None and page.name in ("number", "query", "collect", "cases"):
            self._cases.cases(visitor, done_only=page.name == "collect")
            return
        if visitor.tickets or visitor.cases:
            screen.only(lambda words: visitor_page(words, visitor))
        elif page is None or page.name in (HOME, "card", "visitor"):
            screen.home()
        else:
            screen.render()

    def _known(self) -> StartData | None:
        return self._start

    def _is_item(self, text: str) -> bool:
        return self._start is not None and text in self._start.items

    def _home(self, words: Words) -> Page:
        if self._start is None:
            return Page(HOME, words.t("One moment, please"))
        visit = self.screen.visit
        page = start_page(self._start, words, elder=visit.elder, visitor=visit.visitor, card=self._ready)
        if self._card_on and visit.visitor is None:
            return _left_card(page, words)
        return page

    def _load(self) -> StartData:
        queries = self._deps.queries
        return StartData(
            self._deps.plan(),
            {"zh_CN": queries.kiosk_view("zh_CN"), "en": queries.kiosk_view("en")},
            self._deps.desk.item_codes(),
        )

    def _loaded(self, data: StartData) -> None:
        before, self._start = self._start, data
        if self.screen.at_home:
            self.screen.render()
        if before is None or before.as_of != data.as_of:
            self._show_frame()
        self._done()

    def _not_loaded(self, error: UserFacingError) -> None:
        self.screen.error(error)
        self._done()

    def _done(self) -> None:
        self._loading = False
        if self._again:
            self._again = False
            self.refresh()

    def _foot_words(self, promise: str) -> str:
        """What the hall promises; cut off from it, from when the figures are."""
        words, as_of = self.screen.words, self._start.as_of if self._start else None
        if as_of is not None:
            return words.t(
                "The line to the hall is cut: who waits is known as of {time}", time=f"{as_of:%H:%M}"
            )
        return words.t("We promise: {promise}", promise=words.name(promise)) if promise else ""

    def _show_frame(self) -> None:
        words = self.screen.words
        t, plan = words.t, self._start.plan if self._start else None
        promises = plan.promises if plan else ()
        turn = int(self._deps.clock.monotonic()) // PROMISE_SECONDS
        promise = promises[turn % len(promises)].text if promises else ""
        line = plan.complaint_line if plan else ""
        self._view.show_frame(
            Frame(
                hall=words.name(plan.hall.name, plan.hall.name_en) if plan else "",
                languages=tuple((code, LANGUAGE_KEYS[code]) for code in self._languages),
                chosen=self.screen.visit.language,
                training=t("Training: nothing here is valid") if self._deps.training else "",
                promise=self._foot_words(promise),
                complaint=t("Complaints {line}", line=line) if line else "",
                previous_word=t("Previous"),
                next_word=t("More"),
                up_word=t("Up"),
                down_word=t("Further down"),
            )
        )


def _left_card(page: Page, words: Words) -> Page:
    """The visit is over and a card still lies there."""
    said = words.t("A card lies on the reader: take it with you, or give it to the staff.")
    return replace(page, banner=said, tone="warn")
