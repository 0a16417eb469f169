"""A material: one paper that an item asks for, with everything a citizen must know to bring it right.

Field names and codes follow GB/T 39046-2020 where it has them (mission: I4, I5, I11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from counter_app.domain.catalogue.questions import Condition

PENDING: Final = "待核"
"""What stands in a text field for which no source is at hand."""

Handling = Literal["confirm", "use", "produce"]
Source = Literal["申请人自备", "政府部门核发", "其他"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A law by name and article. `article` is 待核 when nobody has checked it: never an invented one."""

    name: str
    article: str
    text: str = ""

    @property
    def pending(self) -> bool:
        return PENDING in (self.name, self.article)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One line of the checklist.

    purpose 用途, content 内容, requirement 要求, size 规格. `handling`: confirm = checked and handed
    back, use = kept, produce = made while the case is handled (never asked of the citizen).
    is_need 1 必要 2 非必要 3 容缺后补; material_type 1 证件证书证明 2 申请表格文书 3 其他.
    `alternatives`: papers taken in its stead. `issued_within_days`: age at most, 0 = no bound.
    `satisfied_by`: item codes whose result stands for it. `form`: blank form or sample kept in the hall.
    `shared`: in a joint matter, materials with the same word here are one paper, taken once (mission: C2).
    """

    code: str
    name: str
    purpose: str
    content: str
    requirement: str
    size: str
    originals: int
    copies: int
    handling: Handling
    source: Source
    is_need: Literal[1, 2, 3]
    material_type: Literal[1, 2, 3]
    alternatives: tuple[str, ...] = ()
    issuer: str = ""
    available_at: str = ""
    legal_basis: tuple[LegalBasis, ...] = ()
    form: str = ""
    sample: str = ""
    issued_within_days: int = 0
    satisfied_by_card: bool = False
    satisfied_by: tuple[str, ...] = ()
    lack_allowed: bool = False
    correction_reasons: tuple[str, ...] = ()
    when: Condition | None = None
    shared: str = ""
    source_text: str = ""
    pending_check: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with what is taken in its stead: 结婚证(或生育证)."""
        return f"{self.name}(或{'、'.join(self.alternatives)})" if self.alternatives else self.name
