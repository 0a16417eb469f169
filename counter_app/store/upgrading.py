"""The file's schema: made new, or brought up from an older version, in one transaction.

Versions are SQLite's `user_version`. Tables are only added to. Projections are no part of it: their tables
are made again, with all rows, whenever their own version changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from sqlalchemy import Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from counter_app.errors import UserFacingError
from counter_app.store.connection import Connection
from counter_app.store.query import Cursor
from counter_app.store.schema import GUARDS, METADATA

SCHEMA_VERSION: Final = 2
_DIALECT: Final = sqlite_dialect()


def prepare(connection: Connection, besides: Collection[str]) -> None:
    """Bring the file to `SCHEMA_VERSION`, `besides` the tables of projections.

    UserFacingError `store.newer` when a later program wrote it.
    """
    row = connection.execute("PRAGMA user_version").fetchone()
    version = int(row[0]) if row else 0
    if version == SCHEMA_VERSION:
        return
    if version > SCHEMA_VERSION:
        raise UserFacingError(
            "store.newer",
            "A newer version of this program has written this store.",
            kept="The file was not touched.",
            remedy="Install the newer version again.",
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version:
            for step in range(version, SCHEMA_VERSION):
                _STEPS[step](connection)
        _make_missing(connection, besides)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def make_table(cursor: Cursor, table: Table) -> None:
    """Make a table with its indexes, where they are missing."""
    cursor.execute(str(CreateTable(table, if_not_exists=True).compile(dialect=_DIALECT)))
    for index in sorted(table.indexes, key=lambda entry: str(entry.name)):
        cursor.execute(str(CreateIndex(index, if_not_exists=True).compile(dialect=_DIALECT)))


def _make_missing(connection: Connection, besides: Collection[str]) -> None:
    cursor = connection.cursor()
    for table in METADATA.sorted_tables:
        if table.name not in besides:
            make_table(cursor, table)
    for name, guard in GUARDS.items():
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(f"CREATE TRIGGER {name} {guard}")
    connection.execute("INSERT OR IGNORE INTO sync (id) VALUES (1)")


def _to_2(connection: Connection) -> None:
    """Version 1 knew one machine alone: its newest chain is its own, and it published for itself."""
    for column in ("own", "confirmed", "base"):
        connection.execute(f"ALTER TABLE heads ADD COLUMN {column} INTEGER NOT NULL DEFAULT '0'")
    connection.execute("ALTER TABLE heads ADD COLUMN base_hash TEXT NOT NULL DEFAULT ''")
    connection.execute(
        "UPDATE heads SET own = 1 "
        "WHERE epoch = (SELECT max(epoch) FROM heads h WHERE h.device = heads.device)"
    )
    connection.execute("ALTER TABLE published ADD COLUMN event INTEGER")
    connection.execute("ALTER TABLE published ADD COLUMN hall INTEGER NOT NULL DEFAULT '0'")
    connection.execute(
        "UPDATE published SET event = ("
        "SELECT e.id FROM subjects s JOIN events e ON e.id = s.event "
        "WHERE s.subject = 'published:' || published.kind "
        "AND json_extract(CAST(e.data AS TEXT), '$.body.version_no') = published.version)"
    )


_STEPS: Final[dict[int, Callable[[Connection], None]]] = {1: _to_2}
