"""Issuing papers inside an act: number, statement, facts and print job become durable with it (P10).

No paper leaves before its act is stored, and no act is lost because paper failed: the job waits.
A sheet with a seal's place is not spooled: its PDF is made from the facts whenever it is wanted, to a
temporary file, so that no readable copy of a citizen's paper lies in the home (mission: X3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from counter_app.domain.intake.numbers import Number, epoch_of
from counter_app.domain.intake.scene import Planned
from counter_app.domain.paper.codec import to_json
from counter_app.domain.paper.facts import PaperFacts, PaperKind
from counter_app.domain.paper.issued import FACTS, PaperIssued
from counter_app.domain.paper.jobs import PrintQueued
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.tokens import number_tokens
from counter_app.use_cases.ports.store import Transaction

# The word in a number says the paper's nature (机关简称 + 性质 + 年 + serial, papers.md).
WORDS: Final[dict[PaperKind, str]] = {
    PaperKind.PAPERS_RECEIPT: "收",
    PaperKind.ACCEPTANCE: "受",
    PaperKind.ONCE_ONLY_NOTICE: "告",
    PaperKind.CORRECTION_NOTICE: "补",
    PaperKind.CORRECTION_RECEIPT: "补收",
    PaperKind.NO_PERMIT_NEEDED: "免",
    PaperKind.REFUSAL: "不受",
    PaperKind.RESULT: "准",
    PaperKind.DENIAL: "不准",
    PaperKind.LACK_NOTICE: "容",
    PaperKind.LACK_PROMISE: "诺",
    PaperKind.RETURN_LIST: "退",
    PaperKind.HAND_OVER: "交",
    PaperKind.DAY_TOTAL: "日",
    PaperKind.COPY_NOTICE: "抄",
    PaperKind.PLAN: "划",
    PaperKind.GUIDE: "指",
    PaperKind.GUIDE_SLIP: "须",
    PaperKind.FORM: "表",
    PaperKind.COPY_STAMP: "核",
    PaperKind.END_NOTICE: "结",
    PaperKind.AMENDMENT: "变",
    PaperKind.DELIVERY: "达",
    PaperKind.LETTER: "函",
    PaperKind.TIME_NOTICE: "时",
    PaperKind.PROGRESS_SLIP: "进",
    PaperKind.URGE_SLIP: "催",
    PaperKind.FEE_NOTICE: "缴",
    PaperKind.FEE_RECEIPT: "费",
    PaperKind.FEE_BACK: "退费",
    PaperKind.SETTLEMENT: "收日",
    PaperKind.ARCHIVE: "档",
    PaperKind.BLANK_COUNT: "证日",
    PaperKind.AGENT_SLIP: "代",
}

# given out while the file is closed: copies of what lies in it, and word of where the case stands
BESIDE_THE_FILE: Final = frozenset({PaperKind.COPY_STAMP, PaperKind.PROGRESS_SLIP})


@dataclass(frozen=True, slots=True)
class About:
    """What a paper belongs to, and whose printer it goes to."""

    place: str
    short_name: str
    case: str | None = None
    ticket: str | None = None
    item: str = ""
    query: str = ""
    language: str = "zh_CN"


class StatementMaker(Protocol):
    """Signs what a paper's QR says. `papers/statements.py` does it with the device's key."""

    def statement(self, facts: PaperFacts, *, seq: int, head: str, event: str) -> str:
        """The QR's text for facts that have their number. `seq` and `head` are the journal's; `event`
        is the id the paper will have."""
        ...


def run_of(tx: Transaction, name: str, word: str) -> Number:
    """The next number of this device's run of the year. The epoch keeps a cloned disk's numbers apart."""
    epoch = epoch_of(tx.next_id)
    serial = tx.serial(f"{name}:{epoch}:{tx.now.year}")
    return Number(tx.now.year, device_code(tx.device), epoch, serial, word)


def device_code(device: str) -> str:
    """A device's code as numbers carry it: ASCII digits and capitals only, which the check covers."""
    return "".join(sign for sign in device.upper() if sign.isascii() and sign.isalnum()) or "0"


def paper_number(tx: Transaction, kind: PaperKind, short_name: str) -> str:
    return str(run_of(tx, f"paper:{kind.value}", short_name + WORDS[kind]))


def issue(
    tx: Transaction,
    planned: Sequence[tuple[Planned, str]],
    about: About,
    statements: StatementMaker,
) -> tuple[str, ...]:
    """Record papers with their numbers, and a job for each that goes on the roll. Gives their ids.

    UserFacingError `archive.closed` when the case's file is closed.
    """
    if about.case is not None and any(plan.facts.kind not in BESIDE_THE_FILE for plan, _ in planned):
        need_open_file(tx, about.case)
    seq, head = tx.head()
    ids = []
    for plan, number in planned:
        named = replace(plan.facts.head, number=number, query_code=about.query)
        facts = replace(plan.facts, head=named)
        text = plan.facts.head.qr_text or statements.statement(facts, seq=seq, head=head, event=tx.next_id)
        facts = replace(facts, head=replace(named, qr_text=text))
        ids.append(_record(tx, plan, facts, about))
    return tuple(ids)


def _record(tx: Transaction, plan: Planned, facts: PaperFacts, about: About) -> str:
    paper = tx.next_id
    tx.record(
        PaperIssued(
            paper=paper,
            number=facts.head.number,
            kind=facts.kind.value,
            case=about.case,
            ticket=about.ticket,
            item=about.item,
            roll=plan.roll,
            sheet=plan.sheet,
            language=about.language,
        ),
        private={FACTS: to_json(facts)},
    )
    if facts.kind is not PaperKind.TICKET:
        tx.index("paper", paper, number_tokens(facts.head.number))
    if plan.roll:
        tx.record(PrintQueued(job=tx.next_id, paper=paper, place=about.place))
    return paper
