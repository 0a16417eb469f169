"""What an opinion's words may be, signed or still being written."""

from __future__ import annotations

from typing import Final

from counter_app.domain.casework.drafts import OpinionDraft
from counter_app.domain.casework.opinion import LONGEST_OPINION, OpinionInput
from counter_app.use_cases.intake.inputs import checked_text

LONGEST_DRAFT: Final = 10 * LONGEST_OPINION  # what is being written is kept before it is short enough
LONGEST_LAW: Final = 200


def checked_opinion(given: OpinionInput) -> None:
    """UserFacingError `text.long`, `text.unreadable`."""
    _checked(given, LONGEST_OPINION)


def checked_draft(draft: OpinionDraft) -> None:
    """The same, with room for what is shortened later."""
    _checked(draft, LONGEST_DRAFT)


def _checked(words: OpinionInput | OpinionDraft, longest: int) -> None:
    checked_text(words.text, longest)
    checked_text(words.band_reason, longest)
    for text in (words.law, words.article, words.result_number):
        checked_text(text, LONGEST_LAW)
