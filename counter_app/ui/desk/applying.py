"""Which commands of the menu fit the case in hand as it stands; the others stand there muted and say why when
they are taken. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.casework.rights import Action
from counter_app.ui.desk.reading import CaseRead
from counter_app.use_cases.casework.views import CasePage

NEEDS: Final[Mapping[str, Action]] = {
    "send_back": "send_back",
    "end_step": "end_step",
    "meeting_level": "end_step",
    "upper_answer": "upper_answer",
    "classify": "classify",
    "repeat": "repeat",
    "dispute": "dispute",
    "settle": "settle",
    "order": "order",
    "note": "note",
    "ask": "ask",
    "visit": "meeting",
    "meeting": "meeting",
    "minutes": "minutes",
    "plan_approve": "plan_approve",
    "plan_return": "plan_approve",
    "track": "track",
    "prerequisite": "prerequisite",
}
_THERE: Final[Mapping[str, Callable[[CasePage], bool]]] = {
    "end_step": lambda page: _open(page, "visit", "test", "meeting"),
    "meeting_level": lambda page: bool(page.levels) and _open(page, "meeting"),
    "upper_answer": lambda page: _open(page, "report"),
    "send_back": lambda page: any(step.state == "done" for step in page.steps),
    "repeat": lambda page: any(row.answer is not None for row in page.assists),
    "dispute": lambda page: any(row.may_dispute for row in page.assists),
    "settle": lambda page: any(row.disputed for row in page.assists),
    "minutes": lambda page: any(not held.held for held in page.meetings),
    "prerequisite": lambda page: any(row.ways for row in page.prerequisites),
}


def applies(read: CaseRead | None, command: str) -> bool:
    """Whether `command` has something to do in this case for whoever works here."""
    action = NEEDS.get(command)
    if action is None:
        return True
    there = _THERE.get(command)
    return read is not None and action in read.page.may and (there is None or there(read.page))


def _open(page: CasePage, *kinds: str) -> bool:
    return any(step.state == "open" and step.kind in kinds for step in page.steps)
