"""The cover and contents list of a case's file (归档目录); mission: P8."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from counter_app.domain.paper.builders.frame import framed
from counter_app.domain.paper.builders.receipts import sign_with_date
from counter_app.domain.paper.builders.words import applicant_pairs, day, given, item_pairs
from counter_app.domain.paper.facts_archive import (
    ArchiveAct,
    ArchiveEntry,
    ArchiveFacts,
    ReviewSheet,
    SignedOpinion,
)
from counter_app.domain.paper.model import Block, Column, Heading, Pair, Paper, Rule, Table, Text
from counter_app.errors import mark
from counter_app.i18n import Translator

ENDS: Final[Mapping[str, str]] = {
    "granted": mark("granted"),
    "denied": mark("denied"),
    "refused": mark("not accepted"),
    "no_permit": mark("no permit needed"),
    "withdrawn": mark("withdrawn"),
    "terminated": mark("terminated"),
    "lapsed": mark("lapsed"),
    "merged": mark("goes on with another"),
}
RETENTIONS: Final[Mapping[str, str]] = {
    "permanent": mark("for ever"),
    "30": mark("30 years"),
    "10": mark("10 years"),
}
KINDS: Final[Mapping[str, str]] = {
    "papers-receipt": mark("Receipt of papers"),
    "acceptance": mark("Notice of acceptance"),
    "once-only-notice": mark("Once-only notice"),
    "correction-notice": mark("Notice of corrections"),
    "correction-receipt": mark("Receipt of corrections"),
    "no-permit-needed": mark("Notice that no permit is needed"),
    "refusal": mark("Decision not to accept"),
    "result": mark("Notice of the result"),
    "denial": mark("Decision of denial"),
    "lack-notice": mark("Notice of lacks"),
    "lack-promise": mark("Promise of lacks"),
    "return-list": mark("List of returned materials"),
    "hand-over": mark("Hand-over slip"),
    "form": mark("Application form"),
    "copy-stamp": mark("Copies agree with originals"),
    "end-notice": mark("Notice of an end"),
    "amendment": mark("What became of a result"),
    "delivery": mark("Proof of delivery"),
    "letter": mark("Letter to the applicant"),
    "fee-notice": mark("Notice of fees"),
    "fee-receipt": mark("Fee receipt"),
    "fee-back": mark("Voucher for money given back"),
    "agent-slip": mark("Agent's slip"),
    "copy-notice": mark("Copy-notice"),
    "plan": mark("Plan of the matter"),
    "time-notice": mark("Notice on time"),
    "progress-slip": mark("Progress slip"),
    "urge-slip": mark("Urging voucher"),
    "ticket": mark("Queue ticket"),
    "guide": mark("Guide"),
    "guide-slip": mark("What to bring"),
    "day-total": mark("Day's close"),
    "settlement": mark("Cashier's day"),
    "blank-count": mark("Count of numbered blanks"),
    "archive-contents": mark("Cover and contents of the file"),
    "picture": mark("pictures of a material"),
    "material": mark("material on paper"),
}
ACTS: Final[Mapping[str, str]] = {
    "pre_review": mark("looked through"),
    "receive": mark("papers received"),
    "notify": mark("notice of what is missing"),
    "return_visit": mark("brought again"),
    "corrections": mark("corrections received"),
    "accept": mark("accepted"),
    "deemed": mark("counts as accepted: nothing was said in time"),
    "grant": mark("granted"),
    "deny": mark("denied"),
    "refuse": mark("not accepted"),
    "no_permit": mark("no permit needed"),
    "withdraw": mark("withdrawn"),
    "terminate": mark("terminated"),
    "lapse": mark("lapsed"),
    "merge": mark("goes on with another"),
    "reopen": mark("its end was set aside"),
    "supply": mark("what was promised came"),
    "forward": mark("handed over to another hall"),
    "take_over": mark("taken over from another hall"),
    "sign_over": mark("its papers were signed for"),
    "opinion/handler/grant": mark("handler: to be granted"),
    "opinion/handler/deny": mark("handler: to be denied"),
    "opinion/approver/grant": mark("approver: to be granted"),
    "opinion/approver/deny": mark("approver: to be denied"),
    "opinion/final/grant": mark("final approver: granted"),
    "opinion/final/deny": mark("final approver: denied"),
    "assist/agree": mark("assists: agrees"),
    "assist/disagree": mark("assists: does not agree"),
    "assist/agree_report": mark("assists: agrees, but reports it up"),
    "assist/need_material": mark("assists: needs materials"),
    "assist/not_ours": mark("assists: not its duty"),
    "handling/begun": mark("went behind the counter"),
    "handling/class": mark("class set"),
    "handling/asked": mark("departments asked to assist"),
    "handling/looked_up": mark("looked up, nobody was asked"),
    "handling/asked_again": mark("asked a second time"),
    "handling/disputed": mark("the cause is disputed"),
    "handling/settled": mark("the dispute was settled"),
    "handling/order": mark("co-ordination order"),
    "handling/order_reply": mark("reply to the order"),
    "handling/note": mark("note or question of the group"),
    "handling/note_answer": mark("answer in the group"),
    "handling/meeting": mark("visit or meeting called"),
    "handling/minutes": mark("minutes of a visit or meeting"),
    "handling/sent_back": mark("sent back"),
    "handling/sent_up": mark("sent up to a meeting"),
    "handling/reported": mark("reported up"),
    "handling/upper_answer": mark("the upper body answered"),
    "handling/step": mark("step done"),
    "handling/result_came": mark("a result it waited for came"),
    "handling/result_failed": mark("a result it waited for does not come"),
    "handling/plan_approved": mark("plan approved"),
    "handling/plan_returned": mark("plan sent back"),
    "handling/tracker": mark("tracker named"),
}


def build_archive(facts: ArchiveFacts, t: Translator) -> Paper:
    """Cover and contents of a file."""
    return framed(facts, t, t("Contents of the file"), _archive(facts, t))


def _archive(facts: ArchiveFacts, t: Translator) -> Iterator[Block]:
    yield Pair(t("File number"), facts.head.number, strong=True)
    yield from item_pairs(t, facts.item, facts.case_number)
    yield from applicant_pairs(t, facts.applicant)
    yield Pair(t("Applied on"), day(t, facts.opened_on))
    yield Pair(t("Ended on"), day(t, facts.ended_on))
    yield Pair(t("How it ended"), _word(ENDS, facts.end, t), strong=True)
    yield Pair(t("Kept"), _word(RETENTIONS, facts.retention, t), strong=True)
    yield from given(
        (
            (t("Kept until"), day(t, facts.keep_until) if facts.keep_until else ""),
            (t("Acts recorded"), str(facts.acts)),
            (t("Closed incomplete, because"), facts.let_pass),
        )
    )
    yield Rule()
    yield Heading(t("Contents"))
    columns = (
        Column(t("No."), 1),
        Column(t("What"), 5),
        Column(t("Number"), 5),
        Column(t("Day"), 3),
        Column(t("Pages"), 1, "right"),
    )
    yield Table(columns, tuple(_row(at, entry, t) for at, entry in enumerate(facts.entries, 1)))
    yield from _course(facts.course, t)
    yield from _reviews(facts.reviews, t)
    yield sign_with_date(t, t("Filed by (signature)"))
    yield sign_with_date(t, t("Checked by (signature)"))


def _course(acts: tuple[ArchiveAct, ...], t: Translator) -> Iterator[Block]:
    """What was done, said and signed, in order: the file tells it without the program."""
    if acts:
        yield Heading(t("Course of the case"))
        columns = (
            Column(t("Time"), 3),
            Column(t("What was done"), 3),
            Column(t("Person"), 2),
            Column(t("Words and basis"), 6),
        )
        rows = ((f"{act.at:%Y-%m-%d %H:%M}", _word(ACTS, act.kind, t), act.who, act.words) for act in acts)
        yield Table(columns, tuple(rows))


def _reviews(sheets: tuple[ReviewSheet, ...], t: Translator) -> Iterator[Block]:
    """审批表: for each step what the form asked and what was answered, then who signed what on it."""
    if sheets:
        yield Heading(t("Review forms"))
    for sheet in sheets:
        yield Text(sheet.step, bold=True)
        if sheet.lines:
            columns = (Column(t("Question"), 6), Column(t("What was found"), 5), Column(t("Speaks"), 2))
            yield Table(columns, tuple((asked, said, _side(good, t)) for asked, said, good in sheet.lines))
        for opinion in sheet.opinions:
            yield from _opinion(opinion, t)


def _opinion(opinion: SignedOpinion, t: Translator) -> Iterator[Block]:
    signed = f"{opinion.who} {opinion.at:%Y-%m-%d %H:%M}"
    yield Pair(_word(ACTS, opinion.kind, t), f"{opinion.words}（{opinion.basis}）", strong=True)
    yield from given(
        (
            (t("Signed"), signed),
            (t("Conditions"), "\n".join(f"{text}：{_met(met, t)}" for text, met in opinion.conditions)),
            (t("Amounts"), "\n".join(opinion.amounts)),
            (t("Outside its band"), opinion.beyond),
        )
    )


def _side(good: bool, t: Translator) -> str:
    return t("for the applicant") if good else t("against")


def _met(met: bool, t: Translator) -> str:
    return t("met") if met else t("not met")


def _row(at: int, entry: ArchiveEntry, t: Translator) -> tuple[str, ...]:
    kind = _word(KINDS, entry.kind, t)
    what = f"{entry.title}（{kind}）" if entry.title else kind
    on = entry.on.isoformat() if entry.on else ""
    return (str(at), what, entry.reference, on, str(entry.pages or ""))


def _word(words: Mapping[str, str], word: str, t: Translator) -> str:
    """A word of a closed set; one of a later version as it stands."""
    return t(words[word]) if word in words else word
