"""Numbered blanks of a counter: stock, issued, spoiled, counted (mission: P11).

A number is a prefix and a count (`SC0012345`); stock is kept as stretches. A blank leaves the stock once:
what another machine of the counter issued as well is marked overtaken, for people to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from counter_app.domain.changing import replace
from counter_app.domain.journal import Fact, Recorded
from counter_app.domain.streams import Stream


class BlankFact(Fact):
    """Base: blanks of `kind` (a code such as `handbook`) at `counter`."""

    counter: str
    kind: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"blanks:{self.counter}",)


class BlanksReceived(BlankFact):
    """A stretch came in, both ends included; `source` the counter it came from, "" from outside."""

    prefix: str
    first: int
    last: int
    width: int
    source: str = ""


class BlanksHandedOn(BlankFact):
    """A stretch went to another counter."""

    prefix: str
    first: int
    last: int
    width: int
    to: str


class BlankIssued(BlankFact):
    """Given to the citizen of `case`."""

    number: str
    case: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"blanks:{self.counter}", f"case:{self.case}")


class BlankSpoiled(BlankFact):
    """Torn, misprinted: it counts, and is kept to be destroyed by two."""

    number: str
    reason: str


class IssuedBlankSpoiled(BlankFact):
    """One that had left the stock for `case` was spoiled after all: a card misprinted, taken back."""

    number: str
    case: str
    reason: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"blanks:{self.counter}", f"case:{self.case}")


class BlankReturned(BlankFact):
    """One that left the stock for `case` was not used for certain: it lies here again."""

    number: str
    case: str
    prefix: str
    count: int
    width: int

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"blanks:{self.counter}", f"case:{self.case}")


class BlanksCounted(BlankFact):
    """What lay there in the evening, against what the record says."""

    day: str
    counted: int
    recorded: int
    reason: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    prefix: str
    first: int
    last: int
    width: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def number(self, count: int) -> str:
        return f"{self.prefix}{count:0{self.width}d}"

    def holds(self, number: str) -> int | None:
        """The count of a number that lies in here."""
        rest = number.removeprefix(self.prefix)
        if (number == rest and self.prefix) or len(rest) != self.width or not rest.isdecimal():
            return None
        return int(rest) if self.first <= int(rest) <= self.last else None


@dataclass(frozen=True, slots=True)
class Moved:
    """A blank that left the stock: issued to `case`, or spoiled for a reason."""

    kind: str
    number: str
    at: datetime
    staff: str
    case: str = ""
    spoiled: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    kind: str
    day: str
    counted: int
    recorded: int
    staff: str


@dataclass(frozen=True, slots=True)
class Blanks:
    """All blanks of a counter (`id`). `stock` by kind; `moved` the latest at the end, bounded."""

    id: str
    stock: tuple[tuple[str, tuple[Stretch, ...]], ...] = ()
    moved: tuple[Moved, ...] = ()
    counts: tuple[Count, ...] = ()
    overtaken: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Stretch, ...]:
        return next((stretches for known, stretches in self.stock if known == kind), ())

    def left(self, kind: str) -> int:
        return sum(len(stretch) for stretch in self.of(kind))

    def following(self, kind: str) -> str:
        """The number to be issued next; "" when none is left."""
        stretches = self.of(kind)
        return stretches[0].number(stretches[0].first) if stretches else ""

    def issued_to(self, case: str) -> str:
        """The number that this case's citizen was given last and that is not spoiled; "" when none was."""
        return next((one.number for one in reversed(self.moved) if one.case == case and not one.spoiled), "")

    def moved_on(self, kind: str, day: str) -> tuple[Moved, ...]:
        return tuple(one for one in self.moved if one.kind == kind and one.at.date().isoformat() == day)


MOST_MOVED: Final = 500
MOST_COUNTS: Final = 60


def without(stretches: tuple[Stretch, ...], first: str) -> tuple[Stretch, ...] | None:
    """The stock without one number; None when it does not lie there."""
    for at, stretch in enumerate(stretches):
        count = stretch.holds(first)
        if count is not None:
            parts = (
                replace(stretch, last=count - 1),
                replace(stretch, first=count + 1),
            )
            return (*stretches[:at], *(part for part in parts if len(part)), *stretches[at + 1 :])
    return None


def without_stretch(stretches: tuple[Stretch, ...], gone: Stretch) -> tuple[Stretch, ...] | None:
    """The stock without a whole stretch; None unless all of it lies in one piece."""
    for at, stretch in enumerate(stretches):
        same = (stretch.prefix, stretch.width) == (gone.prefix, gone.width)
        if same and stretch.first <= gone.first and gone.last <= stretch.last:
            parts = (replace(stretch, last=gone.first - 1), replace(stretch, first=gone.last + 1))
            return (*stretches[:at], *(part for part in parts if len(part)), *stretches[at + 1 :])
    return None


