"""Rights by command: a badge named with `--staff` may do no more than it may at the counter or the desk.

One table for every command that acts for a clerk. What a use case asks of the badge itself is not repeated. A
command without a badge acts for the account that may read the home's keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.hall.rights import Right, rights_of
from counter_app.errors import UserFacingError

NEEDED: Final[Mapping[Right, tuple[str, ...]]] = {
    "ticket.issue": ("ticket issue",),
    "ticket.call": (
        "ticket call",
        "ticket recall",
        "ticket start",
        "ticket finish",
        "ticket no-show",
        "ticket resume",
        "ticket take-back",
        "ticket return",
        "ticket hold",
        "ticket give-up",
        "ticket transfer",
    ),
    "ticket.void": ("ticket void",),
    "day.close": ("ticket close-day", "day print"),
    "case.open": (
        "case open",
        "case person",
        "case drop",
        "case match",
        "case item",
        "case answer",
        "case field",
        "case mark",
        "case note",
        "case undo",
        "case hold",
        "case return",
        "case picture add",
        "case picture take",
        "case picture remove",
        "case card issue",
        "case card print",
        "case card link",
        "work joint",
        "work apply-again",
        "tell note",
        "tell way",
        "tell letter",
        "tell messages",
        "tell supply",
        "application import",
        "application source",
        "application oral",
        "application read-back",
        "consult",
        "advice link",
        "agent brought",
        "blanks receive",
        "blanks issue",
        "blanks spoil",
        "blanks hand-on",
        "blanks count",
        "project file",
    ),
    "case.decide": (
        "case pre-review",
        "case decide",
        "case forward",
        "case sign",
        "work pre-review",
        "work arrived",
        "agent register",
        "agent close",
        "agent end",
    ),
    "result.deliver": (
        "result record",
        "result hand-over",
        "result serve",
        "result post",
        "result posted",
        "result station",
        "result give-back",
        "result amend",
    ),
    "fee.take": ("fees notice", "fees pay", "fees void", "fees settle"),
    "fee.refund": ("fees refund", "fees drop"),
    "drawer.open": ("drawer open",),
    "case.archive": ("archive close",),
    "case.reopen": ("archive open", "archive undo-end"),
    "paper.reprint": ("paper reprint",),
    "catalogue.edit": ("catalogue import",),
    "calendar.edit": ("calendar import", "calendar set"),
    "pin.reset": ("staff pin",),
    "party.erase": ("party erase",),
}
OF_COMMAND: Final[Mapping[str, Right]] = {
    command: right for right, commands in NEEDED.items() for command in commands
}


def need_right(plan: HallPlan, staff: str, right: Right | None) -> None:
    """UserFacingError `access.no-right`."""
    member = plan.member(staff)
    if right is not None and member is not None and right not in rights_of(member.roles):
        raise UserFacingError(
            "access.no-right",
            "Your role does not allow this.",
            remedy="Ask somebody who may, or the administrator for the right.",
            right=right,
        )
