"""Opinions on the way: what somebody has filled in of a step and not signed yet (mission: C9).

A stream of its own beside the case's handling: half an opinion is nobody's act and shows to its author
alone, but it outlives a crash, a power cut and a change of desk. Words travel as private parts. Not here: the
review form's answers, which are acts at once (`facts.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import View
from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream


class DraftFact(Fact):
    """Base: whose draft it is, is who acts."""

    case: str
    step: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"drafted:{self.case}",)


class OpinionDrafted(DraftFact):
    """All of the draft as it stands; `text` and `reason` (for leaving a band) are private; `view` "" is
    open."""

    view: str = ""
    law: str = ""
    article: str = ""
    conditions: tuple[tuple[str, bool], ...] = ()
    bands: tuple[tuple[str, int], ...] = ()
    band_approver: str = ""
    result_number: str = ""


class OpinionDraftDropped(DraftFact):
    """It was signed: nothing is on the way any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionDraft:
    """An opinion as far as it goes; fields as in `OpinionInput`, the view may be open."""

    view: View | None = None
    text: str = ""
    law: str = ""
    article: str = ""
    conditions: tuple[tuple[str, bool], ...] = ()
    bands: tuple[tuple[str, int], ...] = ()
    band_approver: str = ""
    band_reason: str = ""
    result_number: str = ""

    def signed(self, view: View) -> OpinionInput:
        """As it would be signed."""
        return OpinionInput(
            view=view,
            text=self.text,
            law=self.law,
            article=self.article,
            conditions=self.conditions,
            bands=self.bands,
            band_approver=self.band_approver,
            band_reason=self.band_reason,
            result_number=self.result_number,
        )


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Somebody's draft of a step, as it was last kept."""

    step: str
    staff: str
    at: datetime
    draft: OpinionDraft


@dataclass(frozen=True, slots=True)
class Drafted:
    """All drafts of one case."""

    case: str
    drafts: tuple[KeptDraft, ...] = ()

    def of(self, step: str, staff: str) -> KeptDraft | None:
        return next((one for one in self.drafts if (one.step, one.staff) == (step, staff)), None)


def fold_drafted(state: Drafted | None, event: Recorded) -> Drafted | None:
    fact = event.fact
    if not isinstance(fact, DraftFact):
        return state
    known = state or Drafted(fact.case)
    staff = event.actor.staff
    others = tuple(one for one in known.drafts if (one.step, one.staff) != (fact.step, staff))
    if not isinstance(fact, OpinionDrafted):
        return replace(known, drafts=others)
    kept = KeptDraft(fact.step, staff, event.at, _draft(fact, event))
    return replace(known, drafts=(*others, kept))


def _draft(fact: OpinionDrafted, event: Recorded) -> OpinionDraft:
    views: dict[str, View] = {"grant": "grant", "deny": "deny"}
    return OpinionDraft(
        view=views.get(fact.view),
        text=event.private.get("text", b"").decode(),
        law=fact.law,
        article=fact.article,
        conditions=fact.conditions,
        bands=fact.bands,
        band_approver=fact.band_approver,
        band_reason=event.private.get("reason", b"").decode(),
        result_number=fact.result_number,
    )


DRAFTS: Final = Stream("drafted", Drafted, fold_drafted)
