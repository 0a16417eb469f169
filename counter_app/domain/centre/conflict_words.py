"""A conflict as it is put to the clerk: one sentence, and a closed list of what can be answered.

English sources; whoever shows them translates. Not here: what a conflict is (`conflicts.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from counter_app.domain.centre.conflicts import NOBODY, Conflict, Rule, Side
from counter_app.errors import mark
from counter_app.i18n import Translator


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: `code` goes into `ConflictSettled.choice`."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A source with its values; those in `words` are sources themselves."""

    source: str
    params: Mapping[str, str]
    words: Mapping[str, str]

    def said(self, t: Translator) -> str:
        return t(self.source, **self.params, **{name: t(word) for name, word in self.words.items()})


_SEEN: Final = Choice("seen", mark("Seen: it stays as it is"))
_AGAIN: Final = Choice("do-again", mark("I do my part again"))
_VOID: Final = Choice("one-void", mark("One of the two is made void"))
_TO_LEAD: Final = Choice("left-to-lead", mark("Left to the person in charge"))
_BOTH: Final = Choice("both-stand", mark("Both stand"))

_CHOICES: Final[Mapping[Rule, tuple[Choice, ...]]] = {
    "called-twice": (
        Choice("first-serves", mark("The counter that called first serves")),
        Choice("second-serves", mark("The other counter serves")),
        Choice("nobody-came", mark("Nobody came to either counter")),
    ),
    "served-twice": (
        Choice("one-visit", mark("It was one visit, entered twice")),
        Choice("two-visits", mark("Both counters served somebody")),
        Choice("wrong-number", mark("At one counter it was a wrong number")),
    ),
    "ended-already": (
        Choice("stays-ended", mark("It stays ended")),
        Choice("new-ticket", mark("The citizen gets a new ticket")),
    ),
    "held-elsewhere": (
        Choice("stays-there", mark("The other counter goes on with it")),
        Choice("comes-back", mark("It is transferred back here")),
    ),
    "moved-on": (_SEEN, _AGAIN),
    "carried-twice": (_VOID, _BOTH),
    "number-twice": (
        Choice("new-number", mark("The later one gets a new number")),
        _VOID,
        Choice("told-apart", mark("Both keep it and are told apart by name")),
    ),
    "case-ended": (
        Choice("stays-ended", mark("It stays ended")),
        Choice("new-case", mark("A new case is begun")),
    ),
    "decided-twice": (
        Choice("paper-back", mark("The later paper is taken back")),
        Choice("citizen-told", mark("The citizen is told which one counts")),
        _TO_LEAD,
    ),
    "case-moved-on": (_SEEN, _AGAIN),
    "party-twice": (
        Choice("later-right", mark("The later record is right")),
        Choice("earlier-right", mark("The earlier record is right: enter it again")),
        _SEEN,
    ),
    "taken-twice": (
        Choice("first-does", mark("Who took it first goes on with it")),
        Choice("handed-over", mark("Who took it first hands it over to the other")),
    ),
    "worked-twice": (
        Choice("stays", mark("What stands is enough")),
        Choice("entered-again", mark("What was kept is entered once more")),
        _TO_LEAD,
    ),
    "time-twice": (_SEEN, _AGAIN),
    "paid-twice": (
        Choice("given-back", mark("One payment is given back")),
        Choice("both-owed", mark("Both were owed")),
    ),
    "delivered-twice": (
        Choice("one-visit", mark("It was handed over once, entered twice")),
        Choice("paper-back", mark("The later paper is taken back")),
        _TO_LEAD,
    ),
    "blank-twice": (
        Choice("wrong-number", mark("At one counter it was a wrong number")),
        _VOID,
    ),
    "same-end": (),
    "follows": (),
}

