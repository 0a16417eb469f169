"""The working group of a case: notes, questions, joint visits and meetings (mission: C3). No Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from counter_app.ui.asking import Answers, Ask, ask_all, choices_of
from counter_app.ui.desk.departments import departments, group_of
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.reading import CaseRead
from counter_app.use_cases.casework.views import InboxRow, MeetingRow


class GroupPresenter:
    """What those who work on one case tell and ask one another."""

    def __init__(self, here: DeskPlace) -> None:
        self._here = here

    def note(self) -> None:
        here, t, read = self._here, self._here.t, self._here.may("note")
        if read is None:
            return
        group, case = here.casework.group, read.case
        self._text(
            t("A note that all of the group read"),
            lambda text: here.do("note", lambda actor, key: group.note(actor, key, case, text), t("Noted.")),
        )

    def ask(self) -> None:
        """A question to one department, answered within a working day."""
        here, t, read = self._here, self._here.t, self._here.may("ask")
        if read is None:
            return
        rows = choices_of(tuple((code, name, "") for code, name in group_of(here, read)))
        if not rows:
            here.tell(t("No other department has a part in this case."))
            return
        asks = (Ask("to", t("Which department is asked?"), rows), Ask("text", t("The question")))
        case = read.case

        def given(answers: Answers) -> None:
            group = here.casework.group
            here.do(
                "ask",
                lambda actor, key: group.ask(actor, key, case, answers["to"], answers["text"]),
                t("Asked; the answer comes into the case."),
            )

        ask_all(here, asks, given)

    def reply(self, task: InboxRow) -> None:
        """Answer the question in hand."""
        here, t, read = self._here, self._here.t, self._here.hands.read
        asked = next((one for one in read.page.notes if one.task == task.task), None) if read else None
        if asked is None:
            here.tell(t("The question is not here any more."))
            return
        group = here.casework.group
        self._text(
            f"{asked.name}：{asked.text}",
            lambda text: here.do(
                "reply", lambda actor, key: group.reply(actor, key, task.case, asked.id, text), t("Answered.")
            ),
        )

    def make_up(self, task: InboxRow) -> None:
        """A department that did not come states its view in writing."""
        here, t, group = self._here, self._here.t, self._here.casework.group
        self._text(
            t("Your department did not come: its view in writing"),
            lambda text: here.do(
                "make_up", lambda actor, key: group.make_up(actor, key, task.task, text), t("Kept.")
            ),
        )

    def visit(self) -> None:
        self._call("visit")

    def meeting(self) -> None:
        self._call("meeting")

    def minutes(self) -> None:
        """Keep the minutes of the oldest that is open; who did not come is urged."""
        here, t, read = self._here, self._here.t, self._here.may("minutes")
        held = next((one for one in read.page.meetings if not one.held), None) if read else None
        if read is not None and held is None:
            here.tell(t("No visit or meeting of this case waits for its minutes."))
        elif read is not None and held is not None:
            codes = {one.name: one.code for one in here.deps.plan.departments}
            invited = tuple((codes.get(name, name), name) for name in held.invited)
            title = t("{day}: who came? The others are urged.", day=held.day.isoformat())
            everybody = tuple(code for code, _ in invited)
            departments(here, title, read, lambda came: self._minute(read, held, came), everybody, invited)

    def _minute(self, read: CaseRead, held: MeetingRow, came: tuple[str, ...]) -> None:
        here, t = self._here, self._here.t
        names = {one.code: one.name for one in here.deps.plan.departments}

        def kept(absent: tuple[str, ...]) -> None:
            away = "、".join(names.get(code, code) for code in absent)
            remedy = t("Absent and urged: {names}", names=away) if away else ""
            here.tell(t("The minutes are kept."), remedy=remedy, level="good")

        group, case = here.casework.group, read.case
        self._text(
            t("The minutes"),
            lambda text: here.act(
                "minutes", lambda actor, key: group.minute(actor, key, case, held.id, came, text), kept
            ),
        )

    def _call(self, kind: Literal["visit", "meeting"]) -> None:
        here, t, read = self._here, self._here.t, self._here.may("meeting")
        if read is None:
            return
        case = read.case

        def invited(chosen: tuple[str, ...]) -> None:
            ask_all(
                here,
                (Ask("day", t("On which day?"), label=t("11-24 or 2026-11-24"), day=True),),
                lambda answers: called(chosen, date.fromisoformat(answers["day"])),
            )

        def called(chosen: tuple[str, ...], day: date) -> None:
            group = here.casework.group
            here.do(
                "meeting",
                lambda actor, key: group.call_meeting(actor, key, case, kind, day, chosen),
                t("Called; whoever does not come is urged."),
            )

        title = t("Joint visit: who comes?") if kind == "visit" else t("Meeting: who comes?")
        departments(here, title, read, invited)

    def _text(self, title: str, done: Callable[[str], None]) -> None:
        """Words are asked; nothing typed does nothing."""
        here = self._here
        here.ask(title, (), lambda _, text: done(text) if text else None, text=here.t("State it in words"))
