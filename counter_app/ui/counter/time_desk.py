"""Joins the counter's page of facts to the presenters of time, and says where the keys go after."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.panels import Panels
from counter_app.ui.time.desk import TimeDesk
from counter_app.ui.time.received_presenter import ReceivedNeeds


def time_desk(
    desk: Desk, panels: Panels, left: Callable[[], None], open_case: Callable[[str], None]
) -> TimeDesk:
    """`left` is called when the page goes away; a received case is opened in its place."""

    def opened(case: str) -> None:
        panels.facts.hide()
        open_case(case)

    received = ReceivedNeeds(opened)
    time = TimeDesk(desk, desk.deps.time, panels.facts.show_page, lambda: desk.hands.case, received)
    panels.facts.command_requested.connect(time.page_command)
    panels.facts.opened.connect(time.opened)
    panels.facts.left.connect(left)
    return time
