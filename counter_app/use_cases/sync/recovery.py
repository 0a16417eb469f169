"""After a restored or cloned disk, or a fork: where do the branches part, and going on from there.

The centre's branch stands. What this disk did beyond it is set aside as evidence and entered anew in the
epoch the centre allotted; what the centre knows more of comes back with the hall's order (design: fork,
restored or cloned disk).
"""

from __future__ import annotations

from counter_app.use_cases.ports.centre import Centre, Welcome
from counter_app.use_cases.ports.sync import Journal, Parting, Standing


def recover(journal: Journal, centre: Centre, standing: Standing, welcome: Welcome) -> int:
    """Go on in the welcome's epoch; gives how many acts were set aside."""
    keep = common(journal, centre, standing.epoch, min(standing.seq, welcome.seq))
    parting = Parting(
        epoch=standing.epoch,
        keep=keep,
        new_epoch=welcome.epoch,
        last_seq=welcome.seq,
        last_hash=welcome.hash,
        cause=welcome.state if welcome.state != "ok" else "forked",
    )
    return journal.part_ways(parting)


def common(journal: Journal, centre: Centre, epoch: int, most: int) -> int:
    """The last own seq that is the same here and at the centre, at most `most`; each look halves the rest.

    Each event holds the hash of the one before: where one is equal, all before it are.
    """
    same, other = 0, most + 1
    while other - same > 1:
        middle = (same + other) // 2
        if journal.chain(epoch, middle - 1, 1) == centre.chain(epoch, middle - 1, 1):
            same = middle
        else:
            other = middle
    return same
