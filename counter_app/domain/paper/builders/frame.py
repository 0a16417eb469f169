"""What stands above and below every paper: hall, title, number, reprint, who and when, lines, QR.

Not here: what a paper is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counter_app.domain.paper.builders.words import moment
from counter_app.domain.paper.facts import PaperFacts, PaperHead
from counter_app.domain.paper.model import Band, Block, Pair, Paper, Qr, Rule, Text, Title
from counter_app.i18n import Translator


def framed(facts: PaperFacts, t: Translator, title: str, body: Iterable[Block]) -> Paper:
    """The paper with its head and foot (`papers.md`; training: mission design §4)."""
    head = facts.head
    blocks = (*_top(head, t, title), *body, *_foot(head, t))
    return paper_of(facts, t, title, blocks)


def paper_of(facts: PaperFacts, t: Translator, title: str, blocks: Iterable[Block]) -> Paper:
    """The paper around given blocks: number, watermark, foot of each sheet."""
    head = facts.head
    void = training_words(t) if head.training else ""
    band = (Band(void),) if void else ()
    return Paper(
        kind=facts.kind.value,
        title=title,
        number=head.number,
        hall=head.hall,
        blocks=(*band, *blocks, *band),
        watermark=void,
        page_foot=" · ".join(part for part in (head.hall, title, head.number, void) if part),
        page_label=t("Page {page} of {pages}"),
    )


def training_words(t: Translator) -> str:
    """What an exercise puts on every paper."""
    return t("Exercise, not valid")


def reprint_words(head: PaperHead, t: Translator) -> Iterator[Block]:
    """Says that this is not the first print, and why (mission: P10)."""
    if head.print_count > 1:
        again = t("Reprint {count}", count=head.print_count - 1)
        reason = t("Reason: {reason}", reason=head.reprint_reason) if head.reprint_reason else ""
        yield Text("  ".join(part for part in (again, reason) if part), bold=True, align="center")


def _top(head: PaperHead, t: Translator, title: str) -> Iterator[Block]:
    yield Text(head.hall, align="center")
    yield Title(title)
    is_file_number = "〕" in head.number  # 〔2026〕3-0318号; a guide's code and version are no 文号
    yield Text(t("No. {number}", number=head.number) if is_file_number else head.number, align="center")
    yield from reprint_words(head, t)
    yield Rule()


def _foot(head: PaperHead, t: Translator) -> Iterator[Block]:
    yield Rule()
    who = "  ".join(part for part in (head.clerk, head.counter) if part)
    if who:
        yield Pair(t("Handled by"), who)
    yield Pair(t("Time"), moment(t, head.acted_at))
    if head.inquiry_line:
        yield Pair(t("Inquiries"), head.inquiry_line)
    if head.complaint_line:
        yield Pair(t("Complaints"), head.complaint_line)
    if head.promises:
        yield Text(head.promises)
    yield from qr_words(head, t)


def qr_words(head: PaperHead, t: Translator) -> Iterator[Block]:
    """The statement anybody can check, and the code that asks for progress."""
    captions = [t("Scan to check progress and whether this paper is genuine")] if head.qr_text else []
    if head.query_code:
        captions.append(t("Query code {code}", code=head.query_code))
    if captions:
        yield Qr(head.qr_text, tuple(captions))
