"""How time reads in a window: due dates, days of the ledger, levels. Texts are translated by whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Final

from counter_app.domain.time.alarms import LEVEL_WORDS, Level
from counter_app.domain.time.ledger import STOPPED, DayEntry, DayState, Due
from counter_app.domain.time.stopping import GROUNDS
from counter_app.domain.time.words import MOVE_WORDS, ask_words
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.theme.tokens import State
from counter_app.ui.widgets.facts_shown import DayShown, Paint, SentenceShown
from counter_app.use_cases.time.views import AskedRow, ClockView, LateRow, UrgeRow

SIGNS: Final[dict[Level, State]] = {
    "": State.READY,
    "yellow": State.SOON,
    "reminder": State.LATE,
    "warning": State.LATE,
    "alarm": State.FAULT,
}
PAINTS: Final[dict[DayState, Paint]] = {
    "arrived": "edge",
    "counted": "counted",
    "not_counted": "off",
    "stopped": "stopped",
    "added": "added",
    "waits": "edge",
}
LEGEND: Final[tuple[tuple[Paint, str], ...]] = (
    ("counted", mark("counted")),
    ("off", mark("not counted")),
    ("stopped", mark("stopped")),
    ("added", mark("added")),
)
HOURS: Final = "h"
MOST_URGES: Final = 3  # the latest, on the page of a clock


def due_words(due: Due, t: Translator) -> str:
    """A due date as a window says it."""
    if due.standing:
        return t("the clock stands")
    day = f"{due.at:%Y-%m-%d %H:%M}" if due.at else due.day.isoformat()
    return t("{day} (may change: a year's calendar is missing)", day=day) if due.provisional else day


def left_words(left: int, t: Translator) -> str:
    if left < 0:
        return t("{count} working days past due", count=-left)
    return t("due today") if left == 0 else t("{count} working days left", count=left)


def sentences(view: ClockView, t: Translator) -> tuple[SentenceShown, ...]:
    """What is said above the strip: both dates, what stands, what is left, what waits, what moved."""
    found = []
    if not view.clock.running:
        found.append(SentenceShown(t("The case has ended; its clock no longer runs."), State.DONE))
    elif view.standing is not None and (view.promised is None or view.promised.standing):
        found.append(SentenceShown(_standing(view, t), State.STOPPED, strong=True))
    elif view.left is not None:
        said = f"{t(LEVEL_WORDS[view.level])} · {left_words(view.left, t)}"
        found.append(SentenceShown(said, SIGNS[view.level], strong=True))
    for words, due in ((mark("Promised: {day}"), view.promised), (mark("Legal: {day}"), view.legal)):
        if due is not None:
            found.append(SentenceShown(t(words, day=due_words(due, t))))
    if view.warn and view.standing is not None:
        near = t("three months are nearly over: by {day}", day=view.standing.until)
        found.append(SentenceShown(near, State.SOON))
    found += [_asked(row, t) for row in view.asked if not row.ask.answer]
    if view.asked and view.asked[-1].ask.answer == "refused":
        found.append(_asked(view.asked[-1], t))
    found += [urge_sentence(row, t) for row in view.urges[-MOST_URGES:]]
    if view.clock.moves:
        move = view.clock.moves[-1]
        said = t(
            "{day}: {cause}, {was} → {now}",
            day=f"{move.at:%m-%d}",
            cause=t(MOVE_WORDS.get(move.cause, move.cause)),
            was=move.was or "—",
            now=move.now or "—",
        )
        found.append(SentenceShown(said, State.CORRECT))
    return tuple(found)


def asked_words(row: AskedRow, t: Translator) -> tuple[str, str, State]:
    """How a request for time stands, a detail beneath it, its state: a refusal says by whom and why."""
    if row.ask.answer == "approved":
        return t("approved"), row.answered_by, State.DONE
    if row.ask.answer == "refused":
        return t("not approved"), f"{row.answered_by}：{row.ask.why_not}", State.LACKING
    return t("waits for approval"), f"{row.by}：{row.ask.reason}", State.PENDING


def _asked(row: AskedRow, t: Translator) -> SentenceShown:
    words, detail, state = asked_words(row, t)
    return SentenceShown(f"{ask_words(row.ask, t)} · {words} · {detail}", state)


def urge_words(row: UrgeRow, t: Translator) -> str:
    """Who ordered what of whom, by which day."""
    said = t("{day} {name} urges {department}", day=f"{row.at:%m-%d}", name=row.by, department=row.department)
    return " · ".join(part for part in (said, row.step, row.text) if part)


def reply_words(row: UrgeRow, t: Translator) -> str:
    """Its reply, by whom and when; or until when it is owed."""
    if row.answered_at is not None:
        return t(
            "{day} {name} replies: {text}",
            day=f"{row.answered_at:%m-%d}",
            name=row.answered_by,
            text=row.answer,
        )
    if row.late:
        return t("the reply is late: by {day}", day=row.reply_by)
    return t("by {day}, reply", day=row.reply_by)


def urged_words(row: LateRow, t: Translator) -> str:
    """Of late work: until when a reply is owed, else when it was answered and by whom."""
    if row.reply_by is not None:
        return t("by {day}, reply", day=f"{row.reply_by:%m-%d}")
    if row.answered_at is not None:
        return t("answered {day}, {name}", day=f"{row.answered_at:%m-%d}", name=row.answered_by)
    return str(row.urged or "")


def urge_sentence(row: UrgeRow, t: Translator) -> SentenceShown:
    state = State.DONE if row.answered_at else State.LATE if row.late else State.PENDING
    return SentenceShown(f"{urge_words(row, t)} → {reply_words(row, t)}", state)


def _standing(view: ClockView, t: Translator) -> str:
    stop = view.standing
    if stop is None:
        return ""
    parts = [t(STOPPED[stop.kind]), *ground_words(stop.ground, t), t("since {day}", day=stop.start.date())]
    if stop.expected:
        parts.append(t("expected until {day}", day=stop.expected))
    parts += [part for part in (stop.reason, stop.does) if part]
    return " · ".join(parts)


def ground_words(ground: str, t: Translator) -> tuple[str, ...]:
    """The procedure that time is left out for."""
    return tuple(t(words) for code, words in GROUNDS.items() if code == ground)


def days(due: Due, today: date, t: Translator) -> tuple[DayShown, ...]:
    """The ledger as a strip: each day with its number and why."""
    unit = HOURS if due.at is not None else ""
    return tuple(_day(entry, due, today, unit, t) for entry in due.ledger)


def _day(entry: DayEntry, due: Due, today: date, unit: str, t: Translator) -> DayShown:
    why = f"{t(entry.why)} {entry.basis}".rstrip()
    nth = t("no. {n}", n=entry.n) if entry.n else ""
    plain = {"arrived": t("taken in"), "not_counted": t("no work")}.get(entry.state, "")
    marked = f"{entry.n}{unit}" if entry.n else plain
    return DayShown(
        day=entry.day,
        paint=PAINTS[entry.state],
        says=" · ".join(part for part in (entry.day.isoformat(), nth, why) if part),
        mark=f"+{marked}" if entry.state == "added" else marked,
        today=entry.day == today,
        last=entry.day == due.day and not due.standing,
        unsure=entry.provisional,
    )
