"""Papers after they are issued: printed again, retried, confirmed, checked; and papers on demand (P10).

Not here: issuing inside a decision (`issuing.py`), sending to printers (`spooler.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from counter_app.domain.catalogue.checklist import checklist
from counter_app.domain.catalogue.questions import Answer
from counter_app.domain.hall.plan import HallPlan
from counter_app.domain.intake.fold import CASES
from counter_app.domain.intake.public_facts import copy_facts, form_facts, guide_facts
from counter_app.domain.intake.scene import Planned
from counter_app.domain.journal import Actor
from counter_app.domain.paper.codec import from_json, reprinted
from counter_app.domain.paper.facts import PaperFacts
from counter_app.domain.paper.issued import FACTS, PAPERS, IssuedPaper, PaperIssued, PaperPrinted, PaperSealed
from counter_app.domain.paper.jobs import (
    JOBS,
    Job,
    JobState,
    PrintConfirmed,
    PrintDropped,
    PrintQueued,
    PrintRetried,
)
from counter_app.domain.paper.statement import read
from counter_app.errors import UserFacingError
from counter_app.use_cases.intake.look import CaseReference, look, paper_head
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.papers.sheets import SheetPrinting
from counter_app.use_cases.papers.signing import Signing, marks_on
from counter_app.use_cases.papers.statements import KnownKeys, Verification, verification
from counter_app.use_cases.ports.printing import Why
from counter_app.use_cases.ports.store import Reader, Store, Transaction

UNKNOWN_END: Final = "前次打印结果不明"


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job for the foot and the list. `why` is a message source; `stale` jobs wait for a person."""

    job: str
    paper: str
    number: str
    kind: str
    place: str
    state: JobState
    why: str
    count: int
    queued_at: datetime
    stale: bool
    may_have_printed: bool
    printer: str = ""  # which one was used, by its name on this machine


