"""Two machines act at once: what the centre finds, whom it concerns, and that it is found once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter_app.domain.centre.conflicts import CONFLICTS, Conflict
from counter_app.domain.centre.facts import ConflictFound, ConflictSettled
from counter_app.domain.intake import facts as c
from counter_app.domain.intake.parties import PartyRecorded
from counter_app.domain.journal import Fact, Recorded, read
from counter_app.domain.waiting import facts as f
from counter_app.store.centre.reader import CoreReader
from counter_app.use_cases.centre import conflicts
from tests.support.centre_rules import DAY, RuleHall

Acts = Callable[[str], list[Fact]]


@pytest.fixture(autouse=True)
def machines(hall: RuleHall) -> None:
    hall.enrol("k", "kiosk")
    hall.enrol("1")
    hall.enrol("2")


def found(hall: RuleHall) -> list[Conflict]:
    with hall.store.reading() as reader:
        facts = [read(entry.data).fact for entry in reader.after(0, 1000, "centre")]
        ids = [fact.conflict for fact in facts if isinstance(fact, ConflictFound)]
        states = [reader.get(CONFLICTS, id) for id in ids]
    assert len(set(ids)) == len(ids)
    return [state for state in states if state is not None]


def called(device: str) -> Callable[[str], Fact]:
    def fact(ticket: str) -> Fact:
        return f.TicketCalled(
            ticket=ticket, line="A", counter=device, staff=f"w-{device}", queue="ordinary", rule="number"
        )

    return fact


def calls(device: str) -> Acts:
    return lambda ticket: [called(device)(ticket)]


def serves(device: str) -> Acts:
    return lambda ticket: [
        called(device)(ticket),
        f.ServingStarted(ticket=ticket, counter=device),
        f.TicketFinished(ticket=ticket, counter=device, staff=f"w-{device}"),
    ]


def holds(device: str) -> Acts:
    return lambda ticket: [
        called(device)(ticket),
        f.TicketHeld(ticket=ticket, counter=device, reason="照片"),
    ]


def starts_held(device: str) -> Acts:
    return lambda ticket: [f.TicketResumed(ticket=ticket, counter=device, staff=f"w-{device}")]


def voids(ticket: str) -> list[Fact]:
    return [f.TicketVoided(ticket=ticket, reason="重复")]


def gives_up(ticket: str) -> list[Fact]:
    return [f.TicketGaveUp(ticket=ticket)]


def adds_matter(ticket: str) -> list[Fact]:
    return [f.MatterAdded(ticket=ticket, item="B1")]


def misses(device: str) -> Acts:
    return lambda ticket: [called(device)(ticket), f.TicketMissed(ticket=ticket, counter=device)]


def returns_late(ticket: str) -> list[Fact]:
    return [f.TicketPrioritised(ticket=ticket, kind="pregnant")]


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        (calls("1"), calls("2"), ["called-twice"]),
        # 2's call is late; its start and end carry on with what 1 called: then 1's own are late
        (serves("1"), calls("2"), ["ended-already"]),
        (serves("1"), serves("2"), ["ended-already", "served-twice", "follows"]),
        (voids, calls("2"), ["ended-already"]),
        (voids, gives_up, ["ended-already"]),
        (voids, voids, ["same-end"]),
        (voids, adds_matter, ["ended-already"]),
        (calls("1"), returns_late, ["moved-on"]),
        (misses("1"), serves("2"), []),
        (calls("1"), gives_up, []),
    ],
)
def test_what_two_machines_do_to_one_ticket(
    hall: RuleHall, first: Acts, second: Acts, rules: list[str]
) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    for device, acts in (("1", first), ("2", second)):
        for fact in acts(ticket):
            hall.devices[device].acts(fact)
    assert hall.push(hall.devices["1"]) == 0
    assert hall.push(hall.devices["2"]) == len(rules)
    assert [conflict.rule for conflict in found(hall)] == rules
    for conflict in found(hall):
        assert conflict.subject == f"ticket:{ticket}"
        assert conflict.concerned == ("2/w-2/2", "1/w-1/1")
        assert conflict.event.startswith("2.1.")
        assert conflict.against.startswith("1.1.")
        assert conflict.detail["number"] == "A001"


def test_both_serve_whom_both_called(hall: RuleHall) -> None:
    """1 calls, 2 calls and serves, then 1 serves: asked about the call, and about the service once."""
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    one, two = hall.devices["1"], hall.devices["2"]
    for fact in calls("1")(ticket):
        one.acts(fact)
    hall.push(one)
    for fact in serves("2")(ticket):
        two.acts(fact)
    hall.push(two)
    for fact in serves("1")(ticket)[1:]:
        one.acts(fact)
    hall.push(one)
    states = found(hall)
    assert [state.rule for state in states] == ["called-twice", "served-twice", "follows"]
    assert [state.open for state in states] == [True, True, False]
    assert states[1].concerned == ("1/w-1/1", "2/w-2/2")


def test_held_here_and_served_there(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    one, two = hall.devices["1"], hall.devices["2"]
    for fact in holds("1")(ticket):
        one.acts(fact)
    hall.push(one)
    for fact in calls("2")(ticket):
        two.acts(fact)
    hall.push(two)
    for fact in starts_held("1")(ticket):
        one.acts(fact)
    assert hall.push(one) == 1
    (conflict,) = found(hall)
    assert (conflict.rule, conflict.detail["state"]) == ("held-elsewhere", "called")


def issue(ticket: str, number: str) -> Fact:
    return f.TicketIssued(ticket=ticket, number=number, line="A", day=DAY)


def test_a_number_given_out_twice(hall: RuleHall) -> None:
    kiosk, desk = hall.devices["k"], hall.enrol("d", "desk")
    kiosk.acts(issue(kiosk.next_id, "A007"))
    desk.acts(issue(desk.next_id, "A007"))
    assert (hall.push(kiosk), hall.push(desk)) == (0, 1)
    kiosk.acts(issue(kiosk.next_id, "A008"))
    assert hall.push(kiosk) == 0
    (conflict,) = found(hall)
    assert (conflict.rule, conflict.subject) == ("number-twice", "ticket:d.1.1")
    assert conflict.detail["other"] == "ticket:k.1.1"
    assert conflict.concerned == ("d/w-d/d", "k/w-k/k")


def test_no_text_of_one_machine_stops_anothers_batch(hall: RuleHall) -> None:
    kiosk, desk = hall.devices["k"], hall.enrol("d", "desk")
    kiosk.acts(issue(kiosk.next_id, "A/0\n7%"), staff='w\n"/1', place="a\nb\nc")
    desk.acts(issue(desk.next_id, "A/0\n7%"))
    assert (hall.push(kiosk), hall.push(desk)) == (0, 1)
    (conflict,) = found(hall)
    assert conflict.against == "k.1.1"


def test_two_new_tickets_for_one_carried_over(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    one, two = hall.devices["1"], hall.devices["2"]
    one.acts(f.TicketCarriedOver(ticket=ticket))
    one.acts(f.CarriedTicketUsed(ticket=ticket, by="1.1.9"))
    two.acts(f.CarriedTicketUsed(ticket=ticket, by="2.1.9"))
    assert (hall.push(one), hall.push(two)) == (0, 1)
    assert [(entry.rule, entry.subject) for entry in found(hall)] == [("carried-twice", "ticket:2.1.9")]


def test_one_person_corrected_at_two_counters(hall: RuleHall) -> None:
    for code in ("1", "2"):
        device = hall.devices[code]
        device.acts(
            PartyRecorded(
                party=device.next_id, sort="person", source="typed", document="111", supersedes="k.1.1"
            )
        )
    assert (hall.push(hall.devices["1"]), hall.push(hall.devices["2"])) == (0, 1)
    assert [entry.rule for entry in found(hall)] == ["party-twice"]


def accept(case: str) -> Fact:
    return c.CaseAccepted(case=case, handled_as="promise", legal_due=None, promised_due=None)


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        ([accept("k.1.1")], [accept("k.1.1")], ["decided-twice"]),
        ([c.CaseWithdrawn(case="k.1.1")], [c.NoteWritten(case="k.1.1")], ["case-ended"]),
        (
            [accept("k.1.1")],
            [c.NoteWritten(case="k.1.1"), c.NoteWritten(case="k.1.1"), accept("k.1.1")],
            ["case-moved-on", "follows", "decided-twice"],
        ),
        ([c.CaseNumbered(case="k.1.1", number="N1")], [c.CaseNumbered(case="k.1.1", number="N2")], None),
        ([c.NoteWritten(case="k.1.1")], [c.NoteWritten(case="k.1.1")], []),
    ],
)
def test_what_two_machines_do_to_one_case(
    hall: RuleHall, first: list[Fact], second: list[Fact], rules: list[str] | None
) -> None:
    kiosk = hall.devices["k"]
    kiosk.acts(c.CaseOpened(case="k.1.1"))
    hall.push(kiosk)
    for device, facts in (("1", first), ("2", second)):
        for fact in facts:
            hall.devices[device].acts(fact)
        hall.push(hall.devices[device])
    assert [entry.rule for entry in found(hall)] == (["decided-twice"] if rules is None else rules)


def test_a_second_quarrel_on_another_day_is_asked_about_again(hall: RuleHall) -> None:
    kiosk, one, two = hall.devices["k"], hall.devices["1"], hall.devices["2"]
    kiosk.acts(c.CaseOpened(case="k.1.1"))
    hall.push(kiosk)
    one.acts(c.CaseWithdrawn(case="k.1.1"))
    hall.push(one)
    for _ in range(2):
        two.acts(c.NoteWritten(case="k.1.1"))
        hall.push(two)
        hall.clock.advance(days=3)
    assert [entry.rule for entry in found(hall)] == ["case-ended", "case-ended"]


def test_a_batch_looked_at_again_finds_nothing_new(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    events: list[Recorded] = []
    for code in ("1", "2"):
        events.append(hall.devices[code].acts(called(code)(ticket)))
        hall.push(hall.devices[code])
    with hall.deciding() as tx:
        assert conflicts.find(tx, events) == 0


def test_what_came_too_late_is_found_also_when_its_history_is_archived(
    hall: RuleHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    hall.devices["1"].acts(called("1")(ticket))
    hall.push(hall.devices["1"])
    hall.devices["2"].acts(called("2")(ticket))
    monkeypatch.setattr(CoreReader, "history", lambda reader, subject: ())
    assert hall.push(hall.devices["2"]) == 1
    (conflict,) = found(hall)
    assert (conflict.rule, conflict.against, conflict.concerned) == ("moved-on", "", ("2/w-2/2",))
    assert conflict.detail["number"] == "A001"


def test_settled_once(hall: RuleHall) -> None:
    (ticket,) = hall.tickets(hall.devices["k"], 1)
    for code in ("1", "2"):
        hall.devices[code].acts(called(code)(ticket))
        hall.push(hall.devices[code])
    (conflict,) = found(hall)
    hall.devices["1"].acts(ConflictSettled(conflict=conflict.id, choice="first-serves"))
    hall.push(hall.devices["1"])
    hall.devices["2"].acts(ConflictSettled(conflict=conflict.id, choice="second-serves"))
    hall.push(hall.devices["2"])
    (settled,) = found(hall)
    assert not settled.open
    assert (settled.settled, settled.settled_by) == ("first-serves", "w-1")
