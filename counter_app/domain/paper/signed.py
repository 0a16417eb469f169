"""Who signed a paper, when, and what exactly it said then (mission: M3, P12; decision 028).

A signature names the digest of the paper's stored facts: whether it still fits can be asked for ever. The
strokes and the witness's name are private parts. Not here: strokes (`strokes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream
from counter_app.errors import mark

STROKES: Final = "strokes"
WITNESS: Final = "witness"
ROLES: Final[Mapping[str, str]] = {
    "applicant": mark("Applicant"),
    "agent": mark("Agent"),
    "collector": mark("Collector"),
    "witness": mark("Witness"),
}


class PaperSigned(Fact):
    """A paper of a case was signed. `digest` is SHA-256 of its stored facts.

    With `thumb` the signer printed a thumb on the paper before a witness: the private part `witness` is that
    person's name, `strokes` that person's signature. `reason` says why a role signed again.
    """

    case: str
    paper: str
    digest: str
    role: str
    party: str = ""
    thumb: bool = False
    reason: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"case:{self.case}", f"paper:{self.paper}", f"signed:{self.paper}")


@dataclass(frozen=True, slots=True)
class Signature:
    """`id` is the event, whose private parts are strokes and witness; it stands till its role signs again."""

    id: str
    role: str
    digest: str
    party: str
    thumb: bool
    reason: str
    at: datetime
    staff: str
    counter: str
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Signatures:
    """All signatures of one paper, oldest first."""

    paper: str
    signatures: tuple[Signature, ...] = ()


def fold_signatures(state: Signatures | None, event: Recorded) -> Signatures | None:
    fact = event.fact
    if not isinstance(fact, PaperSigned):
        return state
    state = state or Signatures(fact.paper)
    earlier = tuple(replace(one, stands=False) if one.role == fact.role else one for one in state.signatures)
    new = Signature(
        id=event.id,
        role=fact.role,
        digest=fact.digest,
        party=fact.party,
        thumb=fact.thumb,
        reason=fact.reason,
        at=event.at,
        staff=event.actor.staff,
        counter=event.actor.place,
    )
    return replace(state, signatures=(*earlier, new))


SIGNATURES: Final = Stream("signed", Signatures, fold_signatures)
