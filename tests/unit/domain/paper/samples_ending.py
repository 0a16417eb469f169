"""Examples of the papers of an end, and of what follows one."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.domain.paper.facts import Counted, Remedies
from counter_app.domain.paper.facts_ending import AmendmentFacts, EndFacts
from tests.unit.domain.paper.samples_intake import (
    AUTHORITY,
    COMPANY,
    LICENCE,
    MARRIAGE,
    PERSON,
    TODAY,
    head,
    numbered,
)

REMEDIES: Final = Remedies(review_body="沧州市运河区人民政府", court="沧州市运河区人民法院")


def end_notice() -> EndFacts:
    return EndFacts(
        head=head(numbered("南环便服结", "3-0329")),
        end="lapsed",
        authority=AUTHORITY,
        case_number=numbered("", "3-0031-8"),
        item=LICENCE,
        applicant=COMPANY,
        applied_on=date(2026, 11, 2),
        reason="通知载明的期限内未补齐材料",
        basis=("本事项办理规定：逾期未补正的，视为撤回申请",),
        returned=(Counted(name="经营场所租赁合同", originals=1),),
        remedies=REMEDIES,
    )


def amendment() -> AmendmentFacts:
    return AmendmentFacts(
        head=head(numbered("南环便服变", "3-0330")),
        amendment="corrected",
        authority=AUTHORITY,
        case_number=numbered("", "3-0032-9"),
        item=MARRIAGE,
        applicant=PERSON,
        result_name="流动人口婚育证明",
        result_number="LN-2026-000123",
        on=TODAY,
        reason="打印时姓名写错一字",
        basis=("《行政许可法》第四十九条",),
        was="阿卜杜拉·买买题",
        now="阿卜杜拉·买买提",
    )
