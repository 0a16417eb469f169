"""What must be true of an item's questions and conditions: they exist, fit, and can be met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.problems import Problem, problem
from counter_app.domain.catalogue.questions import AllOf, AnyOf, Condition, Is, Not, OlderThan
from counter_app.domain.catalogue.reach import can_hold
from counter_app.errors import mark

_UNKNOWN_ALLOWED: Final = mark("Allowed: {allowed}.")


def check_questions(item: Item) -> Iterator[Problem]:
    for at, question in enumerate(item.questions):
        path = f"questions[{at}]"
        codes = tuple(option.code for option in question.options)
        if question.kind == "yes_no" and codes != ("yes", "no"):
            yield problem(
                item,
                "yes-no-options",
                f"{path}.options",
                mark("A yes_no question has the options yes and no, in this order."),
            )
        if question.kind == "date" and codes:
            yield problem(item, "date-options", f"{path}.options", mark("A date question has no options."))
        if question.kind.endswith("choice") and len(codes) < 2:
            yield problem(
                item, "few-options", f"{path}.options", mark("A choice needs two options at least.")
            )
        if question.asked_if is not None:
            known = tuple(earlier.code for earlier in item.questions[:at])
            yield from _condition(item, question.asked_if, f"{path}.asked_if", known)


def check_conditions(item: Item) -> Iterator[Problem]:
    known = tuple(question.code for question in item.questions)
    places: list[tuple[str, Condition]] = [
        (f"materials[{at}].when", material.when)
        for at, material in enumerate(item.materials)
        if material.when is not None
    ]
    places += [(f"effects[{at}].when", effect.when) for at, effect in enumerate(item.effects)]
    places += [(f"fees[{at}].when", fee.when) for at, fee in enumerate(item.fees) if fee.when is not None]
    for path, condition in places:
        found = tuple(_condition(item, condition, path, known))
        yield from found
        if not found and not can_hold(item, condition):
            yield problem(
                item,
                "never-holds",
                path,
                mark("No answers make this condition true, so what hangs on it is never reached."),
            )


def _condition(item: Item, condition: Condition, path: str, known: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(condition, AllOf | AnyOf):
        word = "all" if isinstance(condition, AllOf) else "any"
        for at, part in enumerate(condition.parts):
            yield from _condition(item, part, f"{path}.{word}[{at}]", known)
    elif isinstance(condition, Not):
        yield from _condition(item, condition.part, f"{path}.not", known)
    elif isinstance(condition, Is | OlderThan):
        yield from _leaf(item, condition, path, known)


def _leaf(item: Item, leaf: Is | OlderThan, path: str, known: tuple[str, ...]) -> Iterator[Problem]:
    question = item.question(leaf.question)
    if question is None or leaf.question not in known:
        yield problem(
            item,
            "unknown-question",
            f"{path}.question",
            mark("There is no (earlier) question “{name}”."),
            _UNKNOWN_ALLOWED,
            name=leaf.question,
            allowed=", ".join(known) or "—",
        )
    elif isinstance(leaf, OlderThan):
        if question.kind != "date":
            yield problem(
                item,
                "not-a-date",
                f"{path}.older_than",
                mark("“{name}” is not a date question."),
                name=leaf.question,
            )
    elif question.option(leaf.answer) is None:
        yield problem(
            item,
            "unknown-option",
            f"{path}.is",
            mark("“{name}” is not an answer to “{question}”."),
            _UNKNOWN_ALLOWED,
            name=leaf.answer,
            question=leaf.question,
            allowed=", ".join(option.code for option in question.options) or "—",
        )
