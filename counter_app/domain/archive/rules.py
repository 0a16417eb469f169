"""What a case's file must hold before it is closed, and how long it is kept: pure (mission: C14, P8).

What is `needed` keeps the file open; the rest may be let pass with a reason, and stays named on the cover.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.delivery.delivery import Delivery
from counter_app.domain.fees.fees import Fees
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.verdict import Sentence
from counter_app.domain.paper.builders.filing import KINDS
from counter_app.domain.paper.issued import IssuedPaper
from counter_app.errors import mark
from counter_app.i18n import Translator

# act → the kinds of paper of which one must be in the file
PAPER_OF_ACT: Final[Mapping[str, tuple[str, ...]]] = {
    "receive": ("papers-receipt",),
    "accept": ("acceptance",),
    "notify": ("once-only-notice", "correction-notice"),
    "corrections": ("correction-receipt",),
    "grant": ("result",),
    "deny": ("denial",),
    "refuse": ("refusal",),
    "no_permit": ("no-permit-needed",),
    "withdraw": ("return-list",),
    "terminate": ("end-notice",),
    "lapse": ("end-notice",),
    "merge": ("end-notice",),
}
SEALED: Final = frozenset({"acceptance", "result", "denial", "refusal", "no-permit-needed", "end-notice"})
ON_THE_SPOT: Final = "spot"


@dataclass(frozen=True, slots=True)
class Missing:
    code: str
    needed: bool
    said: Sentence

    def words(self, t: Translator) -> str:
        """In the clerk's language, the names of our papers too."""
        return t(self.said.source, **{place: t(str(word)) for place, word in self.said.places.items()})


@dataclass(frozen=True, slots=True)
class Contents:
    """What there is of a case. `kept` are the names of materials that stay in the file, `pictured` those of
    them that have a picture, `agent` who brought it and has no closing slip yet."""

    case: Case
    papers: tuple[IssuedPaper, ...]
    delivery: Delivery | None
    fees: Fees | None
    kept: tuple[str, ...]
    pictured: tuple[str, ...]
    produces: bool
    agent: str = ""


def missing(contents: Contents) -> tuple[Missing, ...]:
    """Everything the file lacks; what is needed stands first."""
    found = [*_not_settled(contents), *_papers(contents), *_unsealed(contents), *_unpictured(contents)]
    return tuple(sorted(found, key=lambda one: not one.needed))


def _not_settled(contents: Contents) -> list[Missing]:
    case, found = contents.case, []
    if not case.ended:
        found.append(_needed("open", mark("The case has not ended.")))
    if case.lacking and case.stage == "granted":
        found.append(_needed("lack", mark("What was promised has not come.")))
    if case.stage == "granted" and contents.produces:
        delivery = contents.delivery
        if delivery is None or not delivery.results:
            found.append(_needed("result", mark("The result is not recorded.")))
        elif delivery.waiting:
            found.append(_needed("delivery", mark("The result is not handed over.")))
    elif case.ended and contents.delivery is not None and contents.delivery.waiting:
        said = Sentence(mark("Nothing shows that the citizen has the decision."))
        found.append(Missing("decision", False, said))
    if contents.agent:
        said = Sentence(mark("The case is not closed with agent {name}."), (("name", contents.agent),))
        found.append(Missing("agent", False, said))
    if contents.fees is not None and contents.fees.owed:
        found.append(_needed("fees", mark("A fee of this case is still to be paid.")))
    return found


def _papers(contents: Contents) -> list[Missing]:
    kinds = {paper.kind for paper in contents.papers}
    spot = contents.case.handled_as == ON_THE_SPOT
    found = []
    for act in dict.fromkeys(act.kind for act in contents.case.acts):
        wanted = PAPER_OF_ACT.get(act, ())
        if act == "accept" and spot:
            continue  # accepted and decided in one visit: the result says both
        if wanted and kinds.isdisjoint(wanted):
            said = Sentence(mark("A paper is missing: {paper}."), (("paper", KINDS[wanted[0]]),))
            found.append(Missing(f"paper/{act}", True, said))
    return found


def _unsealed(contents: Contents) -> list[Missing]:
    return [
        Missing(
            f"seal/{paper.number}",
            False,
            Sentence(mark("The seal on {number} is not registered."), (("number", paper.number),)),
        )
        for paper in contents.papers
        if paper.kind in SEALED and paper.sheet and paper.sealed_at is None
    ]


def _unpictured(contents: Contents) -> list[Missing]:
    return [
        Missing(
            f"material/{name}",
            False,
            Sentence(mark("{material} has no picture: its paper goes into the file."), (("material", name),)),
        )
        for name in contents.kept
        if name not in contents.pictured
    ]


def _needed(code: str, source: str) -> Missing:
    return Missing(code, True, Sentence(source))


def keep_until(retention: str, ended: date) -> date | None:
    """The last day it is kept; None for ever. Years count from the first of January after it ended."""
    if retention == "permanent":
        return None
    return date(ended.year + int(retention), 12, 31)
