"""Emptying private parts in the local store, and what is left of their bytes in the file.

A row that is emptied leaves its old bytes behind: in freed space of its page, in pages that were split long
ago, in the write-ahead log. Only writing the whole file anew and emptying the log is certain, so an erasure
leaves a mark in `meta` and `rewritten` does it at the keeper's next round. Not here: what is emptied
(`SqliteTransaction.erase`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from counter_app.domain.journal import Recorded
from counter_app.store.connection import Connection
from counter_app.store.query import Cursor

EMPTY: Final = (
    "UPDATE parts SET salt = NULL, data = NULL WHERE data IS NOT NULL AND slot = ? AND event = "
    "(SELECT id FROM events WHERE device = ? AND epoch = ? AND seq = ?)"
)
NO_PARTS: Final = b"\x90"  # an empty list, as msgpack writes it
MARK: Final = "rewrite"
SET_MARK: Final = (
    "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)


def empty_part(cursor: Cursor, event: Recorded, slot: str) -> int:
    """Empty one part; 1 when there was one. The evidence of a lost branch that was entered as this event goes
    too."""
    cursor.execute(EMPTY, (slot, event.device, event.epoch, event.seq))
    emptied: int = cursor.rowcount
    cursor.execute("UPDATE forked SET parts = ? WHERE entered = ?", (NO_PARTS, event.id))
    return emptied


def names_of(cursor: Cursor, parties: Iterable[str]) -> tuple[str, ...]:
    """The keyed hashes under which these parties are found; to be asked before they are folded anew."""
    found = []
    for party in parties:
        cursor.execute("SELECT lookup FROM parties WHERE id = ? AND lookup IS NOT NULL", (party,))
        found += [lookup for (lookup,) in cursor.fetchall()]
    return tuple(dict.fromkeys(found))


def forget_tokens(cursor: Cursor, cases: Iterable[str], lookups: Iterable[str]) -> None:
    """Nobody finds the cases by a name any more, nor the persons, unless they were recorded anew since."""
    cursor.executemany("DELETE FROM tokens WHERE kind = 'case' AND ref = ?", [(case,) for case in cases])
    cursor.executemany(
        "DELETE FROM tokens WHERE kind = 'person' AND ref = ?1 "
        "AND NOT EXISTS (SELECT 1 FROM parties WHERE lookup = ?1)",
        [(lookup,) for lookup in lookups],
    )


def need_rewrite(cursor: Cursor) -> None:
    """The file holds bytes that were erased."""
    cursor.execute(SET_MARK, (MARK, "file"))


def rewritten(connection: Connection) -> bool:
    """Write the file anew if an erasure asks for it; False when there was nothing to do.

    Under the writers' turn, outside a transaction. While somebody reads, the log cannot be emptied: then that
    is tried again the next time.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (MARK,)).fetchone()
    if row is None:
        return False
    if row[0] == "file":
        connection.execute("VACUUM")
        connection.execute(SET_MARK, (MARK, "log"))
    busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy is not None and busy[0] == 0:
        connection.execute("DELETE FROM meta WHERE key = ?", (MARK,))
    return True
