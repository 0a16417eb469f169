"""The verdict: what can be decided now, what is suggested, and why (mission: I6, I8, I9, I15).

A pure function over what is known. The clerk decides; the verdict explains and bounds the choice.
Not here: carrying a decision out (`use_cases/intake`), the words of papers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from counter_app.domain.catalogue.checklist import Checklist, ChecklistLine
from counter_app.domain.catalogue.items import Item
from counter_app.domain.intake.case import Case, Mark, Stage
from counter_app.domain.intake.competence import Finding
from counter_app.domain.time.ledger import Due
from counter_app.errors import mark

DecisionKind = Literal[
    "receive",
    "accept",
    "notify",
    "refuse",
    "no_permit",
    "grant",
    "withdraw",
    "deny",
    "terminate",
    "lapse",
    "merge",
]
NOT_NEEDED: Final = 2  # is_need 2 非必要: its absence is no shortcoming


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message source and its places, so that each reader gets it in his language."""

    source: str
    params: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> dict[str, str]:
        return dict(self.params)


@dataclass(frozen=True, slots=True)
class Counts:
    """How the lines of the checklist stand. `unmarked` must be nought before anything is decided."""

    lines: int = 0
    present: int = 0
    to_correct: int = 0
    missing: int = 0
    lacking: int = 0
    unmarked: int = 0

    @property
    def short(self) -> int:
        """Shortcomings a notice would list."""
        return self.to_correct + self.missing

    @property
    def settled(self) -> bool:
        return self.unmarked == 0


@dataclass(frozen=True, slots=True)
class Known:
    """All that a verdict rests on. `expired` are names whose document is past its day. `waits` are results of
    other items that have not come yet: it is looked through now and accepted when they are here (mission:
    C2). `behind`: its departments decide it (mission: C9)."""

    item: Item
    checklist: Checklist
    case: Case
    competence: Finding
    expired: tuple[str, ...]
    mandate_short: bool
    due_if_complete: Due | None
    today: date
    waits: tuple[str, ...] = ()
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """`suggested` is one of `allowed`, or None while something must be done first."""

    suggested: DecisionKind | None
    allowed: tuple[DecisionKind, ...]
    sentences: tuple[Sentence, ...]
    counts: Counts
    mendable_today: bool = False
    may_hold: bool = False


NOTHING: Final = Verdict(None, (), (Sentence(mark("Choose an item first.")),), Counts())


def count(checklist: Checklist, case: Case) -> Counts:
    """Count the marks of the lines in force; a line that may be left out is not missed."""
    tally = {"present": 0, "to_correct": 0, "missing": 0, "lacking": 0, "unmarked": 0}
    for line in checklist.lines:
        state = case.draft.marks.get(line.material.code)
        if state is None:
            tally["unmarked"] += 1
        elif not (state.kind == "missing" and line.material.is_need == NOT_NEEDED):
            tally[state.kind] += 1
    return Counts(lines=len(checklist.lines), **tally)


def shortcomings(checklist: Checklist, case: Case) -> tuple[tuple[ChecklistLine, Mark], ...]:
    """Every line a notice must name, in the checklist's order."""
    found = []
    for line in checklist.lines:
        state = case.draft.marks.get(line.material.code)
        if state is None or state.kind in ("present", "lacking"):
            continue
        if state.kind == "missing" and line.material.is_need == NOT_NEEDED:
            continue
        found.append((line, state))
    return tuple(found)


def mendable(line: ChecklistLine) -> bool:
    """Whether it can be put right today: made in the hall, a blank form kept here, or a copy too few."""
    material = line.material
    return bool(material.available_at or material.form) or material.satisfied_by_card


def verdict(known: Known) -> Verdict:
    """What may be decided for an open case; nothing more once it has ended."""
    counts = count(known.checklist, known.case)
    if not known.case.open:
        return _after(known, counts)
    short = shortcomings(known.checklist, known.case)
    today = bool(short) and all(mendable(line) for line, _ in short)
    suggested = _suggest(known, counts)
    sentences = (
        *_obstacles(known),
        *_about_lines(known, counts, today),
        *_about_due(known, counts),
        *_overruled(known.competence),
    )
    return Verdict(
        suggested=suggested,
        allowed=_allowed(known, counts),
        sentences=sentences,
        counts=counts,
        mendable_today=today,
        may_hold=bool(short) and known.case.stage in ("draft", "held"),
    )


