"""Facts of the papers of an end and of what follows one (mission: C17, C18). Not here: decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from counter_app.domain.paper.facts import Applicant, Counted, ItemNamed, PaperFacts, PaperKind, Remedies

End = Literal["terminated", "lapsed", "merged", "reopened"]
Amendment = Literal["corrected", "reissued", "changed", "revoked", "returned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndFacts(PaperFacts):
    """终止办理决定书, 逾期失效告知书, 合并办理告知书, 恢复办理通知书.

    `into` is the number of the case that a duplicate goes on as.
    """

    end: End
    authority: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    applied_on: date
    reason: str = ""
    basis: tuple[str, ...] = ()
    into: str = ""
    returned: tuple[Counted, ...] = ()
    remedies: Remedies | None = None

    @property
    def kind(self) -> PaperKind:
        return PaperKind.END_NOTICE


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentFacts(PaperFacts):
    """What becomes of a result after the end: 更正, 补证, 变更, 撤销, 退回部门."""

    amendment: Amendment
    authority: str
    case_number: str
    item: ItemNamed
    applicant: Applicant
    result_name: str
    result_number: str
    on: date
    reason: str
    basis: tuple[str, ...] = ()
    was: str = ""
    now: str = ""
    new_number: str = ""
    remedies: Remedies | None = None

    @property
    def kind(self) -> PaperKind:
        return PaperKind.AMENDMENT
