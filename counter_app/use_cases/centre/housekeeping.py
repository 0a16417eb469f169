"""What the centre does unasked: unused grants lapse, and leases that ran out are cleared away."""

from __future__ import annotations

from counter_app.domain.centre.granting import LEASE_LASTS, LEASE_MARGIN, Tick
from counter_app.use_cases.centre.held import drop_old_standing, held_now
from counter_app.use_cases.ports.centre_store import CentreTransaction


def sweep(tx: CentreTransaction, tick: Tick | None = None) -> bool:
    """Once a second is right: a grant lapses 30 s after it was given. True when something changed.

    Time is the centre's own, by `tick` where the grant was stamped in the same boot, else by `tx.now`.
    """
    changed = held_now(tx, tick).changed
    return drop_old_standing(tx, LEASE_LASTS + LEASE_MARGIN, tick) or changed
