"""How much the hub bears before it says no: declared once, shortened by tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and counts.

    `head_seconds`: from a connection's first byte to a whole request head; `body_seconds`: for its body;
    `answer_seconds`: for answer and sending together. `pending`: calls waiting for a thread, beyond which the
    hub says it is busy. `tries` in `tries_seconds`: failed log-ins or enrolments from one address.
    `enrol_seconds`: every enrolment takes at least so long, so that its time tells nothing.
    """

    connections: int = 2000
    connections_each: int = 600
    handshake_seconds: float = 5.0
    head_seconds: float = 10.0
    body_seconds: float = 20.0
    answer_seconds: float = 90.0
    idle_seconds: int = 75
    stop_seconds: int = 10
    pending: int = 512
    tries: int = 20
    tries_seconds: float = 60.0
    enrol_seconds: float = 0.3
    session_seconds: int = 8 * 3600
    beat_seconds: float = 10.0
    wake_gap: float = 0.03
