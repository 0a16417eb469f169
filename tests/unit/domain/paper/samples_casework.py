"""Examples of the papers between departments and of the plan."""

from __future__ import annotations

from datetime import date

from counter_app.domain.paper.facts import Counted, ItemNamed, PlanStep
from counter_app.domain.paper.facts_casework import CopyNoticeFacts, PlanFacts
from tests.unit.domain.paper.samples_intake import AUTHORITY, COMPANY, LICENCE, TODAY, head, numbered


def copy_notice() -> CopyNoticeFacts:
    return CopyNoticeFacts(
        head=head(numbered("南环便服抄", "5-0012")),
        authority=AUTHORITY,
        from_department="卫生局",
        to_department="农村经济发展局",
        case_number=numbered("", "5-0041-2"),
        item=ItemNamed(name="卫生许可证", code="0512", department="卫生局"),
        applicant=COMPANY,
        matter="开办卫生筷子加工企业",
        asked=("核对所用木材是否属于允许加工的品种，写明依据",),
        attached=(Counted(name="原料来源说明", copies=1),),
        basis=("待核",),
        reply_by=date(2026, 11, 25),
        reply_days=2,
        consequence="逾期未答复的，按延误记录并报窗口管理处协调",
    )


def plan() -> PlanFacts:
    return PlanFacts(
        head=head(numbered("南环便服划", "5-0007")),
        case_number=numbered("", "5-0043-9"),
        item=LICENCE,
        applicant=COMPANY,
        matter="开办卫生筷子加工企业",
        steps=(
            PlanStep(
                what="卫生许可证·检测",
                who="卫生局",
                from_on=TODAY,
                until_on=date(2026, 11, 25),
                applicant_does="送检样品",
                critical=True,
            ),
            PlanStep(
                what="卫生许可证·核准",
                who="卫生局",
                from_on=date(2026, 11, 25),
                until_on=date(2026, 11, 27),
                critical=True,
            ),
            PlanStep(
                what="木材许可证·决定", who="农村经济发展局", from_on=TODAY, until_on=date(2026, 11, 26)
            ),
            PlanStep(
                what="营业执照·核准发照",
                who="工商局",
                from_on=date(2026, 11, 27),
                until_on=date(2026, 12, 1),
                critical=True,
            ),
            PlanStep(
                what="营业执照·领取办理结果",
                who="申请人",
                from_on=date(2026, 12, 1),
                until_on=date(2026, 12, 1),
                applicant_does="携带受理通知书和身份证件领取",
            ),
        ),
        critical=("卫生许可证·检测", "卫生许可证·核准", "营业执照·核准发照"),
        ends_on=date(2026, 12, 1),
        changed=("木材许可证·决定：11-27 → 11-26",),
        tracker="艾力·马木提",
    )
