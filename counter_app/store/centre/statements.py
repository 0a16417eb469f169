"""Every query of the centre's store, written once in Core and compiled once for each dialect."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Table,
    and_,
    bindparam,
    func,
    literal_column,
    null,
    select,
    tuple_,
    union,
)
from sqlalchemy.sql import ClauseElement

from counter_app.store.centre.dialect import Dialect
from counter_app.store.centre.tables import (
    batches,
    blobs,
    chains,
    devices,
    events,
    folds,
    halls,
    invitations,
    keys,
    notes,
    parts,
    published,
    secrets,
    subjects,
    waits,
)
from counter_app.store.query import Prepared

_limit: Final[BindParameter[int]] = bindparam("most")


def _here(table: Table) -> ColumnElement[bool]:
    hit: ColumnElement[bool] = table.c.hall == bindparam("hall")
    return hit


_e = events.c
_EVENT = select(_e.hall_seq, _e.device, _e.epoch, _e.seq, _e.type, _e.data).where(_here(events))
_newer = published.alias("newer")
_IN_FORCE = (
    _here(published),
    published.c.version
    == select(func.max(_newer.c.version))
    .where(
        _newer.c.hall == published.c.hall,
        _newer.c.kind == published.c.kind,
        _newer.c.key == published.c.key,
    )
    .scalar_subquery(),
    published.c.body.is_not(None),
)
_of_fold = folds.join(
    subjects,
    and_(
        subjects.c.hall == folds.c.hall,
        subjects.c.subject == folds.c.kind.concat(literal_column("':'")).concat(folds.c.id),
    ),
)
_ALIVE = union(
    select(subjects.c.hall_seq)
    .select_from(_of_fold)
    .where(_here(folds), folds.c.alive.is_not(None), subjects.c.hall_seq < bindparam("until")),
    select(published.c.hall_seq).where(*_IN_FORCE, published.c.hall_seq < bindparam("until")),
).order_by("hall_seq")

_STATEMENTS: Final[dict[str, ClauseElement]] = {
    "hall": select(
        halls.c.centre,
        halls.c.hall_seq,
        halls.c.root,
        halls.c.at,
        halls.c.hlc,
        halls.c.rules,
        halls.c.published,
        halls.c.secrets,
    ).where(_here(halls)),
    "place": select(halls.c.hall_seq).where(_here(halls)),
    "stamp": select(halls.c.published).where(_here(halls)),
    "root": select(_e.root).where(_here(events), _e.hall_seq == bindparam("place")),
    "at": select(_e.at).where(_here(events), _e.hall_seq == bindparam("place")),
    "oldest": select(func.min(_e.hall_seq)).where(_here(events)),
    "chain_end": select(chains.c.seq, chains.c.hash).where(
        _here(chains), chains.c.device == bindparam("device"), chains.c.epoch == bindparam("epoch")
    ),
    "chain": select(_e.seq, _e.hash)
    .where(
        _here(events),
        _e.device == bindparam("device"),
        _e.epoch == bindparam("epoch"),
        _e.seq > bindparam("after"),
    )
    .order_by(_e.seq)
    .limit(_limit),
    "chain_data": select(_e.data, _e.hall_seq)
    .where(
        _here(events),
        _e.device == bindparam("device"),
        _e.epoch == bindparam("epoch"),
        _e.seq > bindparam("after"),
    )
    .order_by(_e.seq)
    .limit(_limit),
    "chains": select(chains.c.device, chains.c.epoch, chains.c.seq, chains.c.hash)
    .where(_here(chains))
    .order_by(chains.c.device, chains.c.epoch),
    "newest_epoch": select(func.max(chains.c.epoch)).where(
        _here(chains), chains.c.device == bindparam("device")
    ),
    "after": _EVENT.where(_e.hall_seq > bindparam("place")).order_by(_e.hall_seq).limit(_limit),
    "parts": select(parts.c.hall_seq, parts.c.slot, parts.c.sealed)
    .where(_here(parts), parts.c.hall_seq >= bindparam("first"), parts.c.hall_seq <= bindparam("last"))
    .order_by(parts.c.hall_seq, parts.c.slot),
    "rows": select(published.c.hall_seq, published.c.key, published.c.body)
    .where(
        _here(published),
        published.c.hall_seq >= bindparam("first"),
        published.c.hall_seq <= bindparam("last"),
    )
    .order_by(published.c.hall_seq, published.c.key),
    "alive": _ALIVE,
    "living": select(folds.c.id, folds.c.fold)
    .where(
        _here(folds),
        folds.c.kind == bindparam("kind"),
        folds.c.alive.is_not(None),
        folds.c.id > bindparam("after"),
    )
    .order_by(folds.c.id)
    .limit(bindparam("most")),
    # without its event a place lies in the archive
    "history": select(subjects.c.hall_seq, _e.data)
    .select_from(
        subjects.outerjoin(
            events,
            and_(
                subjects.c.hall == _e.hall,
                subjects.c.hall_seq == _e.hall_seq,
                subjects.c.at == _e.at,
            ),
        )
    )
    .where(_here(subjects), subjects.c.subject == bindparam("subject"))
    .order_by(subjects.c.hall_seq),
    "of_kind": select(subjects.c.subject)
    .where(
        _here(subjects), subjects.c.subject >= bindparam("first"), subjects.c.subject < bindparam("beyond")
    )
    .distinct(),
    "of_key": select(keys.c.epoch, keys.c.seq)
    .where(_here(keys), keys.c.device == bindparam("device"), keys.c.key == bindparam("key"))
    .order_by(keys.c.epoch, keys.c.seq),
    "device": select(*devices.columns).where(_here(devices), devices.c.device == bindparam("device")),
    "devices": select(*devices.columns).where(_here(devices)).order_by(devices.c.device),
    "invitation": select(*invitations.columns).where(
        _here(invitations), invitations.c.digest == bindparam("digest")
    ),
    "in_force": select(published.c.key, published.c.body)
    .where(*_IN_FORCE, published.c.kind == bindparam("kind"))
    .order_by(published.c.key),
    "secrets": select(secrets.c.name, secrets.c.version, secrets.c.sealed)
    .where(_here(secrets), secrets.c.version > bindparam("after"))
    .order_by(secrets.c.version),
    "note": select(notes.c.value).where(_here(notes), notes.c.key == bindparam("key")),
    "notes": select(notes.c.key, notes.c.value)
    .where(_here(notes), notes.c.key >= bindparam("first"), notes.c.key < bindparam("beyond"))
    .order_by(notes.c.key),
    "waiting": select(waits.c.place, waits.c.id)
    .where(
        _here(waits),
        waits.c.pool == bindparam("pool"),
        tuple_(waits.c.place, waits.c.id) > tuple_(bindparam("place"), bindparam("id")),
    )
    .order_by(waits.c.place, waits.c.id)
    .limit(_limit),
    "pieces": select(blobs.c.at, func.length(blobs.c.data))
    .where(_here(blobs), blobs.c.digest == bindparam("digest"))
    .order_by(blobs.c.at),
    "piece": select(blobs.c.data).where(
        _here(blobs), blobs.c.digest == bindparam("digest"), blobs.c.at == bindparam("place")
    ),
    "erase": parts.update()
    .where(
        _here(parts),
        parts.c.hall_seq == bindparam("place"),
        parts.c.slot == bindparam("slot"),
        parts.c.sealed.is_not(None),
    )
    .values(sealed=null()),
    "clear_folds": folds.delete().where(_here(folds), folds.c.kind == bindparam("kind")),
    "clear_waits": waits.delete().where(_here(waits)),
}
Among = Callable[[Column[Any]], ColumnElement[bool]]
_LISTED: Final[dict[str, Callable[[Among], ClauseElement]]] = {
    "folds": lambda among: select(folds.c.id, folds.c.fold).where(
        _here(folds), folds.c.kind == bindparam("kind"), among(folds.c.id)
    ),
    "events": lambda among: _EVENT.where(among(_e.hall_seq)).order_by(_e.hall_seq),
    "parts": lambda among: select(parts.c.hall_seq, parts.c.slot, parts.c.sealed).where(
        _here(parts), among(parts.c.hall_seq)
    ),
    "rows": lambda among: (
        select(published.c.hall_seq, published.c.key, published.c.body)
        .where(_here(published), among(published.c.hall_seq))
        .order_by(published.c.key)
    ),
    "notes": lambda among: select(notes.c.key, notes.c.value).where(_here(notes), among(notes.c.key)),
}
_UPSERTS: Final = (halls, devices, invitations, batches, secrets)


class Statements:
    """The centre's queries for one dialect, those over lists of keys for each size of list it knows."""

    def __init__(self, dialect: Dialect) -> None:
        self._by_name = {name: dialect.compile(statement) for name, statement in _STATEMENTS.items()}
        self._by_name["place_of"] = dialect.compile(_place_of(dialect.places))
        if dialect.fronts is not None:
            self._by_name["fronts"] = dialect.compile(dialect.fronts)
        self._upserts = {table.name: dialect.upsert(table) for table in _UPSERTS}
        self._listed = {
            (name, size): dialect.compile(make(partial(dialect.among, size=size)))
            for name, make in _LISTED.items()
            for size in dialect.sizes
        }

    def knows(self, name: str) -> bool:
        """Whether this dialect has the query: `fronts` is for one that can ask for all pools at once."""
        return name in self._by_name

    def __getitem__(self, name: str) -> Prepared:
        return self._by_name[name]

    def upsert(self, table: Table) -> Prepared:
        return self._upserts[table.name]

    def listed(self, name: str, size: int) -> Prepared:
        """Rows whose id or place is one of a list that `Dialect.lists` gave as of this size."""
        return self._listed[name, size]


_made: Final[dict[type[Dialect], Statements]] = {}


def statements_of(dialect: Dialect) -> Statements:
    """Compiled once in a process for each kind of database."""
    known = _made.get(type(dialect))
    if known is None:
        known = _made[type(dialect)] = Statements(dialect)
    return known


def _place_of(table: Table) -> ClauseElement:
    return select(table.c.hall_seq).where(
        _here(table),
        table.c.device == bindparam("device"),
        table.c.epoch == bindparam("epoch"),
        table.c.seq == bindparam("seq"),
    )
