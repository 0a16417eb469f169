"""Finding conflicts, once, when a batch has been given its places (design: the centre gives the order).

An ordinary event costs a look at its type, and one look at its ticket or case for each batch. Small
indexes are kept as notes: which ticket has a number on a day, which case and which paper has a number.
Not here: what a conflict means (`domain/centre/conflicts.py`, `judging.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from counter_app.domain.blanks.blanks import BlankFact
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.holding import task_of
from counter_app.domain.casework.task import TASKS, HandlingFact
from counter_app.domain.centre.conflicts import CONFLICTS, Rule, side_of
from counter_app.domain.centre.facts import ConflictFound
from counter_app.domain.centre.judging import JUDGED, Judged, judge
from counter_app.domain.delivery.facts import DeliveryFact
from counter_app.domain.fees.facts import FeeFact, ReceiptFact
from counter_app.domain.intake.facts import CaseFact, CaseNumbered
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import PartyRecorded
from counter_app.domain.journal import Fact, Recorded, read
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.time.facts import ClockFact
from counter_app.domain.waiting.facts import CarriedTicketUsed, TicketFact, TicketIssued
from counter_app.domain.waiting.fold import TICKETS
from counter_app.use_cases.centre.orphans import close_orphans
from counter_app.use_cases.ports.centre_store import CentreTransaction

# Base classes of the facts that are judged, and the kind of subject each is judged as.
_BASES: Final[tuple[tuple[type, str], ...]] = (
    (TicketFact, "ticket"),
    (CaseFact, "case"),
    (HandlingFact, "handling"),
    (ClockFact, "clock"),
    (DeliveryFact, "delivery"),
    (FeeFact, "fees"),
    (ReceiptFact, "fees"),
    (BlankFact, "blanks"),
)


def _judged_as(fact: object) -> str:
    """The prefix of its subject; "" for what cannot come too late."""
    if isinstance(fact, TicketIssued):
        return ""
    return next((f"{kind}:" for base, kind in _BASES if isinstance(fact, base)), "")


def find(tx: CentreTransaction, recorded: Sequence[Recorded]) -> int:
    """Write a `ConflictFound` for every event of this batch that came too late or took what was taken.

    Call it after `take_in`, with the same events. Gives how many were found; one event is found once.
    """
    found = 0
    touched: dict[str, list[Recorded]] = {}
    for event in recorded:
        known = _TAKES.get(type(event.fact))
        if known is not None:
            found += known(tx, event)
        kind = _judged_as(event.fact)
        for subject in event.subjects if kind else ():
            if subject.startswith(kind):
                touched.setdefault(subject, []).append(event)
    for subject, events in touched.items():
        found += _overtaken(tx, subject, events)
    return found


def _overtaken(tx: CentreTransaction, subject: str, events: Sequence[Recorded]) -> int:
    kind, _, id = subject.partition(":")
    state = tx.get(JUDGED[kind].stream, id)
    if state is None or not state.overtaken:
        return 0
    late = {event.id for event in events}.intersection(state.overtaken)
    if not late:
        return 0
    history = [read(entry.data, hall_seq=entry.hall_seq) for entry in tx.history(subject)]
    judged = {entry.event.id: entry for entry in judge(kind, history)}
    found = 0
    for event in events:
        if event.id in late:
            entry = judged.get(event.id) or _unjudged(kind, event, state, bool(history))
            found += _write_judged(tx, subject, entry) if entry else 0
    if kind == "handling":
        close_orphans(tx, state, history)
    return found


def _unjudged(kind: str, event: Recorded, state: Any, read_whole: bool) -> Judged | None:
    """What lies too far back to be read here (closed days are archived) came too late all the same. What was
    read and not judged need not be told."""
    how = JUDGED[kind]
    rule = how.rule_of(event.fact, state) if isinstance(event.fact, Fact) else None
    if rule is None or (read_whole and kind == "handling"):
        return None
    mild: dict[str, Rule] = {"ticket": "moved-on", "case": "case-moved-on"}
    return Judged(event, None, mild.get(kind, rule), "", getattr(state, "number", ""))


def _write_judged(tx: CentreTransaction, subject: str, judged: Judged) -> int:
    against = judged.against
    kind, _, id = subject.partition(":")
    detail = {"number": judged.number, "state": judged.state, "type": judged.event.type}
    if kind not in ("ticket", "case", "blanks"):
        case = tx.get(CASES, id)
        detail |= {"number": case.number if case else "", "work": _work(tx, id, judged.event)}
        subject = CASES.subject(id)  # who opens the case finds it there
    if against is not None:
        detail |= {"standing": against.type, "against_at": _time(against)}
    concerned = tuple(side_of(event).text() for event in (judged.event, against) if event is not None)
    return _write(tx, judged.event, judged.rule, subject, against.id if against else "", concerned, detail)


def _work(tx: CentreTransaction, case: str, event: Recorded) -> str:
    """What the piece of work is called."""
    handling = tx.get(HANDLINGS, case)
    if handling is None or not isinstance(event.fact, HandlingFact):
        return ""
    task = tx.get(TASKS, task_of(handling, event.fact))
    return task.name if task else ""


def _write(
    tx: CentreTransaction,
    event: Recorded,
    rule: Rule,
    subject: str,
    against: str,
    concerned: tuple[str, ...],
    detail: Mapping[str, str],
) -> int:
    """The conflict takes the late event's id: an event is late once."""
    if tx.get(CONFLICTS, event.id) is not None:
        return 0
    tx.record(
        ConflictFound(
            conflict=event.id,
            subject=subject,
            rule=rule,
            event=event.id,
            against=against,
            concerned=concerned,
            detail={**detail, "at": _time(event)},
        ),
        key=f"conflict:{event.id}",
    )
    return 1


