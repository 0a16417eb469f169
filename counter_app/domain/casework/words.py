"""What staff call steps, answers, causes and states of work. Message sources: whoever shows them translates
them, or passes his translator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from counter_app.domain.casework.state import Answer, Cause, OpinionLevel, View, WayOut
from counter_app.domain.casework.task import WorkKind
from counter_app.domain.catalogue.handling import Complexity
from counter_app.errors import mark
from counter_app.i18n import Translator

ANSWER_WORDS: Final[Mapping[Answer, str]] = {
    "agree": mark("agrees"),
    "disagree": mark("does not agree"),
    "agree_report": mark("agrees, but reports it up"),
    "need_material": mark("needs materials"),
    "not_ours": mark("not this department's duty"),
}
CAUSE_WORDS: Final[Mapping[Cause, str]] = {
    "assist_short": mark("the answer did not meet the demand: the assisting department is late"),
    "lead_unclear": mark("the request was unclear: the time is the lead's"),
}
LEVEL_WORDS: Final[Mapping[OpinionLevel, str]] = {
    "handler": mark("Handler"),
    "approver": mark("Approver"),
    "final": mark("Final approver"),
}
FLAG_WORDS: Final[Mapping[str, str]] = {
    "needless": mark("Sent up needlessly: the table gives a lower level."),
    "missed": mark("The table gives a higher level."),
}
VIEW_WORDS: Final[Mapping[View, str]] = {"grant": mark("to be granted"), "deny": mark("to be denied")}
DECIDED_WORDS: Final[Mapping[View, str]] = {"grant": mark("grant it"), "deny": mark("deny it")}
WAY_WORDS: Final[Mapping[WayOut, str]] = {
    "drop": mark("drop this part of the scope"),
    "wait": mark("wait for it"),
    "withdraw": mark("withdraw the application"),
}
COMPLEXITY_WORDS: Final[Mapping[Complexity, str]] = {
    "simple": mark("simple"),
    "ordinary": mark("ordinary"),
    "complex": mark("complex"),
}
TASK_WORDS: Final[Mapping[WorkKind, str]] = {
    "step": mark("step"),
    "assist": mark("assistance"),
    "question": mark("question"),
    "absence": mark("absent, urged"),
    "meeting": mark("joint visit or meeting"),
    "order": mark("order"),
    "dispute": mark("dispute"),
    "prerequisite": mark("prerequisite"),
    "plan": mark("plan"),
    "urge": mark("urging order"),
    "ask": mark("request for time"),
    "suspension": mark("suspension near its end"),
}
STEP_STATE_WORDS: Final[Mapping[str, str]] = {
    "waiting": mark("to come"),
    "open": mark("under way"),
    "done": mark("done"),
}
PREREQUISITE_WORDS: Final[Mapping[str, str]] = {
    "open": mark("not here yet"),
    "arrived": mark("here"),
    "failed": mark("will not come"),
    "dropped": mark("no longer needed"),
}
# Why a result will not come (`Prerequisite.how`); `late` also while it may still come.
FAILED_WORDS: Final[Mapping[str, str]] = {
    "refused": mark("it was refused"),
    "withdrawn": mark("it was withdrawn"),
    "late": mark("it is late"),
    "not_needed": mark("the result is not needed any more"),
}


def chosen_words(t: Translator, at: datetime, name: str) -> str:
    """That it is waited for by the applicant's choice, and who kept that."""
    return t("waiting since {day} as chosen, kept by {name}", day=at.date(), name=name)


def view_words(level: OpinionLevel, *, reported_up: bool) -> Mapping[View, str]:
    """Who signs last decides, unless an upper body does; everybody else proposes."""
    return DECIDED_WORDS if level == "final" and not reported_up else VIEW_WORDS
