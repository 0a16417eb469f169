"""The day's close on paper, and checking such a paper against the journal (design: day close).

Not here: closing the day (`use_cases/waiting/day_close.py` ends tickets, the centre totals and signs).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from counter_app.domain.centre.anchors import anchor_text, read_anchor
from counter_app.domain.centre.facts import DayTotalled
from counter_app.domain.centre.totals import Verify, verify_total
from counter_app.domain.intake.scene import Planned
from counter_app.domain.journal import Actor, Recorded
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.facts_hall import DayTotalFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError, mark
from counter_app.use_cases.device_keys import DEVICE_KEYS
from counter_app.use_cases.intake.look import CaseReference, paper_head
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction

# What people ask about a day, in their words; everything else is one sum.
ACTS: Final = {
    "TicketIssued": mark("Tickets issued"),
    "TicketCalled": mark("Calls"),
    "TicketFinished": mark("Tickets served"),
    "TicketMissed": mark("No-shows"),
    "CaseOpened": mark("Cases begun"),
    "PapersReceived": mark("Cases with papers received"),
    "CaseAccepted": mark("Cases accepted"),
    "NoticeIssued": mark("Once-only notices"),
    "CaseRefused": mark("Cases not accepted"),
    "CaseGranted": mark("Cases granted"),
    "PaperIssued": mark("Papers issued"),
}
OTHER: Final = mark("Other acts")


@dataclass(frozen=True, slots=True)
class AnchorCheck:
    """`genuine`: the journal says the same and the centre signed it. `altered`: it says something else.
    `unknown`: this machine knows nothing of that day's close."""

    day: str
    verdict: Literal["genuine", "altered", "unknown"]


class DayTotals:
    def __init__(
        self, store: Store, reference: CaseReference, statements: StatementMaker, verify: Verify
    ) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements
        self._verify = verify

    def print_total(self, actor: Actor, key: str, day: str) -> str:
        """Print the latest close of a day; gives the paper's id. UserFacingError `day.not-closed`."""

        def work(tx: Transaction) -> None:
            fact = _need(tx, day)
            plan = self._reference.plan(tx)
            facts = DayTotalFacts(
                head=paper_head(plan, tx.now, actor.staff, actor.place),
                day=date.fromisoformat(fact.day),
                place=fact.hall_seq,
                root=fact.root,
                acts=_acts(fact),
                chains=_chains(fact),
                anchor=anchor_text(fact),
            )
            number = paper_number(tx, PaperKind.DAY_TOTAL, plan.short_name)
            about = About(place=actor.place, short_name=plan.short_name)
            issue(tx, [(Planned(facts, sheet=True), number)], about, self._statements)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def check(self, text: str) -> AnchorCheck:
        """Hold a day's paper against the journal. UserFacingError `day.no-anchor` when the text is none."""
        anchor = read_anchor(text)
        if anchor is None:
            raise UserFacingError(
                "day.no-anchor",
                "This is not the code of a day's close.",
                kept="Nothing was changed.",
                remedy="Scan the code under “Root of the order”.",
            )
        with self._store.reading() as reader:
            events = _closes(reader, anchor.day)
            here = [event for event in events if _fact(event).hall_seq == anchor.place]
            if not here:
                return AnchorCheck(anchor.day, "altered" if events else "unknown")
            sound = all(_fact(event).root == anchor.root and self._signed(reader, event) for event in here)
        return AnchorCheck(anchor.day, "genuine" if sound else "altered")

    def _signed(self, reader: Reader, event: Recorded) -> bool:
        rows = reader.published(DEVICE_KEYS).values()
        keys = [row.public for row in rows if row.device == event.device]
        return any(verify_total(_fact(event), key, self._verify) for key in keys)


def _fact(event: Recorded) -> DayTotalled:
    fact = event.fact
    if not isinstance(fact, DayTotalled):
        raise TypeError(f"{event.id} is no day's close")
    return fact


def _closes(reader: Reader, day: str) -> tuple[Recorded, ...]:
    return tuple(event for event in reader.history(f"day:{day}") if isinstance(event.fact, DayTotalled))


def _need(reader: Reader, day: str) -> DayTotalled:
    found = _closes(reader, day)
    if not found:
        raise UserFacingError(
            "day.not-closed",
            "The centre has not closed {day} yet, or this machine has not heard of it.",
            kept="Nothing was printed.",
            remedy="Close the day first; then wait until the foot says “in step”.",
            day=day,
        )
    return _fact(found[-1])


def _acts(fact: DayTotalled) -> tuple[tuple[str, int], ...]:
    named = tuple((words, fact.totals.get(type, 0)) for type, words in ACTS.items())
    others = sum(count for type, count in fact.totals.items() if type not in ACTS)
    return (*((words, count) for words, count in named if count), (OTHER, others))


def _chains(fact: DayTotalled) -> tuple[tuple[str, int, str], ...]:
    ends = ((machine, end.partition(":")) for machine, end in sorted(fact.chains.items()))
    return tuple((machine, int(seq), hashed) for machine, (seq, _, hashed) in ends)
