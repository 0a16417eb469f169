"""The words of a case and its work, from frozen rows to what the views show. No Qt, no reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from counter_app.domain.casework.words import (
    ANSWER_WORDS,
    CAUSE_WORDS,
    COMPLEXITY_WORDS,
    FAILED_WORDS,
    FLAG_WORDS,
    LEVEL_WORDS,
    PREREQUISITE_WORDS,
    TASK_WORDS,
    WAY_WORDS,
    chosen_words,
    view_words,
)
from counter_app.domain.intake.words import MARK_WORDS, STAGE_WORDS, item_words
from counter_app.domain.time.clock import ASKS
from counter_app.domain.time.limits import Limit
from counter_app.domain.time.words import ASK_WORDS, amount_words
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.desk.shown import RESULT, LineShown, WorkRowShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.casework.inbox import FOLLOWED
from counter_app.use_cases.casework.joint_views import PrerequisiteRow
from counter_app.use_cases.casework.views import (
    AssistRow,
    CasePage,
    InboxRow,
    OpinionRow,
    StepRow,
)
from counter_app.use_cases.intake.views import LineView

HANDLING_WORDS: Final[Mapping[str, str]] = {
    "confirm": mark("looked at, handed back"),
    "use": mark("kept"),
    "produce": mark("to be made"),
}
MARK_STATES: Final = {
    "present": State.DONE,
    "to_correct": State.CORRECT,
    "missing": State.LATE,
    "lacking": State.LACKING,
}
HOUR: Final = 60
MOST_MINUTES: Final = 48 * HOUR  # beyond two days people think in days
LOOKED_UP: Final = "looked:"
STEP_STATES: Final = {"done": State.DONE, "open": State.PENDING, "waiting": State.IDLE}


def day_words(day: date | None) -> str:
    return f"{day:%m-%d}" if day is not None else ""


def moment_words(at: datetime) -> str:
    return f"{at:%m-%d %H:%M}"


def due_words(day: date | None, at: datetime | None = None) -> str:
    """The last day; of a limit in hours the minute."""
    return moment_words(at) if at is not None else day_words(day)


def limit_words(limit: Limit | None, t: Translator) -> str:
    return amount_words(t, limit.amount, limit.unit) if limit is not None else ""


def left_words(row: InboxRow, t: Translator) -> str:
    """How long there is, in working days of this work's own clock; hours while it is a matter of hours."""
    left, minutes = row.days_left, row.minutes_left
    if left is None:
        return t("no limit")
    if minutes is not None and abs(minutes) <= MOST_MINUTES:
        return _hours_left(minutes, t)
    if row.urgency == "late":
        return t("{count} days over", count=max(1, -left))
    return t("today") if left == 0 else t("{count} days left", count=left)


