"""The desk's window: joins panels, presenters, keys and changes; does nothing else.

`build_desk_window(deps, t)` is its one factory. Closing stops what ticks.
"""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit

from counter_app.i18n import Translator
from counter_app.ui.desk.applying import applies
from counter_app.ui.desk.commands import BY_KEY
from counter_app.ui.desk.deps import DeskDeps
from counter_app.ui.desk.inbox_presenter import Counts
from counter_app.ui.desk.panels import Panels
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.presented import Presenters
from counter_app.ui.desk.screen import DeskWindowScreen
from counter_app.ui.desk.shown import RESULT, HeadBarShown
from counter_app.ui.workspace_window import CENTRE_MS, TICK_MS, Commands, WorkspaceWindow
from counter_app.use_cases.casework.views import Inbox
from counter_app.use_cases.ports.inputs import Scanned, ScanNews

WORK_KINDS = frozenset({"task", "handling", "case", "clock", "party", "post", "published", "conflict", "all"})


class DeskWindow(WorkspaceWindow):
    """One desk. Everything it does is in its presenters."""

    panels: Panels
    _screen: DeskWindowScreen

    def __init__(self, deps: DeskDeps, t: Translator) -> None:
        super().__init__(deps, t, BY_KEY)
        self._deps = deps
        self.panels = Panels(t, self.look)
        self._screen = DeskWindowScreen(self.panels)
        self._acts = self._lane(deps.acts)
        self._reads = self._lane(deps.reads)
        self._fetches = self._lane(deps.fetches)
        self.here = self._place = DeskPlace(deps, t, self._acts, self._reads, self._screen)
        self._waiting: tuple[str, Counts] = ("", ())
        self._day = deps.clock.now().date()
        self.work = Presenters(
            self.here, self.panels, self._screen, self._command, self._began, self._counted, self._fetches
        )
        self._connect()
        self._join(t("Departments' desk"), self._own_commands())
        self._every(TICK_MS, self._tick)
        self._every(CENTRE_MS, self.work.foot.refresh)

    def begin(self) -> None:
        """Start what ticks, ask who works here."""
        super().begin()
        self._tick()
        self.work.foot.refresh()
        self.work.foot.case_changed(None)
        self.work.access.ask()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.opinion.keep()
        super().closeEvent(event)

    def _connect(self) -> None:
        panels, view = self.panels, self.panels.case
        panels.login.log_in_requested.connect(self.work.access.log_in)
        for left in (panels.facts.left, panels.pictures.left):
            left.connect(self._after_question)
        panels.facts.command_requested.connect(self.work.time.page_command)
        panels.facts.opened.connect(self.work.time.opened)
        panels.head.box.typed.connect(self.work.finder.typed)
        panels.head.box.taken.connect(self.work.finder.taken)
        panels.inbox.case_chosen.connect(self.work.inbox.chosen)
        panels.inbox.entered.connect(self.work.entered)
        panels.foot.command_requested.connect(self._command)
        panels.foot.mend_requested.connect(self.work.foot.mend)
        view.opinion.answered.connect(self.work.opinion.answered)
        view.opinion.edited.connect(lambda: self.work.opinion.edited(*view.opinion.typed))
        view.opinion.command_requested.connect(self._command)
        panels.pictures.paged.connect(self.work.pictures.page)
        view.lists.chosen.connect(self._line_chosen)
        self._gate.scanned.connect(self.work.finder.entered)
        self._gate.watch(panels.head.box, panels.inbox.list, view.opinion.text, view.opinion.lines)
        self._gate.watch(*view.opinion.findChildren(QLineEdit))
        self._sources.news.connect(self._news)

    def _own_commands(self) -> Commands:
        screen = self._screen
        return self.work.commands | {
            "go_inbox": screen.focus_work,
            "go_lists": screen.focus_lists,
            "go_opinion": screen.focus_opinion,
            "go_plan": screen.focus_plan,
        }

    def _fits(self, command: str) -> bool:
        return applies(self.here.hands.read, command)

    def _back(self) -> None:
        """Esc: the message goes first, then the keys go to the inbox, from there to the one box."""
        if self.panels.notice.current is not None:
            self.panels.notice.dismiss()
        elif self.panels.inbox.list.hasFocus():
            self._screen.focus_find()
        else:
            self._screen.focus_work()

    def _after_question(self, *answer: object) -> None:
        """The keys go back to where the work is, unless the answer asked again."""
        if self.panels.chooser.question is None and self.panels.at_desk:
            if self.here.form is not None and not self.panels.facts.isVisibleTo(self):
                self._screen.resume_opinion()
            else:
                self._screen.focus_work()

    def _entered(self, text: str) -> None:
        self.panels.head.box.empty()
        self.work.finder.entered(text)

    def _line_chosen(self, section: str, line: str) -> None:
        """Enter on a line of the lists: a material's pictures, another case of the matter, what is to be
        done about a result that does not come."""
        if section == "joint" and line:
            self.work.case.open(line)
        elif section == "materials" and line:
            self.work.pictures.open(line)
        elif section == "asked" and line.startswith(RESULT):
            self.work.matter.prerequisite(line.removeprefix(RESULT))

    def _news(self, name: str, news: ScanNews) -> None:
        if isinstance(news, Scanned):
            self.work.finder.entered(news.text)

    def _began(self) -> None:
        """Somebody works here: the most urgent work is in hand at once."""
        self._tick()
        self.panels.head.box.empty()
        self.work.inbox.refresh()
        self.work.overtaken.refresh()
        self.work.case.refresh()
        self.work.foot.refresh()
        self._screen.focus_work()

    def _counted(self, inbox: Inbox, counts: Counts) -> None:
        """The first piece of work is in hand until another is chosen, then what follows of its case."""
        self._waiting = (inbox.department_name, counts)
        self._tick()
        first = self.work.inbox.begin()
        if first:
            self.panels.inbox.choose(first)
            self.work.inbox.chosen(first)

    def _on_changes(self, changes: frozenset[tuple[str, str]]) -> None:
        if not self.here.at_work:
            return
        kinds = {kind for kind, _ in changes}
        if kinds & WORK_KINDS:
            self.work.inbox.refresh()
            self.work.overtaken.refresh()
            if self.here.hands.case:
                self.work.case.refresh()
        if kinds & {"shift", "all"}:
            self.work.access.look_whether_ended()

    def _tick(self) -> None:
        self.work.opinion.tick()
        today = self._deps.clock.now().date()
        if today != self._day:  # what is late is another thing every day
            self._day = today
            self.work.inbox.refresh()
        department, counts = self._waiting
        shift = self.here.hands.shift
        title = (
            self._t("{department} · desk", department=department)
            if department and shift
            else self._deps.plan.hall.name
        )
        self.panels.head.show_head(
            HeadBarShown(
                department=title,
                name=shift.name if shift else "",
                counts=counts if shift else (),
                clock=f"{self._deps.clock.now():%H:%M}",
                training=self.work.access.training_words(),
            )
        )


def build_desk_window(deps: DeskDeps, t: Translator) -> DeskWindow:
    """The desk's window, asking for a log-in; the caller shows it."""
    window = DeskWindow(deps, t)
    window.begin()
    return window
