"""What intake's commands take and give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from counter_app.domain.identity.document import IdentityDocument
from counter_app.domain.identity.layouts import LAYOUTS
from counter_app.domain.identity.numbers import read_number, tidy_number
from counter_app.domain.intake.case import Mandate
from counter_app.domain.intake.organisation import credit_code_problem
from counter_app.domain.intake.parties import Identity, Source, from_document
from counter_app.domain.plain import plain
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.identity import CardRead

NUMBERED: frozenset[str] = frozenset({"resident", "hmt_permit", "foreigner_2017", "foreigner_2023"})


@dataclass(frozen=True, slots=True)
class PersonInput:
    """Who came. `read_at` is the monotonic second at which a card was read, None when typed."""

    identity: Identity
    source: Source
    read_at: float | None = None
    mandate: Mandate | None = None
    photo: bytes = b""

    @classmethod
    def from_card(cls, read: CardRead, mandate: Mandate | None = None) -> Self:
        return cls.from_document(read.document, read.read_at, mandate)

    @classmethod
    def from_document(
        cls, document: IdentityDocument, read_at: float | None = None, mandate: Mandate | None = None
    ) -> Self:
        """`source` says how it was read: off a chip, or by the lines that anybody could print."""
        source: Source = "card" if document.kind in LAYOUTS else "passport"
        return cls(from_document(document), source, read_at, mandate, document.photo)

    @classmethod
    def typed(cls, identity: Identity, mandate: Mandate | None = None) -> Self:
        """Typed by hand: its number is checked, and it stays marked as typed (mission: I2)."""
        return cls(identity, "typed", None, mandate)


LONGEST_NAME: Final = 100  # twice the longest name there is: a name is never cut
LONGEST_TEXT: Final = 500


def checked_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """`text` as it is. UserFacingError `text.long`: no paper should come out by the metre; or
    `text.unreadable` for control characters and halves of characters."""
    if plain(text) != text:
        raise UserFacingError(
            "text.unreadable",
            "This text holds characters that can be neither read nor printed.",
            kept="Nothing of it was kept.",
            remedy="Type it anew; what was pasted brought them.",
        )
    if len(text) > longest:
        raise UserFacingError(
            "text.long",
            "This text has {count} characters; at most {longest} can be kept.",
            kept="Nothing of it was kept.",
            remedy="Say it shorter.",
            count=len(text),
            longest=longest,
        )
    return text


def checked(person: PersonInput, today: date) -> PersonInput:
    """The input with a tidy number. UserFacingError `person.*` for what cannot be true."""
    identity = replace(person.identity, number=tidy_number(person.identity.number))
    checked_text(identity.name, LONGEST_NAME)
    checked_text(identity.address)
    if not identity.name.strip():
        raise UserFacingError(
            "person.name", "The name is missing.", remedy="Type the name as on the document."
        )
    if person.source in ("card", "passport"):
        return replace(person, identity=identity)
    if identity.document == "credit_code":
        _refuse_credit_code(identity.number)
    elif identity.document in NUMBERED:
        identity = _with_number_facts(identity, today)
    return replace(person, identity=identity)


def _refuse_credit_code(number: str) -> None:
    problem = credit_code_problem(number)
    if problem is not None:
        raise UserFacingError(
            "person.credit-code", problem.message, remedy="Compare it with the licence.", **problem.places
        )


def _with_number_facts(identity: Identity, today: date) -> Identity:
    facts = read_number(identity.number, today)
    if facts.errors:
        problem = facts.errors[0]
        raise UserFacingError(
            "person.number", problem.message, remedy="Compare it with the document.", **problem.places
        )
    sex = facts.sex.value if facts.sex and identity.sex == "0" else identity.sex
    birth = identity.birth or facts.birth
    return replace(identity, birth=birth, birth_part="" if birth else identity.birth_part, sex=sex)


@dataclass(frozen=True, slots=True)
class Undone:
    """What the last step was about: `item`, `person`, `match`, `answer`, `field`, `mark` or `note`."""

    what: str
    target: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The case's number and query code, and the numbers of the papers that go with the decision."""

    case: str
    number: str
    query: str
    papers: tuple[str, ...]
