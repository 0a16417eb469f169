"""Print jobs: one id through all tries; a job ends printed, sent but unconfirmed, or failed (mission: M1).

A try whose end nobody knows is never repeated silently: a person looks, then confirms it or has it
printed again as 补打 under the same job. Not here: turning facts into bytes (`printing/`), who asks
the printer (`use_cases/papers/spooler.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, cast, get_args

from counter_app.domain.journal import Fact, Recorded, device_of
from counter_app.domain.streams import Stream

JobState = Literal["queued", "printing", "printed", "sent_unconfirmed", "failed", "dropped"]
EndState = Literal["printed", "sent_unconfirmed", "failed"]


class JobFact(Fact):
    """Base of every fact about one print job."""

    job: str

    @property
    def subjects(self) -> tuple[str, ...]:
        return (f"job:{self.job}",)


class PrintQueued(JobFact):
    """`place` is the counter (or kiosk) whose printer it goes to; `count` what print it is."""

    paper: str
    place: str
    count: int = 1
    reason: str = ""


class PrintStarted(JobFact):
    """The bytes are about to be sent: from here on dots may be on paper."""


class PrintEnded(JobFact):
    """`may_have_printed` False only where it is certain that nothing came out; `printer` is which one was
    used, by its name on the machine ("" in homes that did not name theirs)."""

    state: str
    why: str = ""
    may_have_printed: bool = True
    printer: str = ""


class PrintRetried(JobFact):
    """Into the queue again, or released when stale; `count` above the last one marks the paper 补打."""

    count: int
    reason: str = ""


class PrintConfirmed(JobFact):
    """A person looked: the paper is there, or it is not."""

    printed: bool


class PrintDropped(JobFact):
    """Not wanted any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it stands. `queued_at` is the latest time it entered the queue."""

    id: str
    paper: str
    place: str
    count: int
    reason: str
    state: JobState
    queued_at: datetime
    changed_at: datetime
    why: str = ""
    may_have_printed: bool = False
    tries: int = 0
    overtaken: tuple[str, ...] = ()
    printer: str = ""

    @property
    def device(self) -> str:
        """The machine that queued it, whose printer it goes to."""
        return device_of(self.id)

    @property
    def may_retry(self) -> bool:
        return self.state in ("failed", "sent_unconfirmed")

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must look what came out: a roll that ended in mid-paper may go on after all."""
        return self.state == "sent_unconfirmed" or (self.state == "failed" and self.may_have_printed)


def fold_job(job: Job | None, event: Recorded) -> Job | None:
    fact = event.fact
    if job is None:
        return _queued(fact, event) if isinstance(fact, PrintQueued) else None
    changed = _changed(job, fact)
    if changed is None:
        return replace(job, overtaken=(*job.overtaken, event.id))
    queued_at = event.at if isinstance(fact, PrintRetried) else job.queued_at
    return replace(changed, changed_at=event.at, queued_at=queued_at)


JOBS: Final = Stream("job", Job, fold_job)


def _queued(fact: PrintQueued, event: Recorded) -> Job:
    return Job(
        id=fact.job,
        paper=fact.paper,
        place=fact.place,
        count=fact.count,
        reason=fact.reason,
        state="queued",
        queued_at=event.at,
        changed_at=event.at,
    )


def _changed(job: Job, fact: object) -> Job | None:
    if isinstance(fact, PrintStarted) and job.state == "queued":
        return replace(job, state="printing", tries=job.tries + 1, why="")
    if isinstance(fact, PrintEnded) and job.state in ("printing", "queued"):
        if fact.state not in get_args(EndState):
            return None
        state = cast("JobState", fact.state)
        may = fact.may_have_printed
        return replace(job, state=state, why=fact.why, may_have_printed=may, printer=fact.printer)
    if isinstance(fact, PrintRetried) and (job.may_retry or job.state == "queued"):
        reason = fact.reason or job.reason
        return replace(job, state="queued", count=fact.count, reason=reason, why="", may_have_printed=False)
    if isinstance(fact, PrintConfirmed) and job.is_doubtful:
        state = "printed" if fact.printed else "failed"
        return replace(job, state=state, why="", may_have_printed=fact.printed)
    if isinstance(fact, PrintDropped) and job.state in ("queued", "failed", "sent_unconfirmed"):
        return replace(job, state="dropped", why=fact.reason)
    return None
