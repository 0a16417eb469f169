"""One box finds everything: items, people, cases, tickets, papers (interface.md, mission: I1).

Exact things first (a scanned statement, a number, an ID), then names by parts and pinyin. Every
look-up is a seek, so an answer takes milliseconds at 1,000,000 cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.search import ItemIndex
from counter_app.domain.identity.masking import mask_number
from counter_app.domain.identity.numbers import tidy_number
from counter_app.domain.intake.case import Case
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.numbers import read_number, tidy_query_code
from counter_app.domain.intake.parties import Party
from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PAPERS, IssuedPaper
from counter_app.domain.paper.statement import PREFIX
from counter_app.domain.scanning.codes import TICKET_PREFIX
from counter_app.domain.waiting.fold import TICKETS
from counter_app.domain.waiting.ticket import Ticket, number_text
from counter_app.use_cases.casework.restricted import Onlooker
from counter_app.use_cases.codes import Codes
from counter_app.use_cases.intake.queries import row
from counter_app.use_cases.intake.tokens import typed_tokens
from counter_app.use_cases.intake.views import Hit
from counter_app.use_cases.papers.card_links import card_key, holder_of, stated_number
from counter_app.use_cases.ports.store import Reader, Store
from counter_app.use_cases.waiting.reference import Reference

LONGEST: Final = 400
_TICKET: Final = re.compile(r"^[A-Za-z]\d{1,4}$")
_ID: Final = re.compile(r"^\d{17}[0-9X]$")
_OF_PERSON: Final = 5
EXACT: Final = 0
NAMED: Final = 100


@dataclass(frozen=True, slots=True)
class _Items:
    """The index of one day's items, kept while the catalogue stays the same object."""

    catalogue: Catalogue
    day: date
    index: ItemIndex