def _hours_left(minutes: int, t: Translator) -> str:
    """Whole hours; under an hour minutes."""
    late, whole = minutes < 0, abs(minutes)
    if whole < HOUR:
        said = t("{count} minutes over") if late else t("{count} minutes left")
        return said.format(count=whole)
    said = t("{count} hours over") if late else t("{count} hours left")
    return said.format(count=whole // HOUR)


def work_state(row: InboxRow) -> State:
    """The sign of a piece of work: late, soon, waiting for others, running (each its own shape)."""
    if row.urgency == "stopped":
        return State.STOPPED
    if row.urgency in ("late", "near"):
        return State.LATE if row.urgency == "late" else State.SOON
    return State.LACKING if row.waits_for else State.READY


def work_row(row: InboxRow, t: Translator) -> WorkRowShown:
    return WorkRowShown(
        id=row.task,
        case=row.case,
        state=work_state(row),
        title=item_words(t, row.item, hidden=row.hidden),
        applicant=row.applicant,
        where=" · ".join(
            part for part in (_what(row, t), *told_words(row), _moves(row), _waits(row, t), row.joint) if part
        ),
        left=t("stopped") if row.urgency == "stopped" else left_words(row, t),
        due=_due(row, t),
        note=_note(row, t),
        mine=row.mine,
    )


def told_words(row: InboxRow) -> tuple[str, ...]:
    """What was said with it: why it was sent back, a colleague's remark."""
    return tuple(f"{name}：{words}" for name, words in row.told)


def _due(row: InboxRow, t: Translator) -> str:
    if row.urgency == "stopped":
        return t("until {day}", day=day_words(row.stopped_until)) if row.stopped_until else ""
    return due_words(row.due, row.due_at)


def _what(row: InboxRow, t: Translator) -> str:
    plain = row.kind == "step" or row.code == FOLLOWED
    kind = "" if plain else t(TASK_WORDS[row.kind])
    wanted = t(ASK_WORDS[ASKS[row.code]]) if row.kind == "ask" and row.code in ASKS else ""
    return " · ".join(part for part in (kind, wanted, row.name) if part)


def _moves(row: InboxRow) -> str:
    """What moved last in a plan that is followed."""
    return "；".join(
        f"{name} {day_words(old) or '—'}→{day_words(new) or '—'}" for name, old, new in row.moves[:2]
    )


def _waits(row: InboxRow, t: Translator) -> str:
    if not row.waits_for:
        return ""
    assists = sum(1 for entry in row.waits_for if entry.startswith("assist:"))
    results = len(row.waits_for) - assists
    words = []
    if assists:
        words.append(t("{count} assists not answered", count=assists))
    if results:
        words.append(t("{count} results not here", count=results))
    return "，".join(words)


def _note(row: InboxRow, t: Translator) -> str:
    """With whom it lies when not with oneself; whose delay it was."""
    if row.booked_late:
        return t("booked late")
    if row.mine:
        return ""
    if row.staff_name:
        return f"{row.staff_name} {due_words(row.due, row.due_at)}".strip()
    return f"{t('not taken')} {due_words(row.due, row.due_at)}".strip()


def class_words(page: CasePage, t: Translator) -> str:
    """Sensitivity, complexity, authority (mission: I10)."""
    parts = (
        t("sensitive") if page.sensitive else t("not sensitive"),
        t(COMPLEXITY_WORDS[page.complexity]),
        t("decided by the upper body") if page.reported_up else t("decided here"),
        page.case_class,
        page.class_reason,
    )
    return " · ".join(part for part in parts if part)


def fact_words(page: CasePage, t: Translator) -> str:
    """Number, joint matter, limits, stage, tracker."""
    promised, legal = limit_words(page.promised_limit, t), limit_words(page.legal_limit, t)
    parts = (
        page.number,
        page.joint,
        t("promised {limit}", limit=promised) if promised else "",
        t("by law {limit}", limit=legal) if legal else "",
        t(STAGE_WORDS[page.stage]),
        t("asked {count} working days late", count=page.lead_late) if page.lead_late else "",
        t("followed by {name}", name=page.tracker_name) if page.tracker_name else "",
    )
    return " · ".join(part for part in parts if part)


def material_line(line: LineView, t: Translator) -> LineShown:
    marked = t(MARK_WORDS[line.mark]) if line.mark else (t("not looked at") if line.needed else "")
    handled = t(HANDLING_WORDS[line.handling]) if line.handling in HANDLING_WORDS else ""
    words = " · ".join(part for part in (marked, handled) if part)
    state = MARK_STATES[line.mark] if line.mark else (State.PENDING if line.needed else None)
    detail = " ".join(part for part in (line.reason, line.detail) if part)
    return LineShown(line.material, line.name, words, state, detail)


def assist_line(row: AssistRow, t: Translator) -> LineShown:
    words, state = _answered(row, t)
    basis = f"《{row.law}》{row.article}" if row.law else ""
    detail = [" ".join(part for part in (row.reason, basis) if part) if row.answer else row.demand]
    if row.rounds > 1:
        detail.append("：".join(part for part in (t("second request"), row.cause_reason) if part))
    if row.cause:
        detail.append(t(CAUSE_WORDS[row.cause]))
    if row.disputed or row.settled:
        said = (t("settled by the management"), row.settle_reason) if row.settled else (t("disputed"), "")
        detail.append("：".join(part for part in said if part))
    name = f"{row.department_name} · {row.name}"
    return LineShown(row.matter, name, words, state, " · ".join(part for part in detail if part))


def looked_up_lines(page: CasePage, t: Translator) -> tuple[LineShown, ...]:
    """What nobody was asked for, since the hall has it (mission: C5)."""
    return tuple(
        LineShown(
            f"{LOOKED_UP}{row.matter}",
            f"{row.department_name} · {row.name}",
            t("looked up, not asked"),
            State.DONE,
            t("the applicant's own data")
            if row.source == "party"
            else t("result of case {number}", number=row.source),
        )
        for row in page.looked_up
    )


def _answered(row: AssistRow, t: Translator) -> tuple[str, State]:
    if row.answer is not None:
        good = row.answer in ("agree", "agree_report")
        return t(ANSWER_WORDS[row.answer]), State.DONE if good else State.CORRECT
    due = t("due {day}", day=due_words(row.due, row.due_at)) if row.due else ""
    if row.silent:
        return f"{t('silent')} {due}", State.LATE
    paper = t("on paper") if row.on_paper else ""
    return " ".join(part for part in (t("not answered"), paper, due) if part), State.LACKING


def step_line(step: StepRow, t: Translator) -> LineShown:
    who = " · ".join(part for part in (step.department_name, step.staff_name or step.post_name) if part)
    if step.state == "done" and step.ended_at is not None:
        outcome = t(OUTCOMES[step.outcome]) if step.outcome in OUTCOMES else step.outcome
        words = f"{outcome} {day_words(step.ended_at.date())}".strip()
    elif step.state == "open":
        words = t("due {day}", day=due_words(step.due, step.due_at)) if step.due else t("under way")
        words = t("stopped") if step.stands else words
    else:
        words = t("to come")
    state = State.LATE if step.late else State.STOPPED if step.stands else STEP_STATES[step.state]
    back = t("sent back {count} times", count=step.sent_back) if step.sent_back else ""
    flag = t(FLAG_WORDS[step.flag]) if step.flag in FLAG_WORDS else ""
    why = f"{step.back_name}：{step.back_reason}" if step.back_reason else ""
    owed = t("applicant: {what}", what=step.applicant_does) if step.applicant_does else ""
    detail = " · ".join(part for part in (who, owed, back, why, flag, step.remark) if part)
    return LineShown(step.code, step.name, words, state, detail)


OUTCOMES: Final = {
    "grant": mark("to be granted"),
    "deny": mark("to be denied"),
    "done": mark("done"),
    "failed": mark("failed"),
    "agreed": mark("agreed"),
    "passed": mark("passed"),
    "denied": mark("denied"),
}


def prerequisite_lines(page: CasePage, t: Translator) -> tuple[LineShown, ...]:
    states = {"open": State.LACKING, "arrived": State.DONE, "failed": State.LATE, "dropped": State.IDLE}
    return tuple(
        LineShown(
            f"{RESULT}{row.item}",
            t("Result needed: {name}", name=row.name),
            t(PREREQUISITE_WORDS[row.state]),
            states[row.state],
            " · ".join(part for part in (row.number, row.result_number, *_failed(row, t)) if part),
        )
        for row in page.prerequisites
    )


def _failed(row: PrerequisiteRow, t: Translator) -> tuple[str, ...]:
    """Why it does not come and what was chosen then, or that something is to be chosen."""
    why = t(FAILED_WORDS[row.how]) if row.how in FAILED_WORDS else ""
    if row.asked:
        return why, t("Enter: what the applicant chose")
    if row.chosen_at is not None and row.state == "open":
        return why, chosen_words(t, row.chosen_at, row.chosen_name)
    return why, _way(row.way, t)


def _way(way: str | None, t: Translator) -> str:
    return next((t(words) for code, words in WAY_WORDS.items() if code == way), "")


def opinion_lines(page: CasePage, t: Translator) -> tuple[LineShown, ...]:
    """Every signed opinion, the latest first."""
    return tuple(
        LineShown(
            f"{row.step}:{row.level}:{row.at.isoformat()}",
            f"{t(LEVEL_WORDS[row.level])} {row.name}",
            f"{said_words(row, page, t)} {day_words(row.at.date())}",
            State.DONE if row.view == "grant" else State.CORRECT,
            " · ".join((f"{row.text} 《{row.law}》{row.article}", *discretion_words(row, t))),
        )
        for row in sorted(page.opinions, key=lambda row: row.at, reverse=True)
    )


def said_words(row: OpinionRow, page: CasePage, t: Translator) -> str:
    return t(view_words(row.level, reported_up=page.reported_up)[row.view])


def next_words(page: CasePage, t: Translator) -> str:
    """What came of a signature: the decision and where its paper is, or with whom the case lies now."""
    if page.decided_at is not None:
        how = t(STAGE_WORDS[page.stage])
        return t("Decided: {how}. The counter prints the decision for its seal and hands it over.", how=how)
    lies = [
        " · ".join(
            part for part in (step.name, step.staff_name or step.post_name or step.department_name) if part
        )
        for step in page.steps
        if step.state == "open"
    ]
    return t("Next: {steps}", steps="；".join(lies)) if lies else ""


def discretion_words(row: OpinionRow, t: Translator) -> tuple[str, ...]:
    """The amounts somebody signs for; beyond a band who approves it and why: nobody signs blind (mission:
    C16)."""
    said = []
    for one in row.amounts:
        words = f"{one.circumstance}：{one.amount} {one.unit}"
        span = t("{least} to {most} {unit}", least=one.least, most=one.most, unit=one.unit)
        said.append(f"{words} ({t('beyond the band')} {span})" if one.outside else words)
    if row.band_approver:
        said.append(t("to be approved by {name}: {reason}", name=row.band_approver, reason=row.band_reason))
    return tuple(said)


def group_lines(page: CasePage, t: Translator) -> tuple[LineShown, ...]:
    """Notes, questions, meetings and orders of the working group, the latest first."""
    found: list[tuple[datetime | date, LineShown]] = []
    for note in page.notes:
        open_ = bool(note.to) and note.answered_at is None
        words = t("to {department}", department=note.to_name) if note.to else moment_words(note.at)
        answer = f"{note.answered_name}：{note.answer}" if note.answer else ""
        state = (State.LACKING if open_ else State.DONE) if note.to else None
        found.append((note.at.date(), LineShown(note.id, f"{note.name}：{note.text}", words, state, answer)))
    for held in page.meetings:
        kind = t("joint visit") if held.kind == "visit" else t("meeting")
        away = t("absent: {names}", names="、".join(held.absent)) if held.absent else ""
        line = LineShown(
            held.id,
            f"{kind} {day_words(held.day)}",
            t("minutes kept") if held.held else t("called"),
            State.DONE if held.held else State.PENDING,
            " · ".join(part for part in ("、".join(held.invited), held.minutes, away) if part),
        )
        found.append((held.day, line))
    for order in page.orders:
        words = t("{count} of {all} replied", count=len(order.replies), all=len(order.departments))
        done = len(order.replies) == len(order.departments)
        state = State.LATE if order.late else (State.DONE if done else State.LACKING)
        replies = "；".join(f"{name}：{text}" for name, text in order.replies)
        title = t("Order of {name}: {text}", name=order.name, text=order.text)
        found.append((order.at.date(), LineShown(order.id, title, words, state, replies)))
    return tuple(line for _, line in sorted(found, key=lambda one: str(one[0]), reverse=True))
