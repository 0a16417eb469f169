"""What must be true of one item beyond its shape: materials, effects, limits, results, laws, 待核.

Each check yields problems with paths as the file has them. Shapes (types, known fields, enums) are the
schema's; questions and conditions are in `checks_situations.py`, several items in `checks_across.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from counter_app.domain.catalogue.checks_handling import check_handling
from counter_app.domain.catalogue.checks_situations import check_conditions, check_questions
from counter_app.domain.catalogue.effects import Effect
from counter_app.domain.catalogue.items import Item
from counter_app.domain.catalogue.materials import LegalBasis
from counter_app.domain.catalogue.problems import Problem, problem
from counter_app.domain.catalogue.reach import surely_longer
from counter_app.domain.time.limits import Limit
from counter_app.errors import mark

_UNKNOWN_ALLOWED: Final = mark("Allowed: {allowed}.")


def check_item(item: Item) -> tuple[Problem, ...]:
    """Every problem of one item, in the order of its fields."""
    return tuple(found for check in _CHECKS for found in check(item))


def _dates(item: Item) -> Iterator[Problem]:
    if item.effective_to is not None and item.effective_to < item.effective_from:
        yield problem(
            item,
            "ends-before-start",
            "effective_to",
            mark("{end} lies before effective_from, {start}."),
            end=item.effective_to,
            start=item.effective_from,
        )


def _duplicates(item: Item) -> Iterator[Problem]:
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("questions", [question.code for question in item.questions]),
        ("materials", [material.code for material in item.materials]),
        ("results", [result.code for result in item.results]),
        ("fees", [fee.code or str(at) for at, fee in enumerate(item.fees, 1)]),
        *(
            (f"fees[{at}].reductions", [cut.code for cut in fee.reductions])
            for at, fee in enumerate(item.fees)
        ),
        *(
            (f"questions[{at}].options", [option.code for option in question.options])
            for at, question in enumerate(item.questions)
        ),
    )
    for path, codes in lists:
        for at, code in enumerate(codes):
            if code in codes[:at]:
                yield problem(
                    item,
                    "duplicate-code",
                    f"{path}[{at}].code",
                    mark("The code “{name}” is used twice here."),
                    name=code,
                )


def _materials(item: Item) -> Iterator[Problem]:
    for at, material in enumerate(item.materials):
        path = f"materials[{at}]"
        if material.handling != "produce" and material.originals + material.copies == 0:
            yield problem(
                item,
                "no-copies",
                f"{path}.copies",
                mark("Neither originals nor copies are asked for."),
                mark("One of originals and copies is at least 1."),
            )
        if material.handling == "produce" and item.results and not _names_result(item, material.code):
            yield problem(
                item,
                "produces-nothing",
                f"{path}.handling",
                mark("A material to produce carries the code of one of the results."),
                _UNKNOWN_ALLOWED,
                allowed=", ".join(result.code for result in item.results),
            )
        if material.handling == "produce" and not item.results:
            yield problem(
                item, "produces-nothing", f"{path}.handling", mark("The item has no results to produce.")
            )
        if material.lack_allowed and material.is_need == 1 and not material.pending_check:
            yield problem(
                item,
                "lack-of-needed",
                f"{path}.lack_allowed",
                mark("A necessary material (is_need 1) cannot be lacking."),
                mark("is_need 3 is for what may come later."),
            )
        if material.source == "政府部门核发" and not material.issuer:
            yield problem(
                item,
                "no-issuer",
                f"{path}.issuer",
                mark("A paper issued by an authority names the authority."),
            )


def _names_result(item: Item, code: str) -> bool:
    return any(result.code == code for result in item.results)


def _effects(item: Item) -> Iterator[Problem]:
    for at, effect in enumerate(item.effects):
        path = f"effects[{at}]"
        if _idle(effect):
            yield problem(item, "no-effect", path, mark("This effect changes nothing."))
        named = [(f"{path}.drop[{n}]", code) for n, code in enumerate(effect.drop)]
        named += [(f"{path}.copies[{n}].material", change.material) for n, change in enumerate(effect.copies)]
        for field, code in named:
            if item.material(code) is None:
                yield problem(
                    item,
                    "unknown-material",
                    field,
                    mark("There is no material “{name}”."),
                    _UNKNOWN_ALLOWED,
                    name=code,
                    allowed=", ".join(material.code for material in item.materials) or "—",
                )
        if effect.stop is not None and effect.stop.outcome == "elsewhere" and not effect.stop.body:
            yield problem(
                item,
                "no-competent-body",
                f"{path}.stop.body",
                mark("A stop that sends people elsewhere names the competent body."),
            )


def _idle(effect: Effect) -> bool:
    return not any(
        (
            effect.stop,
            effect.note,
            effect.drop,
            effect.copies,
            effect.legal_limit,
            effect.promised_limit,
            effect.department,
            effect.prerequisites,
        )
    )


def _limits(item: Item) -> Iterator[Problem]:
    pairs = [("", item.legal_limit, item.promised_limit)]
    pairs += [
        (f"effects[{at}].", effect.legal_limit or item.legal_limit, effect.promised_limit)
        for at, effect in enumerate(item.effects)
    ]
    for path, legal, promised in pairs:
        if legal is not None and promised is not None and surely_longer(promised, legal):
            yield problem(
                item,
                "promise-too-long",
                f"{path}promised_limit",
                mark("The promised limit ({promised}) is longer than the legal limit ({legal})."),
                promised=_limit(promised),
                legal=_limit(legal),
            )
    if item.item_kind == 2 and item.promised_limit is None and "promised_limit" not in item.pending_check:
        yield problem(
            item,
            "no-promise",
            "promised_limit",
            mark("An item with promise (item_kind 2) states its promised limit."),
            mark("Or name promised_limit in pending_check."),
        )


def _no_time(item: Item) -> Iterator[Problem]:
    limits: list[tuple[str, Limit | None]] = [
        ("legal_limit", item.legal_limit),
        ("promised_limit", item.promised_limit),
    ]
    for at, effect in enumerate(item.effects):
        limits.append((f"effects[{at}].legal_limit", effect.legal_limit))
        limits.append((f"effects[{at}].promised_limit", effect.promised_limit))
    limits += [(f"steps[{at}].limit", step.limit) for at, step in enumerate(item.steps)]
    limits += [(f"assists[{at}].limit", assist.limit) for at, assist in enumerate(item.assists)]
    limits += [(f"classes[{at}].promised_limit", one.promised_limit) for at, one in enumerate(item.classes)]
    limits += [(f"decision_levels[{at}].limit", level.limit) for at, level in enumerate(item.decision_levels)]
    limits += [("report_up.limit", item.report_up.limit)] if item.report_up else []
    for path, limit in limits:
        if limit is not None and limit.amount == 0 and limit.unit != "on_the_spot":
            yield problem(
                item,
                "no-time",
                path,
                mark("The limit {limit} leaves no time."),
                mark("What is decided at once has the unit on_the_spot."),
                limit=_limit(limit),
            )


def _limit(limit: Limit) -> str:
    return f"{limit.amount} {limit.unit}"


def _bases(item: Item) -> Iterator[Problem]:
    bases: list[tuple[str, LegalBasis]] = [
        (f"legal_basis[{at}]", basis) for at, basis in enumerate(item.legal_basis)
    ]
    for at, material in enumerate(item.materials):
        bases += [(f"materials[{at}].legal_basis[{n}]", b) for n, b in enumerate(material.legal_basis)]
    for at, effect in enumerate(item.effects):
        if effect.stop is not None and effect.stop.basis is not None:
            bases.append((f"effects[{at}].stop.basis", effect.stop.basis))
    for at, fee in enumerate(item.fees):
        bases.append((f"fees[{at}].basis", fee.basis))
        bases += [(f"fees[{at}].reductions[{n}].basis", cut.basis) for n, cut in enumerate(fee.reductions)]
    for path, basis in bases:
        for field in ("name", "article"):
            if not getattr(basis, field).strip():
                yield problem(
                    item,
                    "empty-basis",
                    f"{path}.{field}",
                    mark("The law or its article is empty."),
                    mark("Where nobody has checked it, write 待核."),
                )


def _pending(item: Item) -> Iterator[Problem]:
    places = [("pending_check", item.pending_check, frozenset(Item.__dataclass_fields__))]
    for at, material in enumerate(item.materials):
        known = frozenset(type(material).__dataclass_fields__)
        places.append((f"materials[{at}].pending_check", material.pending_check, known))
    for path, names, known in places:
        for at, name in enumerate(names):
            if name not in known:
                yield problem(
                    item,
                    "unknown-field",
                    f"{path}[{at}]",
                    mark("“{name}” is not a field that could await checking."),
                    name=name,
                )


_CHECKS: Final[tuple[Callable[[Item], Iterator[Problem]], ...]] = (
    _dates,
    _duplicates,
    check_questions,
    _materials,
    check_conditions,
    _effects,
    _limits,
    _no_time,
    _bases,
    _pending,
    check_handling,
)
