"""Tables every room shares, and the metadata the rooms' own tables join.

The journal is insert-only: triggers refuse to change or delete an event. Projections are not here:
each room declares its table beside its row queries (`waiting_tables.py`, `case_tables.py` …).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BLOB,
    TEXT,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
)

METADATA: Final = MetaData()

events = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("device", TEXT, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("key", TEXT),
    Column("hall_seq", Integer),
    Column("hash", BLOB, nullable=False),
    Column("data", BLOB, nullable=False),
    CheckConstraint("seq > 0"),
    Index("events_seq", "device", "epoch", "seq", unique=True),
)
Index("events_key", events.c.key, sqlite_where=events.c.key.is_not(None))

subjects = Table(
    "subjects",
    METADATA,
    Column("subject", TEXT, primary_key=True),
    Column("event", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

parts = Table(
    "parts",
    METADATA,
    Column("event", Integer, primary_key=True),
    Column("slot", TEXT, primary_key=True),
    Column("salt", BLOB),
    Column("data", BLOB),
    sqlite_with_rowid=False,
)

heads = Table(
    "heads",
    METADATA,
    Column("device", TEXT, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", TEXT, nullable=False),
    Column("hlc", Integer, nullable=False),
    sqlite_with_rowid=False,
)

changes = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True),  # never used twice: only the oldest are forgotten (`tidy`)
    Column("kind", TEXT, nullable=False),
    Column("subject", TEXT, nullable=False),
)

serials = Table(
    "serials",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_with_rowid=False,
)

published = Table(
    "published",
    METADATA,
    Column("kind", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", BLOB),
    sqlite_with_rowid=False,
)

notes = Table(
    "notes",
    METADATA,
    Column("key", TEXT, primary_key=True),
    Column("value", BLOB, nullable=False),
    sqlite_with_rowid=False,
)

tokens = Table(
    "tokens",
    METADATA,
    Column("token", TEXT, primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("kind", TEXT, primary_key=True),
    Column("ref", TEXT, primary_key=True),
    Index("tokens_ref", "kind", "ref"),
    sqlite_with_rowid=False,
)

meta = Table(
    "meta",
    METADATA,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
    sqlite_with_rowid=False,
)

_REFUSE: Final = "BEGIN SELECT RAISE(ABORT, 'the journal is insert-only'); END"
_SEALED: Final = "device, epoch, seq, key, hash, data"

GUARDS: Final = (
    f"CREATE TRIGGER IF NOT EXISTS events_keep BEFORE DELETE ON events {_REFUSE}",
    f"CREATE TRIGGER IF NOT EXISTS events_stand BEFORE UPDATE OF {_SEALED} ON events {_REFUSE}",
)
