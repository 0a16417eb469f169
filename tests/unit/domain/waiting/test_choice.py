"""Whose turn it is, as a table and as promises that hold for any line (mission: Q3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.waiting.choice import (
    Candidate,
    Lineup,
    Service,
    candidates,
    choose,
    fold_lineup,
    in_turn,
    pools_for,
)
from counter_app.domain.waiting.facts import CallTakenBack, TicketCalled
from counter_app.domain.waiting.rules import WaitingRules, rules_of
from counter_app.domain.waiting.ticket import Ticket
from tests.support.tickets import MORNING, event, issued

RULES = WaitingRules(priority_run=2, longest_wait=40, appointment_early=5)
NOW = MORNING + timedelta(minutes=30)
ORDINARY = Candidate(issued("ordinary", minutes=0))
ELDER = Candidate(issued("elder", minutes=20, priority="elder", seq=2))
TABLE = {
    "nobody": ([], None),
    "first come": ([Candidate(issued("b", minutes=5, seq=2)), ORDINARY], ("ordinary", "ordinary")),
    "priority first": ([ORDINARY, ELDER], ("elder", "priority")),
    "after a run the ordinary one": ([replace(ORDINARY, run=2), replace(ELDER, run=2)], ("ordinary", "owed")),
    "a run with nobody ordinary goes on": ([replace(ELDER, run=2)], ("elder", "priority")),
    "another line's run does not bind": (
        [replace(ORDINARY, run=1), replace(ELDER, run=1)],
        ("elder", "priority"),
    ),
    "waited too long": (
        [Candidate(issued("old", minutes=-11), preference=9), replace(ORDINARY, run=2), ELDER],
        ("old", "longest-wait"),
    ),
    "the longest of those": (
        [Candidate(issued("old", minutes=-11, seq=1)), Candidate(issued("older", minutes=-12, seq=2), 9)],
        ("older", "longest-wait"),
    ),
    "favourite line before an earlier place": (
        [replace(ORDINARY, preference=1), Candidate(issued("mine", minutes=10, seq=3))],
        ("mine", "ordinary"),
    ),
    "an appointment that is due": (
        [ORDINARY, Candidate(issued("due", minutes=10, appointment=35, seq=3))],
        ("due", "priority"),
    ),
    "an appointment before its time": (
        [ORDINARY, Candidate(issued("soon", minutes=-20, appointment=36, seq=3))],
        ("ordinary", "ordinary"),
    ),
    "an early appointment when nobody else waits": (
        [Candidate(issued("soon", minutes=-20, appointment=36, seq=3))],
        ("soon", "early"),
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_turns(name: str) -> None:
    among, expected = TABLE[name]
    chosen = choose(among, RULES, NOW)
    assert (chosen and (chosen.ticket.id, chosen.rule)) == expected
    if chosen:
        assert in_turn(among, RULES, NOW)[0] == chosen.ticket


def test_sent_here_is_the_most_preferred() -> None:
    sent = replace(issued("sent", minutes=9, seq=3), to_counter="1")
    among = candidates([issued("mine"), sent], {Service("A"): 0}, {})
    chosen = choose(among, RULES, NOW)
    assert chosen is not None
    assert chosen.ticket.id == "sent"


def test_pools_of_a_counter_are_its_places_in_three_classes() -> None:
    pools = pools_for("2026-11-23", [Service("A", "birth")], "1", "w001")
    assert len(pools) == 9
    assert pools[-1] == "2026-11-23/line:A/birth/ordinary"
    assert issued().pool == "2026-11-23/line:A//ordinary"


line = st.lists(st.tuples(st.integers(0, 90), st.booleans(), st.integers(0, 2)), min_size=1, max_size=60)


@given(line, st.integers(1, 6))
def test_nobody_starves(arrivals: list[tuple[int, bool, int]], service: int) -> None:
    """However many go first: an ordinary head waits at most the bound plus those over it before him."""
    tickets = {
        f"t{seq}": (
            issued(
                f"t{seq}", minutes=minute, line="AWF"[where], priority="elder" if elder else None, seq=seq
            ),
            where,
        )
        for seq, (minute, elder, where) in enumerate(sorted(arrivals), 1)
    }
    runs: dict[str, Lineup | None] = {}
    now = MORNING
    streak = 0
    while tickets:
        present = [entry for entry in tickets.values() if entry[0].issued_at <= now]
        heads: dict[tuple[str, str], tuple[Ticket, int]] = {}
        for ticket, where in sorted(present, key=lambda entry: entry[0].place):
            heads.setdefault((ticket.line, ticket.queue), (ticket, where))
        among = []
        for (letter, _), (head, where) in heads.items():
            state = runs.get(letter)
            among.append(Candidate(head, where, state.run if state else 0))
        chosen = choose(among, RULES, now)
        if chosen is None:
            now += timedelta(minutes=1)
            continue
        late = [entry.ticket for entry in among if now - entry.ticket.issued_at > timedelta(minutes=40)]
        if late:
            assert chosen.ticket.place == min(ticket.place for ticket in late)
        same_line = [entry for entry in among if entry.ticket.line == chosen.ticket.line]
        ordinary_waits = any(entry.ticket.queue == "ordinary" for entry in same_line)
        streak = streak + 1 if chosen.ticket.queue != "ordinary" and ordinary_waits else 0
        call = TicketCalled(
            ticket=chosen.ticket.id,
            line=chosen.ticket.line,
            counter="1",
            staff="w001",
            queue=chosen.ticket.queue,
            rule=chosen.rule,
        )
        runs[call.line] = fold_lineup(runs.get(call.line), event(call))
        if not late:
            assert streak <= RULES.priority_run * 3  # three lines, each its run at most
        del tickets[chosen.ticket.id]
        now += timedelta(minutes=service)


def test_taking_back_restores_the_run() -> None:
    def call(id: str, queue: str) -> TicketCalled:
        return TicketCalled(ticket=id, line="A", counter="1", staff="w001", queue=queue, rule="priority")

    state: Lineup | None = None
    for fact in (call("a", "priority"), call("b", "priority"), call("c", "ordinary")):
        state = fold_lineup(state, event(fact))
    assert state is not None
    assert state.run == 0
    state = fold_lineup(state, event(CallTakenBack(ticket="c", line="A", counter="1")))
    assert state is not None
    assert state.run == 2
    again = fold_lineup(state, event(CallTakenBack(ticket="b", line="A", counter="1")))
    assert again == state  # only the latest call can be undone for the turns


@pytest.mark.parametrize(
    ("birth", "elder"),
    [("1961-11-23", True), ("1961-11-24", False), ("1960-01-01", True), ("2000-01-01", False)],
)
def test_elder_by_the_birthday_on_the_card(birth: str, elder: bool) -> None:
    assert WaitingRules(elder_age=65).is_elder(date.fromisoformat(birth), MORNING.date()) is elder


def test_rules_read_their_own_settings_only() -> None:
    rules = rules_of({"waiting.elder_age": 70, "waiting.unknown": 1, "paper.width": 80})
    assert rules == replace(WaitingRules(), elder_age=70)
