"""`drawer …`: the cash drawer of this machine, opened with its reason, and who opened it (mission: P5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.cli.frame import DONE, NO, Call, add_command, add_group
from counter_app.domain.fees.drawer import BY_HAND, WORDS


def add(parsers: Any) -> None:
    group = add_group(parsers, "drawer", "the cash drawer of this machine")
    opened = add_command(group, "open", open_drawer, "open it, with the reason", journal=True)
    opened.add_argument("cause", choices=BY_HAND)
    opened.add_argument("--reason", default="", help="in words; needed for `other`")
    opened.add_argument("--counter", default="", metavar="N", help="where it is done")
    opened.add_argument("--name", default="", help="another drawer than the counter's")
    listed = add_command(group, "list", list_openings, "who opened it on a day, and why")
    listed.add_argument("--day", type=date.fromisoformat, default=None)


def open_drawer(call: Call) -> int:
    """Exit 1 when it did not open."""
    given, t = call.arguments, call.t
    with call.program() as program:
        drawer = program.around.drawer
        wish = drawer.open(call.actor, call.key, given.cause, given.reason, name=given.name)
        seen = drawer.answer(wish)
    told = t(seen.advice, **seen.places) if seen.advice else t(seen.says)
    call.say({"opening": wish.id, "state": seen.condition.value, "told": told}, [told])
    return DONE if seen.condition.works else NO


def list_openings(call: Call) -> int:
    """Exit 1 when it was not opened."""
    with call.program() as program:
        openings = program.around.drawer.openings(call.arguments.day)
    lines = [
        "  ".join(
            filter(
                None,
                (
                    f"{one.at:%H:%M:%S}",
                    one.staff,
                    one.drawer,
                    call.t(WORDS[one.cause]),
                    one.reason,
                    one.failed,
                ),
            )
        )
        for one in openings
    ]
    call.say({"openings": openings}, lines or [call.t("The drawer was not opened.")])
    return DONE if openings else NO
