"""A home's keys, sealed to the hall's recovery key and kept beside its store.

With them a dead machine's store opens on another one, when its keyring died with it (design: a dead machine's
unsent acts can be recovered). Only who holds the hall's recovery key can open them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from counter_app.errors import UserFacingError
from counter_app.home import Home
from counter_app.keys.keeping import key_place
from counter_app.keys.recovery import RecoveryKey, seal
from counter_app.use_cases.device_keys import RECOVERY_KEYS
from counter_app.use_cases.ports.store import Store
from counter_app.use_cases.reference import HERE

SEALED: Final = "keys.recovery"
NAMES: Final = ("store", "device", "lookup", "hall", "hub", "database")


def about(hall: str, device: str) -> str:
    """What sealed keys are bound to: those of another machine do not open in their place."""
    return f"counter-app keys\n{hall}\n{device}"


def keys_of(home: Home) -> dict[str, bytes]:
    """Every key the home has, by name."""
    place = key_place(home.path)
    found = {name: place.known(name) for name in NAMES}
    return {name: value for name, value in found.items() if value is not None}


def packed(keys: Mapping[str, bytes]) -> bytes:
    return json.dumps({name: value.hex() for name, value in sorted(keys.items())}).encode()


def unpacked(data: bytes) -> dict[str, bytes]:
    return {str(name): bytes.fromhex(value) for name, value in json.loads(data).items()}


def seal_keys(home: Home, public: bytes) -> None:
    """Keep the home's keys sealed beside its store, whole or not at all."""
    sealed = seal(public, packed(keys_of(home)), about(home.hall, home.device))
    draft = home.path / f"{SEALED}.{os.getpid()}"
    draft.write_bytes(sealed)
    draft.replace(home.path / SEALED)


def seal_to_hall(home: Home, store: Store) -> bool:
    """The same with the key the hall has published; False when it has none, or it is done already."""
    public = hall_recovery_key(store)
    if public is None or (home.path / SEALED).exists():
        return False
    seal_keys(home, public)
    return True


def hall_recovery_key(store: Store) -> bytes | None:
    """The public half, 32 bytes; None when this home's hall has none."""
    with store.reading() as reader:
        row = reader.published(RECOVERY_KEYS).get(HERE)
    return None if row is None else bytes.fromhex(row.public)


def open_keys(folder: Path, hall: str, device: str, recovery: RecoveryKey) -> dict[str, bytes]:
    """The keys sealed in `folder`. UserFacingError `recovery.nothing-sealed`, `recovery.does-not-open`."""
    try:
        sealed = (folder / SEALED).read_bytes()
    except OSError as error:
        raise UserFacingError(
            "recovery.nothing-sealed",
            "{path} holds no keys sealed for the hall's recovery key.",
            kept="Nothing was changed.",
            remedy="Without them, only the machine that made it can open the store.",
            path=str(folder),
        ) from error
    return unpacked(recovery.open(sealed, about(hall, device)))
