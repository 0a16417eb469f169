"""Facts of the papers that end something: not needed, refused, decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.paper.facts import (
    Applicant,
    Counted,
    ItemNamed,
    Limit,
    PaperFacts,
    PaperKind,
    Remedies,
)

LEGAL_CERTIFICATE: Final = Limit(amount=10)  # 行政许可法 第四十四条


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPermitNeededFacts(PaperFacts):
    """不受理告知书: the matter needs no permit (行政许可法 第三十二条 (一)); mission: P3."""

    authority: str
    item: ItemNamed
    applicant: Applicant
    applied_on: date
    reason: str
    basis: tuple[str, ...] = ()
    returned: tuple[Counted, ...] = ()

    @property
    def kind(self) -> PaperKind:
        return PaperKind.NO_PERMIT_NEEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFacts(PaperFacts):
    """不予受理决定书: circumstance, law and article, the competent body if it is not ours, remedies."""

    authority: str
    case_number: str = ""
    item: ItemNamed
    applicant: Applicant
    applied_on: date
    circumstance: str
    basis: tuple[str, ...]
    competent_body: str = ""
    returned: tuple[Counted, ...] = ()
    remedies: Remedies

    @property
    def kind(self) -> PaperKind:
        return PaperKind.REFUSAL


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts(PaperFacts):
    """准予 / 不予许可决定书, or the result on the spot (办理结果).

    `permit` tells a permit's decision from a plain result. Refused needs `reasons` and `remedies`.
    `result_name` and `result_number` name what was produced; `certificate_within` is when it comes
    if it is not handed over now. `upper_body` names who decided where it was reported up: `result_number` is
    then the number of that decision.
    """

    authority: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    applied_on: date
    decided_on: date
    granted: bool
    permit: bool
    content: tuple[tuple[str, str], ...] = ()
    basis: tuple[str, ...] = ()
    reasons: str = ""
    remedies: Remedies | None = None
    result_name: str = ""
    result_number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    handed_over_now: bool = True
    certificate_within: Limit = LEGAL_CERTIFICATE
    fee: str = ""
    returned: tuple[Counted, ...] = ()
    upper_body: str = ""

    def __post_init__(self) -> None:
        if not self.granted and (not self.reasons or self.remedies is None):
            raise ValueError("a denial states its reasons and the remedies")

    @property
    def kind(self) -> PaperKind:
        return PaperKind.RESULT if self.granted else PaperKind.DENIAL