_SENTENCES: Final[Mapping[Rule, str]] = {
    "called-twice": mark(
        "Ticket {number} was called at counter {first} and at counter {second}. Who serves?"
    ),
    "served-twice": mark(
        "Ticket {number} was served at counter {first} and at counter {second}. What happened?"
    ),
    "ended-already": mark(
        "Ticket {number} had ended at counter {first} when counter {second} entered “{act}”. What now?"
    ),
    "held-elsewhere": mark(
        "Counter {second} took ticket {number} off hold, but counter {first} has it. Who goes on?"
    ),
    "moved-on": mark(
        "Ticket {number}: “{act}” at counter {second} came too late, after counter {first}. Still needed?"
    ),
    "carried-twice": mark(
        "Two new tickets were given for carried-over ticket {number}, at {first} and at {second}. Which one?"
    ),
    "number-twice": mark("Number {number} was given twice, at {first} and at {second}. What is done?"),
    "case-ended": mark(
        "Case {number} had ended at counter {first} when counter {second} entered “{act}”. What now?"
    ),
    "decided-twice": mark(
        "Case {number}: “{act}” at counter {second} came after counter {first} had acted, and does not count."
        " What is done about it?"
    ),
    "case-moved-on": mark(
        "Case {number}: “{act}” at counter {second} came too late, after counter {first}. Still needed?"
    ),
    "party-twice": mark(
        "The same person's record was changed at counter {first} and at counter {second}. Which is right?"
    ),
    "taken-twice": mark(
        "Case {number}, {work}: {first} took it at {first_at}, and {second}, cut off, at {second_at}."
        " {first} has it. Who goes on?"
    ),
    "worked-twice": mark(
        "Case {number}, {work}: “{act}” of {second} at {second_at} is kept but not applied: {first} was"
        " first, at {first_at}. What now?"
    ),
    "time-twice": mark(
        "Case {number}: “{act}” of {second} at {second_at} came too late, after {first} at {first_at}."
        " It is kept but does not count. Still needed?"
    ),
    "paid-twice": mark(
        "Case {number} was paid for at counter {first} and at counter {second}. What is done about it?"
    ),
    "delivered-twice": mark(
        "Case {number}: “{act}” at counter {second} came after counter {first} had acted. What happened?"
    ),
    "blank-twice": mark(
        "Blank {number}: “{act}” by {second} at {second_at}, but it was gone from the stock: {first} at"
        " {first_at}. What happened?"
    ),
    "same-end": mark("Ticket {number} was ended twice in the same way. Nothing needs doing."),
    "follows": mark("{number}: “{act}” at {second} belongs to a conflict that was asked about already."),
}

