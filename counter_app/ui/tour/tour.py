"""The tour from the kiosk to the rating, for each of the four outcomes, with pictures and papers kept."""

from __future__ import annotations

from typing import Final

from counter_app.domain.paper.facts import PaperKind
from counter_app.errors import UserFacingError
from counter_app.ui.application import keep_for_good
from counter_app.ui.tour.at_counter import Clerk
from counter_app.ui.tour.at_desk import DepartmentsAtWork
from counter_app.ui.tour.at_kiosk import Visitor
from counter_app.ui.tour.at_the_end import AfterDecision
from counter_app.ui.tour.background import others_at_work
from counter_app.ui.tour.bad_day import BadDay
from counter_app.ui.tour.citizens import CITIZENS, Citizen
from counter_app.ui.tour.deps import PrintedPaper, TourDeps
from counter_app.ui.tour.hands import Hands, TourStopped
from counter_app.ui.tour.lag import LagMeter
from counter_app.ui.tour.summary import Summary
from counter_app.ui.tour.troubles import Troubles
from counter_app.use_cases.papers.papers import JobRow
from counter_app.use_cases.ports.printing import PrintEnd

MAIN_JOB: Final = "main-job"
SIZES: Final = ((1366, 768), (1920, 1080))
KIOSK_SIZE: Final = (1080, 1920)
MOST_KEYS: Final = 25  # per citizen whose card was read (interface.md)


def play(deps: TourDeps, hands: Hands, summary: Summary, lag: LagMeter) -> None:
    """Every step is kept in the summary; the one that failed ends it."""
    tour = _Tour(deps, hands, summary, lag)
    try:
        tour.open()
        keep_for_good()
        lag.start()
        for citizen in CITIZENS:
            tour.serve(citizen)
        Troubles(deps, hands, tour.summary).play()
        BadDay(deps, hands, tour.summary).play()
        tour.behind()
        tour.ended()
        tour.close()
    except (TourStopped, UserFacingError):
        pass  # the step that failed says why
    finally:
        lag.stop()
        for window in (deps.kiosk, deps.counter, deps.display, *([deps.behind.desk] if deps.behind else [])):
            window.close()


