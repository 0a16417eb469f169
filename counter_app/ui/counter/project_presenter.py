"""The file of a project over all its cases, from 立项 to 审批 (mission: C2). No Qt."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.domain.intake.words import STAGE_WORDS, item_words
from counter_app.ui.asking import Answers, Ask, ask_all, choices_of, worded
from counter_app.ui.counter.desk import Desk
from counter_app.ui.widgets.question import Choice
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.projects.projects import STAGES, WORDS, ProjectCase


class ProjectPresenter:
    """`view` gives the case in hand, `open_case` takes one in hand."""

    def __init__(
        self, desk: Desk, view: Callable[[], CaseView | None], open_case: Callable[[str], None]
    ) -> None:
        self._desk = desk
        self._view = view
        self._open_case = open_case
        self._projects = desk.deps.around.projects

    def page(self) -> None:
        """The project of the case in hand; without a case, or without a project, its code is asked."""
        case, desk = self._view(), self._desk
        if case is None:
            ask_all(desk, (self._code(),), lambda given: self._list(given["code"], None))
            return

        def found(code: str) -> None:
            if code:
                self._list(code, case)
            else:
                self._file(case)

        desk.reads.run(lambda: self._projects.code_of(case.case), found, desk.error)

    def _code(self, given: str = "") -> Ask:
        t = self._desk.t
        return Ask("code", t("Code of the project"), label=t("Code of the project"), given=given)

    def _file(self, case: CaseView, code: str = "") -> None:
        desk, t = self._desk, self._desk.t
        asks = (
            self._code(code),
            Ask("stage", t("Which stage of the project is this case?"), worded(t, WORDS)),
        )

        def given(answers: Answers) -> None:
            stage = next(one for one in STAGES if one == answers["stage"])
            desk.act(
                "project",
                lambda actor, key: self._projects.file(actor, key, case.case, answers["code"], stage),
                lambda _: self._list(answers["code"], case),
                right="case.open",
            )

        ask_all(desk, asks, given)

    def _list(self, code: str, case: CaseView | None) -> None:
        desk, actor = self._desk, self._desk.actor
        desk.reads.run(
            lambda: self._projects.of(actor, code), lambda rows: self._show(code, rows, case), desk.error
        )

    def _show(self, code: str, rows: tuple[ProjectCase, ...], case: CaseView | None) -> None:
        desk, t = self._desk, self._desk.t
        if not rows:
            desk.tell(t("No case is filed under project {code}.", code=code))
            return
        lines = choices_of(tuple((row.case, self._line(row), self._detail(row)) for row in rows))
        change = Choice("", "0", t("File the case in hand under another project"), "", case is not None)
        title = t("Project {code}: {count} cases", code=code, count=len(rows))

        def chosen(id: str, _: str) -> None:
            if id:
                self._open_case(id)
            elif case is not None:
                self._file(case, code)

        desk.ask(title, (*lines, change), chosen)

    def _line(self, row: ProjectCase) -> str:
        t = self._desk.t
        return f"{t(WORDS[row.of_stage])} · {item_words(t, row.item, hidden=row.hidden)}"

    def _detail(self, row: ProjectCase) -> str:
        t = self._desk.t
        due = t("no later than {day}", day=row.due.isoformat()) if row.due else ""
        parts = (row.number, t(STAGE_WORDS[row.stage]), "、".join(row.results) or due)
        return " · ".join(part for part in parts if part)
