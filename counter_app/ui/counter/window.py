"""The counter window: joins panels, presenters, keys, cards and changes; does nothing else.

`build_counter_window(deps, t)` is its one factory. Closing stops what ticks and lets the reader go.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from counter_app.errors import UserFacingError
from counter_app.i18n import Translator
from counter_app.ui.changes import Changes
from counter_app.ui.counter.commands import BY_KEY
from counter_app.ui.counter.deps import CounterDeps
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.panels import Panels
from counter_app.ui.counter.presented import Presented
from counter_app.ui.counter.screen import CounterScreen
from counter_app.ui.counter.shown import HeadBarShown, Part
from counter_app.ui.tasks import Tasks
from counter_app.ui.theme.look import Look
from counter_app.ui.theme.tokens import DARK, LIGHT, THEMES
from counter_app.ui.widgets.key_gate import KeyGate
from counter_app.ui.widgets.sources import CardNews, Sources
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.ports.identity import CardFailed, CardRead, ReaderChanged, ReaderNews

BEAT_MS = 30_000
TICK_MS = 1_000
CENTRE_MS = 5_000


class CounterWindow(QWidget, Presented):
    """One counter. Everything it does is in its presenters."""

    def __init__(self, deps: CounterDeps, t: Translator) -> None:
        super().__init__()
        self._deps, self._t = deps, t
        self.look = Look(THEMES.get(deps.theme, LIGHT), deps.scale, self)
        self.panels = Panels(t, self.look)
        self._screen = CounterScreen(self.panels)
        self._acts = Tasks(deps.acts, self._error, self)
        self._reads = Tasks(deps.reads, self._error, self)
        self._asks = Tasks(deps.asks or deps.reads, self._error, self)
        self._imaging = Tasks(deps.imaging or deps.reads, self._error, self)
        self.desk = Desk(deps, t, self._acts, self._reads, self._screen, self._asks)
        self._present(self._command, self._case_changed, self._began, self._after_question)
        self._gate = KeyGate(BY_KEY, deps.scan_prefix, self)
        self._sources = Sources(deps.sources, self)
        self._commands = self._command_table()
        self._changes = Changes(deps.feed, self)
        self._cards = CardNews(self)
        self._connect()
        self.look.dress(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panels)
        self.setWindowTitle(t("Counter {counter}", counter=deps.counter))
        self._tick_timer = self._timer(TICK_MS, self._tick)
        self._beat_timer = self._timer(BEAT_MS, self._beat)
        self._centre_timer = self._timer(CENTRE_MS, self.centre.refresh)

    def begin(self) -> None:
        """Start what ticks, listen to the reader, ask who works here."""
        self._changes.start()
        self._tick_timer.start()
        self._beat_timer.start()
        self._centre_timer.start()
        self._deps.reader.start(self._cards.news.emit)
        self._sources.start()
        self._tick()
        self.foot.show()
        self.access.ask()

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return any(tasks.under_way for tasks in (self._acts, self._reads, self._asks, self._imaging))

    @property
    def commands(self) -> frozenset[str]:
        """What `commands.py` may name."""
        return frozenset(self._commands)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        offer = self._gate.offer if self.panels.at_desk else self._gate.take_scan
        if not offer(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        for timer in (self._tick_timer, self._beat_timer, self._centre_timer):
            timer.stop()
        self._screen.hide_citizen()
        self.panels.still()
        self._changes.stop()
        self._deps.reader.stop()
        self._sources.stop()
        self._acts.close()
        self._reads.close()
        self._asks.close()
        self._imaging.close()
        super().closeEvent(event)

    def _connect(self) -> None:
        panels, work = self.panels, self.panels.work
        panels.login.log_in_requested.connect(self.access.log_in)
        panels.chooser.answered.connect(self.desk.on_answered)
        for left in panels.leaving:
            left.connect(self._after_question)
        panels.peripherals.pressed.connect(self.peripherals.pressed)
        panels.more.command_requested.connect(self._command)
        panels.head.box.typed.connect(self.finder.typed)
        panels.head.box.entered.connect(self._entered)
        panels.head.box.taken.connect(self.finder.taken)
        panels.line.ticket_chosen.connect(self.line.resume)
        panels.paper.case_chosen.connect(self.finder.open_case)
        panels.foot.mend_requested.connect(self._mend)
        panels.course.print_requested.connect(self.around.course.print)
        panels.devices.again_requested.connect(self.centre.devices)
        work.part_requested.connect(self._go)
        work.persons.match_requested.connect(self.persons.confirm_match)
        work.persons.drop_requested.connect(self.persons.drop)
        work.persons.type_requested.connect(self.persons.type_person)
        work.form.submitted.connect(self.persons.record_typed)
        work.questions.answered.connect(self.work.answer)
        work.questions.passed.connect(lambda: self.work.go("materials"))
        work.checklist.mark_requested.connect(self.marks.mark)
        work.checklist.picture_requested.connect(lambda code: self.pictures.open(code, take=True))
        panels.pictures.command_requested.connect(lambda name: self.pictures.commands[name]())
        work.checklist.row_chosen.connect(self.work.material_in_hand)
        for view in (panels.line, work):
            view.command_requested.connect(self._command)
        self._gate.command.connect(self._command)
        self._gate.scanned.connect(self.scans.wedge)
        self._gate.scanning.connect(self.scans.on_its_way)
        self._gate.watch(panels.head.box, work.persons, work.questions, work.checklist)
        self._gate.watch(*work.findChildren(QLineEdit))
        self._gate.watch_scans(self)
        self._sources.news.connect(self.scans.news)
        self._changes.changed.connect(self._on_changes)
        self._cards.news.connect(self._on_card)

    def _command_table(self) -> dict[str, Callable[[], None]]:
        line, work, papers = self.line, self.work, self.papers
        return self._further() | {
            "call_next": line.call_next,
            "finish": line.finish,
            "recall": line.recall,
            "transfer": line.transfer,
            "hold": lambda: self.decide.hold(line.hold),
            "no_show": line.no_show,
            "take_back": line.take_back,
            "held": line.set_aside,
            "part_applicant": lambda: work.go("applicant"),
            "part_item": lambda: work.go("item"),
            "part_materials": lambda: work.go("materials"),
            "decide": self.decide.decide,
            "outcomes": self.decide.outcomes,
            "undo": work.undo,
            "pictures": self.pictures.open,
            "open_case": work.begin_case,
            "type_person": self.persons.type_person,
            "type_other": self.persons.type_other,
            "find": self.panels.head.box.setFocus,
            "papers": papers.jobs,
            "guide": lambda: papers.guide(work.view),
            "notice_action": lambda: self._nothing(self.panels.notice.take_action()),
            "lock": self.access.lock,
            "pause": self.access.pause,
            "log_off": self.access.log_off,
            "theme": lambda: self.look.set_theme(DARK if self.look.theme is LIGHT else LIGHT),
            "larger": lambda: self.look.set_scale(self.look.scale + 0.25),
            "smaller": lambda: self.look.set_scale(self.look.scale - 0.25),
            "keys": self._show_keys,
            "more": self._show_more,
            "back": self._back,
        }

    def _command(self, name: str) -> None:
        if self.panels.at_desk and name in self._commands:
            if name == "call_next":
                self.panels.notice.dismiss()  # what was said of the last citizen covers nothing of the next
            self._commands[name]()

    def _error(self, error: UserFacingError) -> None:
        self.desk.error(error)

    def _nothing(self, done: bool) -> None:
        if not done:
            self._screen.focus_work()

    def _show_keys(self) -> None:
        self.panels.keys.show()
        self.panels.keys.setFocus()

    def _show_more(self) -> None:
        shift, access = self.desk.hands.shift, self._deps.access
        if shift is not None:
            self.panels.more.open(lambda right: right is None or access.may(shift, right))

    def _back(self) -> None:
        """Esc: the citizen's screen is taken back, then the message goes, then the keys go to the one box."""
        if self.signing.withdraw():
            return
        if self.panels.notice.current is not None:
            self.panels.notice.dismiss()
        elif self.panels.head.box.hasFocus():
            self._screen.focus_work()
        else:
            self._screen.focus_find()

    def _after_question(self, *answer: object) -> None:
        """The keys go back to the work, unless the answer asked again."""
        if self.panels.chooser.question is None and self.panels.at_desk:
            typing = self.panels.work.form.isVisibleTo(self)
            if self.desk.hands.case is None and not typing:
                self._screen.focus_find()
            else:
                self._screen.focus_work()

    def _entered(self, text: str) -> None:
        self.panels.head.box.empty()
        self.scans.entered(text)

    def _go(self, part: str) -> None:
        parts: tuple[Part, ...] = ("applicant", "item", "materials")
        for known in parts:
            if known == part:
                self.work.go(known)

    def _began(self) -> None:
        """Somebody works here: show everything as it stands."""
        self._tick()
        self.line.refresh()
        self.work.refresh()
        self.foot.refresh()
        self.help.refresh()
        self.centre.refresh()
        self.halls.refresh()
        self._screen.focus_find()

    def _mend(self, device: str) -> None:
        if device == "centre":
            self.centre.devices()
        else:
            self.foot.mend(device)

    def _case_changed(self, view: CaseView | None) -> None:
        self.papers.case_changed(view)
        self.foot.case_changed(view)
        self.pictures.changed()
        self.signing.case_changed(view)

    def _on_changes(self, changes: frozenset[tuple[str, str]]) -> None:
        if not self.desk.at_work:
            return
        kinds = {kind for kind, _ in changes}
        if kinds & {"ticket", "duty", "published", "all"}:
            self.line.refresh()
        if "rating" in kinds:
            self.line.rated(changes)
        if kinds & {"ticket", "help", "all"}:
            self.help.refresh()
        if kinds & {"case", "party", "published", "all"} and self.desk.hands.case is not None:
            self.work.refresh()
        if kinds & {"case", "all"}:
            self.halls.refresh()
        if kinds & {"job", "paper", "note", "all"}:
            self.foot.refresh()
        if kinds & {"conflict", "note", "all"}:
            self.centre.refresh()
        if kinds & {"shift", "all"}:
            self.access.look_whether_ended()

    def _on_card(self, news: ReaderNews) -> None:
        if isinstance(news, CardRead):
            if not self.around.takes_card(asking=self.panels.chooser.question is not None):
                self.persons.card(news)
        elif isinstance(news, CardFailed):
            self.desk.error(news.error)
        elif isinstance(news, ReaderChanged):
            self.foot.reader_changed(news)

    def _tick(self) -> None:
        now, plan, t = self._deps.clock.now(), self._deps.plan, self._t
        here = self._deps.counter
        serves = next((one.name for one in plan.counters if str(one.number) == here), "")
        counter = t("Counter {counter}", counter=here) + (f" · {serves}" if serves else "")
        shift = self.desk.hands.shift
        clerk = t("{name} · post {post}", name=shift.name, post=shift.post) if shift else ""
        self.panels.head.show_head(
            HeadBarShown(plan.hall.name, counter, clerk, f"{now:%H:%M}", self.access.training_words())
        )
        self.panels.line.tick(now)

    def _beat(self) -> None:
        self.access.beat()
        if self.desk.at_work:
            self.help.refresh()

    def _timer(self, every: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(then)
        return timer


def build_counter_window(deps: CounterDeps, t: Translator) -> CounterWindow:
    """The counter's window, listening and asking for a log-in; the caller shows it."""
    window = CounterWindow(deps, t)
    window.begin()
    return window
