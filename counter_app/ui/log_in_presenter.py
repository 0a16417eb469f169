"""Who works at a window: log-in, lock, log-off. No Qt.

While nobody is at work the log-in hides everything. Not here: what a workspace does when somebody begins
or comes back (a counter opens: `ui/counter/access_presenter.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from counter_app.domain.hall.plan import HallPlan, StaffMember
from counter_app.errors import UserFacingError, mark
from counter_app.ui.workplace import Workplace
from counter_app.use_cases.access.access import Shift

TRAINING_WORDS = mark("TRAINING – not valid")


class LogIn(Protocol):
    """The log-in view."""

    def ask(self, title: str, hint: str, badge: str = "", pin: str = "", training: str = "") -> None: ...

    def lock_badge(self, locked: bool) -> None: ...

    def show_error(self, message: str) -> None: ...

    def set_busy(self, busy: bool) -> None: ...


class LogInPresenter:
    """Logs in at `place`. `show_desk(at work)` switches the pages; `began` tells the others."""

    def __init__(
        self,
        here: Workplace,
        plan: HallPlan,
        place: str,
        view: LogIn,
        show_desk: Callable[[bool], None],
        began: Callable[[], None],
    ) -> None:
        self._here = here
        self._plan = plan
        self._place = place
        self._view = view
        self._show_desk = show_desk
        self._began = began

    def title(self) -> str:
        """What the log-in asks."""
        return self._here.t("Log in")

    def offered(self) -> StaffMember | None:
        """Whom a training hall logs in on Enter."""
        return None

    def opened(self) -> None:
        """Somebody has logged in."""
        self._began()

    def came_back(self) -> None:
        """The same person has unlocked the screen."""
        self._began()

    def ask(self) -> None:
        """Nobody is at work: ask for badge and PIN; a training hall offers its clerk on Enter."""
        t = self._here.t
        self._show_desk(False)
        self._view.lock_badge(False)
        offered = self.offered() if self._plan.training else None
        hint = t("Training: Enter logs in {name}.", name=offered.name) if offered is not None else ""
        badge, pin = (offered.badge, offered.training_pin) if offered else ("", "")
        self._view.ask(self.title(), hint, badge, pin, self.training_words())

    def log_in(self, badge: str, pin: str) -> None:
        """Badge and PIN, or the PIN alone while locked."""
        here, shift, key = self._here, self._here.hands.shift, self._here.new_key()
        self._view.set_busy(True)
        if shift is not None and shift.locked:
            here.acts.run(lambda: here.access.unlock(shift, pin, key), self._unlocked, self._refused)
        else:
            here.acts.run(
                lambda: here.access.log_in(badge, pin, self._place, key), self._logged_in, self._refused
            )

    def lock(self) -> None:
        """The screen asks for the PIN; the shift and what is in hand stay."""
        here, shift = self._here, self._here.hands.shift
        if shift is not None:
            here.act("lock", lambda actor, key: here.access.lock(shift, key), self._locked)

    def log_off(self) -> None:
        """The shift ends; what was open is given back."""
        here, shift = self._here, self._here.hands.shift
        if shift is not None:
            here.act("log_off", lambda actor, key: here.access.log_off(shift, key), self._logged_off)

    def look_whether_ended(self) -> None:
        """Somebody logged in elsewhere ends the shift here, on whatever machine that was."""
        here, shift = self._here, self._here.hands.shift
        if shift is not None:
            here.reads.run(lambda: here.access.lasts(shift), lambda lasts: self._looked(shift, lasts))

    def training_words(self) -> str:
        """What every screen of a training hall says; empty in a real one."""
        return self._here.t(TRAINING_WORDS) if self._plan.training else ""

    def _logged_in(self, shift: Shift) -> None:
        self._here.hands.shift = shift
        self._view.set_busy(False)
        self._show_desk(True)
        self.opened()

    def _refused(self, error: UserFacingError) -> None:
        t = self._here.t
        self._view.set_busy(False)
        words = (t(error.message, **error.params), t(error.remedy, **error.params))
        self._view.show_error(" ".join(word for word in words if word))

    def _looked(self, shift: Shift, lasts: bool) -> None:
        hands, t = self._here.hands, self._here.t
        if lasts or hands.shift is None or hands.shift.id != shift.id:
            return
        self._logged_off(0)
        self._view.show_error(t("The shift here has ended: {name} is at another counter.", name=shift.name))

    def _locked(self, shift: Shift) -> None:
        t, plan = self._here.t, self._plan
        self._here.hands.shift = shift
        self._show_desk(False)
        member = plan.member(shift.staff)
        pin = member.training_pin if member and plan.training else ""
        self._view.ask(
            t("Locked: {name}", name=shift.name),
            t("What is in hand is kept. Enter the PIN to go on."),
            shift.staff,
            pin,
            self.training_words(),
        )
        self._view.lock_badge(True)

    def _unlocked(self, shift: Shift) -> None:
        self._here.hands.shift = shift
        self._view.set_busy(False)
        self._show_desk(True)
        self.came_back()

    def _logged_off(self, returned: int) -> None:
        self._here.put_down()
        self.ask()
