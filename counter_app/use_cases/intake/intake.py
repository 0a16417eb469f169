"""Intake's commands: everything a clerk does to a case at the counter (mission: I1–I6, I8, I9, I15, I16).

Each is one durable act: a draft is nothing but its events, so `kill -9` loses nothing. Not here: what
is shown (`queries.py`), the acts a decision records (`deciding.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from counter_app.domain.catalogue.checklist import ChecklistLine
from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.intake.case import Case, MarkKind, Role
from counter_app.domain.intake.facts import (
    CaseHeld,
    CaseOpened,
    CasePreReviewed,
    FieldSet,
    ItemChosen,
    MaterialMarked,
    NoteWritten,
    PersonAdded,
    PersonDropped,
    PersonMatched,
    QuestionAnswered,
    ReturnVisited,
    StepUndone,
)
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.paper_facts import DecisionInput
from counter_app.domain.intake.verdict import DecisionKind
from counter_app.domain.journal import Actor
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.contact import record_contact
from counter_app.use_cases.intake.deciding import Deciding, decided
from counter_app.use_cases.intake.inputs import Decided, PersonInput, Undone, checked_text
from counter_app.use_cases.intake.look import CaseReference, blank_given, look
from counter_app.use_cases.intake.persons import People, PersonHash
from counter_app.use_cases.papers.issuing import StatementMaker
from counter_app.use_cases.ports.catalogue import Romaniser
from counter_app.use_cases.ports.clock import Clock
from counter_app.use_cases.ports.store import Store, Transaction

NEEDED_LATER = 3  # is_need 3 容缺后补


@dataclass(frozen=True, slots=True)
class IntakeNeeds:
    """What intake needs besides store and clock; `entropy` gives that many random bytes."""

    reference: CaseReference
    romaniser: Romaniser
    person_hash: PersonHash
    entropy: Callable[[int], bytes]
    statements: StatementMaker


def deciding_of(needs: IntakeNeeds, people: People) -> Deciding:
    """How a case is decided with its papers, at a counter or behind it."""
    return Deciding(needs.reference, needs.statements, needs.entropy, people)


class Intake:
    """Commands on one case. `key` is the command's: the same key again gives the same result."""

    def __init__(self, store: Store, clock: Clock, needs: IntakeNeeds) -> None:
        self._store = store
        self._needs = needs
        self._people = People(needs.romaniser, needs.person_hash, clock.monotonic)
        self._decide = deciding_of(needs, self._people).carry_out

    def open_case(self, actor: Actor, key: str, ticket: str | None = None, channel: int = 1) -> str:
        """Begin a draft; gives the case's id. `channel`: GB/T 39046 办理形式, 1 is the counter."""

        def work(tx: Transaction) -> None:
            tx.record(CaseOpened(case=tx.next_id, ticket=ticket, channel=channel))

        return self._store.act(actor, key, work).first(CaseOpened).case

    def record_person(self, actor: Actor, key: str, case: str, role: Role, person: PersonInput) -> str:
        """A person or organisation in a role; gives the party's id.

        UserFacingError `card.left-over`, `person.role-needed`, `person.number`, `person.credit-code`,
        `person.name`, `case.closed`.
        """

        def work(tx: Transaction) -> None:
            self._people.record(tx, _open(tx, case), role, person)

        return self._store.act(actor, key, work).first(PersonAdded).party

    def drop_person(self, actor: Actor, key: str, case: str, party: str) -> None:
        def work(tx: Transaction) -> None:
            _needs_party(_open(tx, case), party)
            tx.record(PersonDropped(case=case, party=party))
            self._people.reindex(tx, case)

        self._store.act(actor, key, work)

    def confirm_match(self, actor: Actor, key: str, case: str, party: str, same: bool) -> None:
        """人证相符: whether the face is that of the document."""

        def work(tx: Transaction) -> None:
            _needs_party(_open(tx, case), party)
            tx.record(PersonMatched(case=case, party=party, same=same))

        self._store.act(actor, key, work)

    def choose_item(self, actor: Actor, key: str, case: str, code: str) -> None:
        """The version in force today, kept for the life of the case; `catalogue.*`, `case.numbered`."""

        def work(tx: Transaction) -> None:
            if _open(tx, case).number:
                raise UserFacingError(
                    "case.numbered",
                    "Papers of this case name its item already.",
                    remedy="Open a new case for another item.",
                )
            item = self._needs.reference.catalogue(tx).item(code, tx.now.date())
            tx.record(ItemChosen(case=case, code=item.code, item_version=item.version))

        self._store.act(actor, key, work)

    def answer(self, actor: Actor, key: str, case: str, question: str, value: Answer | None) -> None:
        """Answer a situation question; None takes the answer away. Raises `question.*`."""

        def work(tx: Transaction) -> None:
            _open(tx, case)
            item, _ = look(tx, self._needs.reference, case).needed_item()
            asked = item.question(question)
            if asked is None or (value is not None and not asked.accepts(value)):
                raise UserFacingError(
                    "question.unknown" if asked is None else "question.not-an-answer",
                    "“{value}” is no answer to {question}.",
                    remedy="Choose one of the answers offered.",
                    value=value,
                    question=asked.text if asked else question,
                )
            tx.record(QuestionAnswered(case=case, question=question, value=value))

        self._store.act(actor, key, work)

    def set_field(self, actor: Actor, key: str, case: str, field: str, text: str) -> None:
        """`phone`, `address`, `delivery`, `business_place`, `competence` …; an empty text empties it."""
        checked_text(text)

        def work(tx: Transaction) -> None:
            _open(tx, case)
            tx.record(FieldSet(case=case, field=field), private={"text": text.encode()} if text else None)

        self._store.act(actor, key, work)

    def set_contact(self, actor: Actor, key: str, case: str, given: Mapping[str, str]) -> None:
        """Fields of `contact.py` in one act; what is not named stays. Raises `contact.*`, `competence.*`."""
        self._store.act(actor, key, lambda tx: record_contact(tx, self._needs.reference, case, given))

    def mark(
        self,
        actor: Actor,
        key: str,
        case: str,
        material: str,
        mark: MarkKind | None,
        reason: str = "",
        originals: int | None = None,
        copies: int | None = None,
    ) -> None:
        """Judge one line of the checklist; None takes the mark away. Raises `mark.*`."""

        def work(tx: Transaction) -> None:
            state = _open(tx, case)
            seen = look(tx, self._needs.reference, case)
            _, lines = seen.needed_item()
            line = next((entry for entry in lines.lines if entry.material.code == material), None)
            _check_mark(state, line, material, mark, checked_text(reason))
            standard = line is not None and reason in seen.catalogue.correction_reasons(line.material)
            tx.record(
                MaterialMarked(
                    case=case,
                    material=material,
                    mark=mark,
                    phrase=reason if standard else "",
                    originals=originals,
                    copies=copies,
                ),
                private={"reason": reason.encode()} if reason and not standard else None,
            )

        self._store.act(actor, key, work)

    def note(self, actor: Actor, key: str, case: str, text: str) -> None:
        checked_text(text)

        def work(tx: Transaction) -> None:
            _open(tx, case)
            tx.record(NoteWritten(case=case), private={"text": text.encode()})

        self._store.act(actor, key, work)

    def undo(self, actor: Actor, key: str, case: str) -> Undone:
        """Take back the last step since the last paper. Raises `case.nothing-to-undo`."""

        def work(tx: Transaction) -> None:
            state = _open(tx, case)
            if not state.steps:
                raise UserFacingError(
                    "case.nothing-to-undo",
                    "There is nothing to undo.",
                    kept="What is on paper stays.",
                    remedy="Use a return visit or a new case to change it.",
                )
            step = state.steps[-1]
            tx.record(StepUndone(case=case, step=step.event, what=step.what, target=step.target))
            self._people.reindex(tx, case)

        fact = self._store.act(actor, key, work).first(StepUndone)
        return Undone(fact.what, fact.target)

    def hold(self, actor: Actor, key: str, case: str) -> None:
        """Wait for what can be put right today; in the evening the notice is due (mission: I6)."""

        def work(tx: Transaction) -> None:
            seen = look(tx, self._needs.reference, _open(tx, case).id)
            if not seen.verdict.may_hold:
                raise UserFacingError(
                    "case.nothing-to-wait-for",
                    "Nothing is missing or to correct.",
                    remedy="Decide the case.",
                )
            tx.record(CaseHeld(case=case, until=seen.today.isoformat()))

        self._store.act(actor, key, work)

    def pre_review(self, actor: Actor, key: str, case: str) -> None:
        """材料预审: looked through, nothing received; no clock starts (mission: I8)."""

        def work(tx: Transaction) -> None:
            state = _open(tx, case)
            look(tx, self._needs.reference, case).needed_item()
            if state.stage not in ("draft", "held"):
                raise _closed(state)
            tx.record(CasePreReviewed(case=case))

        self._store.act(actor, key, work)

    def decide(
        self,
        actor: Actor,
        key: str,
        case: str,
        outcome: DecisionKind,
        detail: DecisionInput | None = None,
    ) -> Decided:
        """Carry out a decision with its papers, in one act.

        UserFacingError `decision.not-allowed`, `decision.unlicensed`, `decision.reason-needed`,
        `decision.cause-needed`.
        """

        def work(tx: Transaction) -> None:
            given = detail or DecisionInput()
            if outcome == "grant" and not given.result_number:
                given = replace(given, result_number=blank_given(tx, case, actor.place))
            self._decide(tx, actor, case, outcome, given)

        events = self._store.act(actor, key, work).events
        with self._store.reading() as reader:
            return decided(reader.need(CASES, case), events)

    def return_visit(self, actor: Actor, key: str, case: str) -> tuple[str, ...]:
        """The citizen is back: reopen only the open lines of the notice (mission: I6); gives them.

        Documents are judged anew for expiry, since every look does so as of its day.
        """

        def work(tx: Transaction) -> None:
            state = tx.need(CASES, case)
            if state.stage != "notified":
                raise UserFacingError(
                    "case.no-notice",
                    "No notice is open on this case.",
                    remedy="Open the case itself, or begin a new one.",
                )
            lines = tuple(line.material for line in state.notices[-1].lines)
            tx.record(ReturnVisited(case=case, lines=lines))

        return self._store.act(actor, key, work).first(ReturnVisited).lines


