"""Tables every room shares, and the metadata the rooms' own tables join.

The journal is insert-only: triggers refuse to change or delete an event; it may leave only when its copy lies
in `forked`, and its place in the hall's order is written once. Projections are not here: each room declares
its table beside its row queries (`waiting_tables.py`, `case_tables.py` …). Nor are the steps from older
schemas (`upgrading.py`).
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

from counter_app.domain.centre.order import NO_ROOT

METADATA: Final = MetaData()

events = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("device", TEXT, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("key", TEXT),  # of own commands only: it answers whether this device has acted
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
    # the one chain this device writes; its others, and those of other devices, are only read
    Column("own", Integer, nullable=False, server_default="0"),
    # own events up to here have their place in the hall's order
    Column("confirmed", Integer, nullable=False, server_default="0"),
    # where a snapshot began: what lies before may have gaps
    Column("base", Integer, nullable=False, server_default="0"),
    Column("base_hash", TEXT, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

# One row: how far this device and its centre have come with one another.
sync = Table(
    "sync",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("acked", Integer, nullable=False, server_default="0"),
    Column("pulled", Integer, nullable=False, server_default="0"),
    Column("root", TEXT, nullable=False, server_default=NO_ROOT),
    Column("base", Integer, nullable=False, server_default="0"),
    Column("base_root", TEXT, nullable=False, server_default=NO_ROOT),
    Column("filling", Integer, nullable=False, server_default="0"),
    Column("token", TEXT, nullable=False, server_default=""),
    Column("centre", TEXT, nullable=False, server_default=""),
    Column("secrets", Integer, nullable=False, server_default="0"),
    CheckConstraint("id = 1"),
)

# Evidence: own events taken out of the journal because another branch of the chain stands at the centre.
forked = Table(
    "forked",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("key", TEXT),
    Column("hash", BLOB, nullable=False),
    Column("data", BLOB, nullable=False),
    Column("parts", BLOB, nullable=False),
    Column("cause", TEXT, nullable=False),
    Column("entered", TEXT),
    Index("forked_event", "epoch", "seq"),
)
Index("forked_waiting", forked.c.id, sqlite_where=forked.c.entered.is_(None))

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
    Column("event", Integer),  # the row of the `RowsPublished` that vouches for it
    Column("hall", Integer, nullable=False, server_default="0"),  # 1: the centre's; it stands before own ones
    sqlite_with_rowid=False,
)

# Credentials as the centre has them: what differs from the note was set here and must be sent.
secrets = Table(
    "secrets",
    METADATA,
    Column("name", TEXT, primary_key=True),
    Column("digest", BLOB, nullable=False),
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

_COPY: Final = (
    "SELECT 1 FROM forked f WHERE f.epoch = OLD.epoch AND f.seq = OLD.seq AND f.hash = OLD.hash "
    "AND f.data = OLD.data"
)
_PLACED: Final = "OLD.hall_seq IS NOT NULL AND NEW.hall_seq IS NOT OLD.hall_seq"

GUARDS: Final = {
    "events_keep": f"BEFORE DELETE ON events WHEN NOT EXISTS ({_COPY}) {_REFUSE}",
    "events_stand": f"BEFORE UPDATE OF {_SEALED} ON events {_REFUSE}",
    "events_place": f"BEFORE UPDATE OF hall_seq ON events WHEN {_PLACED} {_REFUSE}",
    "forked_keep": f"BEFORE DELETE ON forked {_REFUSE}",
    "forked_stand": f"BEFORE UPDATE OF epoch, seq, key, hash, data, cause ON forked {_REFUSE}",
}
