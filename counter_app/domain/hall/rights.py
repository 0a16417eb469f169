"""Rights per role, as a table (mission: H3, X3). A person with several roles has all their rights.

Administrators do no casework; supervision reads and urges but does not decide; kiosk and display are
machines with the least. Not here: who has which role (`StaffMember`), and how log-in works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, get_args

Right = Literal[
    "ticket.issue",
    "ticket.issue-burst",
    "ticket.call",
    "ticket.prioritise",
    "ticket.void",
    "ticket.enter-slip",
    "counter.open",
    "help.answer",
    "case.open",
    "case.decide",
    "case.review",
    "case.approve",
    "case.arbitrate",
    "reply.enter",
    "case.reopen",
    "case.archive",
    "result.deliver",
    "time.beyond",
    "work.urge",
    "calendar.edit",
    "fee.take",
    "fee.refund",
    "drawer.open",
    "person.read",
    "person.read-by-reason",
    "party.erase",
    "paper.reprint",
    "paper.verify",
    "paper.sign",
    "rating.sums",
    "rating.each",
    "day.close",
    "journal.read",
    "looks.read",
    "catalogue.edit",
    "hall.edit",
    "staff.edit",
    "pin.reset",
    "device.edit",
    "peripheral.edit",
]
RIGHTS: Final[tuple[Right, ...]] = get_args(Right)

_EVERYBODY: Final[frozenset[Right]] = frozenset({"paper.verify", "rating.sums", "help.answer"})
_LINE: Final[frozenset[Right]] = frozenset(
    {
        "ticket.issue",
        "ticket.issue-burst",
        "ticket.call",
        "ticket.prioritise",
        "ticket.void",
        "ticket.enter-slip",
        "counter.open",
        "peripheral.edit",
    }
)

RIGHTS_OF: Final[Mapping[str, frozenset[Right]]] = {
    "inquiry": _EVERYBODY | _LINE | {"person.read", "case.open", "paper.sign"},
    "intake": _EVERYBODY
    | _LINE
    | {
        "case.open",
        "case.decide",
        "reply.enter",
        "result.deliver",
        "fee.take",
        "drawer.open",
        "paper.sign",
        "case.archive",
        "person.read",
        "person.read-by-reason",
        "paper.reprint",
    },
    "handling": _EVERYBODY
    | {
        "case.review",
        "case.approve",
        "paper.sign",
        "case.archive",
        "result.deliver",
        "person.read",
        "person.read-by-reason",
        "paper.reprint",
    },
    "supervision": _EVERYBODY
    | {
        "case.arbitrate",
        "time.beyond",
        "work.urge",
        "ticket.void",
        "case.reopen",
        "fee.refund",
        "drawer.open",
        "day.close",
        "rating.each",
        "journal.read",
        "looks.read",
        "person.read",
        "person.read-by-reason",
        "party.erase",
    },
    "admin": _EVERYBODY
    | {
        "party.erase",
        "calendar.edit",
        "catalogue.edit",
        "hall.edit",
        "staff.edit",
        "pin.reset",
        "device.edit",
        "peripheral.edit",
        "journal.read",
    },
    "kiosk": frozenset({"ticket.issue", "paper.verify"}),
    "display": frozenset(),
}


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """All rights of these roles; an unknown role gives none."""
    return frozenset(right for role in roles for right in RIGHTS_OF.get(role, frozenset()))
