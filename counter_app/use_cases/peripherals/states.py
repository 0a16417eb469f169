"""What was last seen of each peripheral, as local notes: whoever holds it writes, every window reads."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from counter_app.use_cases.ports.peripherals import Condition, Identity, Seen
from counter_app.use_cases.ports.store import Reader, Transaction


def note_seen(tx: Transaction, name: str, seen: Seen) -> None:
    """Keep what was seen of the peripheral of this name."""
    tx.keep_note(_key(name), packed(seen))


def seen_of(reader: Reader, name: str) -> Seen | None:
    """None until somebody looked."""
    note = reader.note(_key(name))
    return None if note is None else unpacked(note)


def packed(seen: Seen) -> bytes:
    """As a note; places of a sentence become texts."""
    body = asdict(seen) | {"places": {name: str(value) for name, value in seen.places.items()}}
    return json.dumps(body, ensure_ascii=False).encode()


def unpacked(note: bytes) -> Seen:
    raw: dict[str, Any] = json.loads(note)
    return Seen(
        condition=Condition(raw["condition"]),
        word=raw["word"],
        advice=raw["advice"],
        places=raw["places"],
        identity=Identity(**raw["identity"]),
        lines=tuple(raw["lines"]),
    )


def _key(name: str) -> str:
    return f"peripheral/{name}"
