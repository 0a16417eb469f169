"""Joins the counter's page of facts to the presenters of time, and says where the keys go after."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.panels import Panels
from counter_app.ui.time.desk import TimeDesk


def time_desk(desk: Desk, panels: Panels, left: Callable[[], None]) -> TimeDesk:
    """`left` is called when the page goes away."""
    time = TimeDesk(desk, desk.deps.time, panels.facts.show_page, lambda: desk.hands.case)
    panels.facts.command_requested.connect(time.page_command)
    panels.facts.opened.connect(time.opened)
    panels.facts.left.connect(left)
    return time
