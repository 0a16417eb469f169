"""A citizen brings papers to the station; the street office decides; the city sees both (H1, X2)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.forward_facts import CaseNewsHeard, CaseReceived
from counter_app.domain.journal import Actor, Recorded, read
from tests.support.behind import Desks, decided_behind
from tests.support.halls import Hall, answer, command
from tests.support.proxy import LineProxy
from tests.support.tree import (
    CITY,
    CITY_NAME,
    CLERK,
    STATION,
    STATION_NAME,
    STREET,
    STREET_NAME,
    Desk,
    desk,
    found_as,
    join,
    kept_of,
    line_to,
    place,
    post,
    until,
)

HANDLER = Actor("1021")


@dataclass
class Tree:
    station: Hall
    street: Hall
    city: Hall
    line: LineProxy


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    """Three centres; the district between street and city keeps none. The station's line can be cut."""
    station, street, city = (found_as(tmp_path / code, code) for code in (STATION, STREET, CITY))
    with contextlib.ExitStack() as held:
        city.start()
        held.callback(city.stop)
        join(street, STREET, city)
        street.start()
        held.callback(street.stop)
        line = held.enter_context(line_to(street))
        join(station, STATION, street, line)
        station.start()
        held.callback(station.stop)
        yield Tree(station, street, city, line)


def came(at: Desk, case: str) -> bool:
    return at.case(case) is not None


def at_home(at: Desk, case: str) -> bool:
    known = at.case(case)
    return known is not None and known.stage == "accepted"


def heard(at: Desk, case: str, news: str) -> bool:
    known = at.case(case)
    return known is not None and known.hand_over is not None and known.hand_over.news == news


def events(hall: Hall) -> list[Recorded]:
    with post(hall) as at, at.store.reading() as reader:
        return [read(entry.data, None, entry.hall_seq) for entry in reader.after(0, 1000, "display")]


def in_step(lower: Hall, name: str, *upper: Hall) -> bool:
    return all(kept_of(hall, name) == place(lower) for hall in upper)


def test_a_case_goes_from_station_to_street_and_the_city_sees_it(tree: Tree) -> None:
    with desk(tree.station, "S1") as station, desk(tree.street, "3") as street:
        case = station.received()
        tree.line.refuse()  # the digger in the road
        slip = station.program.forwarding.forward(CLERK, station.key(), case, STREET, "街道审批")
        assert station.program.papers.facts(slip)
        station.sync()
        until(lambda: answer_of(tree.station)["post"]["up"]["line"] == "cut_off", "the cut is seen")
        abroad = f"{STATION}/{case}"
        assert street.case(abroad) is None
        tree.line.heal()

        until(lambda: came(street, abroad), "the case comes to the street")
        taken = street.case(abroad)
        assert taken is not None
        number = taken.number
        (row,) = street.program.forwarding.incoming()
        assert (row.case, row.from_hall, row.late) == (abroad, STATION_NAME, False)
        until(lambda: heard(station, case, "received"), "the station hears that it is there")

        rows = {row.role: row for row in station.program.centre.devices().rows}
        assert rows["above"].standing in ("in_step", "waiting")  # the page of devices shows the line up
        street.program.forwarding.sign(CLERK, street.key(), abroad, (), "")
        assert street.program.forwarding.incoming() == ()
        street.program.intake.decide(CLERK, street.key(), abroad, "accept")
        street.sync()
        until(lambda: heard(station, case, "accepted"), "the station hears that it is accepted")
        decided_behind(Desks(street.program), abroad)
        street.sync()
        until(lambda: heard(station, case, "granted"), "the citizen asks at the station and sees it")
        known = station.case(case)
        assert known is not None
        assert (known.number, known.stage, known.query) == (number, "forwarded", taken.query)
        shown = answer("case", "show", number, "--home", station.home)
        assert shown["case"] == case

    until(lambda: in_step(tree.station, STATION_NAME, tree.street, tree.city), "the city sees the station")
    until(lambda: in_step(tree.street, STREET_NAME, tree.city), "the city sees the street")
    with post(tree.city) as at:
        assert sorted(at.halls()) == sorted([STATION_NAME, STREET_NAME])
        with at.reading(STREET_NAME) as reader:
            seen = reader.get(CASES, abroad)
        assert seen is not None
        assert seen.stage == "granted"
    assert sum(isinstance(event.fact, CaseReceived) for event in events(tree.street)) == 1
    news = [event.fact.news for event in events(tree.station) if isinstance(event.fact, CaseNewsHeard)]
    assert news == ["received", "accepted", "granted"]


def test_a_case_accepted_at_the_station_is_the_streets_work_with_the_date_on_its_paper(tree: Tree) -> None:
    with desk(tree.station, "S1") as station, desk(tree.street, "3") as street:
        case = station.received()
        station.program.intake.decide(CLERK, station.key(), case, "accept")
        promised = station.program.time.queries.clock(case).clock.promised_due
        station.program.forwarding.forward(CLERK, station.key(), case, STREET, "街道审批")
        station.sync()
        abroad = f"{STATION}/{case}"
        until(lambda: came(street, abroad), "the case comes to the street")
        view = street.program.time.queries.clock(abroad)
        assert (view.clock.running, view.clock.promised_due) == (True, promised)
        (work,) = street.program.casework.queries.inbox(HANDLER).rows
        assert (work.case, work.code, work.case_due) == (abroad, "review", promised)
        assert station.program.casework.queries.inbox(HANDLER).rows == ()

        street.program.forwarding.forward(CLERK, street.key(), abroad, STATION, "退回原站办理")
        street.sync()
        until(lambda: at_home(station, case), "the case comes home")
        (work,) = station.program.casework.queries.inbox(HANDLER).rows
        assert (work.case, work.code, work.case_due) == (case, "review", promised)
        assert station.program.time.queries.clock(case).clock.running
        assert street.program.casework.queries.inbox(HANDLER).rows == ()


def answer_of(hall: Hall) -> dict[str, dict[str, dict[str, str]]]:
    done = command("hub", "status", "--home", hall.centre, "--json")
    state: dict[str, dict[str, dict[str, str]]] = done.json
    return state


def test_a_case_goes_past_the_street_and_news_comes_back(tree: Tree) -> None:
    """The city is named in every plan, and has a centre: a case goes two steps up."""
    with desk(tree.station, "S1") as station, desk(tree.city, "9") as city:
        case = station.received()
        station.program.forwarding.forward(CLERK, station.key(), case, CITY)
        station.sync()
        abroad = f"{STATION}/{case}"
        until(lambda: came(city, abroad), "the case comes to the city, past the street")
        until(lambda: heard(station, case, "received"), "the news comes back two steps down")
    assert not any(isinstance(event.fact, CaseReceived) for event in events(tree.street))
    assert CITY_NAME in answer_of(tree.city)["hall"]
