"""States in the clerk's words, wherever the counter names them. Pure."""

from __future__ import annotations

from typing import Final

from counter_app.errors import mark

TICKET_STATES: Final = {
    "waiting": mark("waiting"),
    "called": mark("called"),
    "serving": mark("being served"),
    "held": mark("held"),
    "no_show": mark("missed"),
    "served": mark("served"),
    "gave_up": mark("gave up"),
    "carried_over": mark("carried over"),
    "void": mark("void"),
}
