"""Conflicts by command: listed with what can be answered, settled once."""

from __future__ import annotations

from counter_app.domain.centre.facts import ConflictFound
from counter_app.domain.journal import Actor
from counter_app.use_cases.ports.store import Transaction
from tests.integration.cli.conftest import Commands

CONFLICT = "C.1.7"


def found(tx: Transaction) -> None:
    """As the centre would have written it."""
    tx.record(
        ConflictFound(
            conflict=CONFLICT,
            subject="ticket:3.1.4",
            rule="called-twice",
            event="2.1.9",
            against="3.1.5",
            concerned=("2/1005/2", "3/1002/3"),
            detail={"number": "A001", "type": "TicketCalled"},
        )
    )


# mission: Q4 X1
def test_a_conflict_is_listed_answered_and_gone(app: Commands) -> None:
    assert app.json("conflict", "list") == []
    with app.program() as program:
        program.store.act(Actor("centre"), "", found)
    (row,) = app.json("conflict", "list")
    assert row["conflict"] == CONFLICT
    assert "A001" in row["sentence"]
    assert app.refused("conflict", "settle", CONFLICT, "whatever") == "conflict.no-such-answer"
    settled = app.json("conflict", "settle", CONFLICT, row["choices"][0], "--staff", "1002")
    assert settled == {"conflict": CONFLICT, "choice": row["choices"][0]}
    assert app.json("conflict", "list") == []
    assert app.refused("conflict", "settle", CONFLICT, row["choices"][0]) == "conflict.settled"
    assert app.refused("conflict", "settle", "C.1.8", "seen") == "conflict.unknown"
