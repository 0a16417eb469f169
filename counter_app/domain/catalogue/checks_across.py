"""What must be true of a catalogue as a whole: one version a day, known references, no circles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from counter_app.domain.catalogue.catalogue import Catalogue
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.problems import Problem, label, problem
from counter_app.errors import mark


def check_across(catalogue: Catalogue) -> tuple[tuple[Item, Problem], ...]:
    """Problems between items, each with the item it is reported at."""
    return (
        *_same_version(catalogue),
        *_overlaps(catalogue),
        *_references(catalogue),
        *_circles(catalogue),
    )


def _same_version(catalogue: Catalogue) -> Iterator[tuple[Item, Problem]]:
    seen: set[tuple[str, int]] = set()
    for item in catalogue.items:
        if item.key in seen:
            message = mark("There is another file with this code and version.")
            yield item, problem(item, "duplicate-item", "code", message)
        seen.add(item.key)


def _overlaps(catalogue: Catalogue) -> Iterator[tuple[Item, Problem]]:
    for code in dict.fromkeys(item.code for item in catalogue.items):
        versions = sorted(catalogue.history(code), key=lambda item: item.effective_from)
        for earlier, later in pairwise(versions):
            if earlier.key != later.key and (earlier.effective_to or date.max) >= later.effective_from:
                yield (
                    later,
                    problem(
                        later,
                        "overlap",
                        "effective_from",
                        mark("Starts on {start}, while {other} is still in force."),
                        mark("End the earlier version the day before."),
                        start=later.effective_from,
                        other=label(earlier),
                    ),
                )


def _references(catalogue: Catalogue) -> Iterator[tuple[Item, Problem]]:
    known: dict[str, Sequence[str]] = {
        "category": [category.code for category in catalogue.categories],
        "group": [group.code for group in catalogue.groups],
        "body": [body.code for body in catalogue.bodies],
        "item": list(dict.fromkeys(item.code for item in catalogue.items)),
    }
    for item in catalogue.items:
        for kind, path, code in _named(item):
            if code and code not in known[kind]:
                yield (
                    item,
                    problem(
                        item,
                        f"unknown-{kind}",
                        path,
                        mark("“{name}” is not known."),
                        mark("Allowed: {allowed}."),
                        name=code,
                        allowed=", ".join(known[kind]),
                    ),
                )


def _named(item: Item) -> Iterator[tuple[str, str, str]]:
    """(kind, path, code) of everything the item refers to outside itself."""
    yield "category", "category", item.category
    yield "group", "group", item.group
    yield "body", "department", item.department
    for at, material in enumerate(item.materials):
        for n, code in enumerate(material.satisfied_by):
            yield "item", f"materials[{at}].satisfied_by[{n}]", code
    for at, effect in enumerate(item.effects):
        yield "body", f"effects[{at}].department", effect.department
        for n, prerequisite in enumerate(effect.prerequisites):
            yield "item", f"effects[{at}].prerequisites[{n}].item", prerequisite.item
        if effect.stop is not None:
            yield "item", f"effects[{at}].stop.item", effect.stop.item
    for at, step in enumerate(item.steps):
        yield "body", f"steps[{at}].department", step.department
    for at, matter in enumerate(item.assists):
        yield "body", f"assists[{at}].department", matter.department
        kind, _, code = matter.known_from.partition(":")
        if kind == "item":
            yield "item", f"assists[{at}].known_from", code


def _circles(catalogue: Catalogue) -> Iterator[tuple[Item, Problem]]:
    """Reported once a circle, at the item of the smallest code in it."""
    needs: dict[str, list[str]] = {}
    for item in catalogue.items:
        needs.setdefault(item.code, []).extend(
            prerequisite.item for effect in item.effects for prerequisite in effect.prerequisites
        )
    for start in sorted(needs):
        circle = _way_back(needs, start)
        if circle and min(circle) == start:
            item = catalogue.history(start)[-1]
            yield (
                item,
                problem(
                    item,
                    "circle",
                    "effects",
                    mark("The prerequisites run in a circle: {way}."),
                    way=" → ".join((*circle, start)),
                ),
            )


def _way_back(needs: dict[str, list[str]], start: str) -> tuple[str, ...]:
    """The shortest way from `start` through prerequisites back to `start`, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for code in needs.get(way[-1], ()):
            if code == start:
                return way
            if code not in seen:
                seen.add(code)
                ways.append((*way, code))
    return ()
