"""Examples of the papers of an end, and of what follows one."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.domain.paper.facts import Counted, Remedies
from counter_app.domain.paper.facts_archive import ArchiveEntry, ArchiveFacts
from counter_app.domain.paper.facts_arriving import AgentSlipFacts, BlankCountFacts
from counter_app.domain.paper.facts_delivery import DeliveryFacts, LetterFacts
from counter_app.domain.paper.facts_ending import AmendmentFacts, EndFacts
from counter_app.domain.paper.facts_fees import (
    FeeBackFacts,
    FeeCharged,
    FeeNoticeFacts,
    FeeReceiptFacts,
    SettlementFacts,
)
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


CERTIFICATE: Final = FeeCharged(
    case_number=numbered("", "3-0031-8"),
    item="道路运输证",
    name="证照工本费",
    standard=1000,
    quantity=2,
    amount=1000,
    basis="《某省收费目录》第三项；《某省减免办法》第二条",
    unit="证",
    reduction="残疾人（减50%）",
)
SIGN: Final = FeeCharged(
    case_number=numbered("", "3-0032-9"),
    item="卫生许可",
    name="检测费",
    standard=123405,
    quantity=1,
    amount=123405,
    basis="《某省收费目录》第七项",
)


def fee_notice() -> FeeNoticeFacts:
    return FeeNoticeFacts(
        head=head(numbered("南环便服缴", "3-0333")),
        collecting="南环街道便民服务中心",
        payer=COMPANY.name,
        fees=(CERTIFICATE, SIGN),
        total=124405,
        pay_by=date(2026, 11, 30),
        place="绿之园物业 3 楼",
    )


def fee_receipt() -> FeeReceiptFacts:
    return FeeReceiptFacts(
        head=head(numbered("南环便服费", "3-0334")),
        notice=numbered("南环便服缴", "3-0333"),
        collecting="南环街道便民服务中心",
        payer=COMPANY.name,
        fees=(CERTIFICATE, SIGN),
        total=124405,
        capitals="壹仟贰佰肆拾肆元零伍分",
        method="scan",
    )


def fee_back() -> FeeBackFacts:
    return FeeBackFacts(
        head=head(numbered("南环便服退费", "3-0335")),
        back="refunded",
        receipt=numbered("南环便服费", "3-0334"),
        collecting="南环街道便民服务中心",
        payer=COMPANY.name,
        amount=124405,
        capitals="壹仟贰佰肆拾肆元零伍分",
        reason="申请撤回",
        basis="《某省收费目录》第九项",
    )


def settlement() -> SettlementFacts:
    return SettlementFacts(
        head=head(numbered("南环便服收日", "3-0336")),
        day=TODAY,
        cashier="王敏",
        receipts=(
            (numbered("南环便服费", "3-0334"), "scan", 124405),
            (numbered("南环便服费", "3-0337"), "voided", 0),
            (numbered("南环便服费", "3-0338"), "cash", 1000),
        ),
        by_method=(("scan", 124405), ("cash", 1000)),
        taken=125405,
        refunded=0,
        counted=900,
        capitals="壹仟贰佰伍拾肆元零伍分",
        reason="找零差错",
    )


def archive() -> ArchiveFacts:
    return ArchiveFacts(
        head=head(numbered("南环便服档", "3-0040")),
        case_number=numbered("", "3-0032-9"),
        item=MARRIAGE,
        applicant=PERSON,
        end="granted",
        opened_on=date(2026, 11, 2),
        ended_on=TODAY,
        retention="10",
        keep_until=date(2036, 12, 31),
        acts=7,
        entries=(
            ArchiveEntry(
                kind="acceptance", reference=numbered("南环便服受", "3-0318-7"), on=date(2026, 11, 2)
            ),
            ArchiveEntry(kind="result", reference=numbered("南环便服准", "3-0321-5"), on=TODAY),
            ArchiveEntry(kind="delivery", reference=numbered("南环便服达", "3-0331-2"), on=TODAY),
            ArchiveEntry(kind="picture", title="结婚证", pages=2),
            ArchiveEntry(kind="material", title="村委会（或单位）证明信", pages=1),
        ),
        let_pass="纸质原件已入卷",
    )


def blank_count() -> BlankCountFacts:
    return BlankCountFacts(
        head=head(numbered("南环便服证日", "3-0341")),
        day=TODAY,
        name="计划生育服务手册",
        issued=("SC000101", "SC000102"),
        spoiled=(("SC000103", "打印错误"),),
        left=(("SC000104", "SC000200", 97),),
        recorded=97,
        counted=96,
        reason="一份夹在样本册内",
    )


def agent_slip() -> AgentSlipFacts:
    return AgentSlipFacts(
        head=head(numbered("南环便服代", "3-0342")),
        part="closed",
        agent="周社工",
        station="署西社区便民服务代办点",
        mandate="代2026-3（至2026-12-31）",
        case_number=numbered("", "3-0032-9"),
        item=MARRIAGE,
        applicant=PERSON,
        materials=(Counted(name="居民身份证", copies=1),),
        outcome="已办结",
        handed_back="流动人口婚育证明 LN-2026-000123",
    )
