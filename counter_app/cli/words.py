"""States in words, for the plain output of commands. JSON keeps the codes.

What a case's stages, roles, marks and outcomes are called is in `domain/intake/words.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.paper.jobs import JobState
from counter_app.errors import mark
from counter_app.use_cases.intake.views import HitKind
from counter_app.use_cases.sync.state import StateName

TICKETS: Final[Mapping[str, str]] = {
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
JOBS: Final[Mapping[JobState, str]] = {
    "queued": mark("waits for the printer"),
    "printing": mark("is being printed"),
    "printed": mark("printed"),
    "sent_unconfirmed": mark("sent, not confirmed"),
    "failed": mark("failed"),
    "dropped": mark("given up"),
}
HITS: Final[Mapping[HitKind, str]] = {
    "item": mark("Item"),
    "person": mark("Person"),
    "case": mark("Case"),
    "ticket": mark("Ticket"),
    "paper": mark("Paper"),
}
DEVICE_ROLES: Final[Mapping[str, str]] = {
    "counter": mark("counter machine"),
    "kiosk": mark("kiosk machine"),
    "display": mark("display machine"),
    "desk": mark("desk machine"),
    "relay": mark("relay of another centre"),
    "centre": mark("centre of the hall"),
}
STATES: Final[Mapping[StateName, str]] = {
    "alone": mark("none, this machine works alone"),
    "in_step": mark("in step"),
    "catching_up": mark("catching up"),
    "cut_off": mark("cut off, working alone"),
    "out_of_step": mark("out of step"),
    "revoked": mark("revoked, this machine counts no more"),
}
