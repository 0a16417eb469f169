"""An opinion as it is being filled in. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from counter_app.domain.casework.discretion import c16_kept, c16_reasons
from counter_app.domain.casework.drafts import OpinionDraft
from counter_app.domain.casework.opinion import OpinionInput
from counter_app.domain.casework.state import View
from counter_app.use_cases.casework.views import CasePage, OpinionForm


@dataclass
class Draft:
    """`conditions` by their text, `bands` by code; `review` are answers on their way into the case."""

    view: View | None = None
    text: str = ""
    law: str = ""
    article: str = ""
    number: str = ""
    conditions: dict[str, bool] = field(default_factory=dict)
    bands: dict[str, int] = field(default_factory=dict)
    review: dict[str, str] = field(default_factory=dict)
    band_approver: str = ""
    band_reason: str = ""
    offered: str = ""  # what the program began the words with

    def condition(self, text: str, met: bool | None) -> None:
        """Checked and met, checked and not met, or not checked."""
        if met is None:
            self.conditions.pop(text, None)
        else:
            self.conditions[text] = met

    @property
    def standing(self) -> OpinionDraft:
        """As it stands now."""
        return OpinionDraft(
            view=self.view,
            text=self.text,
            law=self.law,
            article=self.article,
            conditions=tuple(self.conditions.items()),
            bands=tuple(self.bands.items()),
            band_approver=self.band_approver,
            band_reason=self.band_reason,
            result_number=self.number,
        )

    def use_band(self, code: str, amount: int, approver: str, reason: str) -> None:
        """Each band that is left has its own reason; who approves is named once."""
        self.leave_band(code)
        self.bands[code] = amount
        if reason:
            self.band_approver = approver
            self.band_reason = c16_kept({**c16_reasons(self.band_reason, ()), code: reason})

    def leave_band(self, code: str) -> None:
        self.bands.pop(code, None)
        reasons = dict(c16_reasons(self.band_reason, tuple(self.bands)))
        reasons.pop(code, None)
        self.band_reason = c16_kept(reasons)
        if not reasons:
            self.band_approver = ""

    def given(self, view: View) -> OpinionInput:
        """As it would be signed."""
        return self.standing.signed(view)


def drafted(page: CasePage, form: OpinionForm) -> Draft:
    """What was kept of it before; else a new draft, which holds what is known: the law the level before
    named, or the only one there is."""
    if form.draft is not None:
        return _taken_up(form.draft.draft)
    draft = Draft()
    before = max(page.opinions, key=lambda row: row.at, default=None)
    laws = [law for law in form.laws if not law.pending]
    if before is not None:
        draft.law, draft.article = before.law, before.article
    elif len(laws) == 1:
        draft.law, draft.article = laws[0].name, laws[0].article
    return draft


def _taken_up(kept: OpinionDraft) -> Draft:
    return Draft(
        view=kept.view,
        text=kept.text,
        law=kept.law,
        article=kept.article,
        number=kept.result_number,
        conditions=dict(kept.conditions),
        bands=dict(kept.bands),
        band_approver=kept.band_approver,
        band_reason=kept.band_reason,
    )