class _Tour:
    def __init__(self, deps: TourDeps, hands: Hands, summary: Summary, lag: LagMeter) -> None:
        self.summary = summary
        self._lag = lag
        self._deps = deps
        self._hands = hands
        self._clerk = Clerk(deps, hands)
        self._visitor = Visitor(deps, hands)
        self._papers = deps.folder / "paper"
        self._papers.mkdir(parents=True, exist_ok=True)
        self._cases: dict[str, str] = {}

    def open(self) -> None:
        deps, hands = self._deps, self._hands
        with self.summary.step("windows open") as produced:
            for window, size in (
                (deps.kiosk, KIOSK_SIZE),
                (deps.counter, SIZES[0]),
                (deps.display, SIZES[1]),
            ):
                window.resize(*size)
                window.show()
            hands.seen(deps.kiosk, "查进度")
            produced.append(hands.shoot(deps.kiosk, "kiosk-start"))
            produced.append(hands.shoot(deps.counter, "counter-log-in"))
        with self.summary.step("a hall at work") as produced:
            produced.extend(others_at_work(deps.program))
        with self.summary.step("log-in") as produced:
            produced.append(self._clerk.log_in())
            produced.append(hands.shoot(deps.counter, "counter-empty"))

    def serve(self, citizen: Citizen) -> None:
        """One citizen from the ticket to the rating."""
        step, hands, deps = self.summary.step, self._hands, self._deps
        name = citizen.story
        with step(f"{name}: ticket") as produced:
            produced.append(self._visitor.take_ticket(citizen, name))
            self._kept(PaperKind.TICKET, produced)
        with step(f"{name}: call") as produced:
            row = self._clerk.call_next()
            produced.append(row.number)
            hands.until(lambda: deps.display.shown(row.number) or None, f"{row.number} on the display")
            produced.append(hands.shoot(deps.display, f"{name}-display"))
        keys = hands.keys
        with step(f"{name}: card") as produced:
            view = self._clerk.card_read(citizen)
            produced.append(view.persons[0].name)
            produced.append(hands.shoot(deps.counter, f"{name}-card"))
        with step(f"{name}: item") as produced:
            view = self._clerk.item_chosen(citizen)
            produced.append(view.item.name if view.item else "")
        with step(f"{name}: situations") as produced:
            view = self._clerk.answered(citizen)
            produced.extend(entry.reads for entry in view.questions)
            produced.append(hands.shoot(deps.counter, f"{name}-situations"))
        if not view.stops:
            with step(f"{name}: checklist") as produced:
                view = self._clerk.checked(citizen)
                produced.extend(f"{line.name}: {line.mark}" for line in view.lines)
                self._both_sizes(f"{name}-checklist", produced)
        with step(f"{name}: {citizen.outcome}") as produced:
            view = self._clerk.decided(citizen)
            produced.append(view.number)
            self._cases[citizen.story] = view.case
        with step(f"{name}: papers") as produced:
            self._kept(citizen.paper, produced)
            produced.append(hands.shoot(deps.counter, f"{name}-decided"))
        with step(f"{name}: rating") as produced:
            produced.append(self._clerk.finished(citizen))
            used = hands.keys - keys
            produced.append(f"{used} keys")
            if used >= MOST_KEYS:
                raise TourStopped(f"{used} keys for {name}: more than {MOST_KEYS}")

    def behind(self) -> None:
        """What was accepted goes behind the counter, to its decision (mission: C1–C9)."""
        deps = self._deps
        if deps.behind is not None:
            DepartmentsAtWork(deps.behind, deps.program, self._hands, self.summary).play()

    def ended(self) -> None:
        """What the departments granted is collected and filed at the counter (mission: C13, C14)."""
        first = CITIZENS[0]
        if self._deps.behind is not None:
            AfterDecision(self._deps, self._hands, self.summary).play(self._cases[first.story], first)

    def close(self) -> None:
        with self.summary.step("journal verified") as produced:
            report = self._deps.program.store.check()
            if not report.sound:
                raise TourStopped(report.broken)
            produced.append(f"{report.events} events, {report.rows} rows")

    def _both_sizes(self, name: str, produced: list[str]) -> None:
        for size in reversed(SIZES):
            self._deps.counter.resize(*size)
            produced.append(self._hands.shoot(self._deps.counter, f"{name}-{size[0]}"))

    def _kept(self, kind: PaperKind, produced: list[str]) -> None:
        """Wait until the paper of `kind` is out and confirmed, then keep bytes, pictures and sheet."""
        job = self._hands.until(lambda: self._printed_job(kind), f"the paper {kind.value} printed")
        number = self._deps.program.papers.facts(job.paper)[1].head.number
        wide = self._hands.until(lambda: self._sheet_with(number), f"{number} on the paper that came out")
        with self._lag.paused():  # what follows is the tour's own work
            self._keep_all(kind, number, job.paper, wide, produced)

    def _keep_all(
        self, kind: PaperKind, number: str, paper: str, wide: PrintedPaper, produced: list[str]
    ) -> None:
        name = kind.value
        self._keep(f"{name}-80", wide, produced)
        self._keep(f"{name}-58", self._deps.narrow(paper), produced)
        if kind is not PaperKind.TICKET:
            sheet = self._deps.pdf(paper)
            path = self._papers / f"{name}.pdf"
            path.write_bytes(sheet)
            produced.append(path.name)
            for page, picture in enumerate(self._deps.pdf_pictures(sheet), 1):
                (self._papers / f"{name}-a4-{page}.png").write_bytes(picture)
        produced.append(number)

    def _keep(self, name: str, paper: PrintedPaper, produced: list[str]) -> None:
        (self._papers / f"{name}.escpos").write_bytes(paper.data)
        paper.save_picture(self._papers / f"{name}.png")
        produced.append(f"{name}.escpos")

    def _printed_job(self, kind: PaperKind) -> JobRow | None:
        """The newest job of this kind, once it ended printed."""
        for job in self._deps.program.papers.job_list(""):
            if job.kind == kind.value:
                return job if job.state == PrintEnd.PRINTED.value else None
        return None

    def _sheet_with(self, number: str) -> PrintedPaper | None:
        return next((paper for paper in reversed(self._deps.printed()) if number in paper.text), None)