ACTS: Final[Mapping[str, str]] = {
    "TicketIssued": mark("ticket given"),
    "TicketCalled": mark("call"),
    "TicketRecalled": mark("call again"),
    "CallTakenBack": mark("call taken back"),
    "ServingStarted": mark("service begun"),
    "TicketFinished": mark("service done"),
    "TicketMissed": mark("did not come"),
    "TicketHeld": mark("put on hold"),
    "TicketResumed": mark("taken off hold"),
    "TicketReturned": mark("back in the line"),
    "TicketTransferred": mark("sent on"),
    "MatterAdded": mark("matter added"),
    "MatterFinished": mark("matter done"),
    "TicketPrioritised": mark("goes first"),
    "TicketVoided": mark("made void"),
    "TicketGaveUp": mark("gave up"),
    "TicketCarriedOver": mark("carried over"),
    "CarriedTicketUsed": mark("new ticket for a carried-over one"),
    "CaseNumbered": mark("case numbered"),
    "CaseHeld": mark("case held until today"),
    "CasePreReviewed": mark("papers looked through"),
    "PapersReceived": mark("papers taken in"),
    "CaseAccepted": mark("case accepted"),
    "NoticeIssued": mark("notice of shortcomings"),
    "ReturnVisited": mark("return visit"),
    "CorrectionsReceived": mark("corrections taken in"),
    "CaseRefused": mark("case not accepted"),
    "PermitNotNeeded": mark("told that no permit is needed"),
    "CaseGranted": mark("decision"),
    "CaseWithdrawn": mark("case withdrawn"),
    "CaseForwarded": mark("handed over to another hall"),
    "CaseReceived": mark("taken over from another hall"),
    "HandOverSigned": mark("papers of the hand-over signed for"),
    "PartyRecorded": mark("person recorded"),
    "TaskTaken": mark("work taken"),
    "TaskPassed": mark("work handed over"),
    "OpinionGiven": mark("opinion"),
    "StepEnded": mark("step ended"),
    "StepSentBack": mark("sent back"),
    "UpperBodyAnswered": mark("answer of the upper body"),
    "AssistsRequested": mark("request for assistance"),
    "AssistAnswered": mark("answer to a request"),
    "AssistRepeated": mark("second request"),
    "AssistDisputed": mark("objection"),
    "DisputeSettled": mark("arbitration"),
    "GroupQuestionAnswered": mark("answer to a question"),
    "MeetingMinuted": mark("minutes"),
    "OrderReplied": mark("report on an order"),
    "PrerequisiteSettled": mark("the applicant's way"),
    "PrerequisiteAppliedAgain": mark("applied for again"),
    "PlanApproved": mark("plan approved"),
    "PlanReturned": mark("plan sent back"),
    "TimeAsked": mark("time asked for"),
    "TimeRefused": mark("time refused"),
    "ClockStopped": mark("clock stopped"),
    "StopProlonged": mark("suspension prolonged"),
    "ClockResumed": mark("clock running again"),
    "TimeAdded": mark("time added"),
    "UrgeAnswered": mark("reply to an urging order"),
    "ClockEnded": mark("clock ended"),
    "ClockTakenUp": mark("clock taken up again"),
    "FeesCharged": mark("payment notice"),
    "FeePaid": mark("payment"),
    "ResultHandedOver": mark("result handed over"),
    "HandingRefused": mark("hand-over refused"),
    "ResultPosted": mark("result posted"),
    "PostSettled": mark("post settled"),
    "ResultSentToStation": mark("result sent to a station"),
    "ResultReturned": mark("result returned"),
    "ResultAmended": mark("result amended"),
    "BlankIssued": mark("blank issued"),
    "BlankSpoiled": mark("blank spoiled"),
    "BlanksReceived": mark("blanks taken in"),
    "BlanksHandedOn": mark("blanks handed on"),
}
# told by who did it and when: they stood at no counter
_BY_NAME: Final = frozenset({"taken-twice", "worked-twice", "time-twice", "blank-twice"})
_A_CHANGE: Final = mark("a change to the form")
_NO_NUMBER: Final = mark("without a number")


def choices(rule: str) -> tuple[Choice, ...]:
    """What a clerk may answer; () for what asks nobody, and `seen` alone for a rule of a later version."""
    for known, offered in _CHOICES.items():
        if known == rule:
            return offered
    return (_SEEN,)


def sentence(conflict: Conflict) -> Sentence:
    """What happened, for the clerk concerned: number, act, and where each side stood."""
    sides, detail = conflict.sides, conflict.detail
    said = _who if conflict.rule in _BY_NAME else _where
    second, first = said(sides[0] if sides else None), said(sides[1] if len(sides) > 1 else None)
    number = detail.get("number", "")
    params = {"first": first, "second": second}
    words = {"act": ACTS.get(detail.get("type", ""), _A_CHANGE)}
    if conflict.rule in _BY_NAME:
        params |= {
            "first": detail.get("first_name") or first,
            "second": detail.get("second_name") or second,
            "first_at": _moment(detail.get("against_at", "")),
            "second_at": _moment(detail.get("at", "")),
        }
        if detail.get("work"):
            params["work"] = detail["work"]
        else:
            words["work"] = _THE_CASE
    if number:
        params["number"] = number
    else:
        words["number"] = _NO_NUMBER
    return Sentence(_source(conflict.rule), params, words)


_THE_CASE: Final = mark("the case")
_OTHER: Final = mark("{number}: “{act}” at {second} and what was done at {first} do not fit together.")


def _source(rule: str) -> str:
    return next((source for known, source in _SENTENCES.items() if known == rule), _OTHER)


def _where(side: Side | None) -> str:
    """The counter's number; where nobody stood at one, the machine."""
    if side is None:
        return "–"
    return side.place or side.device


def _who(side: Side | None) -> str:
    """The badge; what the centre or the keeper did bears the machine's code."""
    if side is None:
        return "–"
    return side.staff if side.staff not in NOBODY else side.device


def _moment(text: str) -> str:
    return f"{text[5:10]} {text[11:16]}" if text else "–"
