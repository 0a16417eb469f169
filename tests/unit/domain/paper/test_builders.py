"""Every paper says what it must (`papers.md`), in Chinese, and what an exercise or a reprint must say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.codec import reprinted
from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.facts import PaperFacts, PaperKind
from counter_app.domain.paper.model import Band, Qr, SealPlace
from counter_app.i18n import Translator
from tests.unit.domain.paper.samples import every_sample, guide, guide_with_fees, refusal, result
from tests.unit.domain.paper.samples_intake import acceptance, correction_receipt, once_only_notice, ticket

ZH = Translator("zh_CN")
MUST_SAY = {
    PaperKind.TICKET: ("A012", "前面还有：14 人", "18～30 分钟", "二楼东侧", "请提前备好", "结婚证"),
    PaperKind.PAPERS_RECEIPT: (
        "收件凭证",
        "[BAR",
        "5个工作日",
        "一次性告知",
        "即为受理证明",
        "2026年11月30日",
        "申请人签字",
    ),
    PaperKind.ACCEPTANCE: (
        "受理通知书",
        "法定代表人：李建国",
        "予以受理",
        "法定时限：  20个工作日",
        "承诺时限：  3个工作日",
        "2026年11月26日（周四）",
        "不计入时限：现场检验、听证",
        "不收费",
        "受理人",
        "查询方式",
        "请带本通知书和身份证件",
        "一式 2 份",
        "办事计划",
        "您要做的事",
        "盖章件以 A4 为准",
    ),
    PaperKind.ONCE_ONLY_NOTICE: (
        "一次性告知书",
        "共 2 件",
        "问题：未带",
        "原件 1 份",
        "今日可补",
        "扫码取空白表",
        "2026年12月7日（周一）",
        "法律依据",
        "申请人签字",
        "盖章件以 A4 为准",
    ),
    PaperKind.CORRECTION_NOTICE: (
        "补正通知书",
        "第 2 次告知。原因：申请人变更了婚姻状况",
        "视为撤回申请（依据：本事项办理规定",
    ),
    PaperKind.CORRECTION_RECEIPT: (
        "补正材料收件凭证",
        "3-0319",
        "2026-11-23",
        "还需补交（共 1 件）",
        "避孕节育措施情况证明",
    ),
    PaperKind.NO_PERMIT_NEEDED: ("不受理告知书", "不需要取得行政许可", "退还材料"),
    PaperKind.REFUSAL: (
        "不予受理决定书",
        "第三十二条",
        "60 日内",
        "行政复议",
        "6 个月内",
        "行政诉讼",
        "疏附县",
        "退还材料",
    ),
    PaperKind.RESULT: ("办理结果", "已办结", "LN-2026-000123", "当场领取", "长期"),
    PaperKind.DENIAL: ("不予行政许可决定书", "第三十八条", "无防蝇", "60 日内", "6 个月内"),
    PaperKind.LACK_NOTICE: (
        "容缺受理通知书",
        "经营场所租赁合同",
        "2026年11月25日",
        "终止办理",
        "一式 2 份",
        "委托书",
    ),
    PaperKind.LACK_PROMISE: ("容缺受理承诺书", "本人承诺", "代办人签字"),
    PaperKind.RETURN_LIST: ("材料退还清单", "撤回申请", "与申请人关系：本人", "如数收到", "签收人"),
    PaperKind.HAND_OVER: (
        "材料交接签收单",
        "移交单位：署西社区",
        "接收单位：南环街道",
        "签收期限",
        "接收人签字",
    ),
    PaperKind.DAY_TOTAL: ("日结单", "取号412", "各机最后一条", "3f9ac1d2 3f9ac1d2", "离机保存"),
    PaperKind.GUIDE: (
        "办事指南",
        "0312-07-004",
        "办理条件",
        "用途",
        "规格",
        "来源",
        "仅指下列材料",
        "收养证",
        "办理程序",
        "免费",
    ),
    PaperKind.GUIDE_SLIP: ("办事须知", "请带好下列材料（共 3 件）", "因：已生育子女", "3个工作日"),
    PaperKind.FORM: (
        "申请表",
        "口头申请",
        "现居住地：____",
        "按手印处",
        "见证人签字",
        "记录、宣读人签字",
        "★演练无效★",
    ),
    PaperKind.COPY_STAMP: ("与原件一致", "核对人", "结婚证"),
    PaperKind.COPY_NOTICE: (
        "抄告单",
        "农村经济发展局",
        "2026年11月25日",
        "2个工作日",
        "回执",
        "非本部门职责",
        "经办人",
    ),
    PaperKind.PLAN: (
        "办事计划",
        "全部办结",
        "卫生许可证·检测 → 卫生许可证·核准",
        "送检样品",
        "较上一份计划的变化",
    ),
    PaperKind.END_NOTICE: ("申请失效告知书", "视为撤回申请", "退还材料", "60 日内"),
    PaperKind.DELIVERY: ("领取凭据", "LN-2026-000123", "直接送达", "10:32", "代办人", "授权委托书"),
    PaperKind.FEE_NOTICE: ("缴费通知书", "￥1,244.05", "残疾人（减50%）", "道路运输证", "2026年11月30日"),
    PaperKind.FEE_RECEIPT: ("收费凭据", "壹仟贰佰肆拾肆元零伍分", "扫码"),
    PaperKind.FEE_BACK: ("退费凭据", "申请撤回", "第九项"),
    PaperKind.ARCHIVE: ("归档目录", "2036年12月31日", "结婚证（材料", "3-0321-5", "10 年"),
    PaperKind.BLANK_COUNT: ("空白凭证日清点单", "SC000104", "打印错误", "夹在样本册内"),
    PaperKind.AGENT_SLIP: ("代办办结单", "周社工", "代2026-3", "LN-2026-000123"),
    PaperKind.SETTLEMENT: ("收费日结单", "作废", "￥9.00", "找零差错"),
    PaperKind.LETTER: ("通知函", "经营场所租赁合同", "2026年11月27日", "第 2 封"),
    PaperKind.TIME_NOTICE: ("延期办理告知书", "批准人：李建国", "原办结日期", "2026年12月21日", "第四十二条"),
    PaperKind.PROGRESS_SLIP: ("办件进度单", "已受理", "第1–2日", "第四十五条", "暂定", "逾期怎么办"),
    PaperKind.URGE_SLIP: ("催办凭证", "答复单位：卫生健康局", "2026年11月25日"),
    PaperKind.AMENDMENT: ("办理结果更正通知书", "原为：", "现为：", "第四十九条"),
}


def said(facts: PaperFacts, columns: int = 48) -> str:
    return lay_out(build(facts, ZH), columns).text


@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_a_paper_says_what_it_must(facts: PaperFacts) -> None:
    joined = "".join(said(facts).split())
    for words in MUST_SAY[facts.kind]:
        assert "".join(words.split()) in joined, words


@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_every_paper_carries_number_hall_time_complaint_line_and_code(facts: PaperFacts) -> None:
    text = said(facts)
    for words in (
        facts.head.number,
        "南环街道便民服务中心",
        "2026年11月23日 10:32",
        "投诉",
        facts.head.qr_text,
    ):
        assert words in text, words
    if facts.kind is not PaperKind.TICKET:
        for words in ("王敏  3号窗口", "查询码 7K4M-2QXD", "服务承诺"):
            assert words in text, words


@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_a_reprint_says_so_and_why(facts: PaperFacts) -> None:
    assert "补打" not in said(facts)
    assert "补打 2  原因：卡纸" in said(reprinted(facts, 3, "卡纸"))


@pytest.mark.parametrize("facts", every_sample(), ids=lambda facts: facts.kind.value)
def test_an_exercise_is_void_above_and_below(facts: PaperFacts) -> None:
    drill = build(replace(facts, head=replace(facts.head, training=True)), ZH)
    assert drill.blocks[0] == drill.blocks[-1] == Band("演练无效")
    assert drill.watermark == "演练无效"
    real = build(replace(facts, head=replace(facts.head, training=False)), ZH)
    assert not any(isinstance(block, Band) for block in real.blocks)
    assert real.watermark == ""


def test_papers_that_law_wants_sealed_have_the_seals_place() -> None:
    sealed = {
        facts.kind
        for facts in every_sample()
        if any(isinstance(block, SealPlace) for block in build(facts, ZH).blocks)
    }
    assert sealed == {
        PaperKind.ACCEPTANCE,
        PaperKind.ONCE_ONLY_NOTICE,
        PaperKind.CORRECTION_NOTICE,
        PaperKind.NO_PERMIT_NEEDED,
        PaperKind.REFUSAL,
        PaperKind.RESULT,
        PaperKind.DENIAL,
        PaperKind.LACK_NOTICE,
        PaperKind.END_NOTICE,
        PaperKind.AMENDMENT,
        PaperKind.TIME_NOTICE,
        PaperKind.COPY_NOTICE,
    }


def test_withdrawal_is_not_threatened_without_a_basis() -> None:
    assert "视为撤回" not in said(once_only_notice())


def test_the_ticket_follows_the_citizens_language() -> None:
    english = lay_out(build(ticket(), Translator("en")), 48).text
    traditional = lay_out(build(ticket(), Translator("zh_TW")), 48).text
    assert "People ahead:  14 people" in english
    assert "Right" not in english
    assert "預計" in traditional


def test_waits_are_said_as_a_range_or_honestly_not() -> None:
    assert "开窗后即叫号" in said(replace(ticket(), wait_minutes=None))
    assert "马上就到" in said(replace(ticket(), wait_minutes=(0, 1)))


def test_the_notice_says_what_follows_and_names_withdrawal_only_with_its_basis() -> None:
    plain = said(replace(once_only_notice(), consequence="", deemed_withdrawn_basis="")).replace("\n", "")
    assert "可备齐材料后重新申请" in plain
    assert "视为撤回" not in plain
    withdrawn = said(replace(once_only_notice(), deemed_withdrawn_basis="《某条例》第五条")).replace("\n", "")
    assert "视为撤回申请（依据：《某条例》第五条）" in withdrawn


def test_an_official_number_ends_in_its_word_and_a_guide_has_none() -> None:
    assert "〔2026〕3-0318号" in said(acceptance())
    assert f"{guide().head.number}号" not in said(guide())


def test_a_paper_without_a_statement_prints_no_code() -> None:
    bare = replace(result(), head=replace(result().head, qr_text="", query_code=""))
    assert not any(isinstance(block, Qr) for block in build(bare, ZH).blocks)


def test_the_due_date_may_be_provisional() -> None:
    joined = said(replace(acceptance(), due_provisional=True)).replace("\n", "").replace(" ", "")
    assert "暂定" in joined


def test_everything_received_is_said_when_nothing_is_open() -> None:
    assert "已全部收到" in said(replace(correction_receipt(), still_open=()))


def test_an_open_clause_without_a_list_asks_for_nothing() -> None:
    clause = replace(guide().open_clauses[0], closed=())
    assert "不要求其他材料" in said(replace(guide(), open_clauses=(clause,)))


def test_fees_are_listed_with_their_basis() -> None:
    text = said(guide_with_fees())
    assert "工本费：￥20.00 / 证" in text
    assert "待核" in text


def test_a_denial_without_reason_or_remedies_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="reasons"):
        replace(result(), granted=False)


def test_the_time_is_the_acts_in_the_halls_zone() -> None:
    head = replace(refusal().head, acted_at=refusal().head.acted_at.astimezone(tz=None))
    assert "2026年11月23日 10:32" in said(replace(refusal(), head=head))
