"""Examples of the papers of an end, and of what follows one."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.domain.paper.facts import Counted, Remedies
from counter_app.domain.paper.facts_delivery import DeliveryFacts, LetterFacts
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


def delivery() -> DeliveryFacts:
    return DeliveryFacts(
        head=head(numbered("南环便服达", "3-0331")),
        manner="direct",
        case_number=numbered("", "3-0032-9"),
        item=MARRIAGE,
        for_whom=PERSON.name,
        delivered=(("流动人口婚育证明", "LN-2026-000123"),),
        receiver="赵小红",
        relation="agent",
        receiver_id="1309**********0023",
        shown=("身份证件（读卡）", "回执 南环便服受〔2026〕3-0318-7", "授权委托书 2026-7", "申请人身份证件"),
        authority=AUTHORITY,
    )


def letter() -> LetterFacts:
    return LetterFacts(
        head=head(numbered("南环便服函", "3-0332")),
        about="lack",
        case_number=numbered("", "3-0031-8"),
        item=LICENCE,
        addressee=COMPANY.name,
        address=COMPANY.address,
        things=("经营场所租赁合同",),
        until=date(2026, 11, 27),
        nth=2,
    )
