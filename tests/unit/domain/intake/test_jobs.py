"""Print jobs and papers as folds: what may follow what (mission: P10, M1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.journal import GENESIS, Actor, Fact, Recorded
from counter_app.domain.paper.jobs import (
    JOBS,
    Job,
    PrintConfirmed,
    PrintDropped,
    PrintEnded,
    PrintQueued,
    PrintRetried,
    PrintStarted,
)
from counter_app.use_cases.papers.issuing import device_code
from tests.unit.domain.intake.support import START

FACTS = st.one_of(
    st.just(PrintStarted(job="j")),
    st.builds(
        PrintEnded,
        job=st.just("j"),
        state=st.sampled_from(["printed", "sent_unconfirmed", "failed", "burnt"]),
        may_have_printed=st.booleans(),
    ),
    st.builds(PrintRetried, job=st.just("j"), count=st.integers(1, 3)),
    st.builds(PrintConfirmed, job=st.just("j"), printed=st.booleans()),
    st.just(PrintDropped(job="j", reason="x")),
)


def event(fact: Fact, seq: int) -> Recorded:
    return Recorded(
        "3",
        1,
        seq,
        type(fact).__name__,
        1,
        seq,
        START,
        Actor("keeper"),
        "",
        0,
        fact.subjects,
        fact,
        {},
        GENESIS,
        GENESIS,
    )


def folded(*facts: Fact) -> Job:
    job: Job | None = None
    for seq, fact in enumerate((PrintQueued(job="j", paper="p", place="3"), *facts), start=1):
        job = JOBS.fold(job, event(fact, seq))
    assert job is not None
    return job


@given(st.lists(FACTS, max_size=12))
def test_a_printed_or_dropped_job_stays_so_and_nothing_is_lost(facts: list[Fact]) -> None:
    ended: Job | None = None
    for count in range(len(facts) + 1):
        job = folded(*facts[:count])
        if ended is not None:
            assert job.state == ended.state
        if job.state in ("printed", "dropped"):
            ended = ended or job
        assert JOBS.decode(JOBS.encode(job)) == job


def test_a_second_start_does_not_fit() -> None:
    job = folded(PrintStarted(job="j"), PrintStarted(job="j"))
    assert job.tries == 1
    assert len(job.overtaken) == 1


def test_a_job_keeps_its_id_and_counts_its_tries() -> None:
    job = folded(
        PrintStarted(job="j"),
        PrintEnded(job="j", state="failed", why="printer.paper-out", may_have_printed=False),
        PrintRetried(job="j", count=1),
        PrintStarted(job="j"),
        PrintEnded(job="j", state="printed"),
    )
    assert (job.id, job.tries, job.state, job.count) == ("j", 2, "printed", 1)


@pytest.mark.parametrize(
    ("device", "code"), [("3", "3"), ("front-desk", "FRONTDESK"), ("k1", "K1"), ("窗口", "0")]
)
def test_device_codes_fit_into_numbers(device: str, code: str) -> None:
    assert device_code(device) == code
