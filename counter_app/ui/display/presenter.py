"""Brings calls to the display and to the speaker: each is rung and said twice, one after another.

Plain Python. When the store is away the last good board stays and the view says since when.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.waiting.announcement import clips
from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.display.board import Board, Call, board
from counter_app.ui.tasks import TaskRunner
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.speech import Speaker
from counter_app.use_cases.sync.state import CENTRE_STATE
from counter_app.use_cases.waiting.rows import HallView

TIMES_SAID: Final = 2
WATCHED_KINDS: Final = frozenset({"ticket", "duty", "counter", "published", "all"})


class DisplayView(Protocol):
    def show_board(self, board: Board) -> None: ...

    def announce(self, call: Call) -> None:
        """Make a call seen without sound: it blinks for some seconds."""
        ...

    def show_clock(self, now: datetime) -> None: ...

    def show_stale(self, since: str) -> None:
        """Empty when the board is up to date."""
        ...


class DisplayPresenter:
    """Refreshes on changes and each minute; announces what was not there before."""

    def __init__(
        self,
        view: DisplayView,
        load: Callable[[], tuple[HallView, HallPlan]],
        speaker: Speaker,
        tasks: TaskRunner,
        clock: Clock,
        t: Translator,
    ) -> None:
        """`load` gives the hall's rows and plan; it runs on the store's lane."""
        self._view = view
        self._load = load
        self._speaker = speaker
        self._tasks = tasks
        self._clock = clock
        self._t = t
        self._known: frozenset[str] | None = None
        self._loading = False
        self._again = False
        self._good_at: datetime | None = None

    def refresh(self) -> None:
        """Load the board; calls while one is loading come to one more load after it."""
        if self._loading:
            self._again = True
            return
        self._loading = True
        self._tasks.run(self._load, self._loaded, self._failed)

    def changed(self, changes: frozenset[tuple[str, str]]) -> None:
        if any(kind in WATCHED_KINDS or subject == CENTRE_STATE for kind, subject in changes):
            self.refresh()

    def tick(self) -> None:
        """Once a second."""
        self._view.show_clock(self._clock.now())

    def _loaded(self, loaded: tuple[HallView, HallPlan]) -> None:
        view, plan = loaded
        self._good_at = self._clock.now()
        since = self._t("No news since {time}", time=f"{view.as_of:%H:%M}") if view.as_of else ""
        self._view.show_stale(since)
        shown = board(view, plan, self._t)
        self._view.show_board(shown)
        calls = ((shown.newest,) if shown.newest else ()) + shown.calls
        self._announce_new(calls)
        self._done()

    def _failed(self, error: UserFacingError) -> None:
        since = f"{self._good_at:%H:%M}" if self._good_at else ""
        self._view.show_stale(self._t("No news since {time}", time=since or self._t("the start")))
        self._done()

    def _done(self) -> None:
        self._loading = False
        if self._again:
            self._again = False
            self.refresh()

    def _announce_new(self, calls: tuple[Call, ...]) -> None:
        """What stood there before the display was opened is shown but not said again."""
        known, self._known = self._known, frozenset(call.token for call in calls)
        if known is None:
            return
        for call in reversed([call for call in calls if call.token not in known]):
            self._view.announce(call)
            for _ in range(TIMES_SAID):
                self._speaker.say(clips(call.number, call.counter, call.language))
