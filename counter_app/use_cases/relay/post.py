"""A centre's post: what its own and its mirrored halls' orders say to other halls is handed on, once.

Each order is read behind a mark, and the mark moves in the same decision that hands the letters on. A case
for this hall is taken over in its own order under the key `forward:<hall>:<event>`; what goes to a hall
below is put into a box; what goes up is read by the centre above, in its copy of the order.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from counter_app.domain.centre.tree import Tree
from counter_app.domain.intake.ending_facts import (
    CaseDenied,
    CaseLapsed,
    CaseMerged,
    CaseReopened,
    CaseTerminated,
)
from counter_app.domain.intake.facts import (
    CaseAccepted,
    CaseFact,
    CaseGranted,
    CaseRefused,
    CaseWithdrawn,
    CorrectionsReceived,
    NoticeIssued,
    PapersReceived,
    PermitNotNeeded,
    ReturnVisited,
)
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.forward_facts import CaseForwarded, CaseNewsHeard, CaseReceived, over_here
from counter_app.domain.journal import Recorded, read
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.beginning import Kinds, go_on_here
from counter_app.use_cases.centre.plans import Plans
from counter_app.use_cases.intake.taking_over import taken_over
from counter_app.use_cases.ports.centre import MOST_PULLED, OrderedEvent, SealedEvent
from counter_app.use_cases.ports.centre_store import CentreReader, CentreStore, CentreTransaction
from counter_app.use_cases.ports.relay import Letter, Mirrors
from counter_app.use_cases.relay import boxes

RELAY: Final = "relay"
MIRRORED: Final = "relay/mirrored/"  # + the hall's name: up to where its order was read for letters
OWN_READ: Final = "relay/read"
LOST: Final = "relay/lost/"
SEES_ALL: Final = "centre"
SEES_NO_PARTS: Final = "display"
_CASE_IN_IT: Final = b'"case:'
_NEWS: Final = (
    CaseReceived,
    CaseForwarded,
    PapersReceived,
    CaseAccepted,
    NoticeIssued,
    ReturnVisited,
    CorrectionsReceived,
    CaseRefused,
    PermitNotNeeded,
    CaseGranted,
    CaseDenied,
    CaseTerminated,
    CaseLapsed,
    CaseMerged,
    CaseReopened,
    CaseWithdrawn,
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a stretch of one order says to others; `place` is where it ends."""

    place: int
    letters: tuple[Letter, ...]


class Post:
    """One a centre. Threads may share it."""

    def __init__(self, store: CentreStore, mirrors: Mirrors, plans: Plans, kinds: Kinds) -> None:
        self.store = store
        self.mirrors = mirrors
        self._plans = plans
        self._kinds = kinds

    def tree(self, reader: CentreReader) -> Tree:
        """The halls as this centre's plan has them. UserFacingError `hall.not-set-up`."""
        plan = self._plans.plan(reader)
        relays = {row.device for row in reader.devices() if row.role == RELAY and not row.revoked}
        return Tree(plan.halls, plan.code, relays)

    def halls(self) -> tuple[str, ...]:
        """The names of all halls of which a copy is kept here."""
        with self.store.reading() as reader:
            return tuple(key.removeprefix(MIRRORED) for key in reader.notes(MIRRORED))

    def reading(self, hall: str) -> AbstractContextManager[CentreReader]:
        """A short read of the own hall, or of the copy of another."""
        return self.store.reading() if hall == self.store.hall else self.mirrors.reading(hall)

    def hand_on(self) -> bool:
        """Read every order as far as it goes; True when something was read. Without a plan nothing is."""
        with self.store.reading() as reader:
            try:
                tree = self.tree(reader)
            except UserFacingError as error:
                if error.code != "hall.not-set-up":
                    raise
                return False
            marks = {self.store.hall: reader.note(OWN_READ) or b"0"}
            for key, value in reader.notes(MIRRORED).items():
                marks[key.removeprefix(MIRRORED)] = value
        moved = False
        for hall, mark in marks.items():
            place = int(mark)
            while (done := self._hand_on(hall, tree, place)) > place:
                place, moved = done, True
        return moved

    def _hand_on(self, hall: str, tree: Tree, place: int) -> int:
        sender = tree.here if hall == self.store.hall else tree.code_of(hall)
        if sender is None:  # the plan no longer names this hall: its letters wait until it does
            return place
        with self.reading(hall) as reader:
            found = _letters(reader, tree, sender, place)
        if found.place == place:
            return place
        key = OWN_READ if hall == self.store.hall else MIRRORED + hall
        with self.store.deciding(by_rules=False) as tx:
            if int(tx.note(key) or b"0") == place:
                for letter in found.letters:
                    self.deliver(tx, tree, letter)
                tx.keep_note(key, str(found.place).encode())
        return found.place

    def deliver(self, tx: CentreTransaction, tree: Tree, letter: Letter) -> None:
        """Take a letter over, or put it into the box of the hall through which it goes on."""
        box = tree.branch(letter.to_hall)
        if box is None:
            _lost(tx, letter, "no such hall")
        elif box:
            boxes.put(tx, self.mirrors, box, letter)
        elif letter.sort == "case":
            _take_over(tx, self._kinds, tree, letter)
        else:
            _hear(tx, tree, letter)


