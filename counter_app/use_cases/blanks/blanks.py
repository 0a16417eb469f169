"""Numbered blanks of a counter: received, issued to a case, spoiled, handed on, counted (mission: P11)."""

from __future__ import annotations

import re
from typing import Final

from counter_app.domain.blanks.blanks import (
    BLANKS,
    BlankIssued,
    Blanks,
    BlanksCounted,
    BlanksHandedOn,
    BlankSpoiled,
    BlanksReceived,
    Stretch,
    overlaps,
    without,
    without_stretch,
)
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.scene import Planned
from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts_arriving import BlankCountFacts
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.inputs import checked_text
from counter_app.use_cases.intake.look import CaseReference, paper_head
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction

_NUMBER: Final = re.compile(r"^(?P<prefix>[A-Za-z一-鿿-]{0,12})(?P<count>\d{1,12})$")
MOST: Final = 100_000


class BlankStock:
    """Commands on the blanks of the actor's counter. The same key again gives the same result."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def of(self, counter: str) -> Blanks:
        with self._store.reading() as reader:
            return reader.get(BLANKS, counter) or Blanks(counter)

    def receive(self, actor: Actor, key: str, kind: str, first: str, last: str) -> int:
        """A stretch from outside, both ends included; gives how many. UserFacingError `blank.numbers`,
        `blank.twice`."""
        new = stretch_of(first, last)
        _need_kind(kind)

        def work(tx: Transaction) -> None:
            if overlaps(_stock(tx, actor.place).of(kind), new):
                raise UserFacingError(
                    "blank.twice",
                    "Some of these numbers lie here already.",
                    kept="Nothing was taken in.",
                    remedy="Look at the first and last number again.",
                )
            tx.record(
                BlanksReceived(
                    counter=actor.place,
                    kind=kind,
                    prefix=new.prefix,
                    first=new.first,
                    last=new.last,
                    width=new.width,
                )
            )

        self._store.act(actor, key, work)
        return len(new)

    def issue(self, actor: Actor, key: str, kind: str, case: str, number: str = "") -> str:
        """The next one, or this one, to the citizen of a case; gives its number. UserFacingError
        `blank.none`, `blank.not-here`, `case.unknown`."""

        def work(tx: Transaction) -> None:
            tx.need(CASES, case)
            need_open_file(tx, case)
            taken = self._need(tx, actor.place, kind, number)
            tx.record(BlankIssued(counter=actor.place, kind=kind, number=taken, case=case))

        return self._store.act(actor, key, work).first(BlankIssued).number

    def spoil(self, actor: Actor, key: str, kind: str, number: str, reason: str) -> str:
        """Torn or misprinted; gives its number. UserFacingError `blank.*`."""
        checked_text(reason)
        if not reason.strip():
            raise UserFacingError("blank.reason", "Say what happened to it.", remedy="Choose or type it.")

        def work(tx: Transaction) -> None:
            taken = self._need(tx, actor.place, kind, number)
            tx.record(BlankSpoiled(counter=actor.place, kind=kind, number=taken, reason=reason))

        return self._store.act(actor, key, work).first(BlankSpoiled).number

    def hand_on(self, actor: Actor, key: str, kind: str, first: str, last: str, to: str) -> int:
        """A stretch to another counter of this hall: it leaves here and lies there at once.

        UserFacingError `blank.not-here`, `blank.counter`, `blank.twice`.
        """
        gone = stretch_of(first, last)

        def work(tx: Transaction) -> None:
            plan = self._reference.plan(tx)
            if to == actor.place or to not in {str(counter.number) for counter in plan.counters}:
                raise UserFacingError(
                    "blank.counter",
                    "There is no other counter {counter}.",
                    kept="Nothing was moved.",
                    remedy="Choose one of the hall's counters.",
                    counter=to,
                )
            if without_stretch(_stock(tx, actor.place).of(kind), gone) is None:
                raise _not_here(first)
            tx.record(
                BlanksHandedOn(
                    counter=actor.place,
                    kind=kind,
                    prefix=gone.prefix,
                    first=gone.first,
                    last=gone.last,
                    width=gone.width,
                    to=to,
                )
            )
            tx.record(
                BlanksReceived(
                    counter=to,
                    kind=kind,
                    prefix=gone.prefix,
                    first=gone.first,
                    last=gone.last,
                    width=gone.width,
                    source=actor.place,
                )
            )

        self._store.act(actor, key, work)
        return len(gone)

    def count(self, actor: Actor, key: str, kind: str, counted: int, reason: str = "") -> str:
        """The evening's count; gives its paper id. UserFacingError `blank.differs` without a reason."""
        checked_text(reason)

        def work(tx: Transaction) -> None:
            blanks = _stock(tx, actor.place)
            recorded = blanks.left(kind)
            if counted != recorded and not reason.strip():
                raise UserFacingError(
                    "blank.differs",
                    "{counted} lie here, the record says {recorded}: say why.",
                    kept="Nothing was counted.",
                    remedy="Count again, or give the reason.",
                    counted=counted,
                    recorded=recorded,
                )
            paper = self._paper(tx, actor, blanks, kind, counted, reason)
            tx.record(
                BlanksCounted(
                    counter=actor.place,
                    kind=kind,
                    day=tx.now.date().isoformat(),
                    counted=counted,
                    recorded=recorded,
                    reason=reason,
                    paper=paper,
                )
            )

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def _paper(
        self, tx: Transaction, actor: Actor, blanks: Blanks, kind: str, counted: int, reason: str
    ) -> str:
        plan = self._reference.plan(tx)
        moved = blanks.moved_on(kind, tx.now.date().isoformat())
        facts = BlankCountFacts(
            head=paper_head(plan, tx.now, actor.staff, actor.place),
            day=tx.now.date(),
            name=kind,
            issued=tuple(one.number for one in moved if not one.spoiled),
            spoiled=tuple((one.number, one.spoiled) for one in moved if one.spoiled),
            left=tuple(
                (stretch.number(stretch.first), stretch.number(stretch.last), len(stretch))
                for stretch in blanks.of(kind)
            ),
            recorded=blanks.left(kind),
            counted=counted,
            reason=reason,
        )
        number = paper_number(tx, facts.kind, plan.short_name)
        about = About(place=actor.place, short_name=plan.short_name)
        issue(tx, [(Planned(facts, sheet=True), number)], about, self._statements)
        return number

    def _need(self, reader: Reader, counter: str, kind: str, number: str) -> str:
        blanks = _stock(reader, counter)
        taken = number.strip() or blanks.following(kind)
        if not taken:
            raise UserFacingError(
                "blank.none",
                "No blank of this kind is left at this counter.",
                kept="Nothing was issued.",
                remedy="Take some in, or have another counter hand some on.",
            )
        if without(blanks.of(kind), taken) is None:
            raise _not_here(taken)
        return taken


