"""What the work in hand asks where nothing is to be signed: shown in the form's place, with the key that does
it (mission: C3, C4, C7, C11, C15, I9). No Qt.

Not here: the form itself (`opinion_lines.py`), what the keys do (`presented.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from counter_app.domain.casework.rights import Action
from counter_app.domain.casework.task import NOTICED, TIME_KINDS, WorkKind
from counter_app.domain.casework.words import CAUSE_WORDS, FAILED_WORDS, FLAG_WORDS, TASK_WORDS
from counter_app.domain.time.words import ask_words
from counter_app.errors import mark
from counter_app.i18n import Translator
from counter_app.ui.desk.opinion_lines import step_lines
from counter_app.ui.desk.reading import CaseRead
from counter_app.ui.desk.shown import CheckLineShown, OpinionShown, SignerShown
from counter_app.ui.desk.words import day_words, due_words, moment_words, told_words
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.casework.time_work import SEPARATOR
from counter_app.use_cases.casework.views import AssistRow, InboxRow, StepRow

ENDS: Final = ("visit", "test", "meeting")
ANSWERED_BY: Final[Mapping[WorkKind, Action]] = {
    "assist": "answer",
    "question": "reply",
    "absence": "reply",
    "order": "reply_order",
    "dispute": "settle",
    "plan": "plan_approve",
    "prerequisite": "prerequisite",
}
Lines = tuple[tuple[str, str], ...]  # what is said, and a detail beneath it


def asked(
    read: CaseRead, task: InboxRow | None, signed: tuple[SignerShown, ...], t: Translator
) -> OpinionShown:
    """The work in hand: an answer, a step that ends without an opinion, or nothing of one's own."""
    action = ANSWERED_BY.get(task.kind) if task is not None else None
    time = task is not None and task.kind in TIME_KINDS
    if task is not None and (time or (action is not None and action in read.page.may)):
        return _shown(
            read, signed, f"{t(TASK_WORDS[task.kind])} · {task.name}", "", _SAID[task.kind](read, task, t),
            act="answer", act_words=t(_ACTS[task.kind]),
        )  # fmt: skip
    if task is not None and task.kind == "meeting":
        hint = t("Whoever does not come is urged; the lead keeps the minutes.")
        return _shown(read, signed, task.name, hint, _of_meeting(read, task, t))
    step = ending(read, task)
    if step is not None:
        return _shown(
            read, signed, step.name, t("F9 says that it is over."), _of_step(read, task, step, t),
            act="submit", act_words=t("Keep how it ended"), before=step_lines(read.page, t),
        )  # fmt: skip
    report = _open(read, ("report",))
    if report is not None and "upper_answer" in read.page.may:
        due = t("expected by {day}", day=day_words(report.due)) if report.due else ""
        return _shown(
            read, signed, report.name, t("F9 keeps what the upper body decided."),
            ((t("It lies before the upper body."), due),),
            act="submit", act_words=t("Keep its decision"), before=step_lines(read.page, t),
        )  # fmt: skip
    if task is not None and not task.mine and "order" in read.page.may and task.kind in NOTICED:
        late = t("its day has passed") if task.urgency == "late" else ""
        said = (
            (t("It lies with {department}.", department=task.department_name), late),
            _until(task, t),
            (t("F6, U urges it."), t("Ctrl+M, X orders several departments.")),
        )
        title = f"{task.department_name} · {task.name}"
        return _shown(read, signed, title, "", said, before=step_lines(read.page, t))
    hint = t("Nothing here is for you to sign now.")
    return _shown(read, signed, t("Opinion"), hint, (), before=step_lines(read.page, t))


def ending(read: CaseRead, task: InboxRow | None) -> StepRow | None:
    """The open visit, test or meeting that this person may end; the one in hand first."""
    if "end_step" not in read.page.may:
        return None
    in_hand = next((one for one in read.page.steps if task is not None and one.task == task.task), None)
    if in_hand is not None and in_hand.state == "open" and in_hand.kind in ENDS:
        return in_hand
    return _open(read, ENDS)


def _shown(
    read: CaseRead,
    signed: tuple[SignerShown, ...],
    title: str,
    hint: str,
    said: Lines,
    *,
    act: str = "",
    act_words: str = "",
    before: tuple[CheckLineShown, ...] = (),
) -> OpinionShown:
    lines = tuple(
        CheckLineShown(f"said:{at}", "said", words, (), state=State.PENDING, detail=detail)
        for at, (words, detail) in enumerate(said)
        if words
    )
    return OpinionShown(
        step=f"{read.case}/{title}",
        title=title,
        hint=hint,
        lines=(*lines, *before),
        signers=signed,
        fields=False,
        act=act,
        act_words=act_words,
    )


def _open(read: CaseRead, kinds: tuple[str, ...]) -> StepRow | None:
    steps = read.page.steps
    return next((one for one in steps if one.state == "open" and one.kind in kinds), None)


def _told(task: InboxRow | None, step: StepRow) -> Lines:
    """What was said with the work in hand."""
    here = task is not None and task.task == step.task
    return tuple((words, "") for words in told_words(task)) if task is not None and here else ()


