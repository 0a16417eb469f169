"""What the centre does unasked: unused grants lapse, and leases that ran out are cleared away."""

from __future__ import annotations

from counter_app.domain.centre.granting import LEASE_LASTS, LEASE_MARGIN, Tick
from counter_app.use_cases.centre.held import Heard, drop_old_standing, held_now
from counter_app.use_cases.ports.centre_store import CentreTransaction


def sweep(tx: CentreTransaction, tick: Tick | None = None, heard: Heard | None = None) -> bool:
    """Once a second is right: a grant lapses 30 s after it was given. True when something changed.

    `heard` gives the hall's place a device is known to have reached (its latest pull): what its renewed lease
    names no longer is free from then on; without it, from its next hello on.

    Time is the centre's own, by `tick` where the grant was stamped in the same boot, else by `tx.now`.
    """
    changed = held_now(tx, tick, heard).changed
    return drop_old_standing(tx, LEASE_LASTS + LEASE_MARGIN, tick) or changed
