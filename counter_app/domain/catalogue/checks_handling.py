"""What must be true of how an item's cases are handled: steps, assists, classes, levels, bands.

Departments and items that are named are looked up in `checks_across.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.problems import Problem, problem
from counter_app.domain.catalogue.reach import can_hold
from counter_app.errors import mark


def check_handling(item: Item) -> Iterator[Problem]:
    """Every problem of the item's handling, list by list."""
    yield from _doubled(item)
    yield from _steps(item)
    yield from _circles(item)
    yield from _forms(item)
    yield from _classes(item)
    yield from _bands(item)
    yield from _conditions(item)


def _doubled(item: Item) -> Iterator[Problem]:
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("steps", [step.code for step in item.steps]),
        ("assists", [matter.code for matter in item.assists]),
        ("classes", [entry.code for entry in item.classes]),
        ("decision_levels", [level.code for level in item.decision_levels]),
        ("bands", [band.code for band in item.bands]),
        *((f"steps[{n}].review", [line.code for line in step.review]) for n, step in enumerate(item.steps)),
    )
    for path, codes in lists:
        for at, code in enumerate(codes):
            if code in codes[:at]:
                message = mark("The code “{name}” is used twice here.")
                yield problem(item, "duplicate-code", f"{path}[{at}].code", message, name=code)


def _steps(item: Item) -> Iterator[Problem]:
    known = [step.code for step in item.steps]
    levels = [level.code for level in item.decision_levels]
    for at, step in enumerate(item.steps):
        for n, code in enumerate(step.after):
            if code not in known:
                yield _unknown(item, f"steps[{at}].after[{n}]", code, known)
        if step.level and step.level not in levels:
            yield _unknown(item, f"steps[{at}].level", step.level, levels)
    if item.steps and [step.kind for step in item.steps].count("final") != 1:
        message = mark("The steps need exactly one that decides (kind “final”).")
        yield problem(item, "no-final-step", "steps", message)


def _unknown(item: Item, path: str, code: str, known: Sequence[str]) -> Problem:
    message, allowed = mark("“{name}” is not known."), mark("Allowed: {allowed}.")
    return problem(item, "unknown-step", path, message, allowed, name=code, allowed=", ".join(known))


def _circles(item: Item) -> Iterator[Problem]:
    """Steps that wait for one another would never begin."""
    known = {step.code for step in item.steps}
    begun: set[str] = set()
    left = list(item.steps)
    while ready := [step for step in left if all(code in begun or code not in known for code in step.after)]:
        begun.update(step.code for step in ready)
        left = [step for step in left if step.code not in begun]
    if left:
        message = mark("The steps wait for one another in a circle: {way}.")
        yield problem(item, "circle", "steps", message, way=", ".join(step.code for step in left))


def _forms(item: Item) -> Iterator[Problem]:
    for at, step in enumerate(item.steps):
        for n, line in enumerate(step.review):
            if not line.phrases:
                message = mark("A question of a review form needs standard answers.")
                yield problem(item, "no-phrases", f"steps[{at}].review[{n}].phrases", message)


def _classes(item: Item) -> Iterator[Problem]:
    known = [step.code for step in item.steps]
    for at, entry in enumerate(item.classes):
        for n, code in enumerate(entry.skip):
            if code not in known:
                yield _unknown(item, f"classes[{at}].skip[{n}]", code, known)


def _bands(item: Item) -> Iterator[Problem]:
    for at, band in enumerate(item.bands):
        if band.most < band.least:
            message = mark("The band ends below its beginning.")
            yield problem(item, "empty-band", f"bands[{at}].most", message)


def _conditions(item: Item) -> Iterator[Problem]:
    rows = [*((f"steps[{at}]", step.when) for at, step in enumerate(item.steps))]
    rows += [*((f"assists[{at}]", matter.when) for at, matter in enumerate(item.assists))]
    questions = [question.code for question in item.questions]
    for path, when in rows:
        if when is None:
            continue
        strange = [code for code in when.questions() if code not in questions]
        if strange:
            yield _unknown(item, f"{path}.when", strange[0], questions)
        elif not can_hold(item, when):
            message = mark("No answers make this condition true, so what hangs on it is never reached.")
            yield problem(item, "never-holds", f"{path}.when", message)
