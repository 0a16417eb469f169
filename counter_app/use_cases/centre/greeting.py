"""Hello and welcome: is this the machine that was here last, and does it go on where it stopped?

Each welcome gives a fresh token; the next hello shows it. A machine that shows an older one was copied, or
restored from a backup; either way it goes on in a new epoch, so that no number is given twice. A welcome may
be lost: every token offered since the last one used is good, until one of them is used. The same hello again
gets the same new epoch, as long as nothing was pushed in it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from counter_app.domain.centre.order import RULE_VERSION
from counter_app.errors import UserFacingError
from counter_app.use_cases.centre.needs import MOST_EPOCH, CentreNeeds, need_device, need_plain, within
from counter_app.use_cases.ports.centre import Hello, Welcome
from counter_app.use_cases.ports.centre_store import CentreReader, CentreStore, DeviceRow

OLDEST_RULES: Final = 1
TOKEN_BYTES: Final = 16
MOST_OFFERED: Final = 8
MOST_FORGOTTEN: Final = 100  # epochs that a centre restored from its own backup may have lost
State = Literal["ok", "restored", "cloned"]


def hello(store: CentreStore, needs: CentreNeeds, device: str, hello: Hello) -> Welcome:
    """See `Centre.hello`."""
    if hello.rules < OLDEST_RULES:
        raise UserFacingError(
            "centre.too-old",
            "The program of this machine is too old for the hall's centre.",
            kept="Its acts are kept on the machine.",
            remedy="Install the newer program on it.",
        )
    need_plain(hello.hash, hello.token, hello.root, hello.oldest_unsent, hello.program)
    hello = replace(
        hello,
        epoch=max(1, within(hello.epoch, MOST_EPOCH - 1)),
        seq=within(hello.seq),
        pulled=within(hello.pulled),
        unsent=within(hello.unsent),
    )
    with store.deciding(by_rules=False) as tx:
        row = need_device(tx, device)
        hello = replace(hello, epoch=min(hello.epoch, row.epoch + MOST_FORGOTTEN))
        seq, hashed = tx.chain_end(device, hello.epoch)
        state = _state(row, hello, seq, hashed)
        epoch = _epoch(tx, row, hello, state)
        head = tx.head()
        agrees = hello.root == tx.root_at(hello.pulled)
        token = needs.entropy(TOKEN_BYTES).hex()
        row = replace(_used(row, hello.token), epoch=epoch, state=_said(row, hello, agrees, _time(tx)))
        tx.keep_device(replace(row, offered=(*row.offered, token)[-MOST_OFFERED:]))
        return Welcome(
            state=state,
            hall=store.hall,
            centre=store.centre,
            role=row.role,
            epoch=epoch,
            seq=seq,
            hash=hashed,
            token=token,
            hall_seq=head.hall_seq,
            agrees=agrees,
            rules=max(head.rules, RULE_VERSION),
            now=_time(tx),
        )


def _state(row: DeviceRow, hello: Hello, seq: int, hashed: str) -> State:
    """A copy carries on beyond what its token knows; a backup falls behind what the centre has."""
    behind = hello.epoch < row.epoch or hello.seq < seq
    if hello.token != row.token and hello.token not in row.offered:
        return "restored" if behind else "cloned"
    if behind:
        return "restored"
    return "ok" if hello.seq > seq or seq == 0 or hello.hash == hashed else "cloned"


def _epoch(reader: CentreReader, row: DeviceRow, hello: Hello, state: State) -> int:
    """Where the device goes on. A centre restored from its own backup may have forgotten a newer epoch."""
    if state == "ok":
        return hello.epoch
    allotted = row.epoch > hello.epoch and reader.chain_end(row.device, row.epoch)[0] == 0
    return row.epoch if allotted else max(row.epoch, hello.epoch) + 1


def _used(row: DeviceRow, token: str) -> DeviceRow:
    """A token that was offered and comes back is the one it has: all others are void from now on."""
    return replace(row, token=token, offered=()) if token in row.offered else row


def _said(row: DeviceRow, hello: Hello, agrees: bool, now: str) -> dict[str, str]:
    return {
        "last_contact": now,
        "pulled": str(hello.pulled),
        "agreed_at": now if agrees else row.state.get("agreed_at", ""),
        "unsent": str(hello.unsent),
        "oldest_unsent": hello.oldest_unsent[:40],
        "program": hello.program[:40],
    }


def _time(reader: CentreReader) -> str:
    return reader.now.isoformat(timespec="milliseconds")