def _with(blanks: Blanks, kind: str, stretches: tuple[Stretch, ...]) -> Blanks:
    others = tuple(entry for entry in blanks.stock if entry[0] != kind)
    return replace(blanks, stock=tuple(sorted((*others, (kind, stretches)))))


def with_one(stretches: tuple[Stretch, ...], prefix: str, count: int, width: int) -> tuple[Stretch, ...]:
    """The stock with one number more, joined to its neighbours."""
    joined = Stretch(prefix, count, count, width)
    kept = []
    for one in stretches:
        same = (one.prefix, one.width) == (prefix, width)
        if same and one.last + 1 == joined.first:
            joined = replace(joined, first=one.first)
        elif same and one.first - 1 == joined.last:
            joined = replace(joined, last=one.last)
        else:
            kept.append(one)
    return tuple(sorted((*kept, joined), key=_order))


def _stretch(fact: BlanksReceived | BlanksHandedOn) -> Stretch:
    return Stretch(fact.prefix, fact.first, fact.last, fact.width)


def overlaps(stretches: tuple[Stretch, ...], new: Stretch) -> bool:
    return any(
        (one.prefix, one.width) == (new.prefix, new.width) and one.first <= new.last and new.first <= one.last
        for one in stretches
    )


def fold_blanks(blanks: Blanks | None, event: Recorded) -> Blanks | None:
    fact = event.fact
    if not isinstance(fact, BlankFact):
        return blanks
    known = blanks or Blanks(fact.counter)
    changed = _changed(known, fact, event)
    return changed or replace(known, overtaken=(*known.overtaken, event.id))


def _changed(known: Blanks, fact: BlankFact, event: Recorded) -> Blanks | None:
    stock = known.of(fact.kind)
    if isinstance(fact, BlanksReceived):
        new = _stretch(fact)
        more = tuple(sorted((*stock, new), key=_order))
        return None if overlaps(stock, new) else _with(known, fact.kind, more)
    if isinstance(fact, BlanksHandedOn):
        left = without_stretch(stock, _stretch(fact))
        return None if left is None else _with(known, fact.kind, left)
    if isinstance(fact, BlankIssued | BlankSpoiled):
        left = without(stock, fact.number)
        if left is None:
            return None
        case = fact.case if isinstance(fact, BlankIssued) else ""
        spoiled = fact.reason if isinstance(fact, BlankSpoiled) else ""
        moved = Moved(fact.kind, fact.number, event.at, event.actor.staff, case, spoiled)
        return replace(_with(known, fact.kind, left), moved=(*known.moved, moved)[-MOST_MOVED:])
    if isinstance(fact, IssuedBlankSpoiled):
        return _spoiled(known, fact)
    if isinstance(fact, BlankReturned):
        return _returned(known, fact)
    if isinstance(fact, BlanksCounted):
        count = Count(fact.kind, fact.day, fact.counted, fact.recorded, event.actor.staff)
        return replace(known, counts=(*known.counts, count)[-MOST_COUNTS:])
    return known


def _issued(known: Blanks, kind: str, number: str) -> int | None:
    """Where among those that left it stands, issued and not spoiled; the latest of them."""
    found = [
        at for at, one in enumerate(known.moved) if (one.kind, one.number, one.spoiled) == (kind, number, "")
    ]
    return found[-1] if found else None


def _spoiled(known: Blanks, fact: IssuedBlankSpoiled) -> Blanks | None:
    at = _issued(known, fact.kind, fact.number)
    if at is None:
        return None
    marked = replace(known.moved[at], spoiled=fact.reason)
    return replace(known, moved=(*known.moved[:at], marked, *known.moved[at + 1 :]))


def _returned(known: Blanks, fact: BlankReturned) -> Blanks | None:
    at = _issued(known, fact.kind, fact.number)
    one = Stretch(fact.prefix, fact.count, fact.count, fact.width)
    if at is None or overlaps(known.of(fact.kind), one):
        return None
    again = with_one(known.of(fact.kind), fact.prefix, fact.count, fact.width)
    moved = (*known.moved[:at], *known.moved[at + 1 :])
    return replace(_with(known, fact.kind, again), moved=moved)


def _order(stretch: Stretch) -> tuple[str, int, int]:
    return stretch.prefix, stretch.width, stretch.first


BLANKS: Final = Stream("blanks", Blanks, fold_blanks)