def _open(tx: Transaction, id: str) -> Case:
    """UserFacingError `case.unknown`, `case.closed`."""
    case = tx.need(CASES, id)
    if not case.open:
        raise _closed(case)
    return case


def _closed(case: Case) -> UserFacingError:
    return UserFacingError(
        "case.closed",
        "Case {number} is decided or waits for the citizen; it cannot be changed now.",
        kept="Nothing was changed.",
        remedy="Begin a return visit if a notice is out, else open a new case.",
        number=case.number,
    )


def _needs_party(case: Case, party: str) -> None:
    if all(person.party != party for person in case.draft.persons):
        raise UserFacingError(
            "person.not-here", "This person is not in the case.", remedy="Look at the list."
        )


def _check_mark(
    case: Case, line: ChecklistLine | None, material: str, mark: MarkKind | None, reason: str
) -> None:
    if line is None:
        raise UserFacingError(
            "mark.not-asked",
            "The material {material} is not on the checklist.",
            remedy="Look at the answers: one of them drops it.",
            material=material,
        )
    if not case.may_mark(material):
        raise UserFacingError(
            "mark.not-open",
            "{material} was in order at the last visit and is not asked again.",
            remedy="Mark only the lines of the notice.",
            material=line.material.name,
        )
    if mark == "to_correct" and not reason.strip():
        raise UserFacingError(
            "mark.reason-needed",
            "What is to be corrected on {material}?",
            remedy="Choose a phrase or type the reason.",
            material=line.material.name,
        )
    if mark == "lacking" and not (line.material.lack_allowed or line.material.is_need == NEEDED_LATER):
        raise UserFacingError(
            "mark.lack-not-allowed",
            "{material} may not come later.",
            remedy="Mark it as missing: the catalogue allows no promise for it.",
            material=line.material.name,
        )