WAITS_FOR: Final = mark("It waits for {results}: look it through now, it is accepted when they arrive.")
_AFTER: Final[dict[Stage, str]] = {
    "notified": mark("The notice is out; the next visit opens the lines still open."),
    "accepted": mark("Accepted; the decision is still to come."),
    "granted": mark("Decided: granted."),
    "refused": mark("Ended: not accepted, with reason and article."),
    "no_permit": mark("Ended: the matter needs no permit."),
    "withdrawn": mark("Ended: withdrawn by the applicant."),
    "forwarded": mark("Handed over: another hall goes on with it."),
    "denied": mark("Decided: denied, with reasons and remedies."),
    "terminated": mark("Ended: terminated."),
    "lapsed": mark("Ended: what was asked for did not come in time."),
    "merged": mark("Ended: it goes on with another case."),
}


def _after(known: Known, counts: Counts) -> Verdict:
    allowed: tuple[DecisionKind, ...] = ()
    if known.case.stage == "accepted":
        decide: tuple[DecisionKind, ...] = ("deny",) if known.case.lacking else ("grant", "deny")
        allowed = (*(() if known.behind else decide), "withdraw", "terminate", "merge")
    elif known.case.stage == "notified":
        allowed = ("withdraw", "terminate", "merge")
    if overdue(known.case, known.today):
        allowed = (*allowed, "lapse")
    return Verdict(None, allowed, (Sentence(_AFTER[known.case.stage]),), counts)


def overdue(case: Case, today: date) -> str:
    """What did not come in time: `corrections` of a notice, a `lack` of an acceptance; "" while neither."""
    until = case.notices[-1].until if case.stage == "notified" and case.notices else None
    if until is not None and until < today:
        return "corrections"
    late = case.stage == "accepted" and bool(case.lacking) and case.supply_by is not None
    return "lack" if late and case.supply_by is not None and case.supply_by < today else ""


def _stop(known: Known) -> DecisionKind | None:
    outcomes = {stop.what.outcome for stop in known.checklist.stops}
    if "no_permit" in outcomes:
        return "no_permit"
    if outcomes or known.competence.found == "elsewhere":
        return "refuse"
    return None


def _suggest(known: Known, counts: Counts) -> DecisionKind | None:
    if known.case.applicant is None:
        return None
    stop = _stop(known)
    if stop is not None:
        return stop
    if known.checklist.open_questions or not counts.settled or known.mandate_short:
        return None
    if counts.short:
        return "notify"
    if known.waits:
        return None
    return "grant" if known.item.on_the_spot and not counts.lacking else "accept"


def _allowed(known: Known, counts: Counts) -> tuple[DecisionKind, ...]:
    if known.case.applicant is None:
        return ()
    stop = _stop(known)
    allowed: list[DecisionKind] = []
    complete = not known.checklist.open_questions and counts.settled
    if complete and not stop and not known.mandate_short:
        if counts.short:
            allowed.append("notify")
        elif not known.waits:
            allowed += _fitting(known, counts)
    if not stop and _something_came(known, counts):
        allowed.append("receive")
    allowed += ["no_permit", "refuse"] if stop == "no_permit" else ["refuse"]
    if known.case.number:
        allowed += ["withdraw", "merge"]
    if known.case.received_at:
        allowed.append("terminate")
    return tuple(allowed)


def _something_came(known: Known, counts: Counts) -> bool:
    """Whether a receipt would say anything: papers for the first time, or open lines of a notice."""
    case = known.case
    if case.stage == "reopened":
        marks = (case.draft.marks.get(code) for code in case.open_lines or ())
        return any(mark is not None and mark.kind == "present" for mark in marks)
    return bool(counts.present) and case.received_at is None


