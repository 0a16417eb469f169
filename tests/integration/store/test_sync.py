"""Devices and a real centre: acts meet, cuts heal, and a new device begins where the others are."""

from __future__ import annotations

import pytest

from counter_app.domain.intake.facts import NoteWritten, PermitNotNeeded
from counter_app.domain.intake.fold import CASES
from counter_app.use_cases.centre.giving import Snapshots
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.reference import HALLS, HERE
from tests.support.centres import publish_hall
from tests.support.clock import HandClock
from tests.support.stores import CLERK
from tests.support.synced import SyncedHall, case, history, in_step, note


def test_two_counters_agree(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")
    opened = case(here)
    in_step(here, there)
    note(here, opened, "左")
    note(there, opened, "右")
    in_step(here, there)
    assert history(here, opened) == history(there, opened)
    assert len(history(here, opened)) == 3


def test_cut_off_it_says_so_works_on_and_agrees_again(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")
    in_step(here, there)
    here.line.cut = True
    opened = case(here)
    state = here.settle()
    assert (state.state, state.unsent) == ("cut_off", 1)
    assert state.oldest_unsent
    asked = len(here.line.asked)
    here.settle(20.0)
    assert 2 <= len(here.line.asked) - asked <= 10  # it looks again every few seconds
    here.line.cut = False
    in_step(here, there)
    assert len(history(there, opened)) == 1


@pytest.mark.parametrize("lost", ["push", "pull", "hello"])
def test_a_lost_answer_changes_nothing(hall: SyncedHall, lost: str) -> None:
    here, there = hall.join("3"), hall.join("4")
    opened = case(here)
    here.line.lose = {lost}
    in_step(here, there)
    assert len(history(there, opened)) == 1
    assert here.journal.standing().epoch == 1


def test_the_hall_the_centre_publishes_is_in_force(hall: SyncedHall, centre: CentreService) -> None:
    here = hall.join("3")
    publish_hall(centre)
    in_step(here)
    with here.store.reading() as reader:
        assert reader.published(HALLS)[HERE].counters


def test_a_pin_set_here_opens_every_other_counter(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")
    here.store.act(CLERK, "", lambda tx: tx.keep_note("credential/1002", b"hash"))
    in_step(here, there)
    in_step(here, there)
    with there.store.reading() as reader:
        assert reader.note("credential/1002") == b"hash"
    assert here.journal.secrets_set_here(9) == there.journal.secrets_set_here(9) == ()
    assert there.line.asked.count("keep_secret") == 0


def test_a_revoked_device_wipes_itself_and_asks_no_more(hall: SyncedHall, centre: CentreService) -> None:
    here = hall.join("3")
    in_step(here)
    centre.enrolling.revoke("3", "lost", "1001")
    here.settle()
    assert here.wiped
    assert here.state.state == "revoked"
    asked = len(here.line.asked)
    here.settle(60.0)
    assert len(here.line.asked) == asked


def test_a_display_takes_everything_in_without_private_parts(hall: SyncedHall) -> None:
    here, display = hall.join("3"), hall.join("9", "display")
    opened = case(here)
    note(here, opened, "不该出现")
    here.settle()
    display.settle()
    with display.store.reading() as reader:
        events = reader.history(CASES.subject(opened))
    assert [event.type for event in events] == ["CaseOpened", "NoteWritten"]
    assert not events[1].private
    assert display.store.check().sound
    assert display.state.state == "in_step"


def test_who_is_not_answered_says_how_long_it_waits(hall: SyncedHall) -> None:
    here = hall.join("3")
    in_step(here)
    here.line.cut = True
    case(here)
    here.settle(3.0)
    note(here, case(here), "x")
    assert here.settle(6.0).unsent == 3


def test_a_new_counter_begins_with_a_snapshot_and_goes_on_with_the_tail(
    hall: SyncedHall, centre: CentreService
) -> None:
    here = hall.join("3")
    publish_hall(centre)
    opened = case(here)
    for n in range(30):
        note(here, opened, str(n))
    in_step(here)
    late = hall.join_late("4")
    early = case(late)  # a clerk may work before the snapshot is read in
    in_step(here, late)
    assert late.line.asked.count("snapshot") >= 1
    assert late.line.asked.index("snapshot") < late.line.asked.index("push")
    note(here, early, "后")
    note(late, opened, "末")
    in_step(here, late)
    assert history(here, opened) == history(late, opened)
    with late.store.reading() as reader:
        assert reader.published(HALLS)[HERE].counters


def test_a_snapshot_leaves_out_what_is_long_over(hall: SyncedHall, clock: HandClock) -> None:
    here = hall.join("3")
    old = case(here)
    here.act(lambda _: PermitNotNeeded(case=old))
    kept = case(here)
    in_step(here)
    clock.advance(days=200)
    recent = case(here)
    in_step(here)
    late = hall.join_late("4")
    in_step(late)
    assert history(late, old) == []
    assert history(late, kept) == history(here, kept)
    assert history(late, recent) == history(here, recent)
    note(late, kept, "接着")
    late.settle()
    here.settle()
    assert late.store.check().sound
    assert history(late, kept) == history(here, kept)


def test_a_snapshot_cut_in_the_middle_is_begun_again(hall: SyncedHall, centre: CentreService) -> None:
    here = hall.join("3")
    opened = case(here)
    here.act(*[lambda _: NoteWritten(case=opened)] * 1500)
    in_step(here)
    late = hall.join_late("4")
    for _ in range(2):  # hello and the first page, and then the centre forgets what it had begun
        late.sync.step()
    assert late.journal.standing().filling
    case(here)
    here.settle()
    centre.snapshots = Snapshots(centre.store)  # as after a restart
    in_step(here, late)
    assert late.line.asked.count("snapshot") >= 3
