"""Restored and cloned disks: what stands stays, what was lost is entered anew, and nothing is given twice."""

from __future__ import annotations

import pytest

from counter_app.domain.centre.facts import EpochOpened
from counter_app.domain.intake.facts import CaseOpened
from counter_app.domain.intake.fold import CASES
from counter_app.domain.paper.jobs import PrintEnded, PrintQueued, PrintStarted
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.waiting.numbers import block_number
from tests.support.centres import publish_hall
from tests.support.intake_hall import plan
from tests.support.stores import CLERK
from tests.support.synced import SyncedHall, case, history, in_step, note


def test_a_restored_disk_gets_its_acts_back_and_goes_on_in_a_new_epoch(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")
    first = case(here)
    in_step(here, there)
    backup = here.copy_disk("backup")
    lost = case(here)
    in_step(here, there)
    here.restore(backup)
    alone = case(here, key="alone")
    note(here, alone, "单独")
    in_step(here, there)
    standing = here.journal.standing()
    assert (standing.epoch, standing.aside) == (2, 0)
    for opened in (first, lost):
        assert history(here, opened) == history(there, opened)
    with here.store.reading() as reader:
        assert reader.event(alone) is not None  # the seq is the lost case's: its event came back
        assert reader.event(alone).fact == CaseOpened(case=lost)  # type: ignore[union-attr]  # looked at above
        (again,) = [found for found in reader.cases.recent(9) if found.id not in (first, lost)]
        events = reader.history(CASES.subject(again.id))
        epoch_opened = reader.event("3.2.1")
    assert [event.type for event in events] == ["CaseOpened", "NoteWritten"]
    assert all(event.recovered_from for event in events)
    assert events[0].key == "alone"
    assert events[1].private == {"text": "单独".encode()}
    assert epoch_opened is not None
    assert isinstance(epoch_opened.fact, EpochOpened)
    assert (epoch_opened.fact.last_seq, epoch_opened.fact.set_aside) == (2, 2)
    assert here.store.act(CLERK, "alone", lambda tx: pytest.fail("acted twice")).replayed


def test_a_cloned_disk_is_told_apart_and_nothing_is_lost(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")
    case(here)
    in_step(here, there)
    clone = hall.clone(here)
    ours = case(here)
    here.clock.advance(seconds=1)
    theirs = case(clone)
    assert ours == theirs  # the same id for two different acts
    note(clone, theirs, "克隆")
    in_step(here, there)
    clone.settle()
    in_step(here, there, clone)
    epochs = {device.journal.standing().epoch for device in (here, clone)}
    assert len(epochs) == 2
    with there.store.reading() as reader:
        cases = reader.cases.recent(9)
    assert len(cases) == 3


def test_a_clone_that_spoke_first_leaves_the_original_the_next_epoch(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")
    case(here)
    in_step(here, there)
    clone = hall.clone(here)
    case(clone)
    clone.settle()
    case(here)
    in_step(here, there, clone)
    with there.store.reading() as reader:
        assert len(reader.cases.recent(9)) == 3


def test_an_id_of_an_older_branch_means_what_stands_there(hall: SyncedHall) -> None:
    """Lost once, the disk's own case 3.1.2 is 3.2.2; in a later branch 3.1.2 is the case that stands."""
    here, there = hall.join("3"), hall.join("4")
    case(here)
    in_step(here, there)
    first = here.copy_disk("first")
    standing = case(here)
    in_step(here, there)
    here.restore(first)
    assert case(here, key="alone") == standing
    in_step(here, there)
    second = here.copy_disk("second")
    case(here)
    in_step(here, there)
    here.restore(second)
    note(here, standing, "对")
    in_step(here, there)
    assert here.journal.standing().epoch == 3
    assert len(history(here, standing)) == 2
    assert history(there, standing) == history(here, standing)
    with there.store.reading() as reader:
        assert reader.need(CASES, standing).draft.notes == ("对",)


def test_a_job_set_aside_comes_back_as_it_ended(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")
    case(here)
    in_step(here, there)
    backup = here.copy_disk("backup")
    case(here)
    in_step(here, there)
    here.restore(backup)

    def printed(tx: Transaction) -> None:
        job = tx.next_id
        tx.record(PrintQueued(job=job, paper="p", place="3"))

    queued = here.store.act(CLERK, "", printed).first(PrintQueued).job
    for _ in range(150):
        case(here)
    here.act(lambda tx: PrintStarted(job=queued))
    here.act(lambda tx: PrintEnded(job=queued, state="printed"))
    for _ in range(400):
        more = here.sync.step()
        with here.store.reading() as reader:
            waiting = reader.papers.next_job("3", "2020")
        if here.journal.standing().epoch == 2:
            assert waiting is None
        if not more:
            break
    in_step(here, there)
    with there.store.reading() as reader:
        (job,) = reader.papers.jobs("3", 9)
    assert (job.state, job.tries) == ("printed", 1)


def test_what_a_restored_disk_finds_queued_is_asked_about_and_not_printed(hall: SyncedHall) -> None:
    here, there = hall.join("3"), hall.join("4")

    def queue() -> str:
        def work(tx: Transaction) -> None:
            tx.record(PrintQueued(job=tx.next_id, paper="p", place="3"))

        return here.store.act(CLERK, "", work).first(PrintQueued).job

    before, printed = queue(), queue()
    in_step(here, there)
    backup = here.copy_disk("backup")
    lost = queue()
    here.act(lambda tx: PrintStarted(job=printed))
    here.act(lambda tx: PrintEnded(job=printed, state="printed"))
    in_step(here, there)
    here.restore(backup)
    while here.sync.step():
        with here.store.reading() as reader:
            if here.journal.standing().epoch == 2:
                assert reader.papers.next_job("3", "2020") is None
    in_step(here, there)
    with there.store.reading() as reader:
        states = {job.id: job.state for job in reader.papers.jobs("3", 9)}
    assert states == {before: "sent_unconfirmed", printed: "printed", lost: "sent_unconfirmed"}
    fresh = queue()
    with here.store.reading() as reader:
        job = reader.papers.next_job("3", "2020")
    assert job is not None
    assert job.id == fresh


def test_a_restored_disk_gives_no_ticket_number_again(hall: SyncedHall, centre: CentreService) -> None:
    here = hall.join("3")
    publish_hall(centre)
    in_step(here)
    day = here.clock.now().date().isoformat()
    letter = plan().lines[0].letter

    def numbers(count: int) -> list[str]:
        found: list[str] = []
        here.store.act(
            CLERK, "", lambda tx: found.extend(block_number(tx, letter, day) for _ in range(count))
        )
        return found

    here.line.numbers(letter, day)
    in_step(here)
    given = numbers(5)
    backup = here.copy_disk("backup")
    given += numbers(6)
    here.settle()  # a run that came so far is given the next block
    given += numbers(12)
    here.act(lambda tx: CaseOpened(case=tx.next_id))
    in_step(here)
    here.restore(backup)
    here.settle()
    here.line.numbers(letter, day)
    in_step(here)
    again = numbers(10)
    assert here.journal.standing().epoch == 2
    assert not set(again) & set(given)
    assert len(set(given)) == 23
