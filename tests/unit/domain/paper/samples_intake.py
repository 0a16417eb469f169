"""Examples of the papers of waiting and intake, and the made-up people and things all examples share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from counter_app.domain.paper.builders.words import HALL_TIME
from counter_app.domain.paper.facts import Applicant, Counted, ItemNamed, Limit, PaperHead, PlanStep
from counter_app.domain.paper.facts_intake import (
    AcceptanceFacts,
    Came,
    CorrectionReceiptFacts,
    Lack,
    LackFacts,
    OnceOnlyNoticeFacts,
    PapersReceiptFacts,
    Problem,
    ReturnListFacts,
    TicketFacts,
)

QR: Final = "GSH1:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE$VK G2EP4J0B3KLASMUG8GJL8LLG.3SA3" * 3
AT: Final = datetime(2026, 11, 23, 10, 32, 5, tzinfo=HALL_TIME)
TODAY: Final = AT.date()
AUTHORITY: Final = "南环街道办事处"


def numbered(body: str, serial: str) -> str:
    return f"{body}\u30142026\u3015{serial}"


def head(number: str, *, training: bool = False) -> PaperHead:
    return PaperHead(
        number=number,
        hall="南环街道便民服务中心",
        counter="3号窗口",
        clerk="王敏",
        acted_at=AT,
        complaint_line="12345",
        inquiry_line="0317-2000000",
        promises="服务承诺：一次告知、限时办结、不让群众多跑路",
        qr_text=QR,
        query_code="7K4M-2QXD",
        training=training,
    )


PERSON: Final = Applicant(
    name="阿卜杜拉·买买提",
    id_kind="居民身份证",
    id_number="6531**********0016",
    phone="139****0000",
    address="南环街道新华社区 3 号楼 2 单元 501",
)
RARE: Final = Applicant(name="𠅤䶮", id_kind="居民身份证", id_number="1309**********0028")
COMPANY: Final = Applicant(
    name="沧州南环卫生筷加工有限公司",
    id_kind="统一社会信用代码",
    id_number="91130900MA0XXXXX0X",
    phone="0317-2000001",
    address="南环街道工业路 18 号",
    legal_representative="李建国",
    agent="赵小红",
    mandate="委托书，至2026年12月31日",
)
MARRIAGE: Final = ItemNamed(name="流动人口婚育证明", code="0312-07-004", department="计划生育办公室")
LICENCE: Final = ItemNamed(
    name="个体工商户营业执照（经营范围：加工卫生筷子）", code="0312-11-001", department="市场监督管理所"
)
MATERIALS: Final = (
    Counted(name="居民身份证", originals=1, copies=1, note="核验后退还"),
    Counted(name="《办理流动人口婚育证明申请表》", originals=1),
    Counted(name="村委会（或单位）证明信", originals=1),
    Counted(name="一寸免冠照片", originals=2),
)


def ticket() -> TicketFacts:
    return TicketFacts(
        head=head("2026-11-23 A012"),
        ticket="A012",
        group="计划生育 · 民政",
        ahead=14,
        wait_minutes=(18, 30),
        area="二楼东侧 3–6 号窗口",
        item="流动人口婚育证明",
        bring=("居民身份证", "村委会（或单位）证明信", "一寸免冠照片 2 张", "结婚证（已婚的）"),
    )


def papers_receipt() -> PapersReceiptFacts:
    return PapersReceiptFacts(
        head=head(numbered("南环便服收", "3-0317")),
        bar_code="20263-0317-K",
        case_number="3-20261123-0317",
        item=MARRIAGE,
        applicant=PERSON,
        materials=MATERIALS,
        decide_by=date(2026, 11, 30),
    )


def acceptance() -> AcceptanceFacts:
    return AcceptanceFacts(
        head=head(numbered("南环便服受", "3-0318")),
        authority=AUTHORITY,
        case_number="3-20261123-0318",
        item=LICENCE,
        applicant=COMPANY,
        applied_on=TODAY,
        accepted_on=TODAY,
        materials=MATERIALS,
        basis=("《中华人民共和国行政许可法》第三十二条第一款第（五）项", "《个体工商户条例》第八条"),
        legal_limit=Limit(amount=20),
        promised_limit=Limit(amount=3),
        due_on=date(2026, 11, 26),
        not_counted=("现场检验", "听证"),
        accepted_by="王敏",
        phone="0317-2000000",
        ask_how="凭查询码在自助机、电话或扫码查询",
        handed_over_how="到 3 号窗口领取，或邮寄",
        plan=(
            PlanStep(
                what="卫生许可",
                who="卫生监督所",
                from_on=TODAY,
                until_on=date(2026, 11, 25),
                applicant_does="11月24日上午在场配合现场查看",
                critical=True,
            ),
            PlanStep(what="木材经营加工许可", who="林业站", from_on=TODAY, until_on=date(2026, 11, 24)),
            PlanStep(
                what="营业执照",
                who="市场监督管理所",
                from_on=date(2026, 11, 25),
                until_on=date(2026, 11, 26),
                critical=True,
            ),
        ),
    )


def _problems() -> tuple[Problem, ...]:
    return (
        Problem(
            material="避孕节育措施情况证明",
            wrong="未带",
            originals=1,
            bring="30 日内开具的原件",
            on_the_spot="可到 5 号窗口开具",
            basis="《流动人口计划生育工作条例》第七条",
            blank_form_qr="https://hall.example/f/0312-07-004-6",
        ),
        Problem(
            material="结婚证复印件",
            wrong="缺内页",
            copies=1,
            bring="含照片页和登记页的复印件",
            on_the_spot="大厅自助复印，免费",
        ),
    )


def once_only_notice() -> OnceOnlyNoticeFacts:
    return OnceOnlyNoticeFacts(
        head=head(numbered("南环便服告", "3-0318")),
        after_receipt=False,
        authority=AUTHORITY,
        item=MARRIAGE,
        applicant=PERSON,
        received_on=TODAY,
        problems=_problems(),
        basis=("《流动人口计划生育工作条例》第七条",),
        until=date(2026, 12, 7),
        contact="3 号窗口，0317-2000000",
    )


def correction_notice() -> OnceOnlyNoticeFacts:
    return OnceOnlyNoticeFacts(
        head=head(numbered("南环便服补", "3-0319")),
        after_receipt=True,
        authority=AUTHORITY,
        case_number="3-20261123-0318",
        item=MARRIAGE,
        applicant=RARE,
        received_on=TODAY,
        problems=_problems(),
        basis=("《中华人民共和国行政许可法》第三十二条第一款第（四）项",),
        until=date(2026, 12, 7),
        deemed_withdrawn_basis="本事项办理规定第九条",
        contact="3 号窗口",
        nth=2,
        nth_reason="申请人变更了婚姻状况",
    )


def correction_receipt() -> CorrectionReceiptFacts:
    return CorrectionReceiptFacts(
        head=head(numbered("南环便服补收", "3-0320")),
        notice_number=numbered("南环便服补", "3-0319"),
        case_number="3-20261123-0318",
        item=MARRIAGE,
        applicant=RARE,
        came=(Came(material=Counted(name="结婚证复印件", copies=1), on=TODAY),),
        still_open=("避孕节育措施情况证明",),
        until=date(2026, 12, 7),
    )


def _lack(part: str) -> LackFacts:
    return LackFacts(
        head=head(numbered("南环便服容", "3-0325") if part == "notice" else numbered("南环便服诺", "3-0325")),
        part="notice" if part == "notice" else "promise",
        authority=AUTHORITY,
        case_number="3-20261123-0325",
        item=LICENCE,
        applicant=COMPANY,
        lacks=(Lack(material="经营场所租赁合同", form="原件 1 份，到窗口提交", until=date(2026, 11, 25)),),
        promised_limit=Limit(amount=3),
        consequence="逾期未补交的，终止办理并退还材料",
    )


def lack_notice() -> LackFacts:
    return _lack("notice")


def lack_promise() -> LackFacts:
    return _lack("promise")


def return_list() -> ReturnListFacts:
    return ReturnListFacts(
        head=head(numbered("南环便服退", "3-0326")),
        case_number="3-20261123-0326",
        item=MARRIAGE,
        applicant=PERSON,
        why="申请人撤回申请",
        materials=MATERIALS,
        receiver="阿卜杜拉·买买提",
        receiver_relation="本人",
        receiver_id="6531**********0016",
    )
