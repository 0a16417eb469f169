"""Taking in applications, writing down spoken ones, giving cases out in the same form (mission: I11, I12).

An application taken in opens a draft that a clerk completes: nobody is accepted by a file. The same one comes
in once, whatever becomes of the file. Not here: the folder (`folder.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final, Literal

from counter_app.domain.arriving.applications import (
    APPLICATIONS,
    CHANNELS,
    CONTENT,
    Application,
    ApplicationReadBack,
    ApplicationReceived,
    Source,
    application_id,
)
from counter_app.domain.arriving.form import Form, FormMandate, FormPerson, read_form, write_form
from counter_app.domain.identity.known_days import read_known, typed_birth, written_out
from counter_app.domain.intake.case import Mandate
from counter_app.domain.intake.facts import CaseOpened, FieldSet, ItemChosen, NoteWritten, QuestionAnswered
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.parties import Identity
from counter_app.domain.intake.public_facts import form_facts
from counter_app.domain.intake.scene import Planned
from counter_app.domain.journal import Actor
from counter_app.domain.paper.issued import PaperIssued
from counter_app.errors import UserFacingError
from counter_app.use_cases.archive.frozen import need_open_file
from counter_app.use_cases.intake.inputs import PersonInput, checked_text
from counter_app.use_cases.intake.look import CaseReference, look
from counter_app.use_cases.intake.persons import People
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Store, Transaction

MOST: Final = 200
COUNTER: Final = 1  # GB/T 39046 办理形式
LONGEST_SPOKEN: Final = 5_000
FORM_SOURCES: Final[tuple[Literal["web", "phone", "post"], ...]] = ("web", "phone", "post")
FIELDS: Final = frozenset({"phone", "address", "delivery", "tell", "business_place"})


@dataclass(frozen=True, slots=True)
class Taken:
    """An application that came in. `again`: it was here already, nothing was done."""

    case: str
    application: str
    again: bool


class Applying:
    """Commands on applications. The same key again gives the same result."""

    def __init__(
        self, store: Store, reference: CaseReference, statements: StatementMaker, people: People
    ) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements
        self._people = people

    def take_in(self, actor: Actor, data: bytes) -> Taken:
        """One application in the open form; its own number is the command key.

        UserFacingError `application.*`, `catalogue.*`, `person.*`, `question.*`.
        """
        form = read_form(data)
        id = application_id(form.source, form.id)
        with self._store.reading() as reader:
            known = reader.get(APPLICATIONS, id)
        if known is not None:
            return Taken(known.case, id, again=True)

        def work(tx: Transaction) -> None:
            if tx.get(APPLICATIONS, id) is None:
                self._open(tx, form, id, data)

        done = self._store.act(actor, f"application:{id}", work)
        with self._store.reading() as reader:
            state = reader.need(APPLICATIONS, id)
        return Taken(state.case, id, again=done.replayed or not done.events)

    def note_source(self, actor: Actor, key: str, case: str, source: Source, external: str) -> str:
        """The case in hand came by web, telephone or post under this number; gives the application's id.

        UserFacingError `application.known` when that number is another case's.
        """
        checked_text(external)
        if not external.strip():
            raise UserFacingError(
                "application.number", "Its number there is needed.", remedy="Type it as it was given."
            )

        def work(tx: Transaction) -> None:
            state = tx.need(CASES, case)
            need_open_file(tx, case)
            id = application_id(source, external.strip())
            known = tx.get(APPLICATIONS, id)
            if known is not None:
                raise UserFacingError(
                    "application.known",
                    "This application is here already.",
                    kept="Nothing was changed.",
                    remedy="Open its case.",
                    case=known.case,
                )
            tx.record(
                ApplicationReceived(
                    application=id, case=case, source=source, external=external, item=state.draft.item
                )
            )

        return self._store.act(actor, key, work).first(ApplicationReceived).application

    def write_down(self, actor: Actor, key: str, case: str, text: str) -> str:
        """口头申请: what was said, written down and printed to be read back; gives the paper's id."""
        checked_text(text, LONGEST_SPOKEN)
        if not text.strip():
            raise UserFacingError("application.nothing-said", "Nothing was written down.", remedy="Type it.")

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            scene = seen.scene(actor.staff, actor.place)
            id = application_id("oral", case)
            if tx.get(APPLICATIONS, id) is None:
                tx.record(
                    ApplicationReceived(
                        application=id, case=case, source="oral", external=case, item=seen.case.draft.item
                    ),
                    private={CONTENT: text.encode()},
                )
            title = next(iter(scene.item.forms), "") or f"{scene.item.name}申请表"
            facts = form_facts(scene, title, spoken=text)
            short = seen.plan.short_name
            about = About(place=actor.place, short_name=short, case=case, item=seen.case.draft.item)
            number = paper_number(tx, facts.kind, short)
            issue(tx, [(Planned(facts, roll=False, sheet=True), number)], about, self._statements)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def read_back(self, actor: Actor, key: str, case: str, witness: str = "") -> None:
        """It was read back and signed. UserFacingError `application.unknown`."""
        checked_text(witness)

        def work(tx: Transaction) -> None:
            id = application_id("oral", case)
            tx.need(APPLICATIONS, id)
            need_open_file(tx, case)
            tx.record(ApplicationReadBack(application=id, case=case, witness=witness))

        self._store.act(actor, key, work)

    def recent(self) -> tuple[Application, ...]:
        """Applications that came in and whose draft nobody has completed, the latest first."""
        with self._store.reading() as reader:
            drafts = (case for case in reader.cases.open_at("", MOST) if case.stage == "draft")
            came = (case.id for case in drafts if case.channel != COUNTER)
            found = (next(iter(reader.listed.owned(APPLICATIONS, case, 1)), None) for case in came)
            return tuple(one for one in found if one is not None)

    def of_case(self, case: str) -> Application | None:
        with self._store.reading() as reader:
            return next(iter(reader.listed.owned(APPLICATIONS, case, 1)), None)

    def form_of(self, case: str) -> Form:
        """The case in the open form, for another system (mission: I11). UserFacingError `case.unknown`."""
        with self._store.reading() as reader:
            seen = look(reader, self._reference, case)
            item, _ = seen.needed_item()
            known = next(iter(reader.listed.owned(APPLICATIONS, case, 1)), None)
        draft = seen.case.draft
        persons = tuple(
            _form_person(person.role, seen.identities[person.party], person.mandate)
            for person in draft.persons
            if person.party in seen.identities and person.role != "helper"
        )
        imported = known is not None and known.source != "oral"
        return Form(
            format="counter-app/application",
            version=1,
            source=next((one for one in FORM_SOURCES if known and one == known.source), "department"),
            id=known.external if known and imported else seen.case.id,
            item=item.code,
            persons=persons,
            answers=dict(draft.answers),
            fields={key: text for key, text in draft.fields.items() if key in FIELDS},
            case_number=seen.case.number,
            stage=seen.case.stage,
        )

    def file_of(self, case: str) -> tuple[str, bytes]:
        """The same as a file: its name and content. UserFacingError `case.unknown`, `case.no-item`."""
        return f"{case}.json", write_form(self.form_of(case))

    def of_department(self, department: str, since: date) -> tuple[str, ...]:
        """Cases of a department that changed on that day or later, the oldest change first; no drafts."""
        with self._store.reading() as reader:
            catalogue, most = self._reference.catalogue(reader), MOST
            while len(found := reader.cases.recent(most)) == most and found[-1].changed_at.date() >= since:
                most *= 4
            return tuple(
                case.id
                for case in reversed(found)
                if case.changed_at.date() >= since
                and case.number
                and (key := case.item_key) is not None
                and catalogue.version(*key).department == department
            )

    def _open(self, tx: Transaction, form: Form, id: str, data: bytes) -> None:
        item = self._reference.catalogue(tx).item(form.item, tx.now.date())
        case = tx.next_id
        tx.record(CaseOpened(case=case, channel=CHANNELS[form.source]))
        for person in form.persons:
            given = PersonInput.typed(_identity(person, tx.now.date()), _mandate(person.mandate))
            self._people.record(tx, tx.need(CASES, case), person.role, given)
        tx.record(ItemChosen(case=case, code=item.code, item_version=item.version))
        for code, value in form.answers.items():
            question = item.question(code)
            if question is None or not question.accepts(value):
                raise UserFacingError(
                    "question.not-an-answer",
                    "“{value}” is no answer to {question}.",
                    remedy="Choose one of the answers offered.",
                    value=value if isinstance(value, str) else ",".join(value),
                    question=question.text if question else code,
                )
            tx.record(QuestionAnswered(case=case, question=code, value=value))
        for field, text in form.fields.items():
            if field in FIELDS and text:
                tx.record(FieldSet(case=case, field=field), private={"text": text.encode()})
        for note in _notes(form):
            tx.record(NoteWritten(case=case), private={"text": note.encode()})
        tx.record(
            ApplicationReceived(
                application=id,
                case=case,
                source=form.source,
                external=form.id,
                item=f"{item.code}@{item.version}",
                digest=sha256(data).hexdigest(),
                sent_at=form.sent_at,
            ),
            private={CONTENT: data},
        )


