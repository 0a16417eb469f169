"""What is said of a handling event that came too late: every kind of event has its place in this table.

A new kind fails here until somebody has decided whether the two people hear of it (decision 029).
"""

from __future__ import annotations

from collections.abc import Iterator

from counter_app.domain.casework import facts as f
from counter_app.domain.casework import joint_facts as j
from counter_app.domain.casework import task as t
from counter_app.domain.casework.fold import _FOLDERS
from counter_app.domain.casework.holding import _BY_HAND
from counter_app.domain.centre.conflicts import WORKED

# Worked out by rule from an act that is told itself, or from the case's own end.
BY_RULE: set[type] = {
    f.HandlingBegun,
    f.StepStarted,
    f.ReportedUp,
    f.HandlingClosed,
    f.HandlingTakenUp,
    f.FactLookedUp,
    j.JointOpened,
    j.PrerequisitesNeeded,
    j.PrerequisiteArrived,
    j.PrerequisiteFailed,
    j.PlanKept,
    t.TaskOpened,
    t.TaskClosed,
    t.TaskDueMoved,
    t.TaskLimitSet,
    t.TaskRecounted,
}
# Each has a name of its own, so two of them are two; or the last word stands, as on one machine.
STANDS: set[type] = {
    f.GroupNoteWritten,
    f.OrderGiven,
    f.MeetingCalled,
    f.ClassSet,
    f.MeetingSentUp,
    j.TrackerNamed,
}
# A form that did not count is told with the opinion it was for.
WITH_ITS_OPINION: set[type] = {f.ReviewFilled}
TAKEN: set[type] = {t.TaskTaken, t.TaskPassed}


def kinds(base: type) -> Iterator[type]:
    below: list[type] = base.__subclasses__()
    for kind in below:
        yield kind
        yield from kinds(kind)


def test_every_handling_event_that_comes_too_late_is_told_or_has_its_reason_not_to_be() -> None:
    told: set[type] = set(WORKED)
    for one in (BY_RULE, STANDS, WITH_ITS_OPINION, TAKEN):
        assert not told & one
    known = told | BY_RULE | STANDS | WITH_ITS_OPINION | TAKEN | {t.TaskFact}
    mine = {kind for kind in kinds(t.HandlingFact) if kind.__module__.startswith("counter_app.")}
    assert mine == known


def test_whatever_is_done_with_work_that_one_has_counts_for_who_has_it_only() -> None:
    assert set(_BY_HAND) - set(WORKED) == WITH_ITS_OPINION
    by_right = set(WORKED) - set(_BY_HAND)  # done to the case and not to a piece of work
    assert by_right == {
        f.AssistsRequested,
        f.AssistRepeated,
        f.AssistDisputed,
        f.DisputeSettled,
        f.MeetingMinuted,
        j.PrerequisiteSettled,
        j.PrerequisiteAppliedAgain,
        j.PlanApproved,
        j.PlanReturned,
    }
    assert by_right <= set(_FOLDERS)
