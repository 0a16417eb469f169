"""A case that moves to another hall, as facts (mission: H1, I16).

`CaseForwarded` is written where it was taken, `CaseReceived` by the centre of the hall that goes on with it:
from then on that hall's order is the case's. What was known of the case travels as a private part, its
parties as `PartyRecorded` events of their own; the citizen keeps number and query code. Ids are unique
within a hall only, so they get the hall before them. Not here: what the facts come to (`forward_fold.py`),
how they travel (`use_cases/relay`).
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.intake.facts import CaseFact

CASE: Final = "case"


class CaseForwarded(CaseFact):
    """Handed on to `to_hall` (its code) with these materials; the reason is the private part `reason`.

    `sign_by` is the day by which the papers are signed for (材料交接: within one working day).
    """

    to_hall: str
    materials: tuple[str, ...]
    sign_by: str
    slip: str = ""


class CaseReceived(CaseFact):
    """Taken over from `from_hall`. The private part `case` is the case as it stood.

    `forwarded` is the id of the other hall's `CaseForwarded`, `number` the one the citizen holds.
    """

    from_hall: str
    forwarded: str
    number: str
    item: str
    stage: str
    opened_at: str
    channel: int
    materials: tuple[str, ...]
    sign_by: str


class HandOverSigned(CaseFact):
    """The papers came: `missing` did not. A remark is the private part `text`."""

    missing: tuple[str, ...] = ()


class CaseNewsHeard(CaseFact):
    """What the hall that goes on with a case says of it: for who asks where the case was taken."""

    hall: str
    news: str
    at: str


def over_here(id: str, from_hall: str, here: str) -> str:
    """An id of another hall as it is called here: `S04/3.1.57`; one that comes home has its own name
    again."""
    owner, slash, own = id.partition("/")
    if not slash:
        return f"{from_hall}/{id}"
    return own if owner == here else id
