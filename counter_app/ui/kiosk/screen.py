"""One visit at the glass: which page, in which language and size, and the way back. No Qt.

A page is kept as a function of the words, so switching the language redraws what is shown at once. When
a visit ends, everything it held goes with it, and answers that come late are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeVar

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.kiosk.page import Frame, Page, Tone
from counter_app.ui.kiosk.words import Words
from counter_app.ui.tasks import TaskRunner
from counter_app.use_cases.ports.script import ScriptConverter
from counter_app.use_cases.waiting.kiosk import Visitor

T = TypeVar("T")
Build = Callable[[Words], Page]
Say = Callable[[Words], str]

FIRST_LANGUAGE: Final = "zh_CN"


class KioskView(Protocol):
    def show_page(self, page: Page, *, elder: bool) -> None: ...

    def show_frame(self, frame: Frame) -> None: ...

    def show_typed(self, text: str) -> None:
        """What the page's entry holds now."""
        ...

    def show_clock(self, text: str) -> None: ...

    def show_idle(self, warning: str, go_on: str) -> None:
        """Warn that the kiosk is about to begin afresh; empty when it is not."""
        ...


@dataclass
class Visit:
    """What one citizen has done here. Nothing of it outlives the visit."""

    language: str = FIRST_LANGUAGE
    elder: bool = False
    visitor: Visitor | None = None
    pages: list[Build] = field(default_factory=list)
    typed: str = ""
    number: str = ""
    badge: str = ""
    staff: str = ""
    banner: Say | None = None
    tone: Tone = ""
    busy: int = 0


class Screen:
    """Navigation for the presenters; the first page is given by `home`."""

    def __init__(
        self,
        view: KioskView,
        tasks: TaskRunner,
        languages: Mapping[str, Translator],
        script: ScriptConverter,
        home: Build,
    ) -> None:
        self._view = view
        self._tasks = tasks
        self._languages = languages
        self._script = script
        self._home = home
        self.visit = Visit()
        self.page: Page | None = None

    @property
    def words(self) -> Words:
        return Words(self._languages[self.visit.language], self._script)

    @property
    def staff_words(self) -> Words:
        """For what the staff read, whatever the citizen chose."""
        return Words(self._languages[FIRST_LANGUAGE], self._script)

    @property
    def at_home(self) -> bool:
        return not self.visit.pages

    @property
    def fresh(self) -> bool:
        """Nothing to forget."""
        visit = self.visit
        return (
            self.at_home
            and visit.visitor is None
            and visit.language == FIRST_LANGUAGE
            and not visit.elder
            and visit.banner is None
        )

    def go(self, build: Build) -> None:
        """A further page; "back" returns from it."""
        self.visit.pages.append(build)
        self._turned()

    def swap(self, build: Build) -> None:
        """Another page in place of this one."""
        self.visit.pages[-1:] = [build]
        self._turned()

    def only(self, build: Build) -> None:
        """A page with nothing behind it but the first."""
        self.visit.pages = [build]
        self._turned()

    def back(self) -> None:
        self.visit.pages[-1:] = []
        self._turned()

    def home(self) -> None:
        self.visit.pages = []
        self._turned()

    def reset(self) -> None:
        """End the visit and forget it."""
        self.visit = Visit()
        self.render()

    def tell(self, say: Say, tone: Tone = "warn") -> None:
        """One line on the page shown, until the page turns."""
        self.visit.banner, self.visit.tone = say, tone
        self.render()

    def error(self, error: UserFacingError) -> None:
        self.tell(lambda words: words.error(error), "bad")

    def choose_language(self, language: str) -> None:
        if language in self._languages:
            self.visit.language = language
            self.render()

    def choose_elder(self, elder: bool) -> None:
        self.visit.elder = elder
        self.render()

    def type(self, text: str) -> None:
        entry = self.page.entry if self.page else None
        if entry is not None:
            self.visit.typed = text[: entry.most]
            self._show_typed()

    def render(self) -> None:
        visit, words = self.visit, self.words
        page = (visit.pages[-1] if visit.pages else self._home)(words)
        if visit.banner is not None:
            page = replace(page, banner=visit.banner(words), tone=visit.tone)
        self.page = page
        self._view.show_page(page, elder=visit.elder)
        self._show_typed()

    def run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Work on the lane; its result is dropped when the visit has ended meanwhile."""
        visit = self.visit
        visit.busy += 1

        def landed(result: T) -> None:
            visit.busy -= 1
            if self.visit is visit:
                done(result)

        def failed(error: UserFacingError) -> None:
            visit.busy -= 1
            if self.visit is visit:
                self.error(error)

        self._tasks.run(work, landed, failed)

    def _show_typed(self) -> None:
        entry = self.page.entry if self.page else None
        if entry is not None:
            typed = self.visit.typed
            self._view.show_typed("●" * len(typed) if entry.secret else typed)

    def _turned(self) -> None:
        self.visit.typed = ""
        self.visit.banner, self.visit.tone = None, ""
        self.render()
