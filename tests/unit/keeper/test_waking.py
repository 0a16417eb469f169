"""Every duty hears every commit once, whoever asks first, and a clock that leaps."""

from __future__ import annotations

from counter_app.keeper.waking import ClockWatch, CommitWatch
from tests.support.clock import HandClock


def test_each_ear_hears_each_commit_once() -> None:
    commits = [False]

    def changed() -> bool:
        fresh, commits[0] = commits[0], False
        return fresh

    watch = CommitWatch(changed)
    first, second = watch.ear(), watch.ear()
    assert (first(), second()) == (True, True)  # what was before they began, they have not seen
    assert (first(), second()) == (False, False)
    commits[0] = True
    assert (first(), first(), second(), second()) == (True, False, True, False)


def test_a_clock_that_leaps_is_heard_once_and_one_that_goes_is_not() -> None:
    clock = HandClock()
    watch = ClockWatch(clock)
    clock.advance(hours=3)
    assert not watch.has_leapt()
    for days in (1, -1):
        clock.set(clock.now().replace(day=clock.now().day + days))
        assert (watch.has_leapt(), watch.has_leapt()) == (True, False)