class Papers:
    """Commands and questions about papers; `signing` are those about signatures."""

    def __init__(
        self, store: Store, reference: CaseReference, statements: StatementMaker, keys: KnownKeys
    ) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements
        self._keys = keys
        self.signing = Signing(store)
        self.sheets = SheetPrinting(store)

    def reprint(self, actor: Actor, key: str, paper: str, reason: str) -> str:
        """Print again as 补打 with its reason, at the actor's counter; gives the job."""

        def work(tx: Transaction) -> None:
            state = tx.need(PAPERS, paper)
            if not reason.strip():
                raise UserFacingError(
                    "paper.reason-needed", "A reprint says why.", remedy="Choose or type the reason."
                )
            count = state.prints + 1
            tx.record(PaperPrinted(paper=paper, count=count, reason=reason))
            tx.record(PrintQueued(job=tx.next_id, paper=paper, place=actor.place, count=count, reason=reason))

        return self._store.act(actor, key, work).first(PrintQueued).job

    def retry(self, actor: Actor, key: str, job: str, reason: str = UNKNOWN_END) -> None:
        """Send the same job again; where dots may be on paper already it says 补打. Raises `job.*`."""

        def work(tx: Transaction) -> None:
            state = tx.need(JOBS, job)
            if not state.may_retry:
                raise _not_waiting()
            count = state.count
            if state.may_have_printed:
                count = tx.need(PAPERS, state.paper).prints + 1
                tx.record(PaperPrinted(paper=state.paper, count=count, reason=reason))
            tx.record(PrintRetried(job=job, count=count, reason=reason if count != state.count else ""))

        self._store.act(actor, key, work)

    def confirm(self, actor: Actor, key: str, job: str, printed: bool) -> None:
        """A person looked what came out of the printer. Raises `job.settled`."""

        def work(tx: Transaction) -> None:
            state = tx.need(JOBS, job)
            if not state.is_doubtful:
                raise _not_waiting()
            tx.record(PrintConfirmed(job=job, printed=printed))

        self._store.act(actor, key, work)

    def drop(self, actor: Actor, key: str, job: str, reason: str) -> None:
        """Give a job up; the paper stays issued and can be reprinted. Raises `job.settled`."""

        def work(tx: Transaction) -> None:
            state = tx.need(JOBS, job)
            if state.state not in ("queued", "failed", "sent_unconfirmed"):
                raise _not_waiting()
            tx.record(PrintDropped(job=job, reason=reason))

        self._store.act(actor, key, work)

    def print_now(self, actor: Actor, key: str, job: str) -> None:
        """Release a stale job: it enters the queue again as of now."""

        def work(tx: Transaction) -> None:
            state = tx.need(JOBS, job)
            if state.state != "queued":
                raise _not_waiting()
            tx.record(PrintRetried(job=job, count=state.count))

        self._store.act(actor, key, work)

    def seal(self, actor: Actor, key: str, paper: str, seal: str) -> None:
        """Register that the seal was put on a sheet, once; by whom and when is the event's (mission: P13).

        UserFacingError `paper.not-for-sealing`, `paper.sealed`.
        """

        def work(tx: Transaction) -> None:
            state = tx.need(PAPERS, paper)
            if not state.sheet:
                raise UserFacingError(
                    "paper.not-for-sealing",
                    "Only a sheet is sealed; thermal paper is never the original.",
                    remedy="Print the sheet and seal that.",
                )
            if state.sealed_at is not None:
                raise UserFacingError(
                    "paper.sealed",
                    "This paper has its seal already.",
                    kept="The register stands as it is.",
                    remedy="Reprint the paper if it was spoiled.",
                )
            tx.record(PaperSealed(paper=paper, seal=seal))

        self._store.act(actor, key, work)

    def verify(self, qr_text: str) -> Verification:
        """Whether a scanned paper is genuine, and its state where it is known here."""
        statement, _, _ = read(qr_text)
        with self._store.reading() as reader:
            paper = reader.papers.by_number(statement.number)
            case = reader.get(CASES, paper.case) if paper and paper.case else None
            return verification(reader, self._keys, qr_text, case.stage if case else "")

    def facts(self, paper: str) -> tuple[IssuedPaper, PaperFacts]:
        """A paper and its facts with the print count as it stands: for PDF files and views."""
        with self._store.reading() as reader:
            state = reader.need(PAPERS, paper)
            return state, facts_of(reader, paper, state.prints, state.reasons[-1] if state.reasons else "")

    def of_case(self, case: str) -> tuple[IssuedPaper, ...]:
        """All papers of a case, oldest first."""
        with self._store.reading() as reader:
            return reader.papers.of_case(case)

    def job_list(self, counter: str, most: int = 20) -> tuple[JobRow, ...]:
        """The latest jobs of a counter, newest first; of all for ""."""
        with self._store.reading() as reader:
            since = fresh_since(reader.now)
            return tuple(_row(reader, job, since) for job in reader.papers.jobs(counter, most))

    def unsettled(self, most: int = 50) -> tuple[JobRow, ...]:
        """This machine's jobs that somebody should look at or that are still on their way, oldest first."""
        with self._store.reading() as reader:
            since = fresh_since(reader.now)
            jobs = reader.papers.unsettled(reader.device, most)
            return tuple(_row(reader, job, since) for job in jobs)

    def open_now(self, most: int = 50) -> tuple[JobRow, ...]:
        """The oldest of them and the newest of today: where every paper stays unconfirmed, old ones must not
        hide the one that failed just now."""
        with self._store.reading() as reader:
            since = fresh_since(reader.now)
            oldest = reader.papers.unsettled(reader.device, most)
            moment = since.isoformat(timespec="milliseconds")
            newest = reader.papers.unsettled_since(reader.device, moment, most)
            found = {job.id: job for job in (*oldest, *reversed(newest))}
            return tuple(_row(reader, job, since) for job in found.values())

    def print_guide(
        self,
        actor: Actor,
        key: str,
        item: str,
        answers: Mapping[str, Answer] | None = None,
        *,
        slip: bool = True,
        language: str = "zh_CN",
    ) -> str:
        """The slip (roll) or guide (sheet) of an item for a situation; gives the paper's id."""

        def work(tx: Transaction) -> None:
            plan, catalogue = self._reference.plan(tx), self._reference.catalogue(tx)
            today = tx.now.date()
            found = catalogue.item(item, today)
            lines = checklist(found, answers or {}, today=today, settings=plan.settings)
            head = paper_head(plan, tx.now, actor.staff, actor.place)
            body = catalogue.body(lines.department)
            facts = guide_facts(
                found,
                lines,
                head,
                body.name if body else lines.department,
                slip=slip,
                place=_place(plan, found.licence),
                hours=_hours(plan),
            )
            self._issue(tx, actor, plan, Planned(facts, roll=slip, sheet=not slip), found.code, language)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def print_form(self, actor: Actor, key: str, case: str, title: str = "") -> str:
        """The application form of a case, filled in, as a sheet; gives the paper's id (mission: P12)."""

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            scene = seen.scene(actor.staff, actor.place)
            name = title or next(iter(scene.item.forms), "") or f"{scene.item.name}申请表"
            facts = form_facts(scene, name)
            self._issue(
                tx, actor, seen.plan, Planned(facts, roll=False, sheet=True), scene.item.code, case=case
            )

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def print_copy_stamp(self, actor: Actor, key: str, case: str) -> str:
        """The sheet that says the copies agree with their originals; gives the paper's id (mission: P12).

        UserFacingError `paper.no-copies` when no copy has been marked present.
        """

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            facts = copy_facts(seen.scene(actor.staff, actor.place))
            if not facts.copies:
                raise UserFacingError(
                    "paper.no-copies",
                    "No copy has been compared with its original yet.",
                    remedy="Mark the materials first.",
                )
            self._issue(
                tx, actor, seen.plan, Planned(facts, roll=False, sheet=True), facts.item.code, case=case
            )

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def _issue(
        self,
        tx: Transaction,
        actor: Actor,
        plan: HallPlan,
        planned: Planned,
        item: str,
        language: str = "zh_CN",
        case: str | None = None,
    ) -> None:
        about = About(place=actor.place, short_name=plan.short_name, case=case, item=item, language=language)
        number = paper_number(tx, planned.facts.kind, plan.short_name)
        issue(tx, [(planned, number)], about, self._statements)


