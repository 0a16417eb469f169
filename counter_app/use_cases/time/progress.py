"""进度单: where a case stands, for the citizen who asks, its due date day by day (mission: T3, T5, S6)."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.access.shift import is_desk
from counter_app.domain.intake.time_papers import Progress, progress_slip
from counter_app.domain.intake.words import CITIZEN_STAGES
from counter_app.domain.journal import Actor
from counter_app.domain.paper.builders.registry import build
from counter_app.domain.paper.facts import PaperKind
from counter_app.domain.paper.issued import PaperIssued
from counter_app.domain.paper.model import Paper
from counter_app.domain.time.ledger import STOPPED
from counter_app.i18n import Translator
from counter_app.use_cases.intake.look import CaseReference, Look, look
from counter_app.use_cases.papers.issuing import About, StatementMaker, issue, paper_number
from counter_app.use_cases.ports.store import Store, Transaction


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
            planned = progress_slip(seen.scene(actor.staff, actor.place), said(seen), seen.calendar)
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
        return build(progress_slip(seen.scene("", ""), said(seen), seen.calendar).facts, t)


def said(seen: Look) -> Progress:
    """What the slip says besides days. A stop is named by its kind; its reason is the hall's business."""
    stop = seen.clock.standing if seen.clock and seen.clock.running else None
    return Progress(
        stage=CITIZEN_STAGES[seen.case.stage],
        standing=STOPPED[stop.kind] if stop else "",
        standing_until=stop.expected if stop else None,
    )