def _notes(form: Form) -> tuple[str, ...]:
    sent = "、".join(f"{one.code}{f'（{one.note}）' if one.note else ''}" for one in form.materials)
    return tuple(note for note in (form.remark, f"随申请提交：{sent}" if sent else "") if note)


def _identity(person: FormPerson, today: date) -> Identity:
    """UserFacingError `application.unreadable` for a day there is not, `person.birth` for one to come."""
    try:
        read_known(person.birth or "")
    except ValueError as error:
        raise _unreadable(error) from error
    birth, part = typed_birth(person.birth or "", today)
    return Identity(
        sort="organisation" if person.role == "organisation" else "person",
        name=person.name,
        document=person.document,
        number=person.number,
        sex=person.sex,
        nation=person.nation,
        birth=birth,
        birth_part=part,
        address=person.address,
        registered_address=person.address,
        phone=person.phone,
        representative=person.representative,
        organisation_type=person.organisation_type,
    )


def _day(text: str | None) -> date | None:
    """UserFacingError `application.unreadable` for a day there is not."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _unreadable(error) from error


def _unreadable(error: ValueError) -> UserFacingError:
    return UserFacingError(
        "application.unreadable",
        "This is no application in the open form: {reason}",
        remedy="Mend the file by the schema, then put it into the folder again.",
        reason=str(error),
    )


def _mandate(mandate: FormMandate | None) -> Mandate | None:
    return Mandate(mandate.scope, _day(mandate.until), mandate.number) if mandate else None


def _form_person(role: str, identity: Identity, mandate: Mandate | None) -> FormPerson:
    return FormPerson(
        role=role,  # type: ignore[arg-type]  # a helper was left out
        name=identity.name,
        document=identity.document,  # type: ignore[arg-type]  # the same closed set
        number=identity.number,
        sex=identity.sex,  # type: ignore[arg-type]  # GB/T 2261.1
        nation=identity.nation,
        birth=written_out(identity.birth, identity.birth_part) or None,
        address=identity.address,
        phone=identity.phone,
        representative=identity.representative,
        organisation_type=identity.organisation_type,
        mandate=FormMandate(
            scope=mandate.scope,
            until=mandate.until.isoformat() if mandate.until else None,
            number=mandate.number,
        )
        if mandate
        else None,
    )
