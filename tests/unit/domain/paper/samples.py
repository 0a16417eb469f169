"""One example of every kind of paper, with made-up people; used by layout, golden and PDF tests."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.domain.paper.facts import Counted, ItemNamed, Limit, PaperFacts, Remedies
from counter_app.domain.paper.facts_hall import DayTotalFacts
from counter_app.domain.paper.facts_outcome import NoPermitNeededFacts, RefusalFacts, ResultFacts
from counter_app.domain.paper.facts_public import (
    CopyStampFacts,
    Fee,
    FormFacts,
    FormField,
    FormPart,
    GuideFacts,
    GuideMaterial,
    HandOverFacts,
    OpenClause,
)
from tests.unit.domain.paper.samples_casework import copy_notice, plan
from tests.unit.domain.paper.samples_ending import (
    agent_slip,
    amendment,
    archive,
    blank_count,
    delivery,
    end_notice,
    fee_back,
    fee_notice,
    fee_receipt,
    letter,
    settlement,
)
from tests.unit.domain.paper.samples_intake import (
    AUTHORITY,
    COMPANY,
    LICENCE,
    MARRIAGE,
    MATERIALS,
    PERSON,
    RARE,
    TODAY,
    acceptance,
    correction_notice,
    correction_receipt,
    head,
    lack_notice,
    lack_promise,
    numbered,
    once_only_notice,
    papers_receipt,
    return_list,
    ticket,
)
from tests.unit.domain.paper.samples_time import progress_slip, time_notice, urge_slip

REMEDIES: Final = Remedies(review_body="沧州市运河区人民政府", court="沧州市运河区人民法院")


def hand_over() -> HandOverFacts:
    return HandOverFacts(
        head=head(numbered("署西代交", "1-0007")),
        case_number=numbered("", "1-0031-8"),
        item=LICENCE,
        applicant=RARE,
        from_hall="署西社区便民服务代办点",
        to_hall="南环街道便民服务中心",
        given_by="王敏",
        materials=MATERIALS,
        sign_by=date(2026, 11, 24),
        reason="由街道中心受理",
        bar_code="20261-0031-8",
    )


def day_total() -> DayTotalFacts:
    root = "3f9ac1d2" * 8
    return DayTotalFacts(
        head=head(numbered("南环便服日", "3-0012")),
        day=TODAY,
        place=48211,
        root=root,
        acts=(("Tickets issued", 412), ("Calls", 398), ("Cases accepted", 121), ("Other acts", 5210)),
        chains=(("3.1", 10211, "ab" * 32), ("5.2", 87, "0c" * 32), ("K1.1", 2044, "77" * 32)),
        anchor=f"GSD1:2026-11-23:48211:{root.upper()}",
    )


def no_permit_needed() -> NoPermitNeededFacts:
    return NoPermitNeededFacts(
        head=head(numbered("南环便服不", "3-0321")),
        authority=AUTHORITY,
        item=ItemNamed(name="家庭自用木筷加工"),
        applicant=PERSON,
        applied_on=TODAY,
        reason="自用少量加工，不从事经营活动，依法不需要取得许可。",
        basis=("《中华人民共和国行政许可法》第三十二条第一款第（一）项",),
        returned=MATERIALS[:1],
    )


def refusal() -> RefusalFacts:
    return RefusalFacts(
        head=head(numbered("南环便服拒", "3-0322")),
        authority=AUTHORITY,
        item=MARRIAGE,
        applicant=PERSON,
        applied_on=TODAY,
        circumstance="申请事项不属于本机关职权范围，应由户籍所在地办理。",
        basis=("《中华人民共和国行政许可法》第三十二条第一款第（二）项",),
        competent_body="新疆喀什地区疏附县卫生健康委员会",
        returned=MATERIALS[:2],
        remedies=REMEDIES,
    )


def result() -> ResultFacts:
    return ResultFacts(
        head=head(numbered("南环便服办", "3-0323")),
        authority=AUTHORITY,
        case_number="3-20261123-0323",
        item=ItemNamed(name="老年优待证", code="0312-05-002"),
        applicant=RARE,
        applied_on=TODAY,
        decided_on=TODAY,
        granted=True,
        permit=False,
        result_name="老年优待证",
        result_number="LN-2026-000123",
        valid_from=TODAY,
        returned=MATERIALS[:1],
    )


def denial() -> ResultFacts:
    return ResultFacts(
        head=head(numbered("南环便服决", "3-0324")),
        authority=AUTHORITY,
        case_number="3-20261123-0324",
        item=LICENCE,
        applicant=COMPANY,
        applied_on=TODAY,
        decided_on=date(2026, 11, 26),
        granted=False,
        permit=True,
        basis=("《中华人民共和国行政许可法》第三十八条第二款",),
        reasons="经营场所不符合卫生许可的条件：加工间无防蝇、防尘设施。",
        remedies=REMEDIES,
    )


def guide(*, slip: bool = False) -> GuideFacts:
    return GuideFacts(
        head=head("指南 0312-07-004 / 2026-1"),
        slip=slip,
        item=MARRIAGE,
        handled_as="承诺件",
        situation=("已婚", "已生育子女"),
        basis=("《流动人口计划生育工作条例》第七条",),
        conditions=("育龄流动人口", "拟离开户籍所在地三十日以上"),
        materials=(
            GuideMaterial(
                name="居民身份证",
                purpose="核对身份",
                requirement="在有效期内",
                originals=1,
                copies=1,
                handling="核验后退还",
                source="申请人自备",
            ),
            GuideMaterial(
                name="避孕节育措施情况证明",
                when="已生育子女",
                purpose="证明已落实措施",
                content="姓名、措施、日期、出具单位盖章",
                requirement="30 日内开具",
                size="A4",
                originals=1,
                handling="收存",
                source="政府部门核发",
                basis="《流动人口计划生育工作条例》第七条",
                sample_qr="https://hall.example/s/0312-07-004-6",
            ),
            GuideMaterial(name="一寸免冠照片", originals=2, size="2.5 × 3.5 厘米", source="申请人自备"),
        ),
        open_clauses=(
            OpenClause(source_text="特殊情形另提供有关证明", closed=("收养证", "离婚证或离婚判决书")),
        ),
        procedure=("窗口收件", "核对材料", "制证", "当场领取"),
        legal_limit=Limit(amount=7),
        promised_limit=Limit(amount=3),
        free_of_charge=True,
        result="流动人口婚育证明",
        place="二楼东侧 3–6 号窗口",
        hours="周一至周五 8:30–17:30，周末值班",
        version="2026-1",
        effective_from=date(2026, 1, 1),
    )


def guide_slip() -> GuideFacts:
    return guide(slip=True)


def guide_with_fees() -> GuideFacts:
    return GuideFacts(
        head=head("指南 0312-11-009 / 2026-1"),
        item=LICENCE,
        fees=(Fee(name="工本费", standard="￥20.00 / 证", basis="待核"),),
    )


def form() -> FormFacts:
    return FormFacts(
        head=head(numbered("南环便服表", "3-0327"), training=True),
        title="办理流动人口婚育证明申请表",
        item=MARRIAGE,
        applicant=PERSON,
        parts=(
            FormPart(
                heading="基本情况",
                fields=(
                    FormField(label="出生日期", value="1988年5月6日"),
                    FormField(label="民族", value="维吾尔族"),
                    FormField(label="现居住地"),
                ),
            ),
            FormPart(heading="婚育情况", fields=(FormField(label="婚姻状况", value="已婚"),)),
        ),
        declaration="本人声明所填内容真实。",
        oral=True,
        witness=True,
    )


def copy_stamp() -> CopyStampFacts:
    return CopyStampFacts(
        head=head(numbered("南环便服核", "3-0328")),
        item=MARRIAGE,
        applicant=PERSON,
        copies=(Counted(name="居民身份证", copies=1), Counted(name="结婚证", copies=2)),
        checked_by="王敏",
        checked_on=TODAY,
    )


SAMPLES: Final = (
    ticket,
    papers_receipt,
    acceptance,
    once_only_notice,
    correction_notice,
    correction_receipt,
    no_permit_needed,
    refusal,
    result,
    denial,
    lack_notice,
    lack_promise,
    return_list,
    hand_over,
    day_total,
    guide,
    guide_slip,
    form,
    copy_stamp,
    end_notice,
    amendment,
    delivery,
    letter,
    time_notice,
    progress_slip,
    urge_slip,
    fee_notice,
    fee_receipt,
    fee_back,
    settlement,
    copy_notice,
    plan,
    archive,
    blank_count,
    agent_slip,
)


def every_sample() -> tuple[PaperFacts, ...]:
    """One of each kind, in the order of `PaperKind`."""
    return tuple(make() for make in SAMPLES)
