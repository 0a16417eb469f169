"""What staff call the stages of a case, its roles, marks and outcomes.

Message sources: whoever shows them translates them, or passes his translator.
`CITIZEN_STAGES` is what a citizen is told of the same stages, at the kiosk and on his progress slip.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.catalogue.items import DeliveryWay
from counter_app.domain.intake.case import MarkKind, Role, Stage
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.errors import mark
from counter_app.i18n import Translator

STAGE_WORDS: Final[Mapping[Stage, str]] = {
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
    "forwarded": mark("handed over to another hall"),
    "denied": mark("denied"),
    "terminated": mark("terminated"),
    "lapsed": mark("lapsed"),
    "merged": mark("goes on with another"),
}
DELIVERY_WORDS: Final[Mapping[DeliveryWay, str]] = {
    "counter": mark("collected at the counter"),
    "post": mark("by post"),
    "station": mark("collected at a community station"),
    "electronic": mark("electronically"),
}
# the same on a paper of the hall
DELIVERY_ON_PAPER: Final[Mapping[DeliveryWay, str]] = {
    "counter": "到窗口领取",
    "post": "邮寄送达",
    "station": "到社区代办点领取",
    "electronic": "电子送达",
}
CITIZEN_STAGES: Final[Mapping[Stage, str]] = {
    "draft": mark("Being filled in at the counter"),
    "held": mark("Put aside at the counter"),
    "pre_reviewed": mark("Looked at in advance: please come with the originals"),
    "received": mark("Papers received, being looked at"),
    "notified": mark("Something is missing: please bring it"),
    "reopened": mark("Being completed"),
    "accepted": mark("Accepted, being handled"),
    "granted": mark("Done: the result can be collected"),
    "refused": mark("Not accepted: the paper you were given says why"),
    "no_permit": mark("No permit is needed"),
    "withdrawn": mark("Withdrawn"),
    "forwarded": mark("Handed over to another hall, which goes on with it"),
    "denied": mark("Decided: not granted. The decision says why and what you can do"),
    "terminated": mark("Ended: the paper you were given says why"),
    "lapsed": mark("Lapsed: nothing came in time"),
    "merged": mark("Goes on with your other application"),
}
ROLE_WORDS: Final[Mapping[Role, str]] = {
    "applicant": mark("Applicant"),
    "spouse": mark("Spouse"),
    "guardian": mark("Guardian"),
    "agent": mark("Agent with mandate"),
    "collector": mark("Collects the result"),
    "helper": mark("Helper without rights"),
    "organisation": mark("Organisation"),
}
OUTCOME_WORDS: Final[Mapping[DecisionKind, str]] = {
    "receive": mark("Receive the papers"),
    "accept": mark("Accept"),
    "notify": mark("Issue the once-only notice"),
    "refuse": mark("Do not accept"),
    "no_permit": mark("No permit is needed"),
    "grant": mark("Decide on the spot"),
    "withdraw": mark("Withdrawn by the applicant"),
    "deny": mark("Deny"),
    "terminate": mark("Terminate"),
    "lapse": mark("Lapsed: nothing came in time"),
    "merge": mark("A duplicate: goes on with another case"),
}
MARK_WORDS: Final[Mapping[MarkKind, str]] = {
    "present": mark("present"),
    "to_correct": mark("to correct"),
    "missing": mark("missing"),
    "lacking": mark("may follow"),
}


def item_words(t: Translator, item: str, *, hidden: bool) -> str:
    """The item as a list shows it: of a case that whoever reads may not see, that it is sensitive (mission:
    I10)."""
    return t("sensitive case") if hidden else item
