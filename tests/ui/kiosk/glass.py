"""A kiosk on a real store with the real catalogue: its own clock, a reader worked by hand, no screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.identity.document import IdentityDocument
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.lanes import InlineRunner
from counter_app.script.converter import OpenccConverter
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.page import Frame, Key, Page
from counter_app.ui.kiosk.presenter import KioskPresenter
from counter_app.ui.tasks import Failed
from counter_app.use_cases.ports.identity import CardRead, CardRemoved, ReaderListener, ReaderState
from counter_app.use_cases.waiting.duty import Counters
from counter_app.use_cases.waiting.help_desk import HelpDesk
from counter_app.use_cases.waiting.kiosk import KioskDesk
from counter_app.use_cases.waiting.queries import WaitingQueries
from counter_app.use_cases.waiting.waiting import Waiting
from tests.support.intake_hall import IntakeHall, citizens, person_hash, plan

KIOSK = Actor("kiosk", "kiosk-1")
CLERK = Actor("1002", "3")
LANGUAGES = {code: Translator(code) for code in ("zh_CN", "zh_TW", "en")}


class HandReader:
    """A `CardReader` that reads what a test lays on it."""

    def __init__(self) -> None:
        self.state = ReaderState.READY
        self.problem: UserFacingError | None = None
        self.card: CardRead | None = None
        self.listener: ReaderListener | None = None

    def start(self, listener: ReaderListener) -> None:
        self.listener = listener

    def stop(self) -> None:
        self.listener = None


class InlineTasks:
    """`TaskRunner` without Qt: work and answer at once; errors nobody takes are kept."""

    def __init__(self) -> None:
        self.untaken: list[UserFacingError] = []
        self.late: list[tuple[Callable[[], Any], Callable[[Any], None] | None]] | None = None

    def run(self, work, done=None, failed: Failed | None = None) -> None:  # type: ignore[no-untyped-def]  # generic as its protocol
        if self.late is not None:  # answers wait until a test gives them
            self.late.append((work, done))
            return
        try:
            result = work()
        except UserFacingError as error:
            (failed or self.untaken.append)(error)
        else:
            if done is not None:
                done(result)


@dataclass
class PaperView:
    """`KioskView` that remembers."""

    page: Page | None = None
    elder: bool = False
    frame: Frame | None = None
    typed: str = ""
    clock: str = ""
    idle: str = ""
    pages: list[str] = field(default_factory=list)

    def show_page(self, page: Page, *, elder: bool) -> None:
        self.page, self.elder = page, elder
        self.pages.append(page.name)

    def show_frame(self, frame: Frame) -> None:
        self.frame = frame

    def show_typed(self, text: str) -> None:
        self.typed = text

    def show_clock(self, text: str) -> None:
        self.clock = text

    def show_idle(self, warning: str, go_on: str) -> None:
        self.idle = warning


class Kiosk:
    """The presenter with everything real behind it but window and devices."""

    def __init__(self, hall: IntakeHall, hall_plan: HallPlan | None = None) -> None:
        self.hall = hall
        known = hall_plan or plan()
        self.clock = hall.clock
        self.reader = HandReader()
        self.view = PaperView()
        self.tasks = InlineTasks()
        self.left = False
        self.help_desk = HelpDesk(hall.store, hall.reference)
        self.waiting = Waiting(hall.store, hall.reference, hall.ticket_papers)
        self.counters = Counters(hall.store, hall.reference)
        self.deps = KioskDeps(
            actor=KIOSK,
            plan=lambda: known,
            queries=WaitingQueries(hall.store, hall.reference),
            desk=KioskDesk(hall.store, hall.reference, person_hash),
            waiting=self.waiting,
            help_desk=self.help_desk,
            papers=hall.papers,
            reader=self.reader,
            feed=hall.store,
            runner=InlineRunner(),
            clock=hall.clock,
            new_key=hall.key,
            script=OpenccConverter(),
            training=True,
            prove_staff=self._prove,
        )
        self.presenter = KioskPresenter(self.view, self.deps, self.tasks, LANGUAGES, self._leave)

    def start(self) -> Kiosk:
        self.presenter.start()
        return self

    @property
    def page(self) -> Page:
        assert self.view.page is not None
        return self.view.page

    def all_keys(self) -> list[Key]:
        page = self.page
        return [*page.tiles, *page.wide, *(key for row in page.rows for key in row)]

    def acts(self) -> set[str]:
        return {key.act for key in self.all_keys()}

    def press(self, act: str, target: str = "") -> None:
        """Only what stands on the page can be pressed."""
        assert any(key.act == act and (not target or key.target == target) for key in self.all_keys()), act
        found = next(
            key for key in self.all_keys() if key.act == act and (not target or key.target == target)
        )
        self.presenter.press(found.act, found.target)

    def type(self, text: str) -> None:
        assert self.page.entry is not None
        for sign in text:
            assert any(sign in row for row in self.page.entry.rows), sign
            self.presenter.press("type", sign)
        self.presenter.press("enter")

    def lay(self, who: str | IdentityDocument) -> None:
        document = citizens()[who] if isinstance(who, str) else who
        self.presenter.reader_news(CardRead(document, self.clock.monotonic()))

    def lift(self) -> None:
        self.presenter.reader_news(CardRemoved(self.clock.monotonic()))

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.advance(seconds=1)
            self.presenter.tick()

    def open_counter(self, number: str = "3") -> None:
        self.counters.open(Actor("1002", number), self.hall.key())
        self.presenter.refresh()

    def _prove(self, badge: str, pin: str) -> None:
        if (badge, pin) != ("1002", "135790"):
            raise UserFacingError("access.wrong", "Badge or PIN is not right.")

    def _leave(self) -> None:
        self.left = True
