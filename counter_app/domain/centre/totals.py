"""The day's close as people check it: what was signed, and whether the signature holds.

Not here: the counters behind it (`use_cases/centre/day_totals.py`), the paper (`domain/paper`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from counter_app.domain.centre.facts import DayTotalled
from counter_app.domain.journal import canonical

STATEMENT: Final = "counter-app day 1"

Verify = Callable[[bytes, bytes, bytes], bool]  # public key, signature, data


def signed_bytes(fact: DayTotalled) -> bytes:
    """What the centre signs: everything but the signature, and what it is."""
    body = {name: value for name, value in fact.body().items() if name != "signature"}
    return canonical({**body, "statement": STATEMENT})


def verify_total(fact: DayTotalled, public: str, verify: Verify) -> bool:
    """Whether the centre with this public key (64 hex digits) signed it; False for what is no signature."""
    try:
        return verify(bytes.fromhex(public), bytes.fromhex(fact.signature), signed_bytes(fact))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class TotalFacts:
    """What the paper of the day's close says. `events` is how many acts of the day the totals count;
    `root_groups` is the root in groups of eight digits, to be read aloud and compared."""

    day: str
    hall_seq: int
    events: int
    totals: tuple[tuple[str, int], ...]
    chains: tuple[tuple[str, str], ...]
    root_groups: tuple[str, ...]
    signature: str


def total_facts(fact: DayTotalled) -> TotalFacts:
    return TotalFacts(
        day=fact.day,
        hall_seq=fact.hall_seq,
        events=sum(fact.totals.values()),
        totals=tuple(sorted(fact.totals.items())),
        chains=tuple(sorted(fact.chains.items())),
        root_groups=tuple(fact.root[at : at + 8] for at in range(0, len(fact.root), 8)),
        signature=fact.signature,
    )