def stretch_of(first: str, last: str) -> Stretch:
    """The stretch between two numbers as printed. UserFacingError `blank.numbers`."""
    start, end = _NUMBER.match(first.strip()), _NUMBER.match(last.strip())
    fits = (
        start is not None
        and end is not None
        and start["prefix"] == end["prefix"]
        and len(start["count"]) == len(end["count"])
        and 0 <= int(end["count"]) - int(start["count"]) < MOST
    )
    if not fits or start is None or end is None:
        raise UserFacingError(
            "blank.numbers",
            "From {first} to {last} is no stretch of numbers.",
            kept="Nothing was changed.",
            remedy="Type both as they are printed: the same letters, the same length.",
            first=first,
            last=last,
        )
    return Stretch(start["prefix"], int(start["count"]), int(end["count"]), len(start["count"]))


def _stock(reader: Reader, counter: str) -> Blanks:
    return reader.get(BLANKS, counter) or Blanks(counter)


def _need_kind(kind: str) -> None:
    if not kind.strip() or len(kind) > 60:
        raise UserFacingError("blank.kind", "Name what kind of blank it is.", remedy="Type its name.")


def _not_here(number: str) -> UserFacingError:
    return UserFacingError(
        "blank.not-here",
        "The blank {number} does not lie at this counter.",
        kept="Nothing was changed.",
        remedy="Look at the number; each is issued once.",
        number=number,
    )
