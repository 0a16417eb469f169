"""After a lost branch: numbers leased to it may have been given out there, so none of them is given here.

Blocks leased before this epoch began are passed over whole; a gap in the numbers is nobody's harm
(design: numbers). Case and paper numbers carry the epoch and need nothing.
"""

from __future__ import annotations

from counter_app.domain.centre.numbering import NUMBERS
from counter_app.store.query import Cursor
from counter_app.store.reader import Shared


def pass_over_leased(cursor: Cursor, shared: Shared) -> None:
    """Every run of ticket numbers of this device goes on after the blocks that are known here."""
    projection = shared.projections.get(NUMBERS.kind)
    if projection is None:
        return
    cursor.execute(
        f"SELECT id, fold FROM {projection.table.name} WHERE substr(id, 1, ?) = ?",
        (len(shared.device) + 1, f"{shared.device}/"),
    )
    for id, fold in cursor.fetchall():
        _, letter, day = id.rsplit("/", 2)
        cursor.execute(
            "INSERT INTO serials (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
            (f"ticket/{letter}/{day}", NUMBERS.decode(fold).count),
        )
