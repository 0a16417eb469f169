"""Hall, catalogue and calendar as they are in force: read from the published rows, and put there.

What was assembled is kept until something new is published. Not here: the files they come from
(`catalogue_files`), staff's PINs (`access`).
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from counter_app.domain.catalogue.catalogue import Body, Catalogue, Category, Group, Phrases
from counter_app.domain.catalogue.items import Item
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.journal import Actor
from counter_app.domain.streams import Published
from counter_app.domain.time.calendar import CALENDAR_YEARS, CalendarYear, WorkCalendar
from counter_app.errors import UserFacingError
from counter_app.use_cases.ports.catalogue import CatalogueCodec
from counter_app.use_cases.ports.centre import Publication
from counter_app.use_cases.ports.store import Store, Transaction

T = TypeVar("T")
Kinds = tuple[tuple[Published[Any], Mapping[str, Any], bool], ...]

HALLS = Published("hall", HallPlan)
CATEGORIES = Published("category", Category)
GROUPS = Published("group", Group)
BODIES = Published("body", Body)
PHRASES = Published("phrases", Phrases)
HERE = "here"


class PublishedRows(Protocol):
    """What it is read from: a device's store or a centre's."""

    def published(self, kind: Published[T]) -> Mapping[str, T]: ...


class PublishedReference:
    """`Reference` over the published rows of a store."""

    def __init__(self, codec: CatalogueCodec) -> None:
        self.items = Published("item", Item, codec.item_to_json, codec.item_from_json)
        self._kept: dict[str, tuple[tuple[Mapping[str, Any], ...], Any]] = {}
        self._turn = threading.Lock()

    @property
    def kinds(self) -> tuple[Published[Any], ...]:
        """Every kind of reference data there is, the calendar's years too."""
        return (HALLS, CATEGORIES, GROUPS, BODIES, PHRASES, self.items, CALENDAR_YEARS)

    def plan(self, reader: PublishedRows) -> HallPlan:
        """The hall this home belongs to. UserFacingError `hall.not-set-up` before there is one."""
        plan = reader.published(HALLS).get(HERE)
        if plan is None:
            raise UserFacingError(
                "hall.not-set-up",
                "This home has no hall yet.",
                remedy="Make a training home with `counter-app demo init`.",
            )
        return plan

    def catalogue(self, reader: PublishedRows) -> Catalogue:
        kinds: tuple[Published[Any], ...] = (CATEGORIES, GROUPS, BODIES, PHRASES, self.items)
        rows = tuple(reader.published(kind) for kind in kinds)
        return self._assembled("catalogue", rows, lambda: _catalogue(*rows))

    def calendar(self, reader: PublishedRows) -> WorkCalendar:
        years = reader.published(CALENDAR_YEARS)
        return self._assembled("calendar", (years,), lambda: WorkCalendar(years))

    def _assembled(self, name: str, rows: tuple[Mapping[str, Any], ...], make: Callable[[], T]) -> T:
        """`make()` once for these very rows; the store gives the same mapping until something changes."""
        with self._turn:
            kept = self._kept.get(name)
            if kept is None or any(old is not new for old, new in zip(kept[0], rows, strict=True)):
                kept = (rows, make())
                self._kept[name] = kept
            made: T = kept[1]
            return made


def _catalogue(
    categories: Mapping[str, Category],
    groups: Mapping[str, Group],
    bodies: Mapping[str, Body],
    phrases: Mapping[str, Phrases],
    items: Mapping[str, Item],
) -> Catalogue:
    return Catalogue(
        tuple(categories.values()),
        tuple(groups.values()),
        tuple(bodies.values()),
        tuple(phrases.values()),
        tuple(items.values()),
    )


class Publishing:
    """Puts reference data in force. Each call is one act; unchanged rows are not published again.

    In a hall with a centre they are the centre's to put in force, and come back from there for every machine:
    `send` gives them to it. UserFacingError `centre.needed` while it is away.
    """

    def __init__(
        self,
        store: Store,
        reference: PublishedReference,
        send: Callable[[Sequence[Publication]], None] | None = None,
    ) -> None:
        self._store = store
        self._reference = reference
        self._send = send

    def hall(self, actor: Actor, key: str, plan: HallPlan) -> None:
        """mission: H1–H7, D5."""
        self._publish(actor, key, ((HALLS, {HERE: plan}, False),))

    def calendar(self, actor: Actor, key: str, years: Mapping[str, CalendarYear]) -> None:
        """mission: T1. Years that are not named stay as they are."""
        self._publish(actor, key, ((CALENDAR_YEARS, years, False),))

    def catalogue(self, actor: Actor, key: str, catalogue: Catalogue) -> None:
        """mission: I1. Item versions are added or replaced, never withdrawn: running cases keep theirs."""
        self._publish(actor, key, catalogue_rows(self._reference, catalogue))

    def _publish(self, actor: Actor, key: str, kinds: Kinds) -> None:
        if self._send is not None:
            once = key or secrets.token_hex(16)
            self._send([_publication(actor, once, *entry) for entry in kinds])
            return

        def work(tx: Transaction) -> None:
            for kind, rows, replace in kinds:
                tx.publish(kind, rows, replace=replace)

        self._store.act(actor, key, work)


def _publication(
    actor: Actor, key: str, kind: Published[Any], rows: Mapping[str, Any], replace: bool
) -> Publication:
    bodies = {name: kind.encode(row) for name, row in rows.items()}
    return Publication(f"{key}/{kind.kind}", kind.kind, bodies, replace, actor.staff)


def catalogue_rows(reference: PublishedReference, catalogue: Catalogue) -> Kinds:
    """Kind, rows, and whether they replace all of the kind: item versions are never withdrawn."""
    # an order by position: categories and groups are shown in the order of their file
    return (
        (CATEGORIES, _numbered(catalogue.categories), True),
        (GROUPS, _numbered(catalogue.groups), True),
        (BODIES, {body.code: body for body in catalogue.bodies}, True),
        (PHRASES, {str(entry.material_type): entry for entry in catalogue.phrases}, True),
        (reference.items, {f"{item.code}@{item.version}": item for item in catalogue.items}, False),
    )


def _numbered(rows: tuple[T, ...]) -> dict[str, T]:
    return {f"{at:03d}": row for at, row in enumerate(rows)}
