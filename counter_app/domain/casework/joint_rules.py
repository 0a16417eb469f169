"""Rules of joint matters: when a prerequisite is late, what dropping a part of the scope means (mission:
C2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from counter_app.domain.casework.state import Prerequisite
from counter_app.domain.catalogue.checklist import Checklist
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.questions import Answer, Answers, Is
from counter_app.domain.intake.case import Case

# A case that ended like this brings no result any more.
FAILED_BY: Mapping[str, str] = {
    "denied": "refused",
    "refused": "refused",
    "no_permit": "refused",
    "withdrawn": "withdrawn",
    "terminated": "withdrawn",
    "lapsed": "withdrawn",
    "merged": "withdrawn",
}


def c2_is_late(earlier: Case | None, due: date | None, today: date) -> bool:
    """Whether the case that should bring the result is past its day `due`, as its clock has it (None while it
    stands)."""
    return earlier is not None and not earlier.ended and due is not None and due < today


def c2_must_choose(entry: Prerequisite, late: bool, due: date | None) -> bool:
    """Whether the applicant is to choose now. Who chose to wait is asked again when something new happened:
    a day that had not passed when he chose has passed, or nothing comes of the other case."""
    if entry.state == "failed":
        return entry.way is None
    if entry.state != "open" or not late:
        return False
    return entry.chosen_at is None or due is None or due >= entry.chosen_at.date()


def c2_may_choose(entry: Prerequisite, late: bool) -> bool:
    """Whether he may choose, or choose anew what he chose before."""
    return (entry.state == "failed" and entry.way is None) or (entry.state == "open" and late)


def c2_waits_by_choice(entry: Prerequisite) -> bool:
    """Whether it is waited for because the applicant said so."""
    return entry.state == "open" and entry.way == "wait"


def c2_materials_of(item: str, lines: Checklist, lacking: tuple[str, ...]) -> tuple[str, ...]:
    """Promised materials (codes) that this item's result is."""
    known = {line.material.code: line.material.satisfied_by for line in lines.lines}
    return tuple(code for code in lacking if item in known.get(code, ()))


def c2_waits_for(entry: Prerequisite, item: str, earlier: Case | None) -> bool:
    """Whether a result of `item` that the applicant got outside the joint matter settles the entry: it was
    promised without a case to bring it, or nothing came of that case."""
    return entry.item == item and not entry.settled and (earlier is None or earlier.ended)


def c2_may_apply_again(entry: Prerequisite, earlier: Case | None) -> bool:
    """Whether a new application may bring the result: nothing is under way that still could."""
    return c2_waits_for(entry, entry.item, earlier)


def c2_answers_without(item: Item, answers: Answers, prerequisite: str) -> Mapping[str, Answer]:
    """The answers to change so that the prerequisite is no longer needed: the options of the scope that call
    for it are taken out. Empty when no answer can be taken out."""
    changed: dict[str, Answer] = {}
    for effect in item.effects:
        if prerequisite not in (entry.item for entry in effect.prerequisites):
            continue
        for leaf in effect.when.leaves():
            given = answers.get(leaf.question)
            if isinstance(leaf, Is) and isinstance(given, tuple) and leaf.answer in given:
                left = tuple(option for option in given if option != leaf.answer)
                changed[leaf.question] = left or _other(item, leaf.question, leaf.answer)
    return {question: value for question, value in changed.items() if value}


def _other(item: Item, question: str, dropped: str) -> tuple[str, ...]:
    """With nothing left of the scope, the option that calls for nothing (其他) stands for it."""
    asked = item.question(question)
    needing = {
        leaf.answer
        for effect in item.effects
        if effect.prerequisites
        for leaf in effect.when.leaves()
        if isinstance(leaf, Is) and leaf.question == question
    }
    free = (option.code for option in (asked.options if asked else ()) if option.code not in needing)
    return tuple(list(free)[:1]) if dropped in needing else ()