def _of_step(read: CaseRead, task: InboxRow | None, step: StepRow, t: Translator) -> Lines:
    """What was said with it; a meeting says for which level it waits; what the applicant has to do stands
    with it."""
    owed = (t("applicant: {what}", what=step.applicant_does), "") if step.applicant_does else ("", "")
    said = _told(task, step)
    if step.kind != "meeting" or not read.page.levels:
        return (*said, owed)
    names = {level.code: level.name for level in read.page.levels}
    flag = t(FLAG_WORDS.get(step.flag, mark("Ctrl+M, H says which meeting decides it.")))
    return (*said, (t("Level: {level}", level=names.get(step.level, t("not chosen yet"))), flag), owed)


def _of_assist(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    row = _matter(read, task)
    if row is None:
        return ()
    said = [
        (
            row.demand,
            t("asked by {name}, {moment}", name=read.page.department_name, moment=moment_words(row.asked_at)),
        )
    ]
    if row.cause is not None:
        said.append((_second(row, t), t(CAUSE_WORDS[row.cause])))
    return (*said, _until(task, t))


def _of_question(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    note = next((one for one in read.page.notes if one.task == task.task), None)
    if note is None:
        return ()
    return (
        (note.text, t("asked by {name}, {moment}", name=note.name, moment=moment_words(note.at))),
        _until(task, t),
    )


def _of_absence(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    held = [one for one in read.page.meetings if one.held and task.department_name in one.absent]
    told = [
        (f"{t('joint visit') if one.kind == 'visit' else t('meeting')} {day_words(one.day)}", one.minutes)
        for one in held
    ]
    return (*told, (t("Your department did not come: its view in writing"), ""), _until(task, t))


def _of_meeting(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    held = next((one for one in read.page.meetings if one.id == task.code), None)
    if held is None:
        return ()
    return ((t("On {day}", day=day_words(held.day)), t("To {names}", names="、".join(held.invited))),)


def _of_order(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    order = next((one for one in read.page.orders if one.id == task.code), None)
    if order is None:
        return ()
    to = "、".join(order.departments)
    return (
        (order.text, t("asked by {name}, {moment}", name=order.name, moment=moment_words(order.at))),
        (t("To {names}", names=to), t("reply by {day}", day=day_words(order.reply_by))),
    )


def _of_dispute(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    """What both sides said, the lead first."""
    lines: list[tuple[str, str]] = []
    for row in read.page.assists:
        if row.disputed and row.cause is not None:
            lines.append((f"{row.department_name} · {row.name}", t(CAUSE_WORDS[row.cause])))
            for name, words in (
                (read.page.department_name, row.cause_reason),
                (row.department_name, row.dispute_reason),
            ):
                lines.append((t("{name} says: {words}", name=name, words=words) if words else "", ""))
    return tuple(lines)


def _second(row: AssistRow, t: Translator) -> str:
    """What was missing the first time, in the lead's words."""
    return "：".join(part for part in (t("second request"), row.cause_reason) if part)


def _of_plan(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    steps = tuple((row.name, row.department_name) for row in read.page.steps)
    ends = read.plan.ends_on if read.plan is not None else None
    day = t("all done about {day}", day=day_words(ends)) if ends is not None else ""
    return ((t("Nothing begins before the plan is approved."), day), *steps)


def _of_prerequisite(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    return tuple(
        (row.name, " · ".join(part for part in (row.number, t(FAILED_WORDS[row.how])) if part))
        for row in read.page.prerequisites
        if row.asked
    )


def _matter(read: CaseRead, task: InboxRow) -> AssistRow | None:
    return next((one for one in read.page.assists if one.matter == task.code), None)


def _until(task: InboxRow, t: Translator) -> tuple[str, str]:
    return (t("reply by {day}", day=due_words(task.due, task.due_at)), "") if task.due else ("", "")


def _of_time(read: CaseRead, task: InboxRow, t: Translator) -> Lines:
    """An order, a request, a suspension: its words, who gave it, until when."""
    by = t("by {name}, {moment}", name=task.staff_name, moment=moment_words(task.since))
    clock = read.clock
    wanted = clock.clock.ask(task.task.rpartition(SEPARATOR)[2]) if clock and task.kind == "ask" else None
    what = (ask_words(wanted, t), wanted.does) if wanted is not None else ("", "")
    return what, (task.name, by), _until(task, t)


_ACTS: Final[Mapping[WorkKind, str]] = {
    "assist": mark("Answer it"),
    "question": mark("Answer it"),
    "absence": mark("State the view"),
    "order": mark("Report on it"),
    "dispute": mark("Settle it"),
    "plan": mark("Approve it"),
    "prerequisite": mark("Keep the choice"),
    "urge": mark("Answer it"),
    "ask": mark("Approve it, or not"),
    "suspension": mark("Look at its clock"),
}
_SAID: Final[Mapping[WorkKind, Callable[[CaseRead, InboxRow, Translator], Lines]]] = {
    "assist": _of_assist,
    "question": _of_question,
    "absence": _of_absence,
    "order": _of_order,
    "dispute": _of_dispute,
    "plan": _of_plan,
    "prerequisite": _of_prerequisite,
    "urge": _of_time,
    "ask": _of_time,
    "suspension": _of_time,
}
