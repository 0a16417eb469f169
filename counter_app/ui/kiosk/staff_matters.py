"""What the staff do at a kiosk behind badge and PIN: look at its devices, change paper, try, restart, close.

Asking a device may take seconds: it runs on a lane of its own, and what comes late is dropped with the visit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from counter_app.errors import UserFacingError
from counter_app.peripherals import EVERYWHERE, Kind
from counter_app.ui.kiosk.deps import KioskDeps
from counter_app.ui.kiosk.screen import Screen
from counter_app.ui.kiosk.staff_pages import PAGES, device_page, paper_page, printer_of, staff_page, tone_of
from counter_app.ui.kiosk.words import Words
from counter_app.ui.tasks import TaskRunner
from counter_app.use_cases.peripherals.desk import PeripheralDesk, PeripheralRow
from counter_app.use_cases.peripherals.held import TRIAL_HINTS
from counter_app.use_cases.ports.peripherals import Condition, Seen

T = TypeVar("T")
log = logging.getLogger(__name__)
KIOSK: Final = "kiosk"


class StaffMatters:
    """`leave` closes the window; everything here wants the staff of this visit."""

    def __init__(self, deps: KioskDeps, screen: Screen, asks: TaskRunner, leave: Callable[[], None]) -> None:
        self._deps = deps
        self._screen = screen
        self._asks = asks
        self._leave = leave
        self._rows: tuple[PeripheralRow, ...] = ()
        acts: Mapping[str, Callable[[str], None]] = {
            "staff_device": self._device,
            "staff_paper": lambda _: self._paper(),
            "staff_test": self._test,
            "staff_look": self._look,
            "staff_ask": lambda _: self._ask_all(),
            "staff_restart": lambda _: self._restart(),
            "staff_close": lambda _: self._leave(),
        }
        self.acts: Mapping[str, Callable[[str], None]] = {
            name: self._for_staff(act) for name, act in acts.items()
        }

    def proven(self) -> None:
        """Badge and PIN were right: the page, with what was last seen of each."""
        visit = self._screen.visit
        visit.staff, visit.badge = visit.badge, ""
        self._rows = ()
        self._screen.only(
            lambda words: staff_page(words, self._rows, can_restart=self._deps.restart is not None)
        )
        machine = self._deps.peripherals
        if machine is not None:
            self._run(machine.rows, self._opened)

    def _opened(self, rows: tuple[PeripheralRow, ...]) -> None:
        """What was never asked is asked at once."""
        self._shown(rows)
        if any(row.condition is Condition.UNKNOWN for row in self._rows):
            self._ask_all()

    def changed(self) -> None:
        """A device is otherwise than it was: pages that show one follow."""
        page = self._screen.page
        if self._screen.visit.staff and page is not None and page.name in PAGES:
            self._refresh()

    def _for_staff(self, act: Callable[[str], None]) -> Callable[[str], None]:
        def checked(target: str) -> None:
            if self._screen.visit.staff:
                act(target)

        return checked

    def _refresh(self) -> None:
        machine = self._deps.peripherals
        if machine is not None:
            self._run(machine.rows, self._shown)

    def _shown(self, rows: tuple[PeripheralRow, ...]) -> None:
        self._rows = tuple(row for row in rows if row.used_by in (EVERYWHERE, KIOSK))
        self._screen.render()

    def _row(self, name: str) -> PeripheralRow | None:
        return next((row for row in self._rows if row.name == name), None)

    def _device(self, name: str) -> None:
        known = self._row(name)
        if known is not None:
            self._screen.go(lambda words: device_page(words, self._row(name) or known))

    def _paper(self) -> None:
        self._screen.go(lambda words: paper_page(words, printer_of(self._rows)))

    def _test(self, name: str) -> None:
        actor, row = self._deps.actor, self._row(name)
        hint = TRIAL_HINTS.get(Kind(row.kind), "") if row is not None else ""

        def trying(words: Words) -> str:
            told = words.t("{name} is being tried …", name=name)
            return f"{told} {words.t(hint)}" if hint else told

        self._screen.tell(trying, "")
        self._slow(lambda machine: machine.test(actor, name), lambda seen: self._told(name, seen))

    def _look(self, name: str) -> None:
        actor = self._deps.actor
        self._slow(lambda machine: machine.look(actor, name), lambda seen: self._told(name, seen))

    def _told(self, name: str, seen: Seen) -> None:
        def said(words: Words) -> str:
            first = words.t(seen.advice, **seen.places) if seen.advice else words.t(seen.says)
            return f"{name}: {' · '.join((first, *seen.lines))}"

        self._screen.tell(said, tone_of(seen.condition))
        self._refresh()

    def _ask_all(self) -> None:
        actor, names = self._deps.actor, [row.name for row in self._rows if row.kind]

        def every(machine: PeripheralDesk) -> tuple[PeripheralRow, ...]:
            for name in names:
                try:
                    machine.look(actor, name)
                except UserFacingError as error:
                    log.info("%s: %s", name, error)  # one without a driver keeps nobody from the others
            return machine.rows()

        self._screen.tell(lambda words: words.t("Asking …"), "")
        self._slow(every, self._asked)

    def _asked(self, rows: tuple[PeripheralRow, ...]) -> None:
        self._screen.visit.banner, self._screen.visit.tone = None, ""
        self._shown(rows)

    def _restart(self) -> None:
        restart = self._deps.restart
        if restart is None:
            self._screen.tell(lambda words: words.t("This kiosk is restarted from where it was started."))
            return
        restart()
        self._leave()

    def _slow(self, work: Callable[[PeripheralDesk], T], done: Callable[[T], None]) -> None:
        machine = self._deps.peripherals
        if machine is not None:
            self._run(lambda: work(machine), done)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Its result and its error belong to the visit in which it was asked."""
        visit = self._screen.visit

        def landed(result: T) -> None:
            if self._screen.visit is visit:
                done(result)

        def failed(error: UserFacingError) -> None:
            if self._screen.visit is visit:
                self._screen.error(error)

        self._asks.run(work, landed, failed)
