"""Who works at the desk: handlers, and the counter's management that settles disputes. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.hall.plan import StaffMember
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.log_in_presenter import LogIn, LogInPresenter


class DeskLogIn(LogInPresenter):
    """The desk begins with whoever logs in; nothing is opened or closed by it. `put_away` empties it before
    the next one: not even a list that gets the keys may put what was there in his hands."""

    def __init__(
        self,
        here: DeskPlace,
        view: LogIn,
        show_desk: Callable[[bool], None],
        began: Callable[[], None],
        put_away: Callable[[], None],
    ) -> None:
        super().__init__(here, here.deps.plan, here.deps.place, view, show_desk, began)
        self._desk = here
        self._put_away = put_away

    def ask(self) -> None:
        self._put_away()
        super().ask()

    def title(self) -> str:
        return self._desk.t("Log in at the desk")

    def offered(self) -> StaffMember | None:
        """Who holds the first handling post of a training hall: his PIN stands on the page."""
        plan = self._desk.deps.plan
        holders = (plan.member(post.a) for post in plan.posts if post.level == "handler")
        return next((one for one in holders if one is not None and one.training_pin), None)
