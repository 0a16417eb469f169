"""An act entered anew keeps who did what and when, stands at its new place, and names where it comes from."""

from __future__ import annotations

import json
from dataclasses import replace

from counter_app.domain.journal import GENESIS, Actor, Envelope, entered_anew, read
from tests.support.jars import JarOpened

PLACE = Envelope(
    hall="南环",
    device="3",
    epoch=1,
    seq=7,
    hlc=9,
    at="2026-11-23T10:00:00.000+08:00",
    actor=Actor("w003", "3"),
    key="once",
    n=1,
    prev=GENESIS,
)


def test_only_its_place_is_new() -> None:
    data, original = PLACE.seal(JarOpened(jar="3.1.7", label="豆"), {})
    there = replace(PLACE, epoch=2, seq=3, hlc=99, prev="a" * 64, at="2027-01-01T00:00:00.000+08:00", key="x")
    sealed, hashed = entered_anew(json.loads(data), there, original)
    before, after = read(data), read(sealed)
    assert (after.id, after.hlc, after.prev, after.hash) == ("3.2.3", 99, "a" * 64, hashed)
    assert (after.at, after.actor, after.key, after.n) == (before.at, before.actor, before.key, before.n)
    assert after.fact == before.fact
    assert after.recovered_from == original


def test_no_other_event_says_where_it_comes_from() -> None:
    data, _ = PLACE.seal(JarOpened(jar="3.1.7", label="豆"), {})
    assert b"recovered_from" not in data
    assert read(data).recovered_from == ""
