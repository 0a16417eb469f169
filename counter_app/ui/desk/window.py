"""The desk's window: joins panels, presenters, keys and changes; does nothing else.

`build_desk_window(deps, t)` is its one factory. Closing stops what ticks.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.changes import Changes
from counter_app.ui.desk.commands import BY_KEY
from counter_app.ui.desk.deps import DeskDeps
from counter_app.ui.desk.inbox_presenter import Counts
from counter_app.ui.desk.panels import Panels
from counter_app.ui.desk.place import DeskPlace
from counter_app.ui.desk.presented import Presenters
from counter_app.ui.desk.screen import DeskWindowScreen
from counter_app.ui.desk.shown import RESULT, HeadBarShown
from counter_app.ui.tasks import Tasks
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import DARK, LIGHT, THEMES
from counter_app.ui.widgets.key_gate import KeyGate
from counter_app.ui.widgets.sources import Sources
from counter_app.use_cases.casework.views import Inbox
from counter_app.use_cases.ports.inputs import Scanned, ScanNews

TICK_MS = 1_000
CENTRE_MS = 5_000
WORK_KINDS = frozenset({"task", "handling", "case", "clock", "party", "post", "published", "conflict", "all"})


class DeskWindow(QWidget):
    """One desk. Everything it does is in its presenters."""

    def __init__(self, deps: DeskDeps, t: Translator) -> None:
        super().__init__()
        self._deps, self._t = deps, t
        self.look = Look(THEMES.get(deps.theme, LIGHT), deps.scale, self)
        self.panels = Panels(t, self.look)
        self._screen = DeskWindowScreen(self.panels)
        self._acts = Tasks(deps.acts, self._error, self)
        self._reads = Tasks(deps.reads, self._error, self)
        self._fetches = Tasks(deps.fetches, self._error, self)
        self.here = DeskPlace(deps, t, self._acts, self._reads, self._screen)
        self._waiting: tuple[str, Counts] = ("", ())
        self._day = deps.clock.now().date()
        self.work = Presenters(
            self.here, self.panels, self._screen, self._command, self._began, self._counted, self._fetches
        )
        self._gate = KeyGate(BY_KEY, deps.scan_prefix, self)
        self._sources = Sources(deps.sources, self)
        self._commands = self._command_table()
        self._changes = Changes(deps.feed, self)
        self._connect()
        self.look.dress(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panels)
        self.setWindowTitle(t("Departments' desk"))
        self._tick_timer = self._timer(TICK_MS, self._tick)
        self._centre_timer = self._timer(CENTRE_MS, self.work.foot.refresh)

    def begin(self) -> None:
        """Start what ticks, ask who works here."""
        self._changes.start()
        self._tick_timer.start()
        self._centre_timer.start()
        self._sources.start()
        self._tick()
        self.work.foot.refresh()
        self.work.foot.case_changed(None)
        self.work.access.ask()

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return bool(self._acts.under_way or self._reads.under_way or self._fetches.under_way)

    def poll(self) -> None:
        """Ask for changes at once; what the feed does by itself."""
        self._changes.poll()

    @property
    def commands(self) -> frozenset[str]:
        """What `commands.py` may name."""
        return frozenset(self._commands)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offer = self._gate.offer if self.panels.at_desk else self._gate.take_scan
        if not offer(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.work.opinion.keep()
        self._tick_timer.stop()
        self._centre_timer.stop()
        self.panels.still()
        self._changes.stop()
        self._sources.stop()
        self._acts.close()
        self._reads.close()
        self._fetches.close()
        super().closeEvent(event)

    def _connect(self) -> None:
        panels, view = self.panels, self.panels.case
        panels.login.log_in_requested.connect(self.work.access.log_in)
        panels.chooser.answered.connect(self.here.on_answered)
        for left in (
            panels.chooser.answered,
            panels.chooser.left,
            panels.keys.left,
            panels.more.left,
            panels.facts.left,
            panels.pictures.left,
        ):
            left.connect(self._after_question)
        panels.more.command_requested.connect(self._command)
        panels.facts.command_requested.connect(self.work.time.page_command)
        panels.facts.opened.connect(self.work.time.opened)
        panels.head.box.typed.connect(self.work.finder.typed)
        panels.head.box.entered.connect(self._entered)
        panels.head.box.taken.connect(self.work.finder.taken)
        panels.inbox.case_chosen.connect(self.work.inbox.chosen)
        panels.inbox.entered.connect(lambda task: self._screen.focus_opinion())
        panels.foot.command_requested.connect(self._command)
        panels.foot.mend_requested.connect(self.work.foot.mend)
        view.opinion.answered.connect(self.work.opinion.answered)
        view.opinion.edited.connect(lambda: self.work.opinion.edited(*view.opinion.typed))
        view.opinion.command_requested.connect(self._command)
        panels.pictures.paged.connect(self.work.pictures.page)
        view.lists.chosen.connect(self._line_chosen)
        self._gate.command.connect(self._command)
        self._gate.scanned.connect(self.work.finder.entered)
        self._gate.watch(panels.head.box, panels.inbox.list, view.opinion.text, view.opinion.lines)
        self._gate.watch(*view.opinion.findChildren(QLineEdit))
        self._gate.watch_scans(self)
        self._sources.news.connect(self._news)
        self._changes.changed.connect(self._on_changes)

    def _command_table(self) -> dict[str, Callable[[], None]]:
        look, screen = self.look, self._screen
        return self.work.commands | {
            "find": self.panels.head.box.setFocus,
            "go_inbox": screen.focus_work,
            "go_lists": screen.focus_lists,
            "go_opinion": screen.focus_opinion,
            "go_plan": screen.focus_plan,
            "notice_action": lambda: self._nothing(self.panels.notice.take_action()),
            "theme": lambda: look.set_theme(DARK if look.theme is LIGHT else LIGHT),
            "larger": lambda: look.set_scale(look.scale + 0.25),
            "smaller": lambda: look.set_scale(look.scale - 0.25),
            "keys": self._show_keys,
            "more": self._show_more,
            "back": self._back,
        }

    def _command(self, name: str) -> None:
        if self.panels.at_desk and name in self._commands:
            self._commands[name]()

    def _error(self, error: UserFacingError) -> None:
        self.here.error(error)

    def _nothing(self, done: bool) -> None:
        if not done:
            self._screen.focus_work()

    def _show_keys(self) -> None:
        self.panels.keys.show()
        self.panels.keys.setFocus()

    def _show_more(self) -> None:
        shift, access = self.here.hands.shift, self._deps.access
        if shift is not None:
            self.panels.more.open(lambda right: right is None or access.may(shift, right))

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
            if self.panels.facts.isVisibleTo(self):
                self.panels.facts.setFocus()
            elif self.here.form is not None:
                self._screen.focus_opinion()
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
        if not self.here.hands.case:  # nothing of whoever was here before is seen
            self.panels.inbox.show_rows((), "")
            self.panels.inbox.show_overtaken("")
            self.work.case.leave()
        self.work.inbox.refresh()
        self.work.overtaken.refresh()
        self.work.case.refresh()
        self.work.foot.refresh()
        self._screen.focus_work()

    def _counted(self, inbox: Inbox, counts: Counts) -> None:
        """The first piece of work is in hand until another is chosen."""
        self._waiting = (inbox.department_name, counts)
        self._tick()
        first = self.work.inbox.begin()
        if not self.here.hands.case and first:
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

    def _timer(self, every: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(then)
        return timer


def build_desk_window(deps: DeskDeps, t: Translator) -> DeskWindow:
    """The desk's window, asking for a log-in; the caller shows it."""
    window = DeskWindow(deps, t)
    window.begin()
    return window
