"""The persons of a case as the desk names them. No Qt."""

from __future__ import annotations

from typing import Final

from counter_app.domain.identity.document import SEX_NAMES
from counter_app.domain.intake.words import ROLE_WORDS
from counter_app.i18n import Translator
from counter_app.ui.desk.shown import LineShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.intake.views import PersonView

LONGEST_IN_HEAD: Final = 24


def person_lines(persons: tuple[PersonView, ...], t: Translator) -> tuple[LineShown, ...]:
    """Who applies, for whom, by whom: names in full, however long."""
    return tuple(
        LineShown(
            person.party,
            person.name,
            t(ROLE_WORDS[person.role]),
            State.CORRECT if person.expired else None,
            " · ".join(part for part in (person.number, _sex(person, t), *_mandated(person, t)) if part),
        )
        for person in persons
    )


def _sex(person: PersonView, t: Translator) -> str:
    return next((t(words) for sex, words in SEX_NAMES.items() if sex == person.sex), "")


def _mandated(person: PersonView, t: Translator) -> tuple[str, ...]:
    expired = t("the document has expired") if person.expired else ""
    if not person.mandate:
        return (expired,)
    until = person.mandate_until.isoformat() if person.mandate_until else t("no end")
    return expired, t("mandate: {scope}, until {until}", scope=person.mandate, until=until)


def head_name(name: str) -> str:
    """As much of a name as leaves the item its room; whole it stands among the persons."""
    return name if len(name) <= LONGEST_IN_HEAD else f"{name[: LONGEST_IN_HEAD - 1]}…"
