"""Search tokens for what other machines recorded, made as the acts here make them.

Pinyin and a case's people are looked up once a case and stretch, and only where its people or its number
changed. A machine that receives no private parts finds nobody by name. Not here: the tokens themselves
(`intake/tokens.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.intake.erasure_facts import PartyErased
from counter_app.domain.intake.facts import CaseNumbered, PersonAdded, PersonDropped, StepUndone
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PARTIES, PartyRecorded
from counter_app.domain.journal import Recorded
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.issued import PaperIssued
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.intake.tokens import number_tokens
from counter_app.use_cases.ports.store import Transaction


class ForeignTokens:
    """`ports.sync.Also`: makes people, cases and papers findable in the transaction that takes them in."""

    def __init__(self, people: People) -> None:
        self._people = people

    def __call__(self, tx: Transaction, events: Sequence[Recorded]) -> None:
        cases: dict[str, None] = {}
        for event in events:
            match event.fact:
                case PartyRecorded(party=party):
                    self._person(tx, party)
                case PersonAdded(case=case) | PersonDropped(case=case) | StepUndone(case=case):
                    cases[case] = None
                case CaseNumbered(case=case):
                    cases[case] = None
                case PartyErased(cases=own, others=others):
                    cases |= dict.fromkeys((*own, *others))
                case PaperIssued(paper=paper, number=number, kind=kind) if kind != PaperKind.TICKET.value:
                    tx.index("paper", paper, number_tokens(number))
        for case in cases:
            if tx.get(CASES, case) is not None:
                self._people.reindex(tx, case)

    def _person(self, tx: Transaction, party: str) -> None:
        found = tx.get(PARTIES, party)
        if found is not None and found.identity is not None and found.identity.lookup:
            self._people.index_person(tx, found.identity)