def _time(event: Recorded) -> str:
    return event.at.isoformat(timespec="milliseconds")


def ticket_number_note(day: str, number: str) -> str:
    """The note in which stands which ticket has this number on this day."""
    return f"number/ticket/{day}/{number}"


def forget_numbers(tx: CentreTransaction, day: str) -> int:
    """Drop what is kept of that day's ticket numbers; gives how much it was."""
    found = [
        *tx.notes(f"number/ticket/{day}/"),
        *tx.notes(f"numbers/{day}/"),
        *tx.notes(f"numbers-of/{day}/"),
    ]
    for note in found:
        tx.keep_note(note, None)
    return len(found)


def asks(recorded: Recorded) -> tuple[str, ...]:
    """The notes that `find` will want of this event."""
    note = _note_of(recorded)
    return () if note is None else (note,)


def _note_of(recorded: Recorded) -> str | None:
    """In which note stands who has what this event takes."""
    match recorded.fact:
        case TicketIssued(day=day, number=number):
            return ticket_number_note(day, number)
        case CaseNumbered(number=number):
            return f"number/case/{number}"
        case PaperIssued(case=str(), number=number):
            return f"number/paper/{number}"
        case CarriedTicketUsed(ticket=ticket):
            return f"carried/{ticket}"
        case PartyRecorded(supersedes=supersedes) if supersedes:
            return f"party/{supersedes}"
    return None


def _ticket_number(tx: CentreTransaction, event: Recorded) -> int:
    fact = event.fact
    if not isinstance(fact, TicketIssued):
        return 0
    return _take(tx, event, "number-twice", f"ticket:{fact.ticket}", fact.number)


def _case_number(tx: CentreTransaction, event: Recorded) -> int:
    fact = event.fact
    if not isinstance(fact, CaseNumbered):
        return 0
    return _take(tx, event, "number-twice", f"case:{fact.case}", fact.number)


def _paper_number(tx: CentreTransaction, event: Recorded) -> int:
    """A copied disk that was alone gives the numbers the other one gave: both papers are with citizens."""
    fact = event.fact
    if not isinstance(fact, PaperIssued):
        return 0
    return _take(tx, event, "number-twice", f"paper:{fact.paper}", fact.number)


def _carried(tx: CentreTransaction, event: Recorded) -> int:
    fact = event.fact
    if not isinstance(fact, CarriedTicketUsed):
        return 0
    state = tx.get(TICKETS, fact.ticket)
    number = state.number if state else ""
    return _take(tx, event, "carried-twice", f"ticket:{fact.by}", number)


def _party(tx: CentreTransaction, event: Recorded) -> int:
    fact = event.fact
    if not isinstance(fact, PartyRecorded) or not fact.supersedes:
        return 0
    return _take(tx, event, "party-twice", f"party:{fact.party}", "")


_taken: Final = msgspec.json.Decoder(tuple[str, str, str, str])


def _take(tx: CentreTransaction, event: Recorded, rule: Rule, subject: str, number: str) -> int:
    """Only one subject may have what the note stands for; who comes second conflicts with the first."""
    note = _note_of(event)
    if note is None:
        return 0
    taken = tx.note(note)
    if taken is None:
        mine = (subject, event.id, side_of(event).text(), _time(event))
        tx.keep_note(note, msgspec.json.encode(mine))
        return 0
    other, against, other_side, at = _taken.decode(taken)
    if other == subject:
        return 0
    detail = {"number": number, "type": event.type, "other": other, "against_at": at}
    return _write(tx, event, rule, subject, against, (side_of(event).text(), other_side), detail)


_TAKES: Final[Mapping[type, Callable[[CentreTransaction, Recorded], int]]] = {
    TicketIssued: _ticket_number,
    CaseNumbered: _case_number,
    PaperIssued: _paper_number,
    CarriedTicketUsed: _carried,
    PartyRecorded: _party,
}
