"""Why a case is due on its day, in a sentence: from where it counts, what was left out, what was added
(mission: T3). No Qt."""

from __future__ import annotations

from counter_app.domain.time.ledger import STOPPED
from counter_app.domain.time.runs import runs
from counter_app.domain.time.words import amount_words
from counter_app.i18n import Translator
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.desk.words import day_words
from counter_app.ui.time.words import ground_words

MOST_RUNS = 4


def due_head(read: CaseRead, t: Translator) -> str:
    """The question the ledger answers, or why there is no day."""
    page, clock = read.page, read.clock
    if page.decided_at is not None:
        return t("Decided on {day}", day=day_words(page.decided_at.date()))
    if clock is not None and clock.standing is not None:
        return t("The clock stands")
    due = clock.ledger if clock is not None else None
    day = due.day if due is not None else (page.promised_due or page.legal_due)
    if day is None and any(row.state == "open" for row in page.prerequisites):
        return t("The time begins when the results it waits for are here")
    return t("Why {day}", day=day.isoformat()) if day is not None else t("No limit runs")


def due_detail(read: CaseRead, t: Translator) -> str:
    clock = read.clock
    due = clock.ledger if clock is not None else None
    if clock is None or due is None:
        return ""
    parts = []
    stop = clock.standing
    if stop is not None:
        until = t("expected until {day}", day=day_words(stop.expected)) if stop.expected else ""
        said = (t(STOPPED[stop.kind]), *ground_words(stop.ground, t), until, stop.reason)
        parts.append(" ".join(part for part in said if part))
    counted = [run for run in runs(due.ledger) if run.m]
    if counted:
        limit = read.page.promised_limit or read.page.legal_limit
        amount = amount_words(t, limit.amount, limit.unit) if limit else ""
        parts.append(t("{limit}, counted from {day}", limit=amount, day=day_words(counted[0].first)))
    left_out = [run for run in runs(due.ledger) if run.state == "stopped"]
    for run in left_out[:MOST_RUNS]:
        span = (
            day_words(run.first) if run.first == run.last else f"{day_words(run.first)}–{day_words(run.last)}"
        )
        parts.append(f"{span} {t(run.why)} {run.basis}".strip())
    if due.provisional:
        parts.append(t("may change: a year's calendar is missing"))
    return " · ".join(parts)
