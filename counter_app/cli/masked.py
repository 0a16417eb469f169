"""What commands show of people: masked by the one rule of displays and papers (mission: X3)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from counter_app.cli.frame import plain
from counter_app.domain.identity.masking import mask_name, mask_number
from counter_app.domain.intake.verdict import Sentence
from counter_app.use_cases.intake.views import CaseRow, CaseView, PersonView

# Fields of a case that say nothing about a person.
IMPERSONAL: Final = frozenset({"delivery", "competence"})
# Places of a sentence that name a person or where somebody lives.
PERSONAL: Final = frozenset({"name", "address", "applicant"})


def masked_row(row: CaseRow, *, full: bool = False) -> dict[str, Any]:
    """A case in a list."""
    shown: dict[str, Any] = plain(row)
    return shown if full else shown | {"applicant": mask_name(row.applicant)}


def masked_person(person: PersonView, *, full: bool = False) -> dict[str, Any]:
    """Numbers are masked in any case; of the day of birth the year is left."""
    shown: dict[str, Any] = plain(person)
    if full:
        return shown
    organisation = person.sort == "organisation"
    return shown | {
        "name": person.name if organisation else mask_name(person.name),
        "address": person.address if organisation else mask_name(person.address),
        "birth": person.birth_year or None,
        "birth_part": "",
    }


def masked_sentence(sentence: Sentence, *, full: bool = False) -> dict[str, str]:
    """The places of a sentence."""
    return {
        name: mask_name(value) if name in PERSONAL and not full else value
        for name, value in sentence.places.items()
    }


def masked_case(view: CaseView, *, full: bool = False) -> dict[str, Any]:
    """A whole case as JSON has it. Masked, it also keeps the query code and the notes to itself."""
    shown: dict[str, Any] = plain(view)
    shown["persons"] = [masked_person(person, full=full) for person in view.persons]
    shown["earlier"] = [masked_row(row, full=full) for row in view.earlier]
    shown["fields"] = {
        name: value if full or name in IMPERSONAL else mask_number(value) for name, value in view.fields
    }
    shown["warnings"] = [_sentence(sentence, full=full) for sentence in view.warnings]
    shown["verdict"]["sentences"] = [_sentence(sentence, full=full) for sentence in view.verdict.sentences]
    if not full:
        shown["query"] = ""
        shown["notes"] = ["*" for _ in view.notes]
        shown["competence"] = asdict(view.competence) | {"address": mask_name(view.competence.address)}
    return shown


def _sentence(sentence: Sentence, *, full: bool) -> dict[str, Any]:
    return {"source": sentence.source, "params": masked_sentence(sentence, full=full)}
