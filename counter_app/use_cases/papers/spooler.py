"""The spooler: takes the oldest job, sends it, writes down how it ended. The keeper runs it (P10, M1).

Rendering comes before `PrintStarted`, so that the time in which nobody knows is the sending alone. A
job found started when the keeper begins was under way when it died: it becomes *sent, unconfirmed*
and a person is asked; it is never printed again silently. Only jobs queued on this machine are its own,
though the hall's all lie here. Not here: bytes (`printing/`), lines to printers (`devices/`).
"""

from __future__ import annotations

from typing import Final, Protocol

from counter_app.domain.journal import Actor
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.issued import PAPERS
from counter_app.domain.paper.jobs import Job, PrintEnded, PrintStarted
from counter_app.errors import UserFacingError
from counter_app.use_cases.papers.papers import facts_of, fresh_since
from counter_app.use_cases.ports.printing import PrintEnd, PrintOutcome, ReceiptPrinter, Why
from counter_app.use_cases.ports.store import Store, Transaction

KEEPER: Final = Actor("keeper")
_LARGEST_JOB: Final = 1 << 31


class PaperRenderer(Protocol):
    """Facts → the bytes of one roll paper for the printer of a place."""

    def roll(self, facts: PaperFacts, language: str, place: str) -> bytes: ...


class Printers(Protocol):
    """The receipt printers of this machine."""

    def at(self, place: str) -> ReceiptPrinter | None:
        """The printer of a counter or kiosk; None when none is set up."""
        ...


class Spooler:
    """One per home, in one thread. `step` does at most one job."""

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
            job = reader.papers.next_job(reader.device, since)
        if job is None:
            return False
        self._print(job)
        return True

    def _recover(self) -> None:
        """What was under way when an earlier keeper died: flushed at the printer, and asked about."""
        with self._store.reading() as reader:
            under_way = reader.papers.under_way(reader.device)
        for job in under_way:
            data = self._rendered(job)
            printer = self._printers.at(job.place)
            if printer is not None and isinstance(data, bytes):
                printer.interrupted(data)
            self._ended(job, PrintOutcome.unconfirmed(0, Why.STOPPED), job.tries)
        self._recovered = True

    def _print(self, job: Job) -> None:
        data = self._rendered(job)
        printer = self._printers.at(job.place)
        attempt = job.tries + 1
        if isinstance(data, UserFacingError):
            self._write(
                f"spool-unfit:{job.id}:{job.queued_at.isoformat()}",
                PrintEnded(job=job.id, state=PrintEnd.FAILED.value, why=data.code, may_have_printed=False),
            )
            return
        if printer is None:
            outcome = PrintOutcome.failed(Why.ABSENT)
        else:
            self._write(f"spool-start:{job.id}:{attempt}", PrintStarted(job=job.id))
            outcome = printer.print_job(number_of(job.id), data)
        self._ended(job, outcome, attempt)

    def _ended(self, job: Job, outcome: PrintOutcome, attempt: int) -> None:
        self._write(
            f"spool-end:{job.id}:{attempt}:{job.queued_at.isoformat()}",
            PrintEnded(
                job=job.id,
                state=outcome.end.value,
                why=outcome.why.value,
                may_have_printed=outcome.may_have_printed,
            ),
        )

    def _rendered(self, job: Job) -> bytes | UserFacingError:
        """The bytes of the job's paper, or why there can be none."""
        try:
            with self._store.reading() as reader:
                paper = reader.need(PAPERS, job.paper)
                facts = facts_of(reader, job.paper, job.count, job.reason)
            return self._renderer.roll(facts, paper.language, job.place)
        except UserFacingError as error:
            return error

    def _write(self, key: str, fact: PrintStarted | PrintEnded) -> None:
        def work(tx: Transaction) -> None:
            tx.record(fact)

        self._store.act(KEEPER, key, work)


def number_of(job: str) -> int:
    """A job's number at the printer: its place in the device's journal, the same through all tries."""
    return int(job.rsplit(".", 1)[1]) % _LARGEST_JOB
