"""The centre's tables in PostgreSQL: one role for each hall, held to its own rows by the database itself.

Works behind a pooler that gives each transaction another connection, but for the one connection that
listens (`listen` in the URL names a way round the pooler, or `no`). The tables are made by
`postgres_prepare.py`; this finds them ready. Not here: what is stored (`transaction.py`), connections
(`postgres_line.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    TEXT,
    URL,
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    any_,
    bindparam,
    func,
    make_url,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

from counter_app.store.centre.archive import archived
from counter_app.store.centre.migrations import needs
from counter_app.store.centre.months import months_from
from counter_app.store.centre.postgres_arrays import packed
from counter_app.store.centre.postgres_line import DECIDE, READ, Line, hall_role, under_way
from counter_app.store.centre.postgres_wake import Announcer, Bells, Listener, channel
from counter_app.store.centre.tables import PARTITIONED, waits
from counter_app.store.query import Cursor, Prepared

LOOK_SECONDS: Final = 1.0  # NOTIFY is only a hint: who waits looks so often anyway
_DIALECT: Final = make_url("postgresql+psycopg://").get_dialect()()
_ARRAYS: Final = {BigInteger: "int8", Integer: "int4", LargeBinary: "bytea"}  # BigInteger is an Integer too
# filled by the database itself as events come: what is unique over all months (migration 001)
PLACES: Final = Table(
    "places",
    MetaData(),
    Column("hall", TEXT, primary_key=True),
    Column("hall_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("device", TEXT, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
)
_ANY_SIZE: Final = 0
_asked: Final = (
    func.unnest(bindparam("pools", type_=ARRAY(TEXT))).table_valued("name").render_derived("asked")
)
_front: Final = (
    select(waits.c.place, waits.c.id)
    .where(waits.c.hall == bindparam("hall"), waits.c.pool == _asked.c.name)
    .order_by(waits.c.place, waits.c.id)
    .limit(bindparam("most", type_=Integer))
    .lateral("front")
)
_FRONTS: Final = select(_asked.c.name, _front.c.place, _front.c.id).select_from(_asked.join(_front, true()))
_LOCK: Final = "SELECT FROM halls WHERE hall = %(hall)s FOR UPDATE"


class PostgresCentre:
    """`Dialect` on one database, as the role of one hall, or as the city's for any (`city`)."""

    def __init__(self, url: str, *, password: str | None = None, city: bool = False) -> None:
        """Connect. `CentreAway` when there is no answer, UserFacingError `store.unprepared`, `store.newer`.

        `city`: log in once for all halls; each transaction then takes its hall's role by `SET LOCAL ROLE`.
        """
        parsed = make_url(url)
        if password is not None:
            parsed = parsed.set(password=password)
        self._city = city
        self._months: set[str] = set()
        self._line = Line(parsed.difference_update_query(["listen"]))
        try:
            with self._line.transaction(READ) as cursor:
                needs(cursor)
        except BaseException:
            self._line.close()
            raise
        self._bells = Bells()
        self._announcer = Announcer(self._line.connect)
        heard = _listening(parsed)
        self._listener = None if heard is None else Listener(Line(heard).connect, self._bells)

    @property
    def places(self) -> Table:
        return PLACES

    @property
    def fronts(self) -> ClauseElement | None:
        return _FRONTS

    def compile(self, statement: ClauseElement) -> Prepared:
        return _compiled(statement)

    @property
    def sizes(self) -> Sequence[int]:
        return (_ANY_SIZE,)

    def among(self, column: Column[Any], size: int) -> ColumnElement[bool]:
        return column == any_(bindparam("among", type_=ARRAY(column.type)))

    def lists(self, wanted: list[Any]) -> list[tuple[int, dict[str, Any]]]:
        return [(_ANY_SIZE, {"among": wanted})] if wanted else []

    def upsert(self, table: Table) -> Prepared:
        insert = postgres_insert(table)
        keys = [column.name for column in table.primary_key.columns]
        rest = {entry.name: insert.excluded[entry.name] for entry in table.columns if not entry.primary_key}
        return _compiled(insert.on_conflict_do_update(index_elements=keys, set_=rest))

    def _as_hall(self, hall: str) -> str:
        return f"; SET LOCAL ROLE {hall_role(hall)}" if self._city else ""

    @contextmanager
    def deciding(self, hall: str) -> Iterator[Cursor]:
        with self._line.transaction(DECIDE + self._as_hall(hall)) as cursor:
            if cursor.execute(_LOCK, {"hall": hall}).fetchone() is None:  # a hall without a head as yet
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%(hall)s, 0))", {"hall": hall})
            yield cursor

    @contextmanager
    def reading(self, hall: str) -> Iterator[Cursor]:
        with self._line.transaction(READ + self._as_hall(hall)) as cursor:
            yield cursor

    def meanwhile(self, cursor: Cursor) -> AbstractContextManager[object]:
        return under_way(cursor)

    def insert(self, cursor: Cursor, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        self._fill(cursor, table, list(rows), "")

    def replace(self, cursor: Cursor, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        keys = [n for n, column in enumerate(table.columns) if column.primary_key]
        latest = {tuple(row[n] for n in keys): row for row in rows}
        self._fill(cursor, table, list(latest.values()), _replacing(table))

    def _fill(self, cursor: Cursor, table: Table, rows: list[tuple[Any, ...]], tail: str) -> None:
        """One statement for all rows: arrays, and plain values where a column holds but one (`COPY` is
        refused under row security)."""
        if not rows:
            return
        values = list(zip(*rows, strict=True))
        if table in PARTITIONED:
            self._need_months(table, values)
        single = tuple(column.count(column[0]) == len(column) for column in values)
        if all(single):  # no array would say how many
            single = (False, *single[1:])
        kinds = map(_array, table.columns)
        places = {
            f"p{n}": column[0] if alone else packed(kind, column)
            for n, (column, alone, kind) in enumerate(zip(values, single, kinds, strict=True))
        }
        cursor.execute(_insert(table, single) + tail, places)

    def _need_months(self, table: Table, values: list[tuple[Any, ...]]) -> None:
        """The partitions for these rows are there. The first row of a month also makes the months after it,
        so a month begins without anybody having looked after it."""
        moments = values[table.columns.keys().index("at")]
        for month in {moments[0][:7], moments[-1][:7]} - self._months:
            self.months_ahead(date.fromisoformat(f"{month}-01"))

    def months_ahead(self, day: date) -> None:
        """Make the partitions of a day's month and the next ones unless they are there, apart from any
        transaction; the role may have them made, not drop them."""
        with self._line.transaction(DECIDE) as cursor:
            for month in months_from(day):
                cursor.execute("SELECT need_month(%(month)s)", {"month": month})
        self._months.add(f"{day:%Y-%m}")

    def delete(self, cursor: Cursor, table: Table, keys: Sequence[tuple[Any, ...]]) -> None:
        if keys:
            columns = zip(*keys, strict=True)
            cursor.execute(_delete(table), {f"p{n}": list(column) for n, column in enumerate(columns)})

    def archived(self, cursor: Cursor, hall: str, places: Iterable[int]) -> list[tuple[Any, ...]]:
        return archived(cursor, hall, places)

    def committed(self, hall: str, hall_seq: int) -> None:
        self._bells.ring((channel(hall),))
        self._announcer.tell(channel(hall), hall_seq)

    def mark(self, hall: str) -> int:
        return self._bells.mark(channel(hall))

    def woken(self, hall: str, mark: int, seconds: float) -> None:
        name = channel(hall)
        if self._listener is not None:
            self._listener.listen(name)
        self._bells.wait(name, mark, min(seconds, LOOK_SECONDS))

    def rewrite(self) -> bool:
        """Nothing to do: the server's own vacuum clears pages of what was emptied, and its log runs out. What
        lay there was under the hall's key."""
        return True

    def close(self) -> None:
        self._bells.close()
        self._announcer.close()
        if self._listener is not None:
            self._listener.close()
        self._line.close()


def _listening(url: URL) -> URL | None:
    """Where to listen: `listen=host:port` goes round a pooler, `listen=no` is for where nobody can."""
    way = url.query.get("listen", "")
    url = url.difference_update_query(["listen"])
    if way == "no":
        return None
    host, _, port = str(way).rpartition(":")
    return url.set(host=host, port=int(port)) if host and port.isdecimal() else url


def _compiled(statement: ClauseElement) -> Prepared:
    compiled = statement.compile(dialect=_DIALECT)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(f"no query: {statement}")
    literals = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    return Prepared(str(compiled), literals)


def _array(column: Column[Any]) -> str:
    return next((name for type, name in _ARRAYS.items() if isinstance(column.type, type)), "text")


@cache
def _insert(table: Table, single: tuple[bool, ...]) -> str:
    """Columns that are `single` come as one value, the others as arrays; parameters `p0` …"""
    columns = list(table.columns)
    arrays = [n for n, alone in enumerate(single) if not alone]
    values = ", ".join(
        f"%(p{n})s::{_array(column)}" if single[n] else f"u.c{n}" for n, column in enumerate(columns)
    )
    source = ", ".join(f"%(p{n})b::{_array(columns[n])}[]" for n in arrays)
    names = ", ".join(column.name for column in columns)
    return (
        f"INSERT INTO {table.name} ({names}) SELECT {values} "
        f"FROM unnest({source}) AS u({', '.join(f'c{n}' for n in arrays)})"
    )


@cache
def _replacing(table: Table) -> str:
    keys = ", ".join(column.name for column in table.primary_key.columns)
    rest = ", ".join(
        f"{column.name} = excluded.{column.name}" for column in table.columns if not column.primary_key
    )
    return f" ON CONFLICT ({keys}) DO {f'UPDATE SET {rest}' if rest else 'NOTHING'}"


@cache
def _delete(table: Table) -> str:
    keys = list(table.primary_key.columns)
    source = ", ".join(f"%(p{n})b::{_array(column)}[]" for n, column in enumerate(keys))
    names = ", ".join(f"k{n}" for n in range(len(keys)))
    tests = " AND ".join(f"t.{column.name} = u.k{n}" for n, column in enumerate(keys))
    return f"DELETE FROM {table.name} AS t USING unnest({source}) AS u({names}) WHERE {tests}"
