"""The commands that counter and desk both have, declared once; each workspace puts them among its own. No Qt.

Those that concern the window itself are done by `workspace_window.py`.
"""

from __future__ import annotations

from typing import Final

from counter_app.errors import mark
from counter_app.ui.widgets.commands import Key, in_menu, pressed

NOTICE_ACTION: Final = pressed(
    "Alt+Return", "notice_action", mark("Do what the message offers"), cap="Alt Enter"
)
LOCK: Final = pressed("Ctrl+L", "lock", mark("Lock the screen"), "sp")
LOG_OFF: Final = pressed("Ctrl+Q", "log_off", mark("Log off"), "tcdl")
LOOKS_AND_HELP: Final = (
    pressed("Ctrl+D", "theme", mark("Light or dark"), "qsss"),
    pressed("Ctrl++", "larger", mark("Larger text"), "fdwz", cap="Ctrl +"),
    pressed("Ctrl+-", "smaller", mark("Smaller text"), "sxwz"),
    pressed("Ctrl+M", "more", mark("More: every further command by its letter"), "gdqygxcz"),
    pressed("F1", "keys", mark("All keys"), "qbaj"),
    pressed("Esc", "back", mark("Back")),
)
CONFLICTS: Final = in_menu("K", "conflicts", mark("Acts that met those of another machine"), "yqtsbctdcz")


def time_pages(caps: str, room: str = "") -> tuple[Key, ...]:
    """The pages of `ui/time`: a letter of `caps` each, behind the letter of their `room` of the menu."""
    asked, urged, suspended, board, late, calendar, received = (room + cap for cap in caps)
    return (
        in_menu(asked, "time_asked", mark("Requests that wait for approval"), "dpzdsxsq"),
        in_menu(urged, "urge_orders", mark("Urging orders that wait for a reply"), "ddfdcbd"),
        in_menu(suspended, "suspended", mark("Suspended cases"), "gqdbj"),
        in_menu(board, "late_board", mark("Board of late work"), "cqbjkb"),
        in_menu(late, "late_cases", mark("Late and nearly late cases"), "cqhlqbj"),
        in_menu(calendar, "calendar", mark("Work calendar"), "gzrl"),
        in_menu(received, "received", mark("Received, not accepted yet"), "sjdsl"),
    )
