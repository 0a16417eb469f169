"""Why data is erased and why it is not, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from counter_app.domain.intake.erasing import Basis
from counter_app.errors import UserFacingError, mark

BASIS_WORDS: Final[dict[Basis, str]] = {
    "retention_over": mark("the time of keeping is over"),
    "purpose_ended": mark("it is not needed any more"),
    "consent_withdrawn": mark("the person has withdrawn consent"),
    "unlawful": mark("it was collected against the law"),
    "recorded_in_error": mark("it was recorded in error"),
}

# code → what is so, what to do
REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "erase.basis": (
        mark("“{basis}” is no ground on which data is erased."),
        mark("Name one of the grounds that are listed."),
    ),
    "erase.case-open": (
        mark("Case {number} is still under way: this person's data is needed for it."),
        mark("Decide the case or have it withdrawn; erase after that."),
    ),
    "erase.in-hand": (
        mark("This person's ticket {number} has not ended."),
        mark("Finish it or close the day; erase after that."),
    ),
    "erase.nothing": (
        mark("There is nothing of this person left to erase."),
        mark("`counter-app party erased` shows what was erased, and when."),
    ),
    "erase.too-early": (
        mark("Case {number} must be kept until {until}."),
        mark("Ask again after that day. Only what was recorded in error or against the law goes sooner."),
    ),
    "erase.too-many": (
        mark("More persons were named at once than can be erased together."),
        mark("Erase them one by one."),
    ),
    "erase.no-right": (
        mark("Your role does not allow a person's data to be erased."),
        mark("Supervision or the administrator erases."),
    ),
    "erase.device": (
        mark("Persons are erased at a counter or desk only."),
        mark("Do it at a machine where clerks work."),
    ),
}
NOT_ERASED: Final = mark("Nothing was erased.")


def refused(code: str, detail: Mapping[str, str]) -> UserFacingError:
    """The refusal as an error to show; a code of a newer program is told by its code alone."""
    message, remedy = REFUSALS.get(code, (mark("The centre refused it: {refusal}."), ""))
    return UserFacingError(code, message, kept=NOT_ERASED, remedy=remedy, **{"refusal": code, **detail})
