"""进度单: where a case stands, for the citizen who asks, its due date day by day (mission: T3, T5, S6)."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.access.shift import is_desk
from counter_app.domain.casework.fold import HANDLINGS
from counter_app.domain.casework.plan import Bar, c11_owed
from counter_app.domain.casework.state import Handling
from counter_app.domain.intake.time_papers import Progress, progress_slip
from counter_app.domain.intake.words import CITIZEN_STAGES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.paper.model import Paper
from counter_app.domain.time.clock import Clock
from counter_app.domain.time.ledger import STOPPED
from counter_app.i18n import Translator
from counter_app.use_cases.casework.planning import Planner
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Reader, Store, Transaction


class ProgressSlips:
    """Issues the slip, or shows it. UserFacingError `case.unknown`, `case.no-item`."""

    def __init__(self, store: Store, reference: CaseReference, statements: StatementMaker) -> None:
        self._store = store
        self._reference = reference
        self._statements = statements

    def issue(self, actor: Actor, key: str, case: str) -> str:
        """Print one; gives the paper's id."""

        def work(tx: Transaction) -> None:
            seen = look(tx, self._reference, case)
            number = paper_number(tx, PaperKind.PROGRESS_SLIP, seen.plan.short_name)
            told = said(tx, self._reference, seen)
            planned = progress_slip(seen.scene(actor.staff, actor.place), told, seen.calendar)
            if is_desk(actor.place):  # which has no receipt printer
                planned = replace(planned, roll=False, sheet=True)
            about = About(
                place=actor.place,
                short_name=seen.plan.short_name,
                case=case,
                item=seen.case.draft.item,
                query=seen.case.query,
            )
            issue(tx, [(planned, number)], about, self._statements)

        return self._store.act(actor, key, work).first(PaperIssued).paper

    def preview(self, case: str, t: Translator) -> Paper:
        """The slip as it would be printed now, its number left open."""
        with self._store.reading() as reader:
            seen = look(reader, self._reference, case)
            told = said(reader, self._reference, seen)
        return build(progress_slip(seen.scene("", ""), told, seen.calendar).facts, t)


def said(reader: Reader, reference: CaseReference, seen: Look) -> Progress:
    """What the slip says besides days. A stop is named by its kind; its reason is the hall's business."""
    stop = seen.clock.standing if seen.clock and seen.clock.running else None
    handling = reader.get(HANDLINGS, seen.case.id)
    told = Progress(
        stage=CITIZEN_STAGES[seen.case.stage],
        standing=STOPPED[stop.kind] if stop else "",
        standing_until=stop.expected if stop else None,
    )
    if seen.clock is not None:
        told = _with_reply(told, seen, seen.clock, handling)
    if handling is None or not handling.open or seen.case.ended:
        return told
    if stop is not None and stop.kind == "correction":
        return replace(told, owed=stop.reason)
    return _with_next(told, handling, Planner(reader, reference).bars(seen.case.id), stands=stop is not None)


def _with_next(told: Progress, handling: Handling, bars: tuple[Bar, ...], *, stands: bool) -> Progress:
    """The steps that are open and what the applicant has to do next, as the plan has them (mission: C1,
    C11)."""
    item = handling.item.partition("@")[0]
    steps = {f"{item}/{step.code}": step for step in handling.steps if step.state == "open"}
    open_bars = [bar for bar in bars if bar.code in steps]
    days = [bar.until_on for bar in open_bars if not bar.late]
    owed = next(iter(c11_owed(bars)), None)
    return replace(
        told,
        next_step="、".join(steps[bar.code].name for bar in open_bars),
        next_by=max(days) if days and len(days) == len(open_bars) and not stands else None,
        owed=owed.applicant_does if owed else "",
        owed_on=owed.from_on if owed and not stands else None,
    )


def _with_reply(told: Progress, seen: Look, clock: Clock, handling: Handling | None) -> Progress:
    """The last order a citizen had given at a counter. The lead's own words only, and none that name another
    department of the case: the slip blames nobody."""
    urge = next((urge for urge in reversed(clock.urges) if not urge.by_leader), None)
    if urge is None:
        return told
    others = (handling.departments() if handling else frozenset[str]()) - {clock.department}
    bodies = (seen.catalogue.body(code) for code in others)
    names = [body.name for body in bodies if body is not None]
    own = urge.department == clock.department and not any(name in urge.answer for name in names)
    return replace(
        told,
        urged=urge.text,
        urge_answer=urge.answer if own else "",
        urge_answered_on=urge.answered_at.date() if urge.answered_at else None,
    )
