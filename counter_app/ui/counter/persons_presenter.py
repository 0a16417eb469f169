"""Who came: cards, typed persons and organisations, roles, mandates, 人证相符 (mission: I2). No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Protocol

from counter_app.domain.identity.document import TYPE_NAMES, DocumentType, IdentityDocument
from counter_app.domain.identity.known_days import typed_birth, typed_expiry
from counter_app.domain.identity.masking import mask_number
from counter_app.domain.intake.case import Mandate, Role
from counter_app.domain.intake.parties import Identity, from_document
from counter_app.errors import UserFacingError, mark
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.work_presenter import WorkPresenter
from counter_app.ui.counter.work_words import ROLE_WORDS
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.inputs import PersonInput
from counter_app.use_cases.ports.identity import CardRead

SECOND_ROLES: Final[tuple[Role, ...]] = ("spouse", "guardian", "agent", "collector", "helper")
SCOPES: Final = (
    mark("Hand in papers and put them right"),
    mark("Hand in papers and collect the result"),
    mark("Everything in this matter"),
)
RESIDENT: Final = "resident"
ORGANISATION: Final = "credit_code"
SERVICE_DOCUMENT: Final = "service_card"
DOCUMENTS: Final[Mapping[str, str]] = {
    RESIDENT: mark("Resident ID card"),
    "hmt_permit": mark("Residence permit, Hong Kong, Macao, Taiwan"),
    "foreigner_2023": mark("Permanent residence card of a foreigner"),
    "passport": mark("Passport"),
    "other": mark("Another document"),
    ORGANISATION: mark("Organisation, by its credit code"),
    "hm_travel_permit": TYPE_NAMES[DocumentType.HM_TRAVEL_PERMIT],
    "tw_travel_permit": TYPE_NAMES[DocumentType.TW_TRAVEL_PERMIT],
    SERVICE_DOCUMENT: mark("Service card"),
}

# Their numbers tell no birth date; passports and permits are read by lines that state it.
DATED: Final = frozenset({"passport", "other", "hm_travel_permit", "tw_travel_permit"})
_FIELD_OF: Final[Mapping[str, str]] = {  # what is doubtful → where it is mended
    "mrz.name-cut": "name",
    "mrz.check-birth": "birth",
    "mrz.birth": "birth",
    "mrz.birth-part": "birth",
    "mrz.check-expiry": "valid_to",
    "mrz.expiry": "valid_to",
    "person.name": "name",
    "person.birth": "birth",
    "person.expiry": "valid_to",
}


class PersonScreen(Protocol):
    """The form in the middle."""

    def begin_form(self, document: str, values: Mapping[str, str]) -> None: ...

    def close_form(self) -> None: ...

    def mend_form(self, field: str) -> None: ...

    def show_photo(self, person: str, picture: bytes) -> None: ...

    def withdraw(self, message: str) -> None: ...


class PersonsPresenter:
    """Persons of the case in hand, which `work` holds."""

    def __init__(self, desk: Desk, screen: PersonScreen, work: WorkPresenter) -> None:
        self._desk = desk
        self._screen = screen
        self._work = work
        self._pointed_out = ""  # what was said of a card that lay there before the call
        self._doubtful: IdentityDocument | None = None  # read by its lines, stands in the form to be compared

    def card(self, read: CardRead) -> None:
        """A card was laid on: the applicant, or one more person whose role one key says."""
        desk = self._desk
        if not desk.at_work:
            return
        if desk.hands.ticket is None and desk.hands.case is None:
            desk.tell(
                desk.t("A card was read, but nobody was called."),
                remedy=desk.t("Call with F3, or begin a case without a ticket."),
                action=desk.t("Begin a case"),
                act=lambda: self._work.with_case(lambda case: self._record(case, "applicant", read)),
            )
            return
        self._work.with_case(lambda case: self._place_card(case, read))

    def left_over(self) -> None:
        """A card that lay there before the call is nobody's until it is laid on again (mission: I2)."""
        desk, ticket = self._desk, self._desk.hands.ticket
        lying = desk.deps.reader.card
        if ticket is not None and ticket.state == "called" and lying is not None:
            self._pointed_out = desk.t(
                "A card lay on the reader before the call: {name}", name=lying.document.name
            )
            desk.tell(
                self._pointed_out,
                remedy=desk.t("Lift it. If it is this citizen's, lay it on again; else hand it back."),
                level="warn",
            )

    def lifted(self) -> None:
        """The card that lay there is lifted, or another one is on: what was said of it is over."""
        if self._pointed_out:
            self._screen.withdraw(self._pointed_out)
            self._pointed_out = ""

    def document(self, read: CardRead) -> None:
        """A passport or permit by its lines: taken over like a card, unless something in it is doubtful;
        then it stands in the form, to be compared and mended."""
        desk, document = self._desk, read.document
        if not document.warnings:
            kind = desk.t(TYPE_NAMES[document.kind])
            if desk.hands.ticket is not None or desk.hands.case is not None:
                desk.tell(desk.t("{kind} read: {name}", kind=kind, name=document.name), level="good")
            self.card(read)
            return
        if not desk.at_work:
            return
        desk.tell(
            " · ".join(desk.t(remark.message, **remark.places) for remark in document.warnings),
            remedy=desk.t("Compare the form with the document; Enter in its last field takes it over."),
            level="warn",
        )
        values = {
            "name": document.name,
            "number": document.number,
            "birth": str(document.birth or document.birth_part),
            "valid_to": str(document.valid_to or ""),
        }
        self._begin(document.kind.value, values, document)

    def type_person(self) -> None:
        """By hand, with a resident's ID number."""
        self._begin(RESIDENT)

    def type_other(self) -> None:
        """By hand, with any document, or an organisation."""
        desk = self._desk
        choices = tuple(
            Choice(document, str(at), desk.t(words))
            for at, (document, words) in enumerate(DOCUMENTS.items(), 1)
        )
        desk.ask(desk.t("What is typed by hand?"), choices, lambda document, text: self._begin(document))

    def record_typed(self, values: Mapping[str, str]) -> None:
        """The form's fields; a wrong number sends the keys back to its field."""
        document = values.get("document", RESIDENT)
        organisation = document == ORGANISATION
        try:
            birth, part = typed_birth(values.get("birth", ""), self._desk.deps.clock.now().date())
            valid_to = typed_expiry(values.get("valid_to", ""))
        except UserFacingError as error:
            self._form_failed(error)
            return
        identity = Identity(
            sort="organisation" if organisation else "person",
            name=values.get("name", ""),
            document=document,
            number=values.get("number", ""),
            birth=birth,
            birth_part=part,
            valid_to=valid_to,
            phone=values.get("phone", ""),
            address=values.get("address", ""),
            registered_address=values.get("address", "") if document == RESIDENT else "",
            organisation_type=values.get("organisation_type", ""),
            capital=values.get("capital", ""),
            representative=values.get("representative", ""),
        )
        identity = self._with_lines(identity)
        if organisation:
            self._typed("organisation", identity)
        elif self._has_applicant():
            self._ask_role(identity.name, identity.number, lambda role: self._typed(role, identity))
        else:
            self._typed("applicant", identity)

    def confirm_match(self, party: str, same: bool) -> None:
        intake, work = self._desk.deps.intake, self._work
        work.on_case("match", lambda a, k, case: intake.confirm_match(a, k, case, party, same), work.advance)

    def drop(self, party: str) -> None:
        intake = self._desk.deps.intake
        self._work.on_case("drop", lambda a, k, case: intake.drop_person(a, k, case, party))

    def _with_lines(self, typed: Identity) -> Identity:
        """What the lines of the document gave besides the fields of the form."""
        read = self._doubtful
        if read is None or typed.document != read.kind.value:
            return typed
        return replace(
            from_document(read),
            name=typed.name,
            number=typed.number,
            birth=typed.birth,
            birth_part=typed.birth_part,
            valid_to=typed.valid_to,
            phone=typed.phone,
            address=typed.address,
        )

    def begin_form(self, document: str, values: Mapping[str, str]) -> None:
        """The form of a kind of document with what is known of it."""
        self._begin(document, values)

    def _begin(
        self, document: str, values: Mapping[str, str] | None = None, read: IdentityDocument | None = None
    ) -> None:
        """The form stands in the case, so that one begins first; it opens once the case is shown."""
        desk = self._desk
        self._doubtful = read

        def open_form(_: None) -> None:
            self._work.go("applicant")
            self._screen.begin_form(document, values or {})
            if read is not None:
                self._screen.mend_form(_FIELD_OF.get(read.warnings[0].code, "number"))

        def begin(case: str) -> None:
            self._work.refresh()
            desk.reads.run(lambda: None, open_form)

        if desk.hands.ticket is None and desk.hands.case is None:
            desk.tell(
                desk.t("Nobody was called."),
                remedy=desk.t("Call with F3, or begin a case without a ticket."),
                action=desk.t("Begin a case"),
                act=lambda: self._work.with_case(begin),
            )
            return
        self._work.with_case(begin)

    def _typed(self, role: Role, identity: Identity) -> None:
        def add(mandate: Mandate | None) -> None:
            person = PersonInput.typed(identity, mandate)
            self._work.with_case(lambda case: self._add(case, role, person, self._form_failed))

        self._with_mandate(role, add)

    def _place_card(self, case: str, read: CardRead) -> None:
        if self._has_applicant():
            document = read.document
            self._ask_role(document.name, document.number, lambda role: self._record(case, role, read))
        else:
            self._record(case, "applicant", read)

    def _record(self, case: str, role: Role, read: CardRead) -> None:
        self._with_mandate(
            role,
            lambda mandate: self._add(case, role, PersonInput.from_card(read, mandate), card=True),
        )

    def _ask_role(self, name: str, number: str, then: Callable[[Role], None]) -> None:
        """A card may have been read while the clerk looked elsewhere: the question says whose."""
        desk = self._desk
        choices = tuple(
            Choice(role, str(at), desk.t(ROLE_WORDS[role])) for at, role in enumerate(SECOND_ROLES, 1)
        )

        def answered(choice: str, text: str) -> None:
            role = next((role for role in SECOND_ROLES if role == choice), None)
            if role is not None:
                then(role)

        title = desk.t("{name} came too: in which role?", name=name)
        desk.ask(title, choices, answered, hint=mask_number(number))

    def _with_mandate(self, role: Role, then: Callable[[Mandate | None], None]) -> None:
        """An agent's mandate: scope, end and number of the paper, one after another."""
        desk = self._desk
        if role != "agent":
            then(None)
            return
        desk.ask_reason(
            desk.t("What does the mandate allow?"),
            tuple(desk.t(scope) for scope in SCOPES),
            lambda scope: self._ask_end(scope, then),
        )

    def _ask_end(self, scope: str, then: Callable[[Mandate | None], None], given: str = "") -> None:
        desk = self._desk

        def typed(_: str, text: str) -> None:
            until = day_of(text)
            if text and until is None:
                desk.tell(desk.t("“{text}” is no day.", text=text), level="warn")
                self._ask_end(scope, then, text)
            else:
                self._ask_number(scope, until, then)

        desk.ask(
            desk.t("Until when does the mandate hold?"),
            (),
            typed,
            text=desk.t("Last day, YYYY-MM-DD"),
            given=given,
            hint=desk.t("Enter on an empty line: it has no end."),
        )

    def _ask_number(self, scope: str, until: date | None, then: Callable[[Mandate | None], None]) -> None:
        desk = self._desk
        desk.ask(
            desk.t("Has the mandate a number?"),
            (),
            lambda _, number: then(Mandate(scope, until, number)),
            text=desk.t("Number of the mandate"),
            hint=desk.t("Enter on an empty line: it has none."),
        )

    def _add(
        self,
        case: str,
        role: Role,
        person: PersonInput,
        failed: Callable[[UserFacingError], None] | None = None,
        *,
        card: bool = False,
    ) -> None:
        desk = self._desk

        def added(party: str) -> None:
            desk.hands.basis_card = desk.hands.basis_card or card
            self._screen.close_form()
            self._work.refresh()
            self._work.go("applicant")
            self._show_photo(party, person.photo)

        desk.act(
            "person",
            lambda actor, key: desk.deps.intake.record_person(actor, key, case, role, person),
            added,
            failed,
            right="case.open",
        )

    def _show_photo(self, party: str, photo: bytes) -> None:
        """Beside the person, to compare the face; a decoder that fails costs nobody anything (M2)."""
        desk, decode = self._desk, self._desk.deps.photo
        if decode is not None and photo:
            desk.asks.run(
                lambda: decode(photo),
                lambda picture: self._screen.show_photo(party, picture),
                lambda error: desk.tell(desk.t(error.message), remedy=desk.t(error.remedy), level="info"),
            )

    def _form_failed(self, error: UserFacingError) -> None:
        self._desk.error(error)
        self._screen.mend_form(_FIELD_OF.get(error.code, "number"))

    def _has_applicant(self) -> bool:
        view = self._work.view
        return view is not None and any(one.role in ("applicant", "organisation") for one in view.persons)


def day_of(text: str) -> date | None:
    """`2026-12-31`, `2026.12.31` or `20261231`; None when it is no day."""
    digits = "".join(sign for sign in text if sign not in "-./年月日 ")
    try:
        return date.fromisoformat(digits) if len(digits) == 8 and digits.isdecimal() else None
    except ValueError:
        return None
