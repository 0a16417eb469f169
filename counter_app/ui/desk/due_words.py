"""Why a case is due on its day, in a sentence: from where it counts, what was left out, what was added
(mission: T3). No Qt."""

from __future__ import annotations

from collections import Counter

from counter_app.domain.casework.task import TIME_KINDS
from counter_app.domain.time.clock import Move, Standing
from counter_app.domain.time.ledger import STOPPED, Due
from counter_app.domain.time.runs import runs
from counter_app.domain.time.words import MOVE_WORDS, amount_words
from counter_app.i18n import Translator
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.desk.words import day_words, limit_words
from counter_app.ui.time.words import ground_words
from counter_app.use_cases.casework.views import InboxRow

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
    if day is None:
        return t("No limit runs")
    hours = f" {due.at:%H:%M}" if due is not None and due.at is not None else ""
    return t("Why {day}", day=f"{day.isoformat()}{hours}")


def due_detail(read: CaseRead, task: InboxRow | None, t: Translator) -> str:
    """First the day of the work in hand, which the inbox tells, then the case's own."""
    clock = read.clock
    due = clock.ledger if clock is not None else None
    own = [_own_day(read, task, due, t)] if read.page.decided_at is None else []
    if clock is None or due is None:
        return " · ".join(filter(None, own))
    parts = [*own, *_stopped(clock.standing, t), *_moved(clock.clock.moves, t)]
    counted = [run for run in runs(due.ledger) if run.m]
    if counted:
        limit = read.page.promised_limit or read.page.legal_limit
        amount = amount_words(t, limit.amount, limit.unit) if limit else ""
        parts.append(t("{limit}, counted from {day}", limit=amount, day=day_words(counted[0].first)))
    parts += _added(due, t)
    left_out = [run for run in runs(due.ledger) if run.state == "stopped"]
    for run in left_out[:MOST_RUNS]:
        span = (
            day_words(run.first) if run.first == run.last else f"{day_words(run.first)}–{day_words(run.last)}"
        )
        parts.append(f"{span} {t(run.why)} {run.basis}".strip())
    if due.provisional and read.page.decided_at is None:
        years = sorted({entry.day.year for entry in due.ledger if entry.provisional})
        missing = "、".join(map(str, years))
        parts.append(t("may change: the calendar of {years} is missing", years=missing))
    return " · ".join(filter(None, parts))


def _moved(moves: tuple[Move, ...], t: Translator) -> list[str]:
    """The day was another until the calendar changed: the acceptance in the citizen's hand still names it."""
    if not moves or moves[-1].cause != "calendar" or moves[-1].was is None or moves[-1].now is None:
        return []
    said = f"{day_words(moves[-1].at.date())} {t(MOVE_WORDS['calendar'])}"
    return [f"{said} {day_words(moves[-1].was)} → {day_words(moves[-1].now)}"]


def _own_day(read: CaseRead, task: InboxRow | None, due: Due | None, t: Translator) -> str:
    """The work in hand has its own clock, where that ends on another day than the case's."""
    if task is None or task.due is None or task.kind in TIME_KINDS:
        return ""
    if due is not None and due.day == task.due:
        return ""
    step = next((one for one in read.page.steps if one.task == task.task), None)
    limit = limit_words(step.limit, t) if step is not None else ""
    words = t("this work, {work}, by {day}", work=task.name, day=day_words(task.due))
    return f"{words} ({limit})" if limit else words


def _stopped(stop: Standing | None, t: Translator) -> list[str]:
    if stop is None:
        return []
    until = t("expected until {day}", day=day_words(stop.expected)) if stop.expected else ""
    said = (t(STOPPED[stop.kind]), *ground_words(stop.ground, t), until, stop.reason)
    return [" ".join(part for part in said if part)]


def _added(due: Due, t: Translator) -> list[str]:
    """What was added, each sort once with its days."""
    found = Counter(entry.why for entry in due.ledger if entry.state == "added")
    return [f"{t(why)} {t('{count} days', count=count)}" for why, count in found.items()]