class Finder:
    """`search` answers within 100 ms always; it reads only."""

    def __init__(self, store: Store, reference: Reference, person_hash: Callable[[str], str]) -> None:
        self._store = store
        self._reference = reference
        self._person_hash = person_hash
        self._codes = Codes(store, reference)
        self._items: _Items | None = None

    def search(
        self, text: str, limit: int = 20, counter: str = "", actor: Actor | None = None
    ) -> tuple[Hit, ...]:
        """The best `limit` things for what was typed or scanned; items the counter may do come first.

        A restricted case is found by its number or receipt, by a name only by who sees it (mission: I10).
        """
        typed = text.strip()[:LONGEST]
        if not typed:
            return ()
        with self._store.reading() as reader:
            catalogue = self._reference.catalogue(reader)
            hits = list(self._exact(reader, catalogue, typed))
            if not (hits and typed.startswith((PREFIX, TICKET_PREFIX))):
                hits += self._named(reader, catalogue, typed, limit)
                hits += self._of_items(reader, catalogue, typed, limit, counter)
            onlooker = Onlooker(reader, self._reference, actor, counter)
            hits = [hit for hit in hits if _may_find(reader, onlooker, hit)]
        best: dict[tuple[str, str], Hit] = {}
        for hit in sorted(hits, key=lambda entry: entry.score):
            best.setdefault((hit.kind, hit.id), hit)
        return tuple(best.values())[:limit]

    def item_codes(self) -> frozenset[str]:
        """The codes of the items in force today, for the recogniser of scans."""
        return self._codes.items()

    def by_card(self, text: str) -> tuple[Hit, ...]:
        """The holder of a service card, by its code, number or chip's serial, and the newest cases; also of
        one that was taken over as a document of its own."""
        key = card_key(text.strip()[:LONGEST], self._person_hash)
        with self._store.reading() as reader:
            catalogue = self._reference.catalogue(reader)
            holder = holder_of(reader, key)
            if holder is None:
                return tuple(self._person(reader, catalogue, key))
            if holder.lookup:
                return tuple(self._person(reader, catalogue, holder.lookup))
            return ()

    def _exact(self, reader: Reader, catalogue: Catalogue, typed: str) -> Iterator[Hit]:
        if typed.startswith(PREFIX):
            yield from self._numbered(reader, catalogue, stated_number(typed))
        elif typed.startswith(TICKET_PREFIX):
            ticket = reader.get(TICKETS, typed.removeprefix(TICKET_PREFIX))
            yield from (_ticket_hit(ticket),) if ticket else ()
        elif _TICKET.match(typed):
            called = number_text(typed[0].upper(), int(typed[1:]))
            by_number = reader.waiting.by_number(reader.now.date().isoformat(), called)
            yield from (_ticket_hit(by_number),) if by_number else ()
        elif _ID.match(tidy_number(typed)):
            yield from self._person(reader, catalogue, self._person_hash(tidy_number(typed)))
        else:
            yield from self._numbered(reader, catalogue, typed)

    def _numbered(self, reader: Reader, catalogue: Catalogue, typed: str) -> Iterator[Hit]:
        if read_number(typed) is not None:
            paper = reader.papers.by_number(typed)
            if paper is not None:
                yield _paper_hit(paper, EXACT)
            case = reader.cases.by_number(typed)
            if case is None and paper is not None and paper.case:
                case = reader.get(CASES, paper.case)
        else:
            case = reader.cases.by_query(tidy_query_code(typed))
        if case is not None:
            yield _case_hit(reader, catalogue, case, EXACT)

    def _person(self, reader: Reader, catalogue: Catalogue, lookup: str) -> Iterator[Hit]:
        party = reader.cases.person(lookup)
        if party is None:
            return
        yield _person_hit(party, lookup, EXACT)
        for case in reader.cases.of_person(lookup, _OF_PERSON):
            yield _case_hit(reader, catalogue, case, EXACT + 1)

    def _named(self, reader: Reader, catalogue: Catalogue, typed: str, limit: int) -> list[Hit]:
        hits = []
        for place, found in enumerate(reader.cases.find(typed_tokens(typed), limit)):
            score = NAMED + place
            if found.kind == "person":
                party = reader.cases.person(found.ref)
                if party is not None:
                    hits.append(_person_hit(party, found.ref, score))
            elif found.kind == "paper":
                paper = reader.get(PAPERS, found.ref)
                if paper is not None:
                    hits.append(_paper_hit(paper, EXACT if _whole(typed, paper.number) else score))
            else:
                case = reader.get(CASES, found.ref)
                if case is not None:
                    whole = _whole(typed, case.number)
                    hits.append(_case_hit(reader, catalogue, case, EXACT if whole else score))
        return hits

    def _of_items(
        self, reader: Reader, catalogue: Catalogue, typed: str, limit: int, counter: str
    ) -> list[Hit]:
        """A good match of an item stands before names; a clumsy one after them."""
        hits = []
        plan = self._reference.plan(reader)
        for found in self._index(catalogue, reader.now.date()).find(typed, limit):
            able = {str(entry.number) for entry in plan.counters_for(found.item.licence)}
            elsewhere = bool(counter and able and counter not in able)
            score = (NAMED if found.rank > 3 else EXACT + 2) + found.rank * 2 + elsewhere
            where = "、".join(sorted(able)) if elsewhere else ""
            detail = f"{found.item.code} · {where}" if where else found.item.code
            hits.append(Hit("item", found.item.code, found.item.name, detail, score))
        return hits

    def _index(self, catalogue: Catalogue, day: date) -> ItemIndex:
        kept = self._items
        if kept is None or kept.catalogue is not catalogue or kept.day != day:
            kept = _Items(catalogue, day, ItemIndex(catalogue, catalogue.current(day)))
            self._items = kept
        return kept.index


def _whole(typed: str, number: str) -> bool:
    """Whether all of a number was given, as its bar code holds it: without its word."""
    given, known = read_number(typed), read_number(number)
    return given is not None and known is not None and given.plain == known.plain


def _may_find(reader: Reader, onlooker: Onlooker, hit: Hit) -> bool:
    if hit.kind not in ("case", "paper") or hit.score == EXACT:
        return True
    paper = reader.get(PAPERS, hit.id) if hit.kind == "paper" else None
    case = reader.get(CASES, (paper.case or "") if paper else hit.id)
    return not onlooker.hides(case)


def _ticket_hit(ticket: Ticket) -> Hit:
    return Hit("ticket", ticket.id, ticket.number, ticket.state, EXACT)


def _paper_hit(paper: IssuedPaper, score: int) -> Hit:
    return Hit("paper", paper.id, paper.number, paper.kind, score)


def _person_hit(party: Party, lookup: str, score: int) -> Hit:
    """The hit's id is the keyed hash, which stays the same from visit to visit."""
    number = party.identity.number if party.identity else ""
    return Hit("person", lookup, party.name, mask_number(number), score)


def _case_hit(reader: Reader, catalogue: Catalogue, case: Case, score: int) -> Hit:
    shown = row(reader, catalogue, case)
    title = " ".join(part for part in (shown.applicant, shown.item) if part)
    return Hit("case", case.id, title, shown.number or shown.stage, score)
