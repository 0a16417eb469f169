"""What may be done without the centre, and why the rest waits (mission: X1; design: acts are events).

Everything a citizen stands waiting for goes on; what would bind the whole hall, or spend what others may
have spent already, needs the one order. Not here: whether the centre is reached (`use_cases/sync`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from counter_app.errors import mark

BoundAct = Literal[
    "publish",
    "enrol-device",
    "revoke-device",
    "erase-party",
    "close-day",
    "set-rights",
    "money",
    "capped-item",
]
BOUND_ACTS: Final[tuple[BoundAct, ...]] = get_args(BoundAct)
MONEY_SETTING: Final = "offline.most_money"  # in 分, by act; a hall that has not set it allows none


@dataclass(frozen=True, slots=True)
class NotOffline:
    """`why` is an English source with a `{limit}` place for `money` only; `limit` in yuan, as text."""

    act: BoundAct
    why: str
    limit: str = ""


_WHY: Final[Mapping[BoundAct, str]] = {
    "publish": mark("The centre is away: what is put in force holds for the whole hall, so it waits."),
    "enrol-device": mark("The centre is away: only the centre admits a machine to the hall."),
    "revoke-device": mark(
        "The centre is away: a machine is locked out at the centre, or the others would go on trusting it."
    ),
    "erase-party": mark(
        "The centre is away: a person's data is erased everywhere at once, so it begins at the centre."
    ),
    "close-day": mark(
        "The centre is away: other counters may be at work still. Close this counter, and the day later."
    ),
    "set-rights": mark(
        "The centre is away: fees, limits and rights are changed at the centre by two people."
    ),
    "money": mark("The centre is away: more than {limit} yuan is not taken until it is back."),
    "capped-item": mark(
        "The centre is away: how much of this item's allowance is left cannot be known here."
    ),
}


def may_do_offline(act: str, *, amount: int = 0, settings: Mapping[str, int] | None = None) -> bool:
    """Whether `act` may be done while the centre is away. Acts that are not named here always may.

    `amount` in 分 (whole, not negative) for `money`; `settings` are the hall plan's.
    """
    return not_offline(act, amount=amount, settings=settings) is None


def not_offline(act: str, *, amount: int = 0, settings: Mapping[str, int] | None = None) -> NotOffline | None:
    """Why `act` waits for the centre; None when it need not. ValueError for a negative amount."""
    if amount < 0:
        raise ValueError(f"an amount of {amount} fen")
    for bound in BOUND_ACTS:
        if bound == act:
            return _money(amount, settings or {}) if bound == "money" else NotOffline(bound, _WHY[bound])
    return None


def _money(amount: int, settings: Mapping[str, int]) -> NotOffline | None:
    limit = settings.get(MONEY_SETTING, 0)
    if amount <= limit:
        return None
    return NotOffline("money", _WHY["money"], f"{limit // 100}.{limit % 100:02d}")
