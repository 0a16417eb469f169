"""The spooler: takes the oldest job, sends it, writes down how it ended. The keeper runs it (P10, M1).

Rendering comes before `PrintStarted`, so that the time in which nobody knows is the sending alone. A
job found started when the keeper begins was under way when it died: it becomes *sent, unconfirmed*
and a person is asked; it is never printed again silently. A printer that cannot print is stood in for, and
when it can again it gets what it certainly did not print. Only jobs queued on this machine are its own,
though the hall's all lie here. Not here: bytes (`printing/`), lines to printers (`devices/`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.issued import PAPERS
from counter_app.domain.paper.jobs import Job, PrintEnded, PrintRetried, PrintStarted
from counter_app.errors import UserFacingError
from counter_app.use_cases.papers.papers import facts_of, fresh_since
from counter_app.use_cases.papers.printers import Printers, workspace_of
from counter_app.use_cases.ports.printing import PrintEnd, PrinterProfile, PrintOutcome, Why
from counter_app.use_cases.ports.store import Store, Transaction

KEEPER: Final = Actor("keeper")
_LARGEST_JOB: Final = 1 << 31
REVIVED_WITHIN: Final = timedelta(minutes=10)
MOST_REVIVED: Final = 200
MOST_TRIES: Final = 5
REVIVED: Final = frozenset(
    {Why.PAPER_OUT, Why.COVER_OPEN, Why.CUTTER_ERROR, Why.OFFLINE, Why.SILENT, Why.ABSENT, Why.BUSY}
)


class PaperRenderer(Protocol):
    """Facts → the bytes of one roll paper for a kind of printer."""

    def roll(self, facts: PaperFacts, language: str, profile: PrinterProfile) -> bytes: ...


class Spooler:
    """One for each printer of its own at a home, each in one thread. `step` does at most one job."""

    def __init__(self, store: Store, renderer: PaperRenderer, printers: Printers) -> None:
        self._store = store
        self._renderer = renderer
        self._printers = printers
        self._recovered = False

    def step(self) -> bool:
        """Do the oldest fresh job; False when there is none."""
        if not self._recovered:
            self._recover()
        with self._store.reading() as reader:
            since = fresh_since(reader.now).isoformat(timespec="milliseconds")
            job = reader.papers.next_job(reader.device, since, self._printers.places)
        if job is None:
            return False
        self._print(job)
        return True

    def revive(self) -> None:
        """The printer can print again: what certainly left no dot a while ago enters the queue by itself.

        Only what failed minutes ago: the citizen still stands there. Everything else waits for a person.
        """
        with self._store.reading() as reader:
            since = (reader.now - REVIVED_WITHIN).isoformat(timespec="milliseconds")
            recent = reader.papers.unsettled_since(reader.device, since, MOST_REVIVED)
        failed = [job for job in reversed(recent) if job.state == "failed" and not job.may_have_printed]
        for job in failed:
            if self._mine(job) and job.why in REVIVED and job.tries <= MOST_TRIES:
                fact = PrintRetried(job=job.id, count=job.count)
                self._write(f"spool-revived:{job.id}:{job.changed_at.isoformat()}", fact)

    def _mine(self, job: Job) -> bool:
        return self._printers.places in ("", workspace_of(job.place))

    def _recover(self) -> None:
        """What was under way when an earlier keeper died: flushed at the printer, and asked about."""
        with self._store.reading() as reader:
            under_way = [job for job in reader.papers.under_way(reader.device) if self._mine(job)]
        for job in under_way:
            for placed in self._printers.at(job.place):
                data = self._rendered(job, placed.profile)
                if isinstance(data, bytes):
                    placed.printer.interrupted(data)
            self._ended(job, PrintOutcome.unconfirmed(0, Why.STOPPED), job.tries)
        self._recovered = True

    def _print(self, job: Job) -> None:
        attempt = job.tries + 1
        placed, *others = self._printers.at(job.place) or (None,)
        if placed is None:
            self._ended(job, PrintOutcome.failed(Why.ABSENT), attempt)
            return
        data = self._rendered(job, placed.profile)
        if isinstance(data, UserFacingError):
            self._write(
                f"spool-unfit:{job.id}:{job.queued_at.isoformat()}",
                PrintEnded(job=job.id, state=PrintEnd.FAILED.value, why=data.code, may_have_printed=False),
            )
            return
        self._write(f"spool-start:{job.id}:{attempt}", PrintStarted(job=job.id))
        outcome = placed.printer.print_job(number_of(job.id), data)
        for other in filter(None, others):
            if not _stands_in_helps(outcome):
                break
            data = self._rendered(job, other.profile)
            if isinstance(data, bytes):
                tried = other.printer.print_job(number_of(job.id), data)
                if tried.end is not PrintEnd.FAILED or tried.may_have_printed:
                    outcome, placed = tried, other
        self._ended(job, outcome, attempt, placed.name)

    def _ended(self, job: Job, outcome: PrintOutcome, attempt: int, printer: str = "") -> None:
        self._write(
            f"spool-end:{job.id}:{attempt}:{job.queued_at.isoformat()}",
            PrintEnded(
                job=job.id,
                state=outcome.end.value,
                why=outcome.why.value,
                may_have_printed=outcome.may_have_printed,
                printer=printer,
            ),
        )

    def _rendered(self, job: Job, profile: PrinterProfile) -> bytes | UserFacingError:
        """The bytes of the job's paper, or why there can be none."""
        try:
            with self._store.reading() as reader:
                paper = reader.need(PAPERS, job.paper)
                facts = facts_of(reader, job.paper, job.count, job.reason)
            return self._renderer.roll(facts, paper.language, profile)
        except UserFacingError as error:
            return error

    def _write(self, key: str, fact: PrintStarted | PrintEnded | PrintRetried) -> None:
        def work(tx: Transaction) -> None:
            tx.record(fact)

        self._store.act(KEEPER, key, work)


def _stands_in_helps(outcome: PrintOutcome) -> bool:
    """Only where the first printer certainly put no dot on paper may another one print the same."""
    return outcome.end is PrintEnd.FAILED and not outcome.may_have_printed and outcome.why is not Why.STOPPED


def number_of(job: str) -> int:
    """A job's number at the printer: its place in the device's journal, the same through all tries."""
    return int(job.rsplit(".", 1)[1]) % _LARGEST_JOB
