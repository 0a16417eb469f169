"""How this device stands to its hall's centre, as every window's foot shows it: a local note, no event.

`in_step` is said only after the roots were found equal (design: anti-entropy). Not here: coming to that state
(`sync.py`), saying it in words (`ui`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from counter_app.use_cases.ports.store import Reader, Transaction

CENTRE_STATE: Final = "centre/state"
UNHEARD: Final = timedelta(seconds=60)

StateName = Literal["alone", "in_step", "catching_up", "cut_off", "out_of_step", "revoked"]


@dataclass(frozen=True, slots=True)
class CentreState:
    """Times are ISO 8601, "" when never.

    `alone`: no centre is set. `catching_up`: talking to it, not yet agreed. `cut_off`: it does not answer.
    `out_of_step`: what it sent does not fit what is here; `reason` is the error's code, `revoked`: this
    device's key counts no more, and its keys and store were made unreadable. `since` is when this state
    began; `unsent` counts own acts it has not acknowledged, the oldest recorded at `oldest_unsent`;
    `agreed_at` is when the roots were last equal, `hall_seq` the place up to which everything is here.
    """

    state: StateName
    since: str = ""
    unsent: int = 0
    oldest_unsent: str = ""
    last_contact: str = ""
    agreed_at: str = ""
    hall_seq: int = 0
    reason: str = ""


ALONE: Final = CentreState("alone")
_DECODER: Final = msgspec.json.Decoder(CentreState)


def read_state(reader: Reader) -> CentreState:
    """`alone` when nothing was ever noted."""
    note = reader.note(CENTRE_STATE)
    return ALONE if note is None else _DECODER.decode(note)


def as_of(reader: Reader) -> datetime | None:
    """When this machine last heard of the others, while it is cut off from them; None when news are fresh."""
    state = read_state(reader)
    if not state.last_contact:
        return None
    cut = state.state in ("cut_off", "out_of_step", "revoked") or unheard(state, reader.now)
    return datetime.fromisoformat(state.last_contact) if cut else None


def unheard(state: CentreState, now: datetime) -> bool:
    """No contact was noted for long, though the keeper notes each within a quarter of a minute: it hangs, or
    is gone."""
    return bool(state.last_contact) and now - datetime.fromisoformat(state.last_contact) > UNHEARD


def note_state(tx: Transaction, state: CentreState) -> None:
    tx.keep_note(CENTRE_STATE, None if state.state == "alone" else msgspec.json.encode(state))
