"""States, roles and outcomes in words, for the plain output of commands. JSON keeps the codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.intake.case import MarkKind, Role, Stage
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.domain.paper.jobs import JobState
from counter_app.errors import mark
from counter_app.use_cases.intake.views import HitKind

STAGES: Final[Mapping[Stage, str]] = {
    "draft": mark("draft"),
    "held": mark("held until today"),
    "pre_reviewed": mark("looked through"),
    "received": mark("papers received"),
    "notified": mark("notice is out"),
    "reopened": mark("brought again"),
    "accepted": mark("accepted"),
    "granted": mark("granted"),
    "refused": mark("not accepted"),
    "no_permit": mark("no permit needed"),
    "withdrawn": mark("withdrawn"),
}
ROLES: Final[Mapping[Role, str]] = {
    "applicant": mark("Applicant"),
    "spouse": mark("Spouse"),
    "guardian": mark("Guardian"),
    "agent": mark("Agent with mandate"),
    "collector": mark("Collects the result"),
    "helper": mark("Helper without rights"),
    "organisation": mark("Organisation"),
}
OUTCOMES: Final[Mapping[DecisionKind, str]] = {
    "receive": mark("Receive the papers"),
    "accept": mark("Accept"),
    "notify": mark("Issue the once-only notice"),
    "refuse": mark("Do not accept"),
    "no_permit": mark("No permit is needed"),
    "grant": mark("Decide on the spot"),
    "withdraw": mark("Withdrawn by the applicant"),
}
MARKS: Final[Mapping[MarkKind, str]] = {
    "present": mark("present"),
    "to_correct": mark("to correct"),
    "missing": mark("missing"),
    "lacking": mark("may follow"),
}
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
