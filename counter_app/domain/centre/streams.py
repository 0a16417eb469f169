"""The centre's own streams, which devices keep as rows too.

`DEVICES` by id; `LEASES` by id `device/counter`; `NUMBERS` by id `device/letter/day`; `CONFLICTS` by id, and
listed: the open ones (`Conflict.open`), newest last (`found_at`), those of a subject (`subject`).
"""

from __future__ import annotations

from typing import Any, Final

from counter_app.domain.centre.conflicts import CONFLICTS
from counter_app.domain.centre.devices import DEVICES
from counter_app.domain.centre.granting import LEASES
from counter_app.domain.centre.numbering import NUMBERS
from counter_app.domain.streams import Stream

CENTRE_STREAMS: Final[tuple[Stream[Any], ...]] = (DEVICES, LEASES, NUMBERS, CONFLICTS)
