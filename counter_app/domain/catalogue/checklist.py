"""The checklist of one citizen's matter: a pure function of the item and the answers so far.

Called again after each answer; it says at once what is asked, what is not, and why (mission: I3, I4).
Not here: marking lines present or missing, which is the case's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from counter_app.domain.catalogue.effects import Effect, Prerequisite, Stop
from counter_app.domain.catalogue.items import Item, Result
from counter_app.domain.catalogue.materials import Material
from counter_app.domain.catalogue.questions import (
    Answers,
    Condition,
    Facts,
    Is,
    OlderThan,
    SituationQuestion,
    settle,
)
from counter_app.domain.time.limits import Limit

Thing_co = TypeVar("Thing_co", covariant=True)
_NO_SETTINGS: Final[Mapping[str, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """One material to bring. `because` holds the answers' words (已婚); empty means: always asked."""

    material: Material
    originals: int
    copies: int
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained(Generic[Thing_co]):
    """Something that follows from answers, with the answers' words."""

    what: Thing_co
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What answers make of an item. `complete` when every question asked is answered.

    `undecided` materials hang on `open_questions`; `dropped` were asked and are not, with the reason.
    `on_the_spot`: the item may be decided at once, and nothing the answers bring about forbids it.
    `made_here` are papers the hall produces; `asked` are the questions to show, answered or not.
    """

    lines: tuple[ChecklistLine, ...]
    asked: tuple[SituationQuestion, ...]
    open_questions: tuple[SituationQuestion, ...]
    undecided: tuple[Material, ...]
    dropped: tuple[Explained[Material], ...]
    stops: tuple[Explained[Stop], ...]
    notes: tuple[Explained[str], ...]
    prerequisites: tuple[Explained[Prerequisite], ...]
    legal_limit: Limit | None
    promised_limit: Limit | None
    limit_because: tuple[str, ...]
    department: str
    on_the_spot: bool
    made_here: tuple[Material, ...]
    results: tuple[Result, ...]

    @property
    def complete(self) -> bool:
        return not self.open_questions


def checklist(
    item: Item,
    answers: Answers,
    *,
    today: date | None = None,
    settings: Mapping[str, int] = _NO_SETTINGS,
) -> Checklist:
    """Work out what `answers` make of `item`.

    `today` is needed by date questions only; without it what hangs on a day stays undecided.
    `settings` maps a setting's key to the hall's number of days; a missing key means the source's.
    Answers to questions that are not asked, and answers a question cannot have, count as not given.
    The order of everything is the order of the item's file.
    """
    facts = settle(item.questions, answers, today, settings)
    holding = [effect for effect in item.effects if effect.when.holds(facts)]
    dropped = _dropped(item, holding, facts)
    lines, undecided = _lines(item, holding, set(dropped), facts)
    legal, promised, limit_because = _limits(item, holding, facts)
    asked = tuple(question for question in item.questions if facts.asked[question.code])
    return Checklist(
        lines=lines,
        asked=asked,
        open_questions=tuple(question for question in asked if question.code not in facts.answers),
        undecided=undecided,
        dropped=tuple(
            Explained(material, dropped[material.code])
            for material in item.materials
            if material.code in dropped
        ),
        stops=tuple(
            Explained(effect.stop, _because(item, effect, facts)) for effect in holding if effect.stop
        ),
        notes=tuple(
            Explained(effect.note, _because(item, effect, facts)) for effect in holding if effect.note
        ),
        prerequisites=_prerequisites(item, holding, facts),
        legal_limit=legal,
        promised_limit=promised,
        limit_because=limit_because,
        department=next((e.department for e in reversed(holding) if e.department), item.department),
        on_the_spot=item.on_the_spot and not any(e.stop or e.prerequisites for e in holding),
        made_here=tuple(material for material in item.materials if material.handling == "produce"),
        results=item.results,
    )


def _dropped(item: Item, holding: list[Effect], facts: Facts) -> dict[str, tuple[str, ...]]:
    """Materials dropped by an effect that would otherwise be asked, with the reasons."""
    reasons: dict[str, tuple[str, ...]] = {}
    for effect in holding:
        for code in effect.drop:
            material = item.material(code)
            if material is not None and (material.when is None or material.when.holds(facts)):
                reasons[code] = _joined(reasons.get(code, ()), _because(item, effect, facts))
    return reasons


def _lines(
    item: Item, holding: list[Effect], dropped: set[str], facts: Facts
) -> tuple[tuple[ChecklistLine, ...], tuple[Material, ...]]:
    lines: list[ChecklistLine] = []
    undecided: list[Material] = []
    for material in item.materials:
        if material.handling == "produce" or material.code in dropped:
            continue
        asked = True if material.when is None else material.when.holds(facts)
        if asked is None:
            undecided.append(material)
        elif asked:
            lines.append(_line(item, material, holding, facts))
    return tuple(lines), tuple(undecided)


def _line(item: Item, material: Material, holding: list[Effect], facts: Facts) -> ChecklistLine:
    because = reasons(item, material.when, facts) if material.when else ()
    originals, copies = material.originals, material.copies
    for effect in holding:
        for change in effect.copies:
            if change.material == material.code:
                originals, copies = change.originals, change.copies
                because = _joined(because, _because(item, effect, facts))
    return ChecklistLine(material, originals, copies, because)


def _limits(
    item: Item, holding: list[Effect], facts: Facts
) -> tuple[Limit | None, Limit | None, tuple[str, ...]]:
    """The last effect that sets a limit wins: files write the general case first."""
    legal, promised = item.legal_limit, item.promised_limit
    because: tuple[str, ...] = ()
    for effect in holding:
        legal = effect.legal_limit or legal
        promised = effect.promised_limit or promised
        if effect.legal_limit or effect.promised_limit:
            because = _because(item, effect, facts)
    return legal, promised, because


def _prerequisites(item: Item, holding: list[Effect], facts: Facts) -> tuple[Explained[Prerequisite], ...]:
    found: dict[str, Explained[Prerequisite]] = {}
    for effect in holding:
        for prerequisite in effect.prerequisites:
            known = found.get(prerequisite.item)
            because = _joined(known.because if known else (), _because(item, effect, facts))
            found[prerequisite.item] = Explained(known.what if known else prerequisite, because)
    return tuple(found.values())


def _because(item: Item, effect: Effect, facts: Facts) -> tuple[str, ...]:
    return (effect.reason,) if effect.reason else reasons(item, effect.when, facts)


def reasons(item: Item, condition: Condition, facts: Facts) -> tuple[str, ...]:
    """The words of those answers that speak for `condition`: 已婚, 已生育."""
    words = (_words(item, leaf, facts) for leaf in condition.leaves() if leaf.holds(facts))
    return tuple(dict.fromkeys(word for word in words if word))


def _words(item: Item, leaf: Is | OlderThan, facts: Facts) -> str:
    if isinstance(leaf, OlderThan):
        return f"已超过{leaf.days.value(facts.settings)}日"
    question = item.question(leaf.question)
    return question.reads(leaf.answer) if question else ""


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(first + second))
