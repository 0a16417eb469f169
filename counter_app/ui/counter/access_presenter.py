"""Who works here: log-in, lock, pause, log-off. No Qt.

While nobody is at work the log-in hides the desk. Pausing locks; coming back opens the counter again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from counter_app.domain.hall.plan import StaffMember
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.desk import Desk
from counter_app.use_cases.access.access import Shift

PAUSES = (mark("Short break"), mark("Lunch"), mark("Meeting"), mark("Called to another counter"))
TRAINING_WORDS = mark("TRAINING – not valid")


class LogIn(Protocol):
    """The log-in view."""

    def ask(self, title: str, hint: str, badge: str = "", pin: str = "", training: str = "") -> None: ...

    def lock_badge(self, locked: bool) -> None: ...

    def show_error(self, message: str) -> None: ...

    def set_busy(self, busy: bool) -> None: ...


class AccessPresenter:
    """`show_desk(at work)` switches the pages; `began` and `ended` tell the others."""

    def __init__(
        self,
        desk: Desk,
        view: LogIn,
        show_desk: Callable[[bool], None],
        began: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._view = view
        self._show_desk = show_desk
        self._began = began
        self._paused = False

    def ask(self) -> None:
        """Nobody is at work: ask for badge and PIN; a training hall offers its clerk on Enter."""
        desk = self._desk
        self._show_desk(False)
        self._view.lock_badge(False)
        offered = self._offered()
        hint = ""
        if offered is not None:
            hint = desk.t("Training: Enter logs in {name}.", name=offered.name)
        title = desk.t("Log in at counter {counter}", counter=desk.deps.counter)
        badge, pin = (offered.badge, offered.training_pin) if offered else ("", "")
        self._view.ask(title, hint, badge, pin, self.training_words())

    def log_in(self, badge: str, pin: str) -> None:
        """Badge and PIN, or the PIN alone while locked."""
        desk, shift = self._desk, self._desk.hands.shift
        deps, key = desk.deps, desk.deps.new_key()
        self._view.set_busy(True)
        if shift is not None and shift.locked:
            desk.acts.run(lambda: deps.access.unlock(shift, pin, key), self._back, self._refused)
        else:
            desk.acts.run(
                lambda: deps.access.log_in(badge, pin, deps.counter, key), self._logged_in, self._refused
            )

    def lock(self) -> None:
        """The screen asks for the PIN; the shift and what is in hand stay."""
        shift = self._desk.hands.shift
        if shift is not None:
            access = self._desk.deps.access
            self._desk.act("lock", lambda actor, key: access.lock(shift, key), self._locked)

    def pause(self) -> None:
        """Pause with a reason the hall sees, then lock."""
        desk = self._desk

        def pause(reason: str) -> None:
            counters = desk.deps.counters
            desk.act(
                "pause", lambda actor, key: counters.pause(actor, key, reason), lambda duty: self._on_pause()
            )

        desk.ask_reason(desk.t("Pause: why?"), tuple(desk.t(reason) for reason in PAUSES), pause)

    def log_off(self) -> None:
        """Open tickets go back to their places; the counter closes."""
        shift = self._desk.hands.shift
        if shift is not None:
            access = self._desk.deps.access
            self._desk.act("log_off", lambda actor, key: access.log_off(shift, key), self._logged_off)

    def beat(self) -> None:
        """The sign of life that tells an open counter from an unattended one."""
        if self._desk.at_work:
            deps, actor = self._desk.deps, self._desk.actor
            self._desk.acts.run(lambda: deps.shifts.beat(actor))

    def look_whether_ended(self) -> None:
        """Somebody logged in at another counter ends the shift here, on whatever machine that was."""
        shift, access = self._desk.hands.shift, self._desk.deps.access
        if shift is not None:
            self._desk.reads.run(lambda: access.lasts(shift), lambda lasts: self._looked(shift, lasts))

    def training_words(self) -> str:
        """What every screen of a training hall says; empty in a real one."""
        return self._desk.t(TRAINING_WORDS) if self._desk.deps.plan.training else ""

    def _offered(self) -> StaffMember | None:
        """The training clerk of this counter, whose PIN stands on the page."""
        plan, counter = self._desk.deps.plan, self._desk.deps.counter
        if not plan.training:
            return None
        posts = [post for post in plan.posts if str(post.counter) == counter]
        able = [plan.member(post.a) for post in posts] + list(plan.staff)
        return next(
            (member for member in able if member and member.training_pin and "intake" in member.roles), None
        )

    def _logged_in(self, shift: Shift) -> None:
        desk = self._desk
        desk.hands.shift = shift
        self._view.set_busy(False)
        self._show_desk(True)
        counters = desk.deps.counters
        if not desk.deps.access.may(shift, "counter.open"):  # a supervisor opens no counter
            self._began()
            return
        desk.act("open", counters.open, lambda duty: self._began(), self._open_already, right="counter.open")

    def _open_already(self, error: UserFacingError) -> None:
        """A window that crashed comes back to a counter that is still open."""
        if not error.code.startswith("counter."):
            self._desk.error(error)
        self._began()

    def _refused(self, error: UserFacingError) -> None:
        t = self._desk.t
        self._view.set_busy(False)
        words = (t(error.message, **error.params), t(error.remedy, **error.params))
        self._view.show_error(" ".join(word for word in words if word))

    def _looked(self, shift: Shift, lasts: bool) -> None:
        hands, t = self._desk.hands, self._desk.t
        if lasts or hands.shift is None or hands.shift.id != shift.id:
            return
        self._logged_off(0)
        self._view.show_error(t("The shift here has ended: {name} is at another counter.", name=shift.name))

    def _locked(self, shift: Shift) -> None:
        desk = self._desk
        desk.hands.shift = shift
        self._show_desk(False)
        title = desk.t("Locked: {name}", name=shift.name)
        hint = desk.t("What is in hand is kept. Enter the PIN to go on.")
        member = desk.deps.plan.member(shift.staff)
        pin = member.training_pin if member and desk.deps.plan.training else ""
        self._view.ask(title, hint, shift.staff, pin, self.training_words())
        self._view.lock_badge(True)

    def _back(self, shift: Shift) -> None:
        desk = self._desk
        desk.hands.shift = shift
        self._view.set_busy(False)
        self._show_desk(True)
        if self._paused:
            self._paused = False
            desk.act("open", desk.deps.counters.resume)
        self._began()

    def _on_pause(self) -> None:
        self._paused = True
        self.lock()

    def _logged_off(self, returned: int) -> None:
        hands = self._desk.hands
        hands.shift = hands.ticket = None
        hands.case = None
        self.ask()
