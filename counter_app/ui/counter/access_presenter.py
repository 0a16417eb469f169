"""Who works at the counter: it opens with the log-in, pauses with the lock, shows signs of life. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.hall.plan import StaffMember
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.log_in_presenter import LogIn, LogInPresenter

PAUSES = (mark("Short break"), mark("Lunch"), mark("Meeting"), mark("Called to another counter"))


class AccessPresenter(LogInPresenter):
    """Pausing locks; coming back opens the counter again."""

    def __init__(
        self, desk: Desk, view: LogIn, show_desk: Callable[[bool], None], began: Callable[[], None]
    ) -> None:
        super().__init__(desk, desk.deps.plan, desk.deps.counter, view, show_desk, began)
        self._desk = desk
        self._paused = False

    def title(self) -> str:
        return self._desk.t("Log in at counter {counter}", counter=self._desk.deps.counter)

    def offered(self) -> StaffMember | None:
        """The training clerk of this counter, whose PIN stands on the page."""
        plan, counter = self._desk.deps.plan, self._desk.deps.counter
        posts = [post for post in plan.posts if str(post.counter) == counter]
        able = [plan.member(post.a) for post in posts] + list(plan.staff)
        return next(
            (member for member in able if member and member.training_pin and "intake" in member.roles), None
        )

    def opened(self) -> None:
        desk, shift = self._desk, self._desk.hands.shift
        counters = desk.deps.counters
        if shift is None or not desk.access.may(shift, "counter.open"):  # a supervisor opens no counter
            self._began()
            return
        desk.act("open", counters.open, lambda duty: self._began(), self._open_already, right="counter.open")

    def came_back(self) -> None:
        if self._paused:
            self._paused = False
            self._desk.act("open", self._desk.deps.counters.resume)
        self._began()

    def pause(self) -> None:
        """Pause with a reason the hall sees, then lock."""
        desk = self._desk

        def pause(reason: str) -> None:
            counters = desk.deps.counters
            desk.act(
                "pause", lambda actor, key: counters.pause(actor, key, reason), lambda duty: self._on_pause()
            )

        desk.ask_reason(desk.t("Pause: why?"), tuple(desk.t(reason) for reason in PAUSES), pause)

    def beat(self) -> None:
        """The sign of life that tells an open counter from an unattended one."""
        if self._desk.at_work:
            deps, actor = self._desk.deps, self._desk.actor
            self._desk.acts.run(lambda: deps.shifts.beat(actor))

    def _open_already(self, error: UserFacingError) -> None:
        """A window that crashed comes back to a counter that is still open."""
        if not error.code.startswith("counter."):
            self._desk.error(error)
        self._began()

    def _on_pause(self) -> None:
        self._paused = True
        self.lock()
