"""The foot: what printer, reader and store say, and mending them from there. No Qt.

The printer's state is that of its jobs, since the keeper holds the line to it; a job that failed is told
once, with one key to try again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from datetime import timedelta
from typing import Final

from counter_app.ui.counter.beside import beside_dot
from counter_app.ui.counter.desk import Desk
from counter_app.ui.counter.paper_presenter import BROKEN_OFF, PaperPresenter
from counter_app.ui.counter.shown import DotShown, FootShown
from counter_app.ui.theme.tokens import State
from counter_app.use_cases.intake.views import CaseView
from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.peripherals.desk import PeripheralRow
from counter_app.use_cases.ports.identity import READER_STATE_NAMES, ReaderChanged, ReaderState
from counter_app.use_cases.ports.inputs import SOURCE_STATE_NAMES
from counter_app.use_cases.ports.integrity import CheckReport
from counter_app.use_cases.ports.printing import PrinterState, Why

_READER: Final = {
    ReaderState.READY: State.READY,
    ReaderState.OFF: State.IDLE,
    ReaderState.ABSENT: State.FAULT,
    ReaderState.LOST: State.FAULT,
    ReaderState.BUSY: State.PENDING,
}


# Of what was certainly not begun: tried again by itself when the printer can (use_cases/papers/spooler).
_MENDED: Final = (
    Why.PAPER_OUT,
    Why.COVER_OPEN,
    Why.CUTTER_ERROR,
    Why.OFFLINE,
    Why.SILENT,
    Why.ABSENT,
    Why.BUSY,
)
_BY_ITSELF: Final = frozenset(why.message for why in _MENDED)


# jobs, printer, what hangs beside it, jobs that a stand-in printed
Found = tuple[tuple[JobRow, ...], PrinterState, tuple[PeripheralRow, ...], tuple[JobRow, ...]]
LATEST: Final = 5
JUST_NOW: Final = timedelta(minutes=5)


class FootPresenter:
    """`show` draws the foot, `peripherals` opens their page."""

    def __init__(
        self,
        desk: Desk,
        papers: PaperPresenter,
        show: Callable[[FootShown], None],
        peripherals: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk = desk
        self._peripherals = peripherals
        self._papers = papers
        self._show = show
        self._printer = DotShown(State.READY, desk.t("ready"))
        self._reader = desk.deps.reader.state
        self._sources: dict[str, ReaderChanged] = {}
        self._printer_state = PrinterState.UNKNOWN
        self._centre: DotShown | None = None
        self._beside: DotShown | None = None
        self._draft = ""
        self._told: set[str] = set()
        self._failed: set[str] = set()  # jobs told as failed and not heard of since

    def refresh(self) -> None:
        """Ask for the jobs that need somebody."""
        deps = self._desk.deps

        def read() -> Found:
            beside = deps.peripherals.rows() if deps.peripherals is not None else ()
            spare = {row.name for row in beside if row.stands_in_for}
            latest = deps.papers.job_list(deps.counter, LATEST) if spare else ()
            return deps.papers.open_now(), deps.printer(), beside, tuple(_by_a_spare(latest, spare))

        self._desk.reads.run(read, self._seen)
        if self._failed:
            self._desk.reads.run(lambda: deps.papers.job_list(deps.counter), self._after_all)

    def case_changed(self, view: CaseView | None) -> None:
        """Drafts keep themselves, and say so."""
        t = self._desk.t
        self._draft = t("Draft kept {time}", time=f"{view.saved_at:%H:%M:%S}") if view is not None else ""
        self.show()

    def reader_changed(self, news: ReaderChanged) -> None:
        self._reader = news.state
        self.show()

    def source_changed(self, name: str, news: ReaderChanged) -> None:
        """A scanner or passport reader on a line of its own."""
        self._sources[name] = news
        self.show()

    def centre_changed(self, dot: DotShown) -> None:
        """How this machine stands to the hall's centre."""
        self._centre = dot
        self.show()

    def mend(self, device: str) -> None:
        """What one does about a device, from the foot."""
        desk = self._desk
        if device == "printer":
            if self._printer_state.word:
                self._tell_trouble(desk.t(self._printer_state.message))
            else:
                self._papers.jobs()
        elif device == "beside":
            self._peripherals()
        elif device == "reader":
            others = (news.problem for news in self._sources.values())
            problem = next((one for one in (desk.deps.reader.problem, *others) if one is not None), None)
            if problem is not None:
                told = desk.t(problem.message, **problem.params)
                self._tell_trouble(told, desk.t(problem.remedy, **problem.params))
            else:
                desk.tell(desk.t("The reader is ready: lay on a card."))
        elif desk.deps.key_warning:
            desk.tell(desk.t(desk.deps.key_warning), level="warn")
        else:
            desk.tell(
                desk.t("Everything is kept on this machine; no centre is set up."),
                remedy=desk.t("Nothing waits to be sent."),
            )

    def _tell_trouble(self, told: str, remedy: str = "") -> None:
        """With the way to the page where it can be tried, replaced or stood in for."""
        desk = self._desk
        desk.tell(told, remedy=remedy, level="warn", action=desk.t("Peripherals"), act=self._peripherals)

    def check_store(self) -> None:
        """Walk the journal and every row, and say what was found (mission: X4)."""
        desk = self._desk
        desk.tell(desk.t("Verifying …"), remedy=desk.t("Acts wait until it is done."))
        desk.reads.run(desk.deps.check, self._checked, desk.error)

    def _checked(self, report: CheckReport) -> None:
        desk = self._desk
        if report.sound:
            found = desk.t("Sound: {events} events, {rows} rows.", events=report.events, rows=report.rows)
            desk.tell(found, level="good")
        else:
            desk.tell(
                desk.t("The journal was altered: {broken}", broken=report.broken),
                remedy=desk.t("Change nothing; tell the administrator. The store is evidence."),
                level="bad",
            )

    def show(self) -> None:
        store = DotShown(State.READY, self._desk.t("kept here, complete"))
        if self._desk.deps.key_warning:
            store = DotShown(State.CORRECT, self._desk.t("kept here; look at the key"))
        many = self._desk.deps.centre is not None and not self._desk.deps.centre.alone
        if many:
            store = self._centre or DotShown(State.PENDING, self._desk.t("catching up"))
        self.shown = FootShown(self._printer, self._reader_dot(), store, self._draft, many, self._beside)
        self._show(self.shown)

    def _seen(self, found: Found) -> None:
        rows, state, beside, spare = found
        was_down, self._printer_state = not self._printer_state.can_print, state
        self._beside = beside_dot(beside, self._desk.t)
        self._jobs(rows, mended=was_down and state.can_print)
        for row in spare:
            self._tell_spare(row)

    def _tell_spare(self, row: JobRow) -> None:
        """Where it came out: everybody looks at the printer that failed. Once, and only just now."""
        desk, told = self._desk, f"{row.job}/{row.count}/{row.printer}"
        if told in self._told or desk.clock.now() - row.queued_at > JUST_NOW or not desk.at_work:
            return
        self._told.add(told)
        desk.tell(desk.t("{number} came out at “{printer}”.", number=row.number, printer=row.printer))

    def _jobs(self, rows: tuple[JobRow, ...], *, mended: bool) -> None:
        t, here = self._desk.t, self._desk.deps.counter
        mine = [row for row in rows if row.place == here]
        failed = [row for row in mine if row.state == "failed"]
        asked = [row for row in mine if row.state == "sent_unconfirmed"]
        waiting = [row for row in mine if row.state in ("queued", "printing")]
        if failed:
            self._printer = DotShown(State.FAULT, t("{count} failed", count=len(failed)))
        elif asked:
            self._printer = DotShown(State.CORRECT, t("{count} not confirmed", count=len(asked)))
        elif waiting:
            self._printer = DotShown(State.PENDING, t("{count} waiting", count=len(waiting)))
        else:
            self._printer = DotShown(State.READY, t("ready"))
        words = self._printer_state.word
        if words:
            fault = State.CORRECT if self._printer_state.can_print else State.FAULT
            pending = [*failed, *asked, *waiting]
            count = " · " + t("{count} papers open", count=len(pending)) if pending else ""
            self._printer = DotShown(fault, t(words) + count)
        for row in (*failed, *(row for row in asked if row.why in BROKEN_OFF)):
            self._tell_failed(row, mended=mended)
        self._tell_stale([row for row in mine if row.stale])
        self.show()

    def _after_all(self, rows: tuple[JobRow, ...]) -> None:
        """What was told as failed came out meanwhile, by itself or at the spare: the message goes."""
        printed = [row for row in rows if row.job in self._failed and row.state == "printed"]
        self._failed.difference_update(row.job for row in printed)
        for row in printed:
            self._desk.tell(self._desk.t("{number} was printed after all.", number=row.number), level="good")

    def _tell_stale(self, rows: list[JobRow]) -> None:
        """Papers of an earlier day do not come out by themselves: somebody is asked, once a log-in."""
        told = {f"stale/{row.job}" for row in rows}
        if not told or told <= self._told or not self._desk.at_work:
            return
        self._told |= told
        t = self._desk.t
        self._desk.tell(
            t("{count} papers of an earlier day were not printed.", count=len(rows)),
            remedy=t("They do not come out by themselves: print them or give them up."),
            level="warn",
            action=t("Look"),
            act=self._papers.jobs,
        )

    def _tell_failed(self, row: JobRow, *, mended: bool) -> None:
        """Once for each try, and once more when the printer is well again: the act is kept, the same job
        can be sent again."""
        told, broke_off = f"{row.job}/{row.count}/{row.why}", _broke_off(row)
        if not self._desk.at_work or (told in self._told and not (mended and broke_off)):
            return
        again = told in self._told
        self._told.add(told)
        self._failed.add(row.job)
        t = self._desk.t
        why = t("The printer is ready again.") if again else t(row.why) if row.why else ""
        then = ""
        if row.state == "failed" and broke_off:
            then = t("Then look what came out of it.")
        elif row.why in _BY_ITSELF:
            then = t("It comes out by itself as soon as the printer can.")
        self._desk.tell(
            t("The paper {number} was not printed whole.", number=row.number)
            if broke_off
            else t("The paper {number} was not printed.", number=row.number),
            kept=t("The act itself is kept: do not do it again."),
            remedy=f"{why} {then}".strip(),
            level="warn" if again else "bad",
            action=t("I have looked") if broke_off else t("Try again"),
            act=lambda: self._papers.settle(row) if broke_off else self._papers.retry(row.job),
        )

    def _reader_dot(self) -> DotShown:
        """The reader's, unless another source of cards and codes needs somebody."""
        t = self._desk.t
        for name, news in self._sources.items():
            if news.state not in (ReaderState.READY, ReaderState.OFF):
                return DotShown(_READER[news.state], f"{name} {t(SOURCE_STATE_NAMES[news.state])}")
        if self._reader is ReaderState.OFF and self._sources:
            return DotShown(State.READY, t(SOURCE_STATE_NAMES[ReaderState.READY]))
        return DotShown(_READER[self._reader], t(READER_STATE_NAMES[self._reader]))


def _by_a_spare(rows: Iterable[JobRow], spare: Set[str]) -> Iterator[JobRow]:
    return (row for row in rows if row.state == "printed" and row.printer in spare)


def _broke_off(row: JobRow) -> bool:
    """Half of it may lie there: somebody looks before it is printed again."""
    return row.state == "sent_unconfirmed" or row.may_have_printed
