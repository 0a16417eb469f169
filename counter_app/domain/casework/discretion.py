"""Discretion inside published bands, and beyond them (裁量标准, mission: C16). Pure.

Nothing is imposed without a band. Beyond one a reason is given for each, and somebody of the department who
approves cases is named; he, or whoever signs at his level, sees the amount and signs after, which is his
approval. So nobody goes beyond a band where no such signature is to come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from counter_app.domain.casework.state import Handling, Opinion, Step
from counter_app.domain.catalogue.handling import DiscretionBand
from counter_app.domain.catalogue.items import Item

SIGNING = ("approval", "final")
TAB = "\t"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much discretion was used in one circumstance, and the band it has."""

    code: str
    circumstance: str
    amount: int
    least: int
    most: int
    unit: str

    @property
    def outside(self) -> bool:
        return not self.least <= self.amount <= self.most


def c16_band(item: Item, code: str) -> DiscretionBand | None:
    return next((band for band in item.bands if band.code == code), None)


def c16_amounts(item: Item, bands: tuple[tuple[str, int], ...]) -> tuple[Amount, ...]:
    """The amounts with their bands; those of a band the item no longer has are left out."""
    found = ((code, amount, c16_band(item, code)) for code, amount in bands)
    return tuple(
        Amount(code, band.circumstance, amount, band.least, band.most, band.unit)
        for code, amount, band in found
        if band is not None
    )


def c16_reasons(text: str, bands: Collection[str]) -> Mapping[str, str]:
    """Why each band was left: lines of `code TAB reason`; one plain reason serves where one band was left."""
    lines = [line.partition(TAB) for line in text.splitlines() if TAB in line]
    if lines:
        return {code: reason.strip() for code, _, reason in lines}
    return dict.fromkeys(bands, text.strip()) if len(bands) == 1 else {}


def c16_kept(reasons: Mapping[str, str]) -> str:
    """Reasons as they are kept while they are filled in."""
    return "\n".join(f"{code}{TAB}{reason}" for code, reason in reasons.items())


def c16_words(item: Item, bands: tuple[tuple[str, int], ...], text: str) -> str:
    """The reasons as they stand in the signed opinion: for several bands each with its circumstance."""
    left = {one.code: one.circumstance for one in c16_amounts(item, bands) if one.outside}
    reasons = {code: reason for code, reason in c16_reasons(text, left).items() if code in left}
    if len(reasons) == 1:
        return next(iter(reasons.values()))
    return "；".join(f"{left[code]}：{reason}" for code, reason in reasons.items())


def c16_signs_after(handling: Handling, step: Step) -> bool:
    """Whether somebody who approves is still to sign after this step."""
    return any(
        other.kind in SIGNING and other.state != "done" and other.code != step.code
        for other in handling.steps
    )


def c16_stated_before(handling: Handling, code: str, amount: int, staff: str) -> bool:
    """Whether somebody else has signed this very amount: to sign it again is to approve it."""
    return any((code, amount) in opinion.bands and opinion.staff != staff for opinion in _counting(handling))


@dataclass(frozen=True, slots=True)
class Used:
    """The discretion a case was decided with: each amount as it was signed last. `approved_by` (badges) are
    those who signed after an amount beyond its band; `named` whom its author named; `reason` his."""

    amounts: tuple[Amount, ...]
    approved_by: tuple[str, ...]
    named: str
    reason: str


def c16_used(item: Item, handling: Handling) -> Used:
    last: dict[str, Opinion] = {}
    for opinion in _counting(handling):
        for code, _ in opinion.bands:
            last[code] = opinion
    bands = tuple((code, dict(opinion.bands)[code]) for code, opinion in last.items())
    amounts = c16_amounts(item, bands)
    authors = [last[one.code] for one in amounts if one.outside]
    approved = [badge for author in authors for badge in _signed_after(handling, author)]
    reasons = dict.fromkeys(author.band_reason for author in authors if author.band_reason)
    named = next((author.band_approver for author in authors if author.band_approver), "")
    return Used(amounts, tuple(dict.fromkeys(approved)), named, "；".join(reasons))


def _counting(handling: Handling) -> tuple[Opinion, ...]:
    """The last opinion of each step and level, in the order of signing."""
    last = {(opinion.step, opinion.level): opinion for opinion in handling.opinions}
    return tuple(sorted(last.values(), key=lambda opinion: opinion.at))


def _signed_after(handling: Handling, author: Opinion) -> Iterator[str]:
    for opinion in _counting(handling):
        if opinion.level != "handler" and opinion.at > author.at and opinion.staff != author.staff:
            yield opinion.staff
