"""How long a receipt takes from facts to bytes, and how much of it printers draw with their own fonts.

Not here: the line to the printer and the paper itself, which take their own time.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from bench.results import Result, at_most, figure, interleaved, median, quantile
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.builders.words import HALL_TIME
from counter_app.domain.paper.columns import lay_out
from counter_app.domain.paper.facts import Applicant, Counted, ItemNamed, Limit, PaperHead
from counter_app.domain.paper.facts_intake import AcceptanceFacts
from counter_app.domain.paper.lines import TextLine
from counter_app.i18n import Translator
from counter_app.printing.fonts import FontFiles
from counter_app.printing.renderer import BundledPaperRenderer
from counter_app.use_cases.ports.printing import PrinterProfile

BAR_MS: Final = 3.0  # mission design §5: receipt built < 3 ms
_WIDE: Final = PrinterProfile("bench-80", 576, 48)
_NARROW: Final = PrinterProfile("bench-58", 384, 32)


def _facts(number: int, name: str) -> AcceptanceFacts:
    """An acceptance receipt like a busy day's; each has its own number and code, so nothing is remembered."""
    return AcceptanceFacts(
        head=PaperHead(
            number=f"南环便服受 2026 第 3-{number:05d} 号",
            hall="南环街道便民服务中心",
            counter="3号窗口",
            clerk="王敏",
            acted_at=datetime(2026, 11, 23, 10, 32, tzinfo=HALL_TIME),
            complaint_line="12345",
            inquiry_line="0317-2000000",
            promises="服务承诺：一次告知、限时办结",
            qr_text=f"GSH1:{number:05d}" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE$VK" * 6,
            query_code="7K4M-2QXD",
        ),
        authority="南环街道办事处",
        case_number=f"3-20261123-{number:05d}",
        item=ItemNamed(name="流动人口婚育证明", code="0312-07-004", department="计划生育办公室"),
        applicant=Applicant(
            name=name, id_kind="居民身份证", id_number="6531**********0016", phone="139****0000"
        ),
        applied_on=date(2026, 11, 23),
        accepted_on=date(2026, 11, 23),
        materials=tuple(
            Counted(name=material, originals=1, copies=1)
            for material in ("居民身份证", "婚育证明申请表", "单位证明信", "一寸免冠照片", "结婚证")
        ),
        basis=("《中华人民共和国行政许可法》第三十二条第一款第（五）项",),
        legal_limit=Limit(amount=20),
        promised_limit=Limit(amount=3),
        due_on=date(2026, 11, 26),
        not_counted=("听证",),
        accepted_by="王敏",
        phone="0317-2000000",
        ask_how="凭查询码在自助机、电话或扫码查询",
        handed_over_how="到 3 号窗口领取",
    )


def run(quick: bool = False) -> list[Result]:
    """Medians of facts → lines → bytes, warm; the first one, with its fonts, apart."""
    t = Translator("zh_CN")
    renderer = BundledPaperRenderer(FontFiles.bundled())

    def common(number: int) -> bytes:
        return renderer.thermal(build(_facts(number, "阿卜杜拉·买买提"), t), _WIDE)

    def narrow(number: int) -> bytes:
        return renderer.thermal(build(_facts(number, "阿卜杜拉·买买提"), t), _NARROW)

    def rare(number: int) -> bytes:
        return renderer.thermal(build(_facts(number, "𠅤䶮"), t), _WIDE)

    def sheet(number: int) -> bytes:
        return renderer.pdf(build(_facts(number, "𠅤䶮"), t), "A4")

    runs = 10 if quick else 200
    first = interleaved(1, common, narrow, rare, sheet)
    wide_ms, narrow_ms, rare_ms = interleaved(runs, common, narrow, rare)
    (sheet_ms,) = interleaved(max(5, runs // 10), sheet)
    return [
        at_most("acceptance receipt built, 80 mm, median", median(wide_ms), "ms", BAR_MS),
        at_most("acceptance receipt built, 58 mm, median", median(narrow_ms), "ms", BAR_MS),
        at_most("the same with a rare name, median", median(rare_ms), "ms", BAR_MS),
        figure("acceptance receipt built, 80 mm, p99", quantile(wide_ms, 0.99), "ms"),
        figure("the first receipt", first[0][0], "ms"),
        figure("A4 PDF, median", median(sheet_ms), "ms"),
        *_shares(t, len(common(0)), len(rare(0))),
    ]


def _shares(t: Translator, common_bytes: int, rare_bytes: int) -> list[Result]:
    """Share of text lines in resident fonts, with and without a rare name."""
    results = []
    for what, name, size in (("common", "阿卜杜拉·买买提", common_bytes), ("rare", "𠅤䶮", rare_bytes)):
        lines = lay_out(build(_facts(0, name), t), _WIDE.columns).lines
        texts = [line for line in lines if isinstance(line, TextLine) and line.runs]
        native = sum(not line.raster for line in texts) / len(texts)
        results.append(figure(f"text lines in resident fonts, {what} name", native, "share"))
        results.append(figure(f"bytes sent, {what} name", size, "bytes"))
    return results
