"""The counter window: joins panels, presenters, keys, cards and changes; does nothing else.

`build_counter_window(deps, t)` is its one factory. Closing stops what ticks and lets the reader go.
"""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLineEdit

from counter_app.i18n import Translator
from counter_app.ui.counter.commands import BY_KEY
from counter_app.ui.counter.deps import CounterDeps
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.panels import Panels
from counter_app.ui.counter.presented import Presented
from counter_app.ui.counter.screen import CounterScreen
from counter_app.ui.counter.shown import HeadBarShown, Part
from counter_app.ui.widgets.sources import CardNews
from counter_app.ui.workspace_window import CENTRE_MS, TICK_MS, Commands, WorkspaceWindow
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.ports.identity import CardFailed, CardRead, CardRemoved, ReaderChanged, ReaderNews

BEAT_MS = 30_000


class CounterWindow(WorkspaceWindow, Presented):
    """One counter. Everything it does is in its presenters."""

    panels: Panels
    _screen: CounterScreen

    def __init__(self, deps: CounterDeps, t: Translator) -> None:
        super().__init__(deps, t, BY_KEY)
        self._deps = deps
        self.panels = Panels(t, self.look)
        self._screen = CounterScreen(self.panels, deps.rated_on)
        self._acts = self._lane(deps.acts)
        self._reads = self._lane(deps.reads)
        self._asks = self._lane(deps.asks or deps.reads)
        self._imaging = self._lane(deps.imaging or deps.reads)
        self.desk = self._place = Desk(deps, t, self._acts, self._reads, self._screen, self._asks)
        self._present(self._command, self._case_changed, self._began, self._after_question)
        self._cards = CardNews(self)
        self._connect()
        self._join(t("Counter {counter}", counter=deps.counter), self._own_commands())
        self._every(TICK_MS, self._tick)
        self._every(BEAT_MS, self._beat)
        self._every(CENTRE_MS, self.centre.refresh)

    def begin(self) -> None:
        """Start what ticks, listen to the reader, ask who works here."""
        self._deps.reader.start(self._cards.news.emit)
        super().begin()
        self._tick()
        self.foot.show()
        self.access.ask()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._screen.hide_citizen()
        self.rating.leave()
        self._deps.reader.stop()
        super().closeEvent(event)

    def _connect(self) -> None:
        panels, work = self.panels, self.panels.work
        panels.login.log_in_requested.connect(self.access.log_in)
        for left in panels.leaving:
            left.connect(self._after_question)
        panels.peripherals.pressed.connect(self.peripherals.pressed)
        panels.peripherals.left.connect(self.peripherals.left)
        panels.head.box.typed.connect(self.finder.typed)
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
        panels.pictures.command_requested.connect(self._picture_command)
        work.checklist.row_chosen.connect(self.work.material_in_hand)
        for view in (panels.line, work):
            view.command_requested.connect(self._command)
        self._gate.scanned.connect(self.scans.wedge)
        self._gate.scanning.connect(self.scans.on_its_way)
        self._gate.watch(panels.head.box, work.persons, work.questions, work.checklist)
        self._gate.watch(*work.findChildren(QLineEdit))
        self._sources.news.connect(self.scans.news)
        self._cards.news.connect(self._on_card)

    def _own_commands(self) -> Commands:
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
            "papers": papers.jobs,
            "guide": lambda: papers.guide(work.view),
            "lock": self.access.lock,
            "pause": self.access.pause,
            "log_off": self.access.log_off,
        }

    def _command(self, name: str) -> None:
        if name in ("call_next", "finish") and self.panels.at_desk:
            self.panels.head.box.show_scanned("")  # what was scanned is the last citizen's
        if name == "call_next" and self.panels.at_desk:
            self.panels.notice.dismiss()  # what was said of him covers nothing of the next
        super()._command(name)

    def _back(self) -> None:
        """Esc: the citizen's screen is taken back, then the message goes, then the keys go to the one box."""
        if self.take_back_citizen():
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

    def _picture_command(self, name: str) -> None:
        """A message that says Esc goes by it first; good news leaves by itself."""
        told = self.panels.notice.current
        if name == "leave" and told is not None and told.level != "good":
            self.panels.notice.dismiss()
        else:
            self.pictures.commands[name]()

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
        self.scans.refresh()
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
        self.finder.offer_earlier(view)

    def _on_changes(self, changes: frozenset[tuple[str, str]]) -> None:
        if not self.desk.at_work:
            return
        kinds = {kind for kind, _ in changes}
        if kinds & {"ticket", "duty", "published", "all"}:
            self.line.refresh()
        if kinds & {"published", "all"}:
            self.scans.refresh()
        if "rating" in kinds:
            self.rating.rated(changes)
        if kinds & {"ticket", "help", "post", "all"}:
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
        if isinstance(news, CardRead | CardRemoved):
            self.persons.lifted()
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
        self.rating.tick()

    def _beat(self) -> None:
        self.access.beat()
        if self.desk.at_work:
            self.help.refresh()


def build_counter_window(deps: CounterDeps, t: Translator) -> CounterWindow:
    """The counter's window, listening and asking for a log-in; the caller shows it."""
    window = CounterWindow(deps, t)
    window.begin()
    return window
