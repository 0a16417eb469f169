"""Erasing a person's data, as facts: asked for by a clerk, decided by the centre (design: personal data).

Nothing here says who the person is: parties, cases and tickets stand by their ids only. Not here: what
belongs to a person (`erasing.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from counter_app.domain.journal import Fact

ERASURE: Final = "erasure"


class ErasureFact(Fact):
    """Base of what is about one erasure; its id is the one of the event that began it."""

    erasure: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"{ERASURE}:{self.erasure}",)


class PartyErasureAsked(ErasureFact):
    """A clerk asks for it on one of `BASES`; the centre answers: `PartyErased` or `PartyErasureRefused`."""

    parties: tuple[str, ...]
    basis: str


class PartyErased(ErasureFact):
    """These private parts, each (event, slot), are emptied for good wherever they lie.

    Written by the centre; by the machine itself where there is none. A long list comes as several facts of
    one erasure. `cases` went whole, in `others` the person was only one of several. `staff` is who asked.
    """

    parties: tuple[str, ...]
    cases: tuple[str, ...]
    others: tuple[str, ...]
    tickets: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    basis: str
    staff: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"{ERASURE}:{self.erasure}", *(f"party:{party}" for party in self.parties))


class PartyErasureRefused(ErasureFact):
    """The centre says no: `code` is one of `erasure_words.REFUSALS`, `detail` what its sentence needs."""

    code: str
    detail: Mapping[str, str] = field(default_factory=dict)
