"""The centre's tables, the same for SQLite and PostgreSQL; every key begins with the hall.

`at` is the centre's own time when it gave the place (ISO 8601, hall zone, milliseconds) and never goes back
along the order, so that months and cut-offs are stretches of it. PostgreSQL partitions `events`, `subjects`
and `parts` by its month; all else, heads and command keys above all, stays whole. Events are insert-only.

Not here: triggers, row security, partitions (`sqlite.py`, the migrations), what private parts look like
under the hall's key (`sealing.py`).
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import TEXT, BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table

METADATA: Final = MetaData()

halls = Table(
    "halls",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("centre", TEXT, nullable=False),  # the device code of the centre itself
    Column("hall_seq", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("hlc", BigInteger, nullable=False),
    Column("rules", Integer, nullable=False),
    Column("published", BigInteger, nullable=False),  # the stamp of the latest publication
    Column("secrets", BigInteger, nullable=False),  # the newest secret's version
)

events = Table(
    "events",
    METADATA,
    Column("hall", TEXT, nullable=False),
    Column("hall_seq", BigInteger, nullable=False),
    Column("device", TEXT, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("type", TEXT, nullable=False),
    Column("at", TEXT, nullable=False),
    Column("hash", LargeBinary, nullable=False),  # 32 bytes
    Column("root", LargeBinary, nullable=False),  # the running hash of the order after this event
    Column("data", LargeBinary, nullable=False),
)
# not a primary key: SQLite then keeps rows in their own tree, which holds long ones better
Index("events_order", events.c.hall, events.c.hall_seq)
Index("events_chain", events.c.hall, events.c.device, events.c.epoch, events.c.seq)

subjects = Table(
    "subjects",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("subject", TEXT, primary_key=True),
    Column("hall_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", TEXT, nullable=False),
    sqlite_with_rowid=False,
)

parts = Table(
    "parts",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("hall_seq", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", TEXT, primary_key=True),
    Column("at", TEXT, nullable=False),
    Column("sealed", LargeBinary),  # under the hall's key; NULL: erased
)

# where the first event of a command of the centre's own stands; the rest follow it in the chain. Keys are
# random: one for every event that comes in would touch a page of its own, more of them as the store grows
keys = Table(
    "keys",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("device", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

chains = Table(
    "chains",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("device", TEXT, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

devices = Table(
    "devices",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("device", TEXT, primary_key=True),
    Column("role", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("public", TEXT, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("token", TEXT, nullable=False),
    Column("offered", TEXT, nullable=False),  # JSON list
    Column("revoked", Integer, nullable=False),
    Column("state", TEXT, nullable=False),  # JSON object of texts
)

invitations = Table(
    "invitations",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("digest", TEXT, primary_key=True),
    Column("device", TEXT, nullable=False),
    Column("role", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("expires", TEXT, nullable=False),
)

batches = Table(
    "batches",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("device", TEXT, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

published = Table(
    "published",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("kind", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("hall_seq", BigInteger, nullable=False),  # of the `RowsPublished` that vouches for it
    Column("body", LargeBinary),  # NULL: withdrawn
)
Index("published_at", published.c.hall, published.c.hall_seq)

secrets = Table(
    "secrets",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # under the hall's key
)
Index("secrets_version", secrets.c.hall, secrets.c.version)

notes = Table(
    "notes",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("key", TEXT, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

folds = Table(
    "folds",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("kind", TEXT, primary_key=True),
    Column("id", TEXT, primary_key=True),
    Column("fold", LargeBinary, nullable=False),
    Column("alive", Integer),  # 1: a snapshot brings its whole history; else NULL
)
Index(
    "folds_alive",
    folds.c.hall,
    folds.c.kind,
    folds.c.id,
    sqlite_where=folds.c.alive.is_not(None),
    postgresql_where=folds.c.alive.is_not(None),
)

# one row for each waiting ticket, so that the head of a line is one seek
waits = Table(
    "waits",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("pool", TEXT, primary_key=True),
    Column("place", TEXT, primary_key=True),
    Column("id", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)

# pictures as they were sealed on a device, piece by piece; their keys are private parts of the events
blobs = Table(
    "blobs",
    METADATA,
    Column("hall", TEXT, primary_key=True),
    Column("digest", TEXT, primary_key=True),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

PARTITIONED: Final = (events, subjects, parts)