def _letters(reader: CentreReader, tree: Tree, sender: str, after: int) -> _Read:
    """What one stretch of a hall's order has to say to halls that part from the sender's branch here."""
    stretch = reader.after(after, MOST_PULLED, SEES_NO_PARTS)
    forwarded: list[int] = []
    told: dict[str, Recorded] = {}
    letters: list[Letter] = []
    for event in _case_events(stretch):
        fact = event.fact
        if not isinstance(fact, CaseFact) or not isinstance(fact.case, str):
            continue
        if isinstance(fact, CaseForwarded) and event.hall_seq and _goes(tree, sender, fact.to_hall):
            forwarded.append(event.hall_seq)
        if isinstance(fact, _NEWS) and "/" in fact.case:
            told[fact.case] = event
    letters += [_case_letter(entry, sender) for entry in reader.at(forwarded, SEES_ALL)]
    for case, event in told.items():
        home = case.partition("/")[0]
        state = reader.get(CASES, case)
        if state is not None and tree.branch(home) is not None and tree.parts_here(sender, home):
            at = event.at.isoformat(timespec="milliseconds")
            letters.append(Letter(0, "news", sender, home, event.id, None, case, state.stage, at))
    return _Read(stretch[-1].hall_seq if stretch else after, tuple(letters))


def _goes(tree: Tree, sender: str, to_hall: object) -> bool:
    """Whether it is handed on here. At the top of the tree nobody else would: there it is at least noted."""
    if not isinstance(to_hall, str):
        return False
    return tree.parts_here(sender, to_hall) or (tree.branch(to_hall) is None and tree.is_top)


def _case_events(stretch: Iterable[OrderedEvent]) -> Iterable[Recorded]:
    for entry in stretch:
        if _CASE_IN_IT in entry.data:
            yield read(entry.data, None, entry.hall_seq)


def _case_letter(entry: OrderedEvent, sender: str) -> Letter:
    event = read(entry.data, None, entry.hall_seq)
    assert isinstance(event.fact, CaseForwarded)
    return Letter(0, "case", sender, event.fact.to_hall, event.id, SealedEvent(entry.data, entry.parts))


def _take_over(tx: CentreTransaction, kinds: Kinds, tree: Tree, letter: Letter) -> None:
    key = f"forward:{letter.from_hall}:{letter.id}"
    if letter.event is None or tx.of_key(tx.centre, key):
        return
    private = {part.slot: part.data for part in letter.event.parts if part.data is not None}
    try:
        written = taken_over(read(letter.event.data, private), letter.from_hall, tree.here)
        fact = next(entry.fact for entry in written if isinstance(entry.fact, CaseReceived))
        _need_sound(fact)
    except ValueError as error:
        _lost(tx, letter, str(error))
        return
    known = tx.get(CASES, fact.case)
    if known is not None and known.stage != "forwarded":
        _lost(tx, letter, "the case is here already")
        return
    for entry in written:
        tx.record(entry.fact, key=key, private=entry.private)
    if fact.stage == "accepted":
        go_on_here(tx, kinds, fact.case)


def _need_sound(fact: CaseReceived) -> None:
    """ValueError for a body that this hall's machines could not read."""
    try:
        date.fromisoformat(msgspec.convert(fact.sign_by, str))
        msgspec.convert(fact.materials, tuple[str, ...])
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def _hear(tx: CentreTransaction, tree: Tree, letter: Letter) -> None:
    """News of a case that is not away, or not known, is no news."""
    key = f"news:{letter.from_hall}:{letter.id}"
    case = over_here(letter.case, letter.from_hall, tree.here)
    state = tx.get(CASES, case)
    if state is not None and state.stage == "forwarded" and not tx.of_key(tx.centre, key):
        tx.record(CaseNewsHeard(case=case, hall=letter.from_hall, news=letter.news, at=letter.at), key=key)


def _lost(tx: CentreTransaction, letter: Letter, reason: str) -> None:
    """What cannot be handed on is noted, and shown by `hub status`: no letter goes without a trace."""
    tx.keep_note(f"{LOST}{letter.from_hall}/{letter.id}", reason[:200].encode())