def _fitting(known: Known, counts: Counts) -> list[DecisionKind]:
    if known.item.on_the_spot and not counts.lacking:
        return ["grant", "accept"]
    return ["accept"]


def _obstacles(known: Known) -> list[Sentence]:
    found: list[Sentence] = []
    if known.case.applicant is None:
        found.append(Sentence(mark("Nobody applies yet: lay a card on the reader or type a person.")))
    if known.case.held_until is not None and known.case.held_until < known.today:
        found.append(
            Sentence(
                mark("It was held until {day} only: complete it now, or give the notice."),
                (("day", known.case.held_until.isoformat()),),
            )
        )
    for stop in known.checklist.stops:
        found.append(
            Sentence(
                mark("This goes no further: {text} ({because})"),
                (("text", stop.what.text), ("because", "、".join(stop.because))),
            )
        )
        if stop.what.body:
            found.append(Sentence(mark("The competent body is {body}."), (("body", stop.what.body),)))
    finding = known.competence
    if finding.reason and finding.found != "ours":
        found.append(_of_place(finding))
    if finding.found == "elsewhere" and finding.body:
        found.append(Sentence(mark("The competent body is {body}."), (("body", finding.body),)))
    if known.mandate_short:
        found.append(Sentence(mark("The agent has no mandate in force: note its scope and end.")))
    found += [
        Sentence(mark("The document of {name} has expired."), (("name", name),)) for name in known.expired
    ]
    if known.waits:
        found.append(Sentence(WAITS_FOR, (("results", "、".join(known.waits)),)))
    if known.checklist.open_questions:
        found.append(
            Sentence(
                mark("{count} questions are still open."),
                (("count", str(len(known.checklist.open_questions))),),
            )
        )
    return found


def _of_place(finding: Finding) -> Sentence:
    return Sentence(finding.reason, (("address", finding.address), ("why", finding.why)))


def _overruled(finding: Finding) -> list[Sentence]:
    """The clerk's word that this hall is competent stands with his reason (mission: I16)."""
    return [_of_place(finding)] if finding.found == "ours" and finding.why else []


def _about_lines(known: Known, counts: Counts, today: bool) -> list[Sentence]:
    found: list[Sentence] = []
    if counts.unmarked:
        found.append(_number(mark("{count} materials are not checked yet."), counts.unmarked))
    if counts.short:
        found.append(
            Sentence(
                mark("Cannot be accepted yet: {missing} missing, {to_correct} to correct."),
                (("missing", str(counts.missing)), ("to_correct", str(counts.to_correct))),
            )
        )
        found.append(Sentence(mark("The notice tells all of it at once.")))
        if today:
            found.append(Sentence(mark("All of it can be put right today.")))
        if known.case.notices:
            found.append(Sentence(mark("This would be a second notice: it needs a reason and is counted.")))
    promised = counts.lacking - len(known.waits)  # what comes in the system nobody has to promise
    if counts.settled and counts.lines and not counts.short:
        whole = mark("The papers are complete and in order.")
        found.append(Sentence(mark("What was brought is in order.") if promised > 0 else whole))
    if promised > 0:
        found.append(_number(mark("{count} may come later, with a promise."), promised))
    return found


def _about_due(known: Known, counts: Counts) -> list[Sentence]:
    due = known.due_if_complete
    if due is None or _stop(known) or known.waits:
        return []
    if known.item.on_the_spot and not counts.short:
        return [Sentence(mark("It can be decided on the spot."))]
    source = (
        mark("Once complete it is due on {day}.")
        if counts.short
        else mark("Accepted today it is due on {day}.")
    )
    found = [Sentence(source, (("day", due.day.isoformat()),))]
    if due.provisional:
        found.append(Sentence(mark("The date is provisional: next year's days off are not announced yet.")))
    if known.item.report_up:
        found.append(
            Sentence(
                mark("It is reviewed here and decided by {body}."), (("body", known.item.report_up.body),)
            )
        )
    return found


def _number(source: str, number: int) -> Sentence:
    return Sentence(source, (("count", str(number)),))