def facts_of(reader: Reader, paper: str, count: int, reason: str) -> PaperFacts:
    """The facts of a paper for its `count`-th print. UserFacingError `paper.erased` when they are gone."""
    event = reader.event(paper)
    packed = event.private.get(FACTS) if event else None
    if packed is None:
        raise UserFacingError(
            "paper.erased",
            "What this paper said is no longer kept here.",
            remedy="Ask the hall that issued it.",
        )
    facts = from_json(packed)
    facts = replace(facts, head=replace(facts.head, signed=marks_on(reader, paper)))
    return reprinted(facts, count, reason) if count > 1 else facts


def fresh_since(now: datetime) -> datetime:
    """Jobs queued before this are stale: yesterday's papers do not come out in the morning unasked."""
    return datetime.combine(now.date(), time(), now.tzinfo)


def _row(reader: Reader, job: Job, since: datetime) -> JobRow:
    paper = reader.get(PAPERS, job.paper)
    known = {why.value: why.message for why in Why}
    return JobRow(
        job=job.id,
        paper=job.paper,
        number=paper.number if paper else "",
        kind=paper.kind if paper else "",
        place=job.place,
        state=job.state,
        why=known.get(job.why, job.why),
        count=job.count,
        queued_at=job.queued_at,
        stale=job.state == "queued" and job.queued_at < since,
        may_have_printed=job.may_have_printed,
        printer=job.printer,
    )


def _not_waiting() -> UserFacingError:
    return UserFacingError(
        "job.settled",
        "This print job is settled or under way; nothing is to be done about it.",
        remedy="Reprint the paper if it is missing.",
    )


def _place(plan: HallPlan, licence: str) -> str:
    """`绿之园物业 3 楼 2、3 号窗口`: where the hall is, and its counters in the order they stand."""
    numbers = sorted(counter.number for counter in plan.counters_for(licence))
    counters = f"{'、'.join(map(str, numbers))} 号窗口" if numbers else ""
    return " ".join(part for part in (plan.hall.address, counters) if part)


def _hours(plan: HallPlan) -> str:
    """`周一至周五 09:00–12:00 13:30–17:30` as the hall's file has it."""
    days = "一二三四五六日"
    spans: dict[str, list[str]] = {}
    for hours in plan.hours:
        first, last = min(hours.weekdays), max(hours.weekdays)
        named = f"周{days[first - 1]}" if first == last else f"周{days[first - 1]}至周{days[last - 1]}"
        spans.setdefault(named, []).append(f"{hours.opens:%H:%M}–{hours.closes:%H:%M}")
    return "；".join(f"{named} {' '.join(times)}" for named, times in spans.items())
