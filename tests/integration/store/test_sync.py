"""Devices and a real centre: acts meet, cuts heal, and no disk however old spoils what stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.domain.centre.facts import EpochOpened
from counter_app.domain.intake.facts import CaseOpened, NoteWritten, PermitNotNeeded
from counter_app.domain.intake.fold import CASES
from counter_app.domain.paper.jobs import PrintEnded, PrintQueued, PrintStarted
from counter_app.use_cases.centre.giving import Snapshots
from counter_app.use_cases.centre.service import CentreService
from counter_app.use_cases.ports.store import Transaction
from counter_app.use_cases.reference import HALLS, HERE
from counter_app.use_cases.waiting.numbers import block_number
from tests.support.centres import enrolled, open_centre, publish_hall
from tests.support.clock import HandClock
from tests.support.intake_hall import plan
from tests.support.stores import CLERK
from tests.support.synced import Synced, joined


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def centre(tmp_path: Path, clock: HandClock) -> Iterator[CentreService]:
    service = open_centre(tmp_path, clock)
    yield service
    service.close()


class Hall:
    """The devices of one test."""

    def __init__(self, folder: Path, centre: CentreService, clock: HandClock) -> None:
        self._folder, self._centre, self._clock = folder, centre, clock
        self._made: list[Synced] = []

    def join(self, code: str, role: str = "counter") -> Synced:
        self._made.append(joined(self._folder, self._centre, code, self._clock, role))
        return self._made[-1]

    def join_late(self, code: str) -> Synced:
        """A device that begins with a snapshot, however short the order is."""
        enrolled(self._centre, code)
        self._made.append(Synced(self._folder, self._centre, code, self._clock, snapshot_from=1))
        return self._made[-1]

    def clone(self, of: Synced) -> Synced:
        """Another machine with a copy of this one's disk."""
        self._made.append(Synced(of.copy_disk("clone"), self._centre, of.device, self._clock))
        return self._made[-1]

    def close(self) -> None:
        for device in self._made:
            device.close()


@pytest.fixture
def hall(tmp_path: Path, centre: CentreService, clock: HandClock) -> Iterator[Hall]:
    hall = Hall(tmp_path, centre, clock)
    yield hall
    hall.close()


def case(device: Synced, key: str = "") -> str:
    def work(tx: Transaction) -> None:
        tx.record(CaseOpened(case=tx.next_id))

    return device.store.act(CLERK, key, work).first(CaseOpened).case


def note(device: Synced, case: str, text: str) -> None:
    def work(tx: Transaction) -> None:
        tx.record(NoteWritten(case=case), private={"text": text.encode()})

    device.store.act(CLERK, "", work)


def history(device: Synced, case: str) -> list[str]:
    with device.store.reading() as reader:
        return [event.hash for event in reader.history(CASES.subject(case))]


def in_step(*devices: Synced) -> None:
    """All have worked until none has anything to do, and hold the same."""
    for _ in range(6):
        for device in devices:
            device.settle()
        if len({device.journal.standing().root for device in devices}) == 1:
            break
    for device in devices:
        assert device.state.state == "in_step", device.state
        assert device.state.unsent == 0
        assert device.store.check().sound, device.store.check()
    assert len({device.journal.standing().root for device in devices}) == 1
    kinds = ["case", "party", "ticket"]
    assert len({tuple(sorted(device.journal.digest(kinds).items())) for device in devices}) == 1


def test_two_counters_agree(hall: Hall) -> None:
    here, there = hall.join("3"), hall.join("4")
    opened = case(here)
    in_step(here, there)
    note(here, opened, "左")
    note(there, opened, "右")
    in_step(here, there)
    assert history(here, opened) == history(there, opened)
    assert len(history(here, opened)) == 3


def test_cut_off_it_says_so_works_on_and_agrees_again(hall: Hall) -> None:
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
def test_a_lost_answer_changes_nothing(hall: Hall, lost: str) -> None:
    here, there = hall.join("3"), hall.join("4")
    opened = case(here)
    here.line.lose = {lost}
    in_step(here, there)
    assert len(history(there, opened)) == 1
    assert here.journal.standing().epoch == 1


def test_a_restored_disk_gets_its_acts_back_and_goes_on_in_a_new_epoch(hall: Hall) -> None:
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


def test_a_cloned_disk_is_told_apart_and_nothing_is_lost(hall: Hall) -> None:
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


def test_a_clone_that_spoke_first_leaves_the_original_the_next_epoch(hall: Hall) -> None:
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


def test_a_job_set_aside_comes_back_as_it_ended(hall: Hall) -> None:
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


def test_what_a_restored_disk_finds_queued_is_asked_about_and_not_printed(hall: Hall) -> None:
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


def test_the_hall_the_centre_publishes_is_in_force_everywhere(hall: Hall, centre: CentreService) -> None:
    here = hall.join("3")
    publish_hall(centre)
    in_step(here)
    with here.store.reading() as reader:
        assert reader.published(HALLS)[HERE].counters


def test_a_pin_set_here_opens_every_other_counter(hall: Hall) -> None:
    here, there = hall.join("3"), hall.join("4")
    here.store.act(CLERK, "", lambda tx: tx.keep_note("credential/1002", b"hash"))
    in_step(here, there)
    in_step(here, there)
    with there.store.reading() as reader:
        assert reader.note("credential/1002") == b"hash"
    assert here.journal.secrets_set_here(9) == there.journal.secrets_set_here(9) == ()
    assert there.line.asked.count("keep_secret") == 0


def test_a_revoked_device_wipes_itself_and_asks_no_more(hall: Hall, centre: CentreService) -> None:
    here = hall.join("3")
    in_step(here)
    centre.enrolling.revoke("3", "lost", "1001")
    here.settle()
    assert here.wiped
    assert here.state.state == "revoked"
    asked = len(here.line.asked)
    here.settle(60.0)
    assert len(here.line.asked) == asked


def test_a_display_takes_everything_in_without_private_parts(hall: Hall) -> None:
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


def test_who_is_not_answered_says_how_long_it_waits(hall: Hall) -> None:
    here = hall.join("3")
    in_step(here)
    here.line.cut = True
    case(here)
    here.settle(3.0)
    note(here, case(here), "x")
    assert here.settle(6.0).unsent == 3


def test_a_new_counter_begins_with_a_snapshot_and_goes_on_with_the_tail(
    hall: Hall, centre: CentreService
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


def test_a_snapshot_leaves_out_what_is_long_over_and_the_check_knows(hall: Hall, clock: HandClock) -> None:
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


def test_a_snapshot_cut_in_the_middle_is_begun_again(hall: Hall, centre: CentreService) -> None:
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


def test_a_restored_disk_gives_no_ticket_number_again(hall: Hall, centre: CentreService) -> None:
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
