"""What must be true of a hall's plan beyond its shape. Paths are those of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from counter_app.domain.catalogue.problems import Problem
from counter_app.domain.hall.plan import HallPlan
from counter_app.errors import mark

_KNOWN: Final = mark("Allowed: {allowed}.")


def check_hall(plan: HallPlan, licences: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Every problem of `plan`. `licences` are the catalogue's categories and groups; () skips that."""
    found = [problem for check in _CHECKS for problem in check(plan)]
    if licences:
        for path, code in _licensed(plan):
            if code not in licences:
                found.append(_unknown(path, code, licences))
    return tuple(found)


def _problem(code: str, field: str, message: str, allowed: str = "", /, **params: object) -> Problem:
    texts = tuple((name, str(value)) for name, value in params.items())
    return Problem(code=code, file="", item="", field=field, message=message, allowed=allowed, params=texts)


def _unknown(path: str, code: object, known: Sequence[object]) -> Problem:
    allowed = ", ".join(str(entry) for entry in known)
    message = mark("“{name}” is not known.")
    return _problem("unknown-reference", path, message, _KNOWN, name=code, allowed=allowed)


def _duplicates(plan: HallPlan) -> Iterator[Problem]:
    keys: dict[str, list[object]] = {
        "halls": [hall.code for hall in plan.halls],
        "departments": [department.code for department in plan.departments],
        "counters": [counter.number for counter in plan.counters],
        "lines": [line.letter for line in plan.lines],
        "staff": [member.badge for member in plan.staff],
        "posts": [post.code for post in plan.posts],
    }
    for name, values in keys.items():
        for at, value in enumerate(values):
            if value in values[:at]:
                message = mark("“{name}” is used twice here.")
                yield _problem("duplicate-code", f"{name}[{at}]", message, name=value)


def _references(plan: HallPlan) -> Iterator[Problem]:
    halls = [hall.code for hall in plan.halls]
    badges = [member.badge for member in plan.staff]
    departments = [department.code for department in plan.departments]
    counters = [counter.number for counter in plan.counters]
    if plan.code not in halls:
        yield _unknown("code", plan.code, halls)
    for at, hall in enumerate(plan.halls):
        if hall.parent and hall.parent not in halls:
            yield _unknown(f"halls[{at}].parent", hall.parent, halls)
    for at, member in enumerate(plan.staff):
        if member.department not in departments:
            yield _unknown(f"staff[{at}].department", member.department, departments)
    for at, post in enumerate(plan.posts):
        for field, badge in (("a", post.a), ("b", post.b)):
            if badge and badge not in badges:
                yield _unknown(f"posts[{at}].{field}", badge, badges)
        if post.counter and post.counter not in counters:
            yield _unknown(f"posts[{at}].counter", post.counter, counters)
    for at, duty in enumerate(plan.leaders):
        if duty.badge not in badges:
            yield _unknown(f"leaders[{at}].badge", duty.badge, badges)


def _tree(plan: HallPlan) -> Iterator[Problem]:
    parents = {hall.code: hall.parent for hall in plan.halls}
    for at, hall in enumerate(plan.halls):
        seen, code = {hall.code}, hall.parent
        while code and code not in seen:
            seen.add(code)
            code = parents.get(code, "")
        if code:
            yield _problem("circle", f"halls[{at}].parent", mark("The tree of halls runs in a circle."))


def _pins(plan: HallPlan) -> Iterator[Problem]:
    for at, member in enumerate(plan.staff):
        if member.training_pin and not plan.training:
            message = mark("A PIN may stand in the file of a training hall only.")
            yield _problem("pin-in-file", f"staff[{at}].training_pin", message)


def _hours(plan: HallPlan) -> Iterator[Problem]:
    for at, hours in enumerate(plan.hours):
        if hours.closes <= hours.opens:
            message = mark("The hall closes before it opens.")
            yield _problem("closes-before-opening", f"hours[{at}].closes", message)


def _licensed(plan: HallPlan) -> Iterator[tuple[str, str]]:
    for at, counter in enumerate(plan.counters):
        for n, code in enumerate(counter.licences):
            yield f"counters[{at}].licences[{n}]", code
    for at, line in enumerate(plan.lines):
        for n, code in enumerate(line.licences):
            yield f"lines[{at}].licences[{n}]", code


_CHECKS: Final[tuple[Callable[[HallPlan], Iterator[Problem]], ...]] = (
    _duplicates,
    _references,
    _tree,
    _pins,
    _hours,
)
